"""How many hours a week the year may ask of a role: what a huvudman has said, said anew, read."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role, visible
from ska.audit import record
from ska.core.fields import Amount, Choice, Written
from ska.core.ids import new_id
from ska.core.text import _
from ska.cycle.models import HoursLimit
from ska.cycle.timing import USUAL_LIMIT


class HoursForm(Written):
    """How many hours a week are right for a role."""

    example: ClassVar[dict[str, Any]] = {"role": "principal", "hours": 6}

    role: Annotated[Role, Choice(Role, _("Välj vilken roll taket gäller"))]
    hours: Annotated[float, Amount(_("Skriv ett antal timmar"), low=1, high=60)]


def limits_of(session: Session, actor: Actor, organizer_id: UUID) -> dict[str, float]:
    """Return the limits that the huvudman has said, by role; others have the usual one."""
    rows = session.execute(
        visible(HoursLimit, actor)
        .where(HoursLimit.organizer_id == organizer_id)
        .with_only_columns(HoursLimit.role, HoursLimit.hours)
    )
    return {row.role: row.hours for row in rows}


def set_limit(session: Session, actor: Actor, *, organizer_id: UUID, form: HoursForm) -> None:
    """Say how many hours a week are right for a role in the huvudman; the last one said counts."""
    actor.must(Right.EDIT_CYCLE, organizer_id)
    row = {"id": new_id(), "organizer_id": organizer_id, "role": form.role, "hours": form.hours}
    kept = session.scalars(
        insert(HoursLimit)
        .values(**row)
        .on_conflict_do_update(index_elements=["organizer_id", "role"], set_={"hours": form.hours})
        .returning(HoursLimit),
        execution_options={"populate_existing": True},
    ).one()
    record(session, actor, act="cycle.hours", thing=kept, details={"role": str(form.role)})


def said(limits: dict[str, float]) -> list[tuple[str, float]]:
    """Return each role with its limit, by the roles' order."""
    return [(str(role), limits.get(str(role), USUAL_LIMIT)) for role in ROLE_NAMES]
