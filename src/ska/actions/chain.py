"""Pages of an analysis as a whole: its chain, what came of it, and its fastställande."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, FromQuery, URLEncodedBody
from sqlalchemy import Select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries, services
from ska.actions.borrowing.queries import Source, source_by_id
from ska.actions.forms import ActionForm
from ska.actions.models import Action
from ska.actions.rules import NAMES, STATE_NAMES
from ska.actions.thread import about_deficiency, draw, months_of
from ska.actions.thread_steps import Frame, Thread
from ska.analyses import queries as analyses
from ska.analyses import rules as analysis_rules
from ska.analyses.controllers import address_of
from ska.analyses.models import Analysis, DevelopmentArea, ExpectedEffect
from ska.core.swedish import MONTHS
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.framework.queries import tag_names
from ska.organizers.dependencies import GivenPlace, Place
from ska.values.known import read_day
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class ChainController(Controller):
    """One analysis as a whole, with what came of it."""

    path = "/{organizer:str}/{year:str}/analyser/{analysis_id:uuid}"

    @read(needs=Right.ENTER)
    def show_analysis(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the analysis, its chain and its insatser."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        return _analysis_page(session, actor, place, analysis)

    @read("/trad/{part_id:uuid}", needs=Right.ENTER)
    def show_thread(
        self,
        analysis_id: FromPath[UUID],
        part_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        kant: FromQuery[str] = "",
    ) -> Page:
        """Show the röd tråd both ways from one thing in the analysis, as known now or on a day."""
        known = read_day(kant, place.today, field="kant")
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        ground = ground_in(session, actor, analysis)
        thread = ground.thread(actor, place, part_id)
        here = next(node for step in thread.steps for node in step.nodes if node.current)
        if known is not None:
            thread = ground.thread_on(actor, place, part_id, known)
        return Page(
            "actions/thread.html",
            analysis=analysis,
            thread=thread,
            here=here,
            known=known,
            month_names=MONTHS,
            months=months_of(ground.parts, ground.actions, place.today),
        )

    @write("/faststall", needs=Right.ESTABLISH)
    def establish(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Fastställ the analysis, or say what is missing."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        try:
            services.establish_analysis(session, actor, analysis=analysis, now=now)
        except Conflict as conflict:
            missing = getattr(conflict, "missing", {"": conflict.detail})
            at = {part and f"#{part}": sentence for part, sentence in missing.items()}
            form: Form[ActionForm] = Form(errors=at)
            return _analysis_page(session, actor, place, analysis, form)
        return Done(_("Analysen är fastställd."), to=address_of(place, analysis))

    @read("/omraden/{area_id:uuid}/insats", needs=Right.PLAN_ACTIONS)
    def new_action(
        self,
        analysis_id: FromPath[UUID],
        area_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        lan: FromQuery[UUID | None] = None,
    ) -> Page:
        """Show the form for an insats that answers an area, in the words of what is borrowed."""
        analysis, area = _area(session, actor, place, analysis_id, area_id)
        source = _source(session, actor, place, lan)
        form: Form[ActionForm] = Form(raw=dict(source.words) if source else {})
        return _new(form, analysis, area, source)

    @write("/omraden/{area_id:uuid}/insats", needs=Right.PLAN_ACTIONS)
    def plan_action(
        self,
        analysis_id: FromPath[UUID],
        area_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        lan: FromQuery[UUID | None] = None,
    ) -> Page | Done:
        """Plan an insats, or show what is wrong with the form."""
        analysis, area = _area(session, actor, place, analysis_id, area_id)
        source = _source(session, actor, place, lan)
        form = bind(ActionForm, data, today=place.today)
        if form.value is not None:
            try:
                action = services.plan_action(
                    session,
                    actor,
                    organizer_id=place.organizer.id,
                    area=area,
                    analysis=analysis,
                    form=form.value,
                    source=source,
                )
            except Invalid as error:
                form.errors = error.fields or {"": error.detail}
            else:
                done = _("Insatsen är sparad.")
                if lan and source is None:
                    done = _("Insatsen är sparad som er egen. Arbetssättet lånas inte ut mer.")
                return Done(done, to=f"{place.path}/insatser/{action.id}")
        return _new(form, analysis, area, source)


def _new(
    form: Form[ActionForm], analysis: Analysis, area: DevelopmentArea, source: Source | None
) -> Page:
    return Page("actions/new.html", form=form, analysis=analysis, area=area, source=source, **NAMES)


def _source(session: Session, actor: Actor, place: Place, lan: UUID | None) -> Source | None:
    """Return what is borrowed, None when nothing is, or when it is lent no more."""
    if lan is None:
        return None
    try:
        return source_by_id(session, actor, place.organizer.id, lan, place.today)
    except Missing:
        return None


def _area(
    session: Session, actor: Actor, place: Place, analysis_id: UUID, area_id: UUID
) -> tuple[Analysis, DevelopmentArea]:
    analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
    area = analyses.part_by_id(session, actor, DevelopmentArea, place.organizer.id, area_id)
    if area.analysis_id != analysis.id:
        raise Missing
    return analysis, area


def _analysis_page(
    session: Session, actor: Actor, place: Place, analysis: Analysis, form: object = None
) -> Page:
    ground = ground_in(session, actor, analysis)
    parts, actions = ground.parts, ground.actions
    frame = frame_of(actor, place, analysis)
    unit = analysis.unit_id
    return Page(
        "analyses/show.html",
        form=form or Form(),
        analysis=analysis,
        parts=parts,
        tag_names=_tag_names(session, actor, place, parts),
        actions=actions,
        numbers={
            one.id: analysis_rules.read_numbers(one.unit_of_measure, one.values)
            for one in parts.observations
        },
        revised=analyses.revised_sentences(session, parts),
        thread=ground.thread(actor, place),
        href=frame.analysis,
        sections=analysis_rules.SECTIONS,
        state_names=analysis_rules.STATE_NAMES,
        action_states=STATE_NAMES,
        observation_names=analysis_rules.OBSERVATION_NAMES,
        finding_names=analysis_rules.FINDING_NAMES,
        certainty_names=analysis_rules.CERTAINTY_NAMES,
        evidence_names=analysis_rules.EVIDENCE_NAMES,
        group_names=analysis_rules.GROUP_NAMES,
        may_write=frame.may_write,
        may_observe=not analysis.is_established
        and actor.may_for(Right.OBSERVE, place.organizer.id, unit),
        may_establish=not analysis.is_established
        and actor.may_for(Right.ESTABLISH, place.organizer.id, unit)
        and (unit is None or actor.leads(place.organizer.id, unit)),
        may_plan=frame.may_plan,
    )


def frame_of(actor: Actor, place: Place, analysis: Analysis) -> Frame:
    """Return the frame of an analysis' thread for this reader."""
    may = actor.may_for(Right.ANALYSE, place.organizer.id, analysis.unit_id)
    return Frame(
        address_of(place, analysis),
        place.path,
        may_write=may and not analysis.is_established,
        may_plan=actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, analysis.unit_id),
    )


