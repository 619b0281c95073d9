"""Reading the shifts that people have accepted, those taken back too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action
from ska.actions.rules import ActionState
from ska.errors import Missing
from ska.overview.models import AcceptedShift
from ska.overview.rules.shifts import Shift

MOST_ACTIONS = 100
_COLUMNS = (
    *("id", "unit_id", "indicator", "measure", "period", "reason", "accepted_at", "accepted_by"),
    *("accepted_as", "withdrawn_at", "withdrawn_by", "withdrawn_reason", "action_id"),
)


def shifts_of(
    session: Session, actor: Actor, organizer_id: UUID, codes: Iterable[str]
) -> list[Shift]:
    """Return the huvudman's shifts in some indicators, the oldest first, those taken back too."""
    actions = visible(Action, actor).with_only_columns(Action.id, Action.title).subquery()
    rows = session.execute(
        visible(AcceptedShift, actor)
        .where(AcceptedShift.organizer_id == organizer_id, AcceptedShift.indicator.in_(codes))
        .outerjoin(actions, actions.c.id == AcceptedShift.action_id)
        .with_only_columns(*(getattr(AcceptedShift, name) for name in _COLUMNS), actions.c.title)
        .order_by(AcceptedShift.accepted_at, AcceptedShift.id)
    )
    return [Shift(**dict(zip((*_COLUMNS, "action"), row, strict=True))) for row in rows]


def shift_by_id(
    session: Session, actor: Actor, organizer_id: UUID, indicator: str, shift_id: UUID
) -> AcceptedShift:
    """Return one shift in an indicator, to be taken back; raise Missing when it is not there."""
    found = session.scalar(
        visible(AcceptedShift, actor).where(
            AcceptedShift.organizer_id == organizer_id,
            AcceptedShift.indicator == indicator,
            AcceptedShift.id == shift_id,
        )
    )
    if found is None:
        raise Missing
    return found


def _behind(actor: Actor, organizer_id: UUID, unit_id: UUID | None) -> Select[Any]:
    whose = Action.unit_id.is_(None)
    return visible(Action, actor).where(
        Action.organizer_id == organizer_id,
        Action.state != ActionState.WITHDRAWN,
        whose if unit_id is None else or_(whose, Action.unit_id == unit_id),
    )


def actions_behind(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None
) -> list[tuple[UUID, str]]:
    """Return the insatser that a shift at the place may follow from, the latest begun first."""
    rows = session.execute(
        _behind(actor, organizer_id, unit_id)
        .with_only_columns(Action.id, Action.title)
        .order_by(Action.starts.desc(), Action.id)
        .limit(MOST_ACTIONS)
    )
    return [(row.id, row.title) for row in rows]


def may_be_behind(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None, action_id: UUID
) -> bool:
    """Tell whether the insats is one that a shift at the place may follow from."""
    query = _behind(actor, organizer_id, unit_id).where(Action.id == action_id)
    return session.scalar(query.with_only_columns(Action.id)) is not None
