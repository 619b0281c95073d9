"""What people do with an analysis. Nothing changes once it is fastställd."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role
from ska.analyses import parts, rules
from ska.analyses.forms import (
    AnalysisForm,
    AreaForm,
    CauseForm,
    EffectForm,
    EvidenceForm,
    FindingForm,
    ObservationForm,
    ParticipationForm,
)
from ska.analyses.models import (
    Analysis,
    AnalysisUnit,
    AreaCause,
    Cause,
    DevelopmentArea,
    Evidence,
    ExpectedEffect,
    Finding,
    Observation,
    Participation,
)
from ska.analyses.parts import Kind
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.ids import new_id
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Conflict, Invalid, NotAllowed
from ska.organizers.services import must_be_open
from ska.writing.queries import texts_of
from ska.writing.services import freeze_texts, open_texts


def start_analysis(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    form: AnalysisForm,
    today: date,
) -> Analysis:
    """Start an analysis of a school year with its empty sections; not for a unit that has ended."""
    actor.must(Right.ANALYSE, organizer_id, form.unit_id)
    if form.unit_id is not None:
        must_be_open(session, actor, organizer_id, [form.unit_id], today, field="unit_id")
    must_be_open(session, actor, organizer_id, form.about, today, field="about")
    analysis = Analysis(
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        level=form.level,
        year=year.start,
        title=form.title,
        written_by=actor.name,
    )
    session.add(analysis)
    session.flush()
    key = {"organizer_id": organizer_id, "analysis_id": analysis.id}
    open_texts(
        session,
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        subject=("analysis", analysis.id),
        keys=rules.SECTIONS,
    )
    units = dict.fromkeys([*form.about, *([form.unit_id] if form.unit_id else [])])
    session.add_all(AnalysisUnit(**key, unit_id=unit) for unit in units)
    note(session, actor, "analysis.start", analysis, form)
    session.flush()
    return analysis


def note(session: Session, actor: Actor, act: str, thing: Any, form: FreeText) -> None:
    """Record an act, and that its writer said a number is not personal data."""
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=thing, details=details)


def open_for(
    session: Session, actor: Actor, analysis: Analysis, right: Right = Right.ANALYSE
) -> dict[str, UUID]:
    """Insist that *actor* may write here and that nothing is frozen; return the parts' key.

    The row stays locked: nothing slips into an analysis while it is being fastställd.
    """
    actor.must(right, analysis.organizer_id, analysis.unit_id)
    state = session.scalar(
        select(Analysis.state)
        .where(Analysis.organizer_id == analysis.organizer_id, Analysis.id == analysis.id)
        .with_for_update(key_share=True)
    )
    if state == rules.State.ESTABLISHED:
        raise Conflict(
            _("Analysen är fastställd och kan inte ändras. Börja en ny för att gå vidare.")
        )
    return {"organizer_id": analysis.organizer_id, "analysis_id": analysis.id}


def _add(session: Session, actor: Actor, analysis: Analysis, kind: Kind, form: FreeText) -> Any:
    part = kind.table(id=new_id(), **open_for(session, actor, analysis, kind.right))
    kind.write(session, actor, part, form)
    session.add(part)
    session.flush()
    note(session, actor, ADDED[kind.name], part, form)
    session.flush()
    return part


ADDED = {
    "observation": "observation.add",
    "finding": "finding.add",
    "cause": "cause.add",
    "evidence": "evidence.add",
    "area": "area.choose",
    "effect": "effect.expect",
    "participation": "participation.add",
}


def observe(
    session: Session, actor: Actor, *, analysis: Analysis, form: ObservationForm
) -> Observation:
    """Add an underlag with its numbers as they are now."""
    observation: Observation = _add(session, actor, analysis, parts.OBSERVATION, form)
    return observation


def strike_observation(
    session: Session, actor: Actor, *, analysis: Analysis, observation: Observation, keep: bool
) -> None:
    """Strike an observation, or take it back; nothing is deleted."""
    open_for(session, actor, analysis, Right.OBSERVE)
    observation.is_kept = keep
    record(
        session, actor, act="observation.keep" if keep else "observation.strike", thing=observation
    )
    session.flush()


def find(session: Session, actor: Actor, *, analysis: Analysis, form: FindingForm) -> Finding:
    """Add a styrka or utmaning with what it rests on and what it is about."""
    finding: Finding = _add(session, actor, analysis, parts.FINDING, form)
    return finding


def name_cause(session: Session, actor: Actor, *, analysis: Analysis, form: CauseForm) -> Cause:
    """Add an orsak to a finding, or an open question with owner and date."""
    cause: Cause = _add(session, actor, analysis, parts.CAUSE, form)
    own = {"organizer_id": analysis.organizer_id, "analysis_id": analysis.id}
    for side, words in (("for", form.evidence_for), ("against", form.evidence_against)):
        if words:
            session.add(Evidence(**own, cause_id=cause.id, side=side, text=words))
    session.flush()
    return cause


def insist_on_day_ahead(form: FreeText, today: date, part: Cause | None = None) -> None:
    """Raise Invalid when an open question gets a day that has been; what *part* had may stay."""
    if not isinstance(form, CauseForm) or not form.is_open or form.answer_by is None:
        return
    if form.answer_by < today and (part is None or form.answer_by != part.answer_by):
        early = _("Dagen har varit. Välj en dag framåt.")
        raise Invalid(early, {"answer_by": early})


def weigh(session: Session, actor: Actor, *, analysis: Analysis, form: EvidenceForm) -> Evidence:
    """Add something that speaks for or against a cause."""
    evidence: Evidence = _add(session, actor, analysis, parts.EVIDENCE, form)
    return evidence


def choose_area(
    session: Session, actor: Actor, *, analysis: Analysis, form: AreaForm
) -> DevelopmentArea:
    """Choose what is to be developed; raise Invalid, naming the paragraph, without a cause."""
    insist_on_cause(analysis, form)
    area: DevelopmentArea = _add(session, actor, analysis, parts.AREA, form)
    return area


def insist_on_cause(analysis: Analysis, form: AreaForm) -> None:
    """Raise Invalid, naming the paragraph, when an area answers no cause."""
    if not form.causes:
        sentence = rules.cause_missing(analysis.of_level)
        raise Invalid(sentence, {"causes": sentence})


def expect(
    session: Session, actor: Actor, *, analysis: Analysis, form: EffectForm
) -> ExpectedEffect:
    """Write which change should be seen, and by when."""
    effect: ExpectedEffect = _add(session, actor, analysis, parts.EFFECT, form)
    return effect


def take_part(
    session: Session, actor: Actor, *, analysis: Analysis, form: ParticipationForm
) -> Participation:
    """Record who was offered to take part, and who did."""
    participation: Participation = _add(session, actor, analysis, parts.PARTICIPATION, form)
    return participation


class Unproven(Conflict):
    """The law asks for more: *missing* says what, by the place on the page where it is added."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(" ".join(missing.values()))
        self.missing = missing


