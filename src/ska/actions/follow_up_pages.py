"""Pages of a follow-up: its answer, what the numbers say beside it, and the decision after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries, rules, services
from ska.actions.chain import ground_of
from ska.actions.effects.control import SHIFTED, control_sentence
from ska.actions.effects.queries import (
    entries_in,
    expected_of,
    judging_questions,
    said_of,
)
from ska.actions.forms import DecisionForm, FollowUpForm, PlanFollowUpForm
from ska.actions.models import Action, EffectReading, Expectation, FollowUp
from ska.core.fields import FreeText
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.db.gather import Gathered, gather
from ska.errors import Conflict
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class FollowUpController(Controller):
    """A follow-up, from the planned day to the decision."""

    path = "/{organizer:str}"

    @read("/uppfoljningar/{follow_up_id:uuid}", needs=Right.ENTER)
    def show_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show a follow-up: its form, or what was answered and decided."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        return follow_up_page(session, actor, place, (action, follow_up), Form())

    @write("/uppfoljningar/{follow_up_id:uuid}", needs=Right.PLAN_ACTIONS)
    def answer_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Answer a follow-up, or show what is wrong with the form.

        Who only wrote another day pressed Enter there, and moves it.
        """
        action, follow_up = both = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        if data.get("planned_on") and not is_begun(data):
            return _move((session, actor, place), both, data, now.date())
        form = bind(FollowUpForm, part_for(FollowUpForm, data))
        form.raw = data
        if form.value is None:
            return follow_up_page(session, actor, place, (action, follow_up), form)
        try:
            services.answer_follow_up(
                session, actor, action=action, follow_up=follow_up, form=form.value, now=now
            )
        except Conflict as error:
            form.errors = {"": error.detail}
            return follow_up_page(session, actor, place, (action, follow_up), form)
        return Done(
            _("Uppföljningen är sparad. Besluta nu hur ni går vidare."),
            to=f"{place.path}/uppfoljningar/{follow_up.id}",
        )

    @write("/uppfoljningar/{follow_up_id:uuid}/dag", needs=Right.PLAN_ACTIONS)
    def move_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Move a follow-up to another day, or show what is wrong with the date."""
        both = queries.follow_up_by_id(session, actor, place.organizer.id, follow_up_id)
        return _move((session, actor, place), both, data, today)

    @write("/uppfoljningar/{follow_up_id:uuid}/beslut", needs=Right.PLAN_ACTIONS)
    def decide(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Decide after a follow-up, or show what is wrong with the form."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        form = bind(DecisionForm, data)
        if form.value is None:
            return follow_up_page(session, actor, place, (action, follow_up), form)
        try:
            services.decide(
                session, actor, action=action, follow_up=follow_up, form=form.value, today=today
            )
        except Conflict as error:
            session.expire(follow_up, ["decision"])
            form.errors = {"": error.detail}
            fresh = queries.follow_up_by_id(session, actor, place.organizer.id, follow_up_id)
            return follow_up_page(session, actor, place, fresh, form)
        return Done(
            _("Beslutet är sparat. Det öppnar nästa års analys."),
            to=f"{place.path}/insatser/{action.id}",
        )


def part_for(form: type[FreeText], data: dict[str, str]) -> dict[str, str]:
    """Return what *form* takes of what the page sent: one form answers, moves and cancels."""
    return {name: text for name, text in data.items() if name in form.model_fields}


def is_begun(data: dict[str, str]) -> bool:
    """Tell whether something of an answer is written."""
    answer = part_for(FollowUpForm, data)
    return any(text for name, text in answer.items() if name not in FreeText.model_fields)


def _move(
    at: tuple[Session, Actor, Place],
    both: tuple[Action, FollowUp],
    data: dict[str, str],
    today: date,
) -> Page | Done:
    """Move a follow-up; an answer that was begun stays on the page."""
    session, actor, place = at
    action, follow_up = both
    form = bind(PlanFollowUpForm, part_for(PlanFollowUpForm, data), today=today)
    form.raw = data
    if form.value is None:
        return follow_up_page(session, actor, place, both, form)
    try:
        services.move_follow_up(session, actor, action=action, follow_up=follow_up, form=form.value)
    except Conflict as error:
        form.errors = {"planned_on": error.detail}
        return follow_up_page(session, actor, place, both, form)
    done = _("Uppföljningen är flyttad.")
    if not is_begun(data):
        return Done(done, to=f"{place.path}/uppfoljningar/{follow_up.id}")
    kept = _("Svaret du har börjat på är inte sparat, men står kvar här.")
    begun = Form[Any](raw=part_for(FollowUpForm, data))
    return follow_up_page(session, actor, place, both, begun, messages=[f"{done} {kept}"])


def follow_up_page(
    session: Session,
    actor: Actor,
    place: Place,
    both: tuple[Action, FollowUp],
    form: object,
    **more: Any,
) -> Page:
    """Return the page of a follow-up; *form* is the act that was tried and what is wrong."""
    action, follow_up = both
    judging = judging_questions(actor, action)
    ground = ground_of(session, actor, action, also=judging)
    found = ground.parts.more if ground else gather(session, [expected_of(actor, action), *judging])
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, action.unit_id)
    return Page(
        "actions/follow_up.html",
        form=form,
        action=action,
        follow_up=follow_up,
        effects=ground.effects_for(action) if ground else [],
        thread=ground.thread(actor, place, follow_up.id) if ground else None,
        **_numbers(session, actor, found, both),
        earlier=[
            one
            for one in action.follow_ups
            if one.answered_at is not None and one.planned_on < follow_up.planned_on
        ],
        may_answer=may
        and action.state == rules.ActionState.IN_FORCE
        and follow_up.cancelled_at is None,
        may_cancel=may and follow_up.waits,
        may_tell=actor.may_for(Right.SHARE, place.organizer.id, None),
        next_year=_after(follow_up),
        **rules.NAMES,
        **more,
    )


def _after(follow_up: FollowUp) -> SchoolYear | None:
    """Return the läsår whose analysis begins with what was decided."""
    decision = follow_up.decision
    return SchoolYear.containing(decision.decided_on).next if decision else None


def _numbers(
    session: Session, actor: Actor, found: Gathered, both: tuple[Action, FollowUp]
) -> dict[str, Any]:
    """Return what the numbers say now, or what was kept of it when the follow-up was answered."""
    action, follow_up = both
    if not follow_up.waits:
        kept = [one for one in found.of(EffectReading) if one.follow_up_id == follow_up.id]
        sentences = {one.id: said_of(one) for one in found.of(Expectation)}
        return {"entries": [], "readings": kept, "expected": sentences}
    entries = entries_in(session, actor, action.organizer_id, found, action.id)
    said = {one.expectation.id: control_sentence(one.control) for one in entries}
    return {"entries": entries, "readings": [], "control_said": said, "shifted": SHIFTED}