@dataclass(frozen=True)
class Ground:
    """The analysis behind something, with its parts and insatser."""

    analysis: Analysis
    parts: analyses.Parts
    actions: list[Action]

    def effects_for(self, action: Action) -> list[ExpectedEffect]:
        """Return the changes that were expected of what *action* answers."""
        areas = [area for area in self.parts.areas if area.id == action.area_id]
        return [effect for area in areas for effect in area.effects]

    def thread(self, actor: Actor, place: Place, focus: UUID | None = None) -> Thread:
        """Return the thread, around *focus* when it is named; raise Missing when not on it."""
        frame = frame_of(actor, place, self.analysis)
        thread = draw(self.parts, self.actions, frame, focus)
        if focus is not None and not any(step.here for step in thread.steps):
            raise Missing
        return thread

    def thread_on(self, actor: Actor, place: Place, focus: UUID | None, day: date) -> Thread:
        """Return the thread as it was known on *day*: to read, not to write on."""
        frame = replace(frame_of(actor, place, self.analysis), may_write=False, may_plan=False)
        return draw(self.parts, self.actions, frame, focus, day)


def ground_in(
    session: Session, actor: Actor, analysis: Analysis, *, also: Sequence[Select[Any]] = ()
) -> Ground:
    """Return an analysis with its parts and insatser and the rows of *also*, in one question."""
    chain = queries.chain_questions(actor, analysis)
    parts = analyses.parts_of(session, actor, analysis, also=[*chain, *also])
    return Ground(analysis, parts, queries.actions_in(parts.more))


def ground_of(
    session: Session, actor: Actor, action: Action, *, also: Sequence[Select[Any]] = ()
) -> Ground | None:
    """Return what an insats rests on; None without an area or for those who do not see it."""
    if action.area_id is None:
        return None
    analysis = queries.analysis_of_area(session, actor, action.organizer_id, action.area_id)
    return ground_in(session, actor, analysis, also=also) if analysis else None


def _tag_names(
    session: Session, actor: Actor, place: Place, parts: analyses.Parts
) -> dict[str, str]:
    used = [(tag.kind, tag.item) for finding in parts.findings for tag in finding.tags]
    return tag_names(session, actor, place.organizer.id, used)


def why(
    session: Session, actor: Actor, place: Place, action: Action, focus: UUID | None = None
) -> Thread | None:
    """Return the thread that answers "varför?" and "vad blev det?" of an insats, or of *focus*.

    None when there is no ground, or this person does not see the analysis behind it.
    """
    if action.deficiency_id is None:
        ground = ground_of(session, actor, action)
        return ground.thread(actor, place, focus or action.id) if ground else None
    deficiency = queries.deficiency_by_id(session, actor, place.organizer.id, action.deficiency_id)
    return about_deficiency(deficiency, [action], Frame("", place.path))
