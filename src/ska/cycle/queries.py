"""Reading the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, Role, visible
from ska.accounts.behind import in_force
from ska.accounts.models import Person, RoleAssignment
from ska.core.calendar_year import Year
from ska.core.school_year import SchoolYear
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.cycle.definitions import TemplateDefinition, WheelKind
from ska.cycle.models import AnnualCycle, BoardDate, CycleStep, Reminder
from ska.cycle.rules import Holder
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Invalid
from ska.framework.definitions import read_seed
from ska.organizers.meetings import fixed_in_year
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.settings import bundled

DEFAULT_TEMPLATE = "lasar-huvudman-enhet"


@cache
def template(key: str = DEFAULT_TEMPLATE) -> TemplateDefinition:
    """Return the cycle template of this name; raises FileNotFoundError for a name unknown."""
    path = bundled("seeds") / "cycles" / f"{key}.yaml"
    return read_seed(path, TemplateDefinition)


@cache
def templates() -> tuple[TemplateDefinition, ...]:
    """Return the shipped templates, the default first."""
    keys = sorted(path.stem for path in (bundled("seeds") / "cycles").glob("*.yaml"))
    return tuple(template(key) for key in sorted(keys, key=lambda key: key != DEFAULT_TEMPLATE))


def template_named(key: str) -> TemplateDefinition:
    """Return the template of this name, the default for an empty one; raise Invalid for others."""
    found = {one.key: one for one in templates()}.get(key or DEFAULT_TEMPLATE)
    if found is None:
        raise Invalid(_("Välj en av mallarna"), {"template": _("Välj en av mallarna")})
    return found


@dataclass(frozen=True)
class Wanted:
    """Which of the year's steps are asked for: those of a unit, those that stand so on a day."""

    unit_id: UUID | None = None
    state: str | None = None
    on: date | None = None


EVERY = Wanted()


def steps_of_year(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    year: SchoolYear,
    *,
    wanted: Wanted = EVERY,
    part: Part = WHOLE,
) -> Sequence[CycleStep]:
    """Return the steps of the läsår's wheels, with them, the earliest due first.

    Of a calendar year's wheel those due within the läsår.
    """
    is_here = CycleStep.due.between(year.first_day, year.last_day)
    query = (
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(
            CycleStep.organizer_id == organizer_id,
            CycleStep.struck_on.is_(None),
            AnnualCycle.is_read_in(year),
            or_(AnnualCycle.kind != WheelKind.BUDGET, is_here),
        )
    )
    if wanted.unit_id is not None:
        query = query.where(CycleStep.unit_id == wanted.unit_id)
    if wanted.state is not None and wanted.on is not None:
        query = query.where(CycleStep.stands_on(wanted.on) == wanted.state)
    order = (CycleStep.due, CycleStep.level, CycleStep.key, CycleStep.id)
    return session.scalars(in_parts(session, query, order, part)).all()


def step_by_id(
    session: Session, actor: Actor, organizer_id: UUID, step_id: UUID, *, lock: bool = False
) -> CycleStep | None:
    """Return a step with its wheel, or None; *lock* makes others wait until this one is done."""
    query = (
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(CycleStep.organizer_id == organizer_id, CycleStep.id == step_id)
    )
    return session.scalar(query.with_for_update(of=CycleStep) if lock else query)


def still_to_do(today: date) -> ColumnElement[bool]:
    """Return the steps not done that still can be: those of units at work, today and when due."""
    last = func.greatest(CycleStep.due, today)
    closed = select(SchoolUnit.id).where(
        SchoolUnit.organizer_id == CycleStep.organizer_id,
        SchoolUnit.id == CycleStep.unit_id,
        not_(SchoolUnit.open_on(last)),
    )
    return and_(CycleStep.done_on.is_(None), CycleStep.struck_on.is_(None), not_(closed.exists()))


def open_steps(
    session: Session, actor: Actor, organizer_id: UUID, today: date, until: date
) -> Sequence[CycleStep]:
    """Return the steps still to do that are due before *until*, with their wheels."""
    return session.scalars(
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(
            CycleStep.organizer_id == organizer_id,
            still_to_do(today),
            CycleStep.due <= until,
        )
        .order_by(CycleStep.due, CycleStep.id)
    ).all()


