"""What handlers are given by name: the clock, and the names of what the door gives.

The door, where a request gets its session, is in accounts: it asks who is there, and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.db.session import ScopedSession


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
