"""Which pinned numbers have moved since anybody was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.analyses.models import Analysis, Observation, ObservationValue
from ska.revisions.models import RevisionLetter
from ska.revisions.rules import Figure, Moved
from ska.values.history import Change, changes_since, has_been_replaced
from ska.values.own import own_cells


@dataclass(frozen=True)
class MovedPin:
    """A change of a pinned number, with the analysis that it is evidence in."""

    analysis: Any
    change: Change
    moved: Moved


def untold_changes(
    session: Session, actor: Actor, organizer_id: UUID
) -> dict[datetime, list[MovedPin]]:
    """Return, by the moment of the change, what has moved and was not told; oldest first.

    Numbers of the huvudman's own are as the gate lets them through, before and after.
    """
    pins = _pins(session, actor, organizer_id)
    changes = changes_since(session, [one.value_id for one in pins])
    told = _told(session, actor, organizer_id)
    found: dict[datetime, list[MovedPin]] = defaultdict(list)
    for pin in pins:
        for change in changes.get(pin.value_id, ()):
            if change.changed_at not in told:
                found[change.changed_at].append(MovedPin(pin, change, _published(change)))
    return {
        moment: _through_gate(session, actor, organizer_id, found[moment])
        for moment in sorted(found)
    }


def with_changes(session: Session, _now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope with a pinned number that has moved since, told or not."""
    moved = (
        select(ObservationValue.organizer_id)
        .join(Observation, Observation.id == ObservationValue.observation_id)
        .where(Observation.is_kept, has_been_replaced(ObservationValue.value_id))
    )
    return session.scalars(moved.distinct()).all()


def _pins(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[Any]:
    return session.execute(
        visible(ObservationValue, actor)
        .join(Observation, Observation.id == ObservationValue.observation_id)
        .join(Analysis, Analysis.id == ObservationValue.analysis_id)
        .where(
            ObservationValue.organizer_id == organizer_id,
            ObservationValue.value_id.is_not(None),
            Observation.is_kept,
        )
        .with_only_columns(
            ObservationValue.value_id,
            Analysis.id.label("analysis_id"),
            Analysis.title,
            Analysis.year,
            Analysis.level,
            Analysis.unit_id,
        )
        .order_by(Analysis.title, Analysis.id, ObservationValue.position, ObservationValue.id)
    ).all()


def _told(session: Session, actor: Actor, organizer_id: UUID) -> set[datetime]:
    rows = visible(RevisionLetter, actor).where(RevisionLetter.organizer_id == organizer_id)
    return set(session.scalars(rows.with_only_columns(RevisionLetter.changed_at)))


def _published(change: Change) -> Moved:
    return Moved(
        change.name,
        change.period,
        change.unit,
        Figure(change.was, change.was_status),
        Figure(change.now, change.now_status),
    )


def _through_gate(
    session: Session, actor: Actor, organizer_id: UUID, moved: list[MovedPin]
) -> list[MovedPin]:
    if not any(one.change.is_own for one in moved):
        return moved
    moment = moved[0].change.changed_at
    just_after = moment + timedelta(microseconds=1)
    shown: dict[int, Figure] = {}
    for known in (moment, just_after):
        frame = own_cells(session, actor, organizer_id, known=known)
        for row in frame.select("value_id", "value", "status").iter_rows():
            shown[row[0]] = Figure(row[1], row[2])
    return [_gated(one, shown) if one.change.is_own else one for one in moved]


def _gated(one: MovedPin, shown: dict[int, Figure]) -> MovedPin:
    change = one.change
    was = shown.get(change.was_id, Figure())
    now = shown.get(change.now_id, Figure()) if change.now_id else Figure()
    return MovedPin(one.analysis, change, Moved(change.name, change.period, change.unit, was, now))
