"""What people do from the overview: hold on to a number, put a part of the page away."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses import services as analyses
from ska.analyses.forms import AnalysisForm, ObservationForm
from ska.analyses.models import Analysis, Observation, ObservationValue
from ska.analyses.queries import analysis_by_id
from ska.analyses.rules import Level
from ska.core.ids import new_id
from ska.core.periods import spelled
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Missing
from ska.overview.forms import SeenForm
from ska.overview.models import PutAway
from ska.overview.queries.happenings import pinned_from
from ska.overview.rules.pinning import PinnedValue, ToPin


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
