"""What handlers are given by name. Those that reach the database form one chain (decision 20).

`session` and the clock are here; `actor` is given by accounts and `place` by organizers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from anyio import to_thread
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.db.session import ScopedSession, open_session


async def provide_session(state: State) -> AsyncIterator[ScopedSession]:
    """Give one session a request; commit when the answer is ready, before it is sent."""
    session = open_session(state.engine)
    try:
        yield session
    except BaseException:
        session.expunge_all()  # the error page still reads the place that was loaded
        await to_thread.run_sync(session.close)  # what was not committed is rolled back
        raise
    await to_thread.run_sync(_commit, session)


def _commit(session: ScopedSession) -> None:
    with session:
        session.commit()


@contextmanager
def closed_on_refusal(session: ScopedSession) -> Iterator[None]:
    """Let go of the session when a link of the chain refuses.

    Litestar 2.25 closes no generator when a later dependency raises; the connection would stay out
    until the garbage collector comes by. Closing keeps what was loaded readable for the error page.
    """
    try:
        yield
    except BaseException:
        session.close()
        raise


def provide_now(state: State) -> datetime:
    """Give the present moment, in Swedish time."""
    now: datetime = state.clock()
    return now


def provide_today(state: State) -> date:
    """Give the day it is in Sweden."""
    today: date = state.clock().date()
    return today


GivenScopedSession = NamedDependency[SkipValidation[ScopedSession]]
GivenSession = NamedDependency[SkipValidation[Session]]
GivenActor = NamedDependency[SkipValidation[Actor]]
GivenToday = NamedDependency[SkipValidation[date]]
GivenNow = NamedDependency[SkipValidation[datetime]]