def establish(
    session: Session,
    actor: Actor,
    *,
    analysis: Analysis,
    now: datetime,
    investigated: Collection[UUID] = (),
) -> None:
    """Freeze the analysis with name, role and time.

    A unit's analysis only by the one who holds its rektor role (decision 30). *investigated* are
    the areas whose first insats is to find out. Raises Conflict with what is missing.
    """
    open_for(session, actor, analysis, Right.ESTABLISH)
    role = _establishing_role(actor, analysis)
    missing = _unproven(session, analysis, investigated)
    if missing:
        raise Unproven(missing)
    texts = texts_of(session, actor, "analysis", analysis.id)
    freeze_texts(session, texts=texts.values(), now=now)
    analysis.state = rules.State.ESTABLISHED
    analysis.established_at = now
    analysis.established_by = actor.name
    analysis.established_role = role
    analysis.version += 1
    record(session, actor, act="analysis.establish", thing=analysis)
    session.flush()


def _establishing_role(actor: Actor, analysis: Analysis) -> str:
    if analysis.unit_id is not None:
        if not actor.leads(analysis.organizer_id, analysis.unit_id):
            raise NotAllowed(
                _("Det är enhetens rektor som fastställer enhetens analys (skollagen 4 kap. 4 §).")
            )
        return ROLE_NAMES[Role.PRINCIPAL]
    return ", ".join(actor.role_names(analysis.organizer_id))


def _unproven(
    session: Session, analysis: Analysis, investigated: Collection[UUID]
) -> dict[str, str]:
    """Return what the law still asks for before *analysis* may be fastställd, and where."""
    proven = set(
        session.scalars(
            select(Cause.id)
            .join(Evidence, Evidence.cause_id == Cause.id)
            .where(
                Cause.organizer_id == analysis.organizer_id,
                Cause.analysis_id == analysis.id,
                Cause.is_open.is_(False),
                Evidence.side == rules.EvidenceSide.FOR,
            )
        )
    )
    links = session.execute(
        select(DevelopmentArea.id, DevelopmentArea.title, AreaCause.cause_id)
        .outerjoin(AreaCause, AreaCause.area_id == DevelopmentArea.id)
        .where(
            DevelopmentArea.organizer_id == analysis.organizer_id,
            DevelopmentArea.analysis_id == analysis.id,
        )
        .order_by(DevelopmentArea.id)
    ).all()
    grounded = {area for area, _title, cause in links if cause in proven} | set(investigated)
    titles = {area: title for area, title, _cause in links}
    areas = [(str(area), title, area in grounded) for area, title in titles.items()]
    return rules.unproven(areas, any_proven=bool(proven), level=analysis.of_level)
