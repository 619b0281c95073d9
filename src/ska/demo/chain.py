"""Seed one analysis of the demo, from its texts to the decisions after its follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions import forms as action_forms
from ska.actions import services as actions
from ska.actions.borrowing.models import LentPractice
from ska.actions.borrowing.queries import Source, source_by_id
from ska.actions.effects import forms as effects
from ska.actions.effects.prospects import Chosen, choosing, items_to_choose
from ska.actions.effects.services import write_expectation
from ska.actions.models import Action
from ska.actions.queries import action_by_id
from ska.analyses import forms, services
from ska.analyses.models import Analysis, DevelopmentArea
from ska.analyses.rules import Level
from ska.core.school_year import SchoolYear
from ska.demo.chained import ActionSeed, AnalysisSeed, AreaSeed, FollowUpSeed
from ska.organizers.models import Organizer, SchoolUnit
from ska.writing.queries import texts_of
from ska.writing.rules import Draft
from ska.writing.services import write_text

Acting = Callable[..., Actor]
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def moment_of(day: date) -> datetime:
    """Return the moment of a day at which the demo's people do things."""
    return datetime.combine(day, time(11, 7), STOCKHOLM)


def seed_analysis(
    session: Session,
    organizer_id: UUID,
    seed: AnalysisSeed,
    units: dict[str, SchoolUnit],
    acting: Acting,
) -> Callable[[], None]:
    """Write one analysis as its writer would; return what follows its insatser up."""
    writer = acting(seed.writer)
    form = forms.AnalysisForm(
        title=seed.title,
        level=Level.UNIT if seed.unit else Level.ORGANIZER,
        unit_id=units[seed.unit].id if seed.unit else None,
        about=[units[name].id for name in seed.about],
    )
    analysis = services.start_analysis(
        session,
        writer,
        organizer_id=organizer_id,
        year=SchoolYear(seed.year),
        form=form,
        today=SchoolYear(seed.year).first_day,
    )
    _texts(session, writer, analysis, seed)
    causes = _findings(session, writer, analysis, seed)
    for one in seed.participation:
        taking_part = forms.ParticipationForm.model_validate(one)
        services.take_part(session, writer, analysis=analysis, form=taking_part)
    planned = [
        (action, made)
        for area in seed.areas
        for action, made in _area(session, writer, analysis, area, causes)
    ]
    if seed.established_on is not None:
        signer = acting(seed.established_by or seed.writer)
        actions.establish_analysis(
            session, signer, analysis=analysis, now=moment_of(seed.established_on)
        )
    return partial(_follow_up, session, writer, planned)


def _follow_up(session: Session, writer: Actor, planned: list[tuple[ActionSeed, Action]]) -> None:
    for action, made in planned:
        for follow_up in action.follow_ups:
            _live(session, writer, made.id, made.organizer_id, follow_up)


def _texts(session: Session, writer: Actor, analysis: Analysis, seed: AnalysisSeed) -> None:
    written = texts_of(session, writer, "analysis", analysis.id)
    for key, words in seed.texts.items():
        text = written[key]
        write_text(
            session,
            writer,
            text=text,
            draft=Draft(words.strip(), text.version),
            now=moment_of(seed.written_on),
        )


def _findings(
    session: Session, writer: Actor, analysis: Analysis, seed: AnalysisSeed
) -> list[UUID]:
    """Write observations, findings and causes; return the causes' ids in order."""
    seen = [
        services.observe(
            session,
            writer,
            analysis=analysis,
            form=forms.ObservationForm.model_validate(_plain(one)),
        ).id
        for one in seed.observations
    ]
    causes = []
    for one in seed.findings:
        rests_on = [str(seen[place - 1]) for place in one.observations]
        form = forms.FindingForm.model_validate({**one.form, "observations": rests_on})
        finding = services.find(session, writer, analysis=analysis, form=form)
        for words in one.causes:
            cause = forms.CauseForm.model_validate({**_plain(words), "finding_id": str(finding.id)})
            causes.append(services.name_cause(session, writer, analysis=analysis, form=cause).id)
    return causes


