"""Fetches as rows: a person asks, the calendar asks, and a worker with the owner's rights runs.

The web server itself never talks to a source and cannot write published values: it leaves a row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.audit import record
from ska.core.ids import new_id
from ska.core.text import _
from ska.db.migrate import OWNER
from ska.db.session import Scope, open_session
from ska.errors import Conflict
from ska.fetching.calendar import due_between
from ska.fetching.models import Fetch, FetchState
from ska.fetching.plan import core_measures
from ska.fetching.polite import Polite
from ska.fetching.services import LOCK, FetchReport, addresses_of, fetch_live
from ska.organizers.models import Organizer
from ska.settings import Settings
from ska.values.importers.observations import Source
from ska.values.models import Measure

log = logging.getLogger("ska.fetching")
ACTIVE = (FetchState.WAITING, FetchState.RUNNING)
TELL_EVERY = timedelta(seconds=5)
MOST_KEPT = 200


def ask(session: Session, actor: Actor, *, organizer_id: UUID, today: date, on: bool) -> Fetch:
    """Leave a fetch for the worker; raise Conflict when none runs here or one is under way."""
    actor.must(Right.IMPORT_VALUES, organizer_id)
    if not on:
        raise Conflict(_("Hämtning är inte påslagen i den här installationen."))
    active = visible(Fetch, actor).where(
        Fetch.organizer_id == organizer_id, Fetch.state.in_(ACTIVE), Fetch.due_on <= today
    )
    if session.scalars(active.limit(1)).first() is not None:
        raise Conflict(_("En hämtning pågår redan."))
    id_ = new_id()
    row = Fetch(
        id=id_,
        organizer_id=organizer_id,
        key=f"asked {id_}",
        title=_("Begärd av {name}").format(name=actor.name),
        due_on=today,
        person_name=actor.name,
        account={},
    )
    session.add(row)
    session.flush()
    record(session, actor, act="fetch.ask", thing=row)
    return row


def fetches_of(session: Session, actor: Actor, organizer_id: UUID) -> list[Fetch]:
    """Return a huvudman's fetches, the newest first."""
    query = visible(Fetch, actor).where(Fetch.organizer_id == organizer_id)
    return list(session.scalars(query.order_by(Fetch.due_on.desc(), Fetch.id.desc()).limit(30)))


def tick(
    engine: Engine,
    settings: Settings,
    organizers: list[UUID],
    clock: Callable[[], datetime],
    polite: Callable[[], Polite] | None = None,
) -> int:
    """Plan what the calendar says is due and run what waits; return how many rounds were run.

    *engine* connects as the owner; each huvudman is served in transactions of its own scope.
    """
    client = polite or (lambda: Polite(addresses_of(settings).manners))
    ran = 0
    for organizer_id in organizers:
        plan_due(engine, organizer_id, clock().date())
        ran += run_waiting(engine, settings, organizer_id, clock, client)
    return ran