def board_dates_of(
    session: Session, actor: Actor, organizer_id: UUID, year: Year
) -> Sequence[BoardDate]:
    """Return the days the nämnd meets in the year."""
    return session.scalars(_board_dates(actor, organizer_id, year).order_by(BoardDate.day)).all()


def _board_dates(actor: Actor, organizer_id: UUID, year: Year) -> Select[BoardDate]:
    return visible(BoardDate, actor).where(
        BoardDate.organizer_id == organizer_id,
        BoardDate.day.between(year.first_day, year.last_day),
    )


def days_of_year(
    session: Session, actor: Actor, organizer_id: UUID, year: Year
) -> tuple[list[Any], list[Any]]:
    """Return the days the nämnd meets in the year, and what is fixed for other meetings then.

    One question; the rows have the columns of `as_meetings`, those of the nämnd no home.
    """
    nobody = literal("", String)
    board = _board_dates(actor, organizer_id, year).with_only_columns(
        BoardDate.id, BoardDate.name, BoardDate.day, nobody.label("home"), nobody.label("whom")
    )
    found = union_all(board, fixed_in_year(actor, organizer_id, year)).subquery()
    rows = session.execute(select(found).order_by(found.c.day, found.c.id)).all()
    return [one for one in rows if not one.home], [one for one in rows if one.home]


def board_date_by_id(
    session: Session, actor: Actor, organizer_id: UUID, meeting_id: UUID
) -> BoardDate | None:
    """Return a day the nämnd meets, or None."""
    return session.scalar(
        visible(BoardDate, actor).where(
            BoardDate.organizer_id == organizer_id, BoardDate.id == meeting_id
        )
    )


def unit_names(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[Any]:
    """Return id, slug, name and skolformer of the units in use that the person sees, by name."""
    types = visible(UnitSchoolType, actor).where(
        UnitSchoolType.organizer_id == organizer_id,
        UnitSchoolType.unit_id == SchoolUnit.id,
        UnitSchoolType.valid_to.is_(None),
    )
    held = func.array(
        types.with_only_columns(UnitSchoolType.school_type).scalar_subquery(), type_=ARRAY(Text)
    )
    rows = session.execute(
        visible(SchoolUnit, actor)
        .where(SchoolUnit.organizer_id == organizer_id, SchoolUnit.status == "active")
        .with_only_columns(
            SchoolUnit.id, SchoolUnit.slug, SchoolUnit.name, held.label("school_types")
        )
    ).all()
    return sorted(rows, key=lambda row: sort_key(row.name))


def reminders_of_step(session: Session, actor: Actor, step: CycleStep) -> Sequence[Reminder]:
    """Return what has gone out about a step, the newest first."""
    return session.scalars(
        visible(Reminder, actor)
        .where(Reminder.organizer_id == step.organizer_id, Reminder.step_id == step.id)
        .order_by(Reminder.sent_on.desc(), Reminder.id.desc())
    ).all()


def reminders_already_out(
    session: Session, actor: Actor, organizer_id: UUID, step_ids: Sequence[UUID]
) -> set[tuple[UUID, date, str]]:
    """Return the step, due date and rule of each reminder that went out for these steps."""
    rows = session.execute(
        visible(Reminder, actor)
        .where(Reminder.organizer_id == organizer_id, Reminder.step_id.in_(step_ids))
        .with_only_columns(Reminder.step_id, Reminder.due, Reminder.rule)
    )
    return {(row.step_id, row.due, row.rule) for row in rows}


def holders_on(session: Session, organizer_id: UUID, day: date) -> list[Holder]:
    """Return everyone who holds a role in the huvudman on the day."""
    rows: Sequence[Any] = session.execute(
        select(Person.id, Person.name, Person.email, RoleAssignment.role, RoleAssignment.unit_id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.organizer_id == organizer_id, in_force(day))
        .order_by(Person.name, Person.id)
    ).all()
    return [Holder(row.id, row.name, row.email, Role(row.role), row.unit_id) for row in rows]


def organizers_at_work(session: Session, day: date) -> Sequence[UUID]:
    """Return the huvudmän where somebody holds a role on the day; role assignments are shared."""
    found = session.scalars(
        select(RoleAssignment.organizer_id)
        .where(RoleAssignment.organizer_id.is_not(None), in_force(day))
        .distinct()
        .order_by(RoleAssignment.organizer_id)
    )
    return [one for one in found if one is not None]