def _plain(words: dict[str, Any]) -> dict[str, Any]:
    """Return what YAML read, with its true and false as a form sends them."""
    return {key: "1" if value is True else value for key, value in words.items()}


def _area(
    session: Session, writer: Actor, analysis: Analysis, seed: AreaSeed, causes: list[UUID]
) -> list[tuple[ActionSeed, Action]]:
    answers = [str(causes[place - 1]) for place in seed.causes]
    form = forms.AreaForm.model_validate({**seed.form, "causes": answers})
    area = services.choose_area(session, writer, analysis=analysis, form=form)
    for one in seed.effects:
        effect = forms.EffectForm.model_validate({**one, "area_id": str(area.id)})
        services.expect(session, writer, analysis=analysis, form=effect)
    return [(one, _action(session, writer, analysis, area, one)) for one in seed.actions]


def _action(
    session: Session,
    writer: Actor,
    analysis: Analysis,
    area: DevelopmentArea,
    seed: ActionSeed,
) -> Action:
    days = [one.planned_on for one in seed.follow_ups]
    form = action_forms.ActionForm.model_validate(
        {**_plain(seed.form), "follow_ups": days, "come_into_force": seed.in_force}
    )
    action = actions.plan_action(
        session,
        writer,
        organizer_id=analysis.organizer_id,
        area=area,
        analysis=analysis,
        form=form,
        source=_source(session, writer, analysis.organizer_id, seed.borrowed),
    )
    for one in seed.expectations:
        _expect(session, writer, action, _plain(one))
    return action


def _source(session: Session, writer: Actor, organizer_id: UUID, title: str) -> Source | None:
    """Return the arbetssätt of that title that another huvudman of the demo lends, if it does."""
    named = visible(LentPractice, writer).where(
        LentPractice.title == title, LentPractice.withdrawn_at.is_(None)
    )
    lent = session.scalars(named).first() if title else None
    if lent is None:
        return None
    return source_by_id(session, writer, organizer_id, lent.id, lent.lent_on)


def _expect(session: Session, writer: Actor, action: Action, words: dict[str, Any]) -> None:
    """Expect a change as it was expected when the insats began: of what was known before it.

    The number is that of the insats' own unit; an own measure is told by its name.
    """
    organizer = session.get_one(Organizer, action.organizer_id)
    named = {one.heading: one.code for one in items_to_choose(session, writer, organizer.id)}
    code = named.get(words["indicator"], words["indicator"])
    form = effects.ExpectationForm.model_validate(
        {"unit_id": action.unit_id, **words, "indicator": code}
    )
    chosen = Chosen(form.indicator, form.gender, form.unit_id)
    made = choosing(session, writer, organizer, action, chosen)
    if made.prospect is None:
        raise ValueError(f"the demo has no values of {form.indicator}")
    line = made.prospect.line
    start = line.number(form.expected_in)
    before = tuple(one for one in line.points if line.number(one.period) < start)
    prospect = replace(made.prospect, line=replace(line, points=before), periods=[form.expected_in])
    write_expectation(
        session, writer, action=action, prospect=prospect, around=made.around,
        form=form, now=moment_of(action.starts),
    )  # fmt: skip


def _live(
    session: Session, writer: Actor, action_id: UUID, organizer_id: UUID, seed: FollowUpSeed
) -> None:
    """Answer a follow-up that the demo has lived past, and decide after it."""
    if seed.answer is None or seed.answered_on is None:
        return
    session.expire_all()
    action = action_by_id(session, writer, organizer_id, action_id)
    follow_up = next(one for one in action.follow_ups if one.planned_on == seed.planned_on)
    actions.answer_follow_up(
        session,
        writer,
        action=action,
        follow_up=follow_up,
        form=action_forms.FollowUpForm.model_validate(seed.answer),
        now=moment_of(seed.answered_on),
    )
    if seed.decision is not None:
        actions.decide(
            session,
            writer,
            action=action,
            follow_up=follow_up,
            form=action_forms.DecisionForm.model_validate(seed.decision),
            today=seed.answered_on,
        )
