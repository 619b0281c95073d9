"""Reading the shifts that people have accepted, those taken back too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action
from ska.actions.rules import ActionState
from ska.errors import Missing
from ska.organizers.models import SchoolUnit
from ska.overview.queries.pages import UnitRow, by_name, unit_row, units_in_use
from ska.values.levels.models import AcceptedShift
from ska.values.levels.queries import COLUMNS, live_shifts, shift_of
from ska.values.levels.rules import Shift

MOST_ACTIONS = 100


def shifts_of(
    session: Session, actor: Actor, organizer_id: UUID, codes: Iterable[str]
) -> list[Shift]:
    """Return the huvudman's shifts in some indicators, the oldest first, those taken back too."""
    query = shift_query(actor, organizer_id, codes)
    rows = session.execute(query.order_by(AcceptedShift.accepted_at, AcceptedShift.id))
    return [Shift(**row) for row in rows.mappings()]


def shift_query(actor: Actor, organizer_id: UUID, codes: Iterable[str] | None) -> Select[Any]:
    """Return the query of the shifts in some indicators or in all, by the names of `Shift`."""
    actions = visible(Action, actor).with_only_columns(Action.id, Action.title).subquery()
    return (
        visible(AcceptedShift, actor)
        .where(
            AcceptedShift.organizer_id == organizer_id,
            true() if codes is None else AcceptedShift.indicator.in_(codes),
        )
        .outerjoin(actions, actions.c.id == AcceptedShift.action_id)
        .with_only_columns(
            *(getattr(AcceptedShift, name) for name in COLUMNS), actions.c.title.label("action")
        )
    )


def shifts_that_hold(session: Session, actor: Actor, organizer_id: UUID) -> list[Shift]:
    """Return all shifts of the huvudman that hold, without the names of their insatser."""
    return [shift_of(one) for one in session.scalars(live_shifts(actor, organizer_id))]


def shift_from(said: Mapping[str, Any]) -> Shift:
    """Return a shift that was read as JSON."""
    kinds: dict[str, Callable[[str], Any]] = dict.fromkeys(("id", "unit_id", "action_id"), UUID)
    kinds |= dict.fromkeys(("accepted_at", "withdrawn_at"), datetime.fromisoformat)
    return Shift(
        **{
            name: kinds[name](value) if value and name in kinds else value
            for name, value in said.items()
        }
    )


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


def _behind(actor: Actor, organizer_id: UUID, units: Select[Any]) -> Select[UUID, str, date]:
    """Return the query of the huvudman's own insatser and those of *units*, none withdrawn."""
    return (
        visible(Action, actor)
        .where(
            Action.organizer_id == organizer_id,
            Action.state != ActionState.WITHDRAWN,
            or_(Action.unit_id.is_(None), Action.unit_id.in_(units)),
        )
        .with_only_columns(Action.id, Action.title, Action.starts)
    )


def units_and_shifts(
    session: Session, actor: Actor, organizer_id: UUID, code: str | None = None
) -> tuple[list[UnitRow], list[Shift]]:
    """Return the huvudman's units by name, and the shifts in an indicator or in all of them.

    In one question, those taken back too.
    """
    units = units_in_use(actor, organizer_id).subquery("one_row")
    codes = None if code is None else [code]
    shifts = shift_query(actor, organizer_id, codes).subquery("one_row")
    row = cast(func.to_jsonb(literal_column('"one_row"')), String)
    both = union_all(
        select(literal("unit"), row.label("told")).select_from(units),
        select(literal("shift"), row).select_from(shifts),
    )
    told = [(kind, json.loads(row)) for kind, row in session.execute(both)]
    found = [shift_from(row) for kind, row in told if kind == "shift"]
    names = ("slug", "name", "school_unit_code", "types")
    listed = by_name(
        unit_row(UUID(row["id"]), *(row[name] for name in names))
        for kind, row in told
        if kind == "unit"
    )
    return listed, sorted(found, key=lambda one: (one.accepted_at, one.id))


def actions_behind(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None
) -> list[tuple[UUID, str]]:
    """Return the insatser that a shift at the place may follow from, the latest begun first."""
    units = visible(SchoolUnit, actor).with_only_columns(SchoolUnit.id)
    query = _behind(actor, organizer_id, units.where(SchoolUnit.id == unit_id))
    latest = query.order_by(Action.starts.desc(), Action.id).limit(MOST_ACTIONS)
    return [(row.id, row.title) for row in session.execute(latest)]


def may_be_behind(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None, action_id: UUID
) -> bool:
    """Tell whether the insats is one that a shift at the place may follow from."""
    units = visible(SchoolUnit, actor).with_only_columns(SchoolUnit.id)
    query = _behind(actor, organizer_id, units.where(SchoolUnit.id == unit_id))
    return session.execute(query.where(Action.id == action_id)).first() is not None