def days_told(session: Session) -> dict[str, date]:
    """Return the day that Kolada names for the next values of each core figure, where it does."""
    codes = [one.code for one in core_measures()]
    rows = session.execute(
        select(Measure.code, Measure.next_publication).where(
            Measure.source == str(Source.KOLADA),
            Measure.code.in_(codes),
            Measure.next_publication.is_not(None),
        )
    )
    return {code: day for code, text in rows if (day := _day(text or "")) is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plan_due(engine: Engine, organizer_id: UUID, today: date) -> int:
    """Leave a row for each publication since the last fetch; once each, however often it is asked.

    A huvudman that never fetched is left alone: its first fetch is somebody's decision.
    """
    with _scoped(engine, organizer_id) as session:
        last = session.scalar(
            select(Fetch.finished_at)  # the owner reads one huvudman at a time
            .where(Fetch.organizer_id == organizer_id, Fetch.finished_at.is_not(None))
            .order_by(Fetch.finished_at.desc())
            .limit(1)
        )
        rows = [
            {
                "id": new_id(),
                "organizer_id": organizer_id,
                "key": f"{one.key} {day}",
                "title": one.title,
                "due_on": today,
                "account": {},
            }
            for day, one in (due_between(last.date(), today, days_told(session)) if last else ())
        ]
        if not rows:
            return 0
        added = insert(Fetch).values(rows).on_conflict_do_nothing().returning(Fetch.id)
        return len(session.scalars(added).all())


def run_waiting(
    engine: Engine,
    settings: Settings,
    organizer_id: UUID,
    clock: Callable[[], datetime],
    polite: Callable[[], Polite],
) -> int:
    """Run one round for all of a huvudman's rows that wait, and for those a killed worker left."""
    with _alone(engine, organizer_id) as is_ours:
        number = _begin(engine, organizer_id, clock()) if is_ours else None
        if number is None:
            return 0
        client = polite()
        try:
            tell = _teller(engine, organizer_id, clock)
            report = fetch_live(engine, settings, number, client, today=clock().date(), tell=tell)
            _end(engine, organizer_id, clock(), report)
        except Exception:  # whatever it was, the page has to say that it stopped
            log.exception("the fetch for organizer %s stopped", organizer_id)
            _end(engine, organizer_id, clock(), None)
        finally:
            client.close()
    return 1


def note(engine: Engine, organizer_id: UUID, report: FetchReport, now: datetime) -> None:
    """Let the page tell of a fetch that a command made."""
    with _scoped(engine, organizer_id) as session:
        id_ = new_id()
        session.add(
            Fetch(
                id=id_,
                organizer_id=organizer_id,
                key=f"command {id_}",
                title=_("Hämtad med kommandot"),
                due_on=now.date(),
                state=FetchState.RUNNING,
                started_at=now,
                account={},
            )
        )
    _end(engine, organizer_id, now, report)


def _begin(engine: Engine, organizer_id: UUID, now: datetime) -> str | None:
    with _scoped(engine, organizer_id) as session:
        taken = session.execute(
            _due(organizer_id, now.date())
            .values(state=FetchState.RUNNING, started_at=now, seen_at=now)
            .returning(Fetch.id)
        ).all()
        organizer = session.get(Organizer, organizer_id)
        return organizer.organisation_number if taken and organizer else None


def _teller(
    engine: Engine, organizer_id: UUID, clock: Callable[[], datetime]
) -> Callable[[int, str], None]:
    told = [clock()]

    def tell(count: int, name: str) -> None:
        now = clock()
        if now - told[0] >= TELL_EVERY:
            told[0] = now
            with _scoped(engine, organizer_id) as session:
                progress = {"answered": count, "doing": name, "seen_at": now}
                session.execute(_running(organizer_id).values(**progress))

    return tell


def _end(engine: Engine, organizer_id: UUID, now: datetime, report: FetchReport | None) -> None:
    if report is None:
        stopped = {"source": "ska", "what": "hämtningen", "reason": "avbröts av ett fel, se loggen"}
        account: dict[str, Any] = {"missing": [stopped]}
    else:
        account = {
            "counts": report.counts,
            "missing": report.missing[:MOST_KEPT],
            "alarms": report.alarms[:MOST_KEPT],
            "proposals": report.proposals[:MOST_KEPT],
        }
    is_whole = report is not None and not report.missing
    with _scoped(engine, organizer_id) as session:
        session.execute(
            _running(organizer_id).values(
                state=FetchState.DONE if is_whole else FetchState.INCOMPLETE,
                finished_at=now,
                seen_at=now,
                doing="",
                answered=report.answered if report else Fetch.answered,
                account=account,
            )
        )


def _due(organizer_id: UUID, today: date) -> Any:
    return update(Fetch).where(
        Fetch.organizer_id == organizer_id, Fetch.state.in_(ACTIVE), Fetch.due_on <= today
    )


def _running(organizer_id: UUID) -> Any:
    return update(Fetch).where(
        Fetch.organizer_id == organizer_id, Fetch.state == FetchState.RUNNING
    )


@contextmanager
def _scoped(engine: Engine, organizer_id: UUID) -> Iterator[Session]:
    """Give a transaction as the owner, bound to one huvudman by row-level security."""
    scope = Scope(frozenset({organizer_id}), organizer_id)
    with open_session(engine, scope) as session, session.begin():
        session.execute(text(f"SET LOCAL ROLE {OWNER}"))
        yield session


@contextmanager
def _alone(engine: Engine, organizer_id: UUID) -> Iterator[bool]:
    """Tell whether no other worker fetches for the huvudman; a killed one has let go by dying."""
    key = {"one": LOCK, "two": organizer_id.int % 2**31}
    with engine.connect() as connection:
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:one, :two)"), key)
        try:
            yield bool(taken)
        finally:
            if taken:
                connection.execute(text("SELECT pg_advisory_unlock(:one, :two)"), key)
            connection.rollback()
