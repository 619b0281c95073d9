"""What people do from the overview: hold on to a number, accept a shift, put a part away."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.forms import ReasonForm
from ska.analyses import services as analyses
from ska.analyses.forms import AnalysisForm, ObservationForm
from ska.analyses.models import Analysis, Observation, ObservationValue
from ska.analyses.queries import analysis_by_id
from ska.analyses.rules import Level
from ska.audit import record
from ska.core.ids import new_id
from ska.core.periods import spelled
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.overview.forms import SeenForm, ShiftForm
from ska.overview.models import PutAway
from ska.overview.queries.happenings import pinned_from
from ska.overview.queries.shifts import may_be_behind
from ska.overview.rules.pinning import PinnedValue, ToPin
from ska.overview.rules.shifts import Line
from ska.values.levels.models import AcceptedShift


def pin_what_is_seen(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    seen: ToPin,
    form: SeenForm,
    today: date,
) -> tuple[Analysis, Observation]:
    """Pin a page's numbers, as they are now, as an underlag with what is seen in them.

    Without a chosen analysis one is begun, named after the indicator, for the unit or the whole.
    """
    if form.analysis_id is None:
        analysis = analyses.start_analysis(
            session,
            actor,
            organizer_id=organizer_id,
            year=year,
            form=_beginning(seen),
            today=today,
        )
    else:
        analysis = analysis_by_id(session, actor, organizer_id, form.analysis_id)
    observation = analyses.observe(session, actor, analysis=analysis, form=_observation(seen, form))
    observation.origin = pinned_from(seen.code)
    observation.seen_at = seen.seen_on(today)
    _pin(session, observation, seen.values)
    session.flush()
    return analysis, observation


def _beginning(seen: ToPin) -> AnalysisForm:
    level = Level.UNIT if seen.unit_id else Level.ORGANIZER
    unit = str(seen.unit_id or "")
    title = seen.heading[:160]
    return AnalysisForm.model_validate({"title": title, "level": str(level), "unit_id": unit})


def _observation(seen: ToPin, form: SeenForm) -> ObservationForm:
    values = [
        {"period": one.period, "value": str(one.value), "n": str(one.n or "")}
        for one in seen.values
    ]
    asked = [one for one in seen.questions if one in form.questions]
    parts = [form.text, *([f"{_('Frågor att ta reda på:')} {' '.join(asked)}"] if asked else [])]
    return ObservationForm.model_validate(
        {
            "kind": "indicator",
            "text": "\n\n".join(parts),
            "source": seen.source[:300],
            "population": seen.population[:300],
            "unit_of_measure": seen.unit_of_measure[:40],
            "values": values,
            "not_personal_data": form.not_personal_data,
        }
    )


def _pin(session: Session, observation: Observation, pinned: tuple[PinnedValue, ...]) -> None:
    """Let each number lead back to the row it was read from."""
    rows = session.scalars(
        select(ObservationValue)
        .where(
            ObservationValue.organizer_id == observation.organizer_id,
            ObservationValue.observation_id == observation.id,
        )
        .order_by(ObservationValue.position)
    )
    for row, one in zip(rows, pinned, strict=True):
        row.value_id, row.since = one.value_id, spelled(one.since)


def _must_enter(actor: Actor, organizer_id: UUID) -> None:
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing


def put_away(
    session: Session, actor: Actor, *, organizer_id: UUID, part: str, now: datetime
) -> None:
    """Put a part of the start page away for this person; twice is once."""
    _must_enter(actor, organizer_id)
    row = {
        "id": new_id(),
        "organizer_id": organizer_id,
        "person_id": actor.person_id,
        "part": part,
        "put_away_at": now,
    }
    session.execute(insert(PutAway).values(**row).on_conflict_do_nothing())


def take_out(session: Session, actor: Actor, *, organizer_id: UUID, part: str) -> None:
    """Show a part of the start page again."""
    _must_enter(actor, organizer_id)
    session.execute(
        delete(PutAway).where(
            PutAway.organizer_id == organizer_id,
            PutAway.person_id == actor.person_id,
            PutAway.part == part,
        )
    )


def accept_shift(
    session: Session, actor: Actor, *, line: Line, form: ShiftForm, now: datetime
) -> AcceptedShift:
    """Accept that a line has a new level from a period on, with the reason.

    Raises Invalid for a period that the line has not or an insats that is not of the place, and
    Conflict when the shift is accepted already.
    """
    actor.must(Right.ANALYSE, line.organizer_id, line.unit_id)
    wrong: dict[str, str] = {}
    if form.period not in line.periods:
        wrong["period"] = _("Välj en av perioderna i diagrammet, men inte den första.")
    if form.action_id and not may_be_behind(
        session, actor, line.organizer_id, line.unit_id, form.action_id
    ):
        wrong["action_id"] = _("Välj en insats i listan.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    row = {
        "id": new_id(),
        "organizer_id": line.organizer_id,
        "unit_id": line.unit_id,
        "indicator": line.indicator,
        "measure": line.measure,
        **form.model_dump(exclude={"not_personal_data"}),
        "accepted_at": now,
        "accepted_by": actor.name,
        "accepted_as": ", ".join(actor.role_names(line.organizer_id)),
    }
    # Two who accept the same at once: the second is told, and nothing is kept twice.
    made = insert(AcceptedShift).values(**row).on_conflict_do_nothing().returning(AcceptedShift)
    shift = session.scalars(made).one_or_none()
    if shift is None:
        raise Conflict(_("Nivåskiftet är redan godtaget."))
    sure = {"not_personal_data": True} if form.not_personal_data else {}
    details = {"indicator": line.indicator, "period": form.period, **sure}
    record(session, actor, act="shift.accept", thing=shift, details=details)
    session.flush()
    return shift


def take_back_shift(
    session: Session, actor: Actor, *, shift: AcceptedShift, form: ReasonForm, now: datetime
) -> None:
    """Take an accepted shift back, with the reason; it stays in the history."""
    actor.must(Right.ANALYSE, shift.organizer_id, shift.unit_id)
    session.refresh(shift, ["withdrawn_at"], with_for_update=True)
    if shift.withdrawn_at is not None:
        raise Conflict(_("Nivåskiftet är redan återtaget."))
    shift.withdrawn_at, shift.withdrawn_by = now, actor.name
    shift.withdrawn_reason = form.reason
    sure = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act="shift.withdraw", thing=shift, details=sure)
    session.flush()
