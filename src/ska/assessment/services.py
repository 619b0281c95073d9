"""What people do with a sambedömning: note it, say it anew, tie it to an analysis, strike it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses import services as analyses
from ska.analyses.forms import ObservationForm
from ska.analyses.models import Analysis, Observation
from ska.assessment.forms import ModerationForm, StrikeForm
from ska.assessment.hours import sentence_of
from ska.assessment.models import ModerationSession
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Changed, Conflict, Invalid
from ska.organizers.services import must_be_open


def note_session(
    session: Session, actor: Actor, *, organizer_id: UUID, form: ModerationForm, today: date
) -> ModerationSession:
    """Note a sambedömning that was held, at a unit or in the huvudman as a whole."""
    actor.must(Right.ANALYSE, organizer_id, form.unit_id)
    if form.unit_id is not None:
        must_be_open(session, actor, organizer_id, [form.unit_id], today, field="unit_id")
    _must_have_been(form.held_on, today)
    held = ModerationSession(organizer_id=organizer_id, written_by=actor.name, **_said(form))
    session.add(held)
    session.flush()
    _note(session, actor, "moderation.note", held, form)
    return held


def change_session(
    session: Session,
    actor: Actor,
    *,
    held: ModerationSession,
    form: ModerationForm,
    today: date,
    seen: str | None = None,
) -> None:
    """Say a sambedömning anew; what an analysis already holds of it stays as it was.

    Raises Changed when *seen* is given and it says something else by now.
    """
    lock(session, held)
    if seen is not None and seen != held.print:
        raise Changed(_("Någon annan har ändrat sambedömningen sedan du läste den."))
    _must_stand(actor, held)
    actor.must(Right.ANALYSE, held.organizer_id, form.unit_id)
    _must_have_been(form.held_on, today)
    for name, value in _said(form).items():
        setattr(held, name, value)
    _note(session, actor, "moderation.change", held, form)


def tie_session(
    session: Session, actor: Actor, *, held: ModerationSession, analysis: Analysis
) -> Observation:
    """Put a sambedömning into an analysis as an underlag; raise Conflict when it lies in one."""
    lock(session, held)
    _must_stand(actor, held)
    if held.analysis_id is not None and _underlag(session, held) is not None:
        raise Conflict(_("Sambedömningen ligger redan som underlag i en analys."))
    form = ObservationForm.model_validate(
        {
            "kind": "document",
            "text": _("Sambedömning i {subject}, årskurs {stage}. {said}").format(
                subject=held.subject, stage=held.stage, said=sentence_of(held)
            ),
            "source": _("Sambedömning"),
            "observed_on": held.held_on,
            "not_personal_data": True,  # its words were guarded when they were written
        }
    )
    observation = analyses.observe(session, actor, analysis=analysis, form=form)
    observation.origin = origin_of(held)
    held.analysis_id = analysis.id
    record(session, actor, act="moderation.tie", thing=held)
    session.flush()
    return observation


def origin_of(held: ModerationSession) -> str:
    """Return what an observation's origin says when it is a sambedömning."""
    return f"moderation:{held.id}"


def _underlag(session: Session, held: ModerationSession) -> UUID | None:
    return session.scalar(
        select(Observation.id).where(
            Observation.organizer_id == held.organizer_id,
            Observation.analysis_id == held.analysis_id,
            Observation.origin == origin_of(held),
        )
    )


def strike_session(
    session: Session, actor: Actor, *, held: ModerationSession, form: StrikeForm, now: datetime
) -> None:
    """Strike a sambedömning, with the reason; it can be put back."""
    lock(session, held)
    _must_stand(actor, held)
    held.struck_at, held.struck_by, held.struck_reason = now, actor.name, form.reason
    _note(session, actor, "moderation.strike", held, form)


def restore_session(session: Session, actor: Actor, *, held: ModerationSession) -> None:
    """Put a struck sambedömning back."""
    lock(session, held)
    actor.must(Right.ANALYSE, held.organizer_id, held.unit_id)
    held.struck_at = held.struck_by = held.struck_reason = None
    record(session, actor, act="moderation.restore", thing=held)
    session.flush()


def _must_stand(actor: Actor, held: ModerationSession) -> None:
    actor.must(Right.ANALYSE, held.organizer_id, held.unit_id)
    if held.struck_at is not None:
        raise Conflict(_("Sambedömningen är struken. Ta tillbaka den först."))


def _must_have_been(held_on: date, today: date) -> None:
    if held_on > today:
        early = _("Dagen har inte varit än. Skriv dagen då ni sambedömde.")
        raise Invalid(early, {"held_on": early})


def _said(form: ModerationForm) -> dict[str, object]:
    return form.model_dump(exclude={"not_personal_data"})


def _note(
    session: Session, actor: Actor, act: str, held: ModerationSession, form: FreeText
) -> None:
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=held, details=details)
    session.flush()
