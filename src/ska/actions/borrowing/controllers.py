"""Pages of arbetssätt: what is lent in our networks, lending one of ours, and borrowing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, FromQuery, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import rules
from ska.actions.borrowing import services
from ska.actions.borrowing.forms import LendForm
from ska.actions.borrowing.queries import (
    WORDS,
    lendings_of,
    open_areas,
    practice_by_id,
    practices_here,
    source_by_id,
)
from ska.actions.models import Action
from ska.actions.queries import action_by_id
from ska.core.text import _
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.sharing.queries import networks_of, shared_titles
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class PracticeController(Controller):
    """Arbetssätt to borrow, from other huvudmän in a network or from an own unit."""

    path = "/{organizer:str}"

    @read("/arbetssatt", needs=Right.READ)
    def list_practices(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        om: FromQuery[str] = "",
    ) -> Page:
        """Show what is lent in the huvudman's networks; what is about the indicator *om* first."""
        return Page(
            "actions/practices/list.html",
            practices=practices_here(session, actor, place.organizer.id, place.today, item=om),
            about=om,
            **_may(actor, place),
        )

    @read("/arbetssatt/{practice_id:uuid}", needs=Right.READ)
    def show_practice(
        self,
        practice_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show one arbetssätt, and the utvecklingsområden that it may be tried for."""
        here = place.organizer.id
        practice = practice_by_id(session, actor, here, practice_id, place.today)
        return Page(
            "actions/practices/show.html",
            practice=practice,
            areas=open_areas(session, actor, here, place.today),
            **_may(actor, place),
        )

    @write("/arbetssatt/{practice_id:uuid}/sluta", needs=Right.SHARE)
    def take_back(
        self,
        practice_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Stop lending an arbetssätt."""
        here = place.organizer.id
        practice = practice_by_id(session, actor, here, practice_id, place.today)
        services.take_back(session, actor, practice=practice, now=now)
        done = _("Ni lånar inte ut det längre. Det som andra redan har lånat har de kvar.")
        return Done(done, to=f"{place.path}/arbetssatt")

    @read("/insatser/{action_id:uuid}/lana", needs=Right.PLAN_ACTIONS)
    def borrow_own(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the utvecklingsområden for which an own insats may be tried once more."""
        here = place.organizer.id
        action = action_by_id(session, actor, here, action_id)
        if action.state in rules.NOT_YET:
            return Page("actions/practices/again.html", action=action, source=None, areas=[])
        source = source_by_id(session, actor, here, action_id, place.today)
        areas = open_areas(session, actor, here, place.today)
        others = [one for one in areas if one.id != action.area_id]
        return Page("actions/practices/again.html", action=action, source=source, areas=others)

    @read("/insatser/{action_id:uuid}/lana-ut", needs=Right.SHARE)
    def show_lending(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the form, with what the insats says and what came of it."""
        action = action_by_id(session, actor, place.organizer.id, action_id)
        return _lending(session, actor, place, action, Form(raw=_as_told(action)))

    @write("/insatser/{action_id:uuid}/lana-ut", needs=Right.SHARE)
    def lend(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Lend the insats, or show what is wrong."""
        here = place.organizer.id
        action = action_by_id(session, actor, here, action_id)
        form = bind(LendForm, data, today=place.today)
        if form.value is not None:
            try:
                lent = services.lend(
                    session, actor, organizer=place.organizer, action=action, form=form.value,
                    titles=shared_titles(session, actor, here, place.today), now=now,
                )  # fmt: skip
                done = _("Arbetssättet lånas ut. De andra i nätverket kan läsa och prova.")
                return Done(done, to=f"{place.path}/arbetssatt/{lent.id}")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "network_id")
        return _lending(session, actor, place, action, form)


def _may(actor: Actor, place: Place) -> dict[str, Any]:
    here = place.organizer.id
    return {
        "may_share": actor.may_for(Right.SHARE, here, None),
        "may_plan": actor.may(Right.PLAN_ACTIONS, here),
        **rules.NAMES,
    }


def _as_told(action: Action) -> dict[str, str]:
    """Return the words of an insats, with what its latest follow-up answered."""
    words = {name: getattr(action, name) for name in WORDS[:2]}
    told = [one for one in action.follow_ups if one.answered_at is not None]
    if told:
        latest = told[-1]
        said = rules.EFFECT_NAMES[rules.EffectAnswer(str(latest.effect_answer))]
        words["outcome"] = f"{said}. {latest.effect_ground}".strip()
    return words


def _lending(
    session: Session, actor: Actor, place: Place, action: Action, form: Form[LendForm]
) -> Page:
    here, today = place.organizer.id, place.today
    joined = [one for one in networks_of(session, actor, here, today) if one.is_member]
    lendings = lendings_of(session, actor, action)
    read_in = {one.network.id for one in joined}
    lent = [one for one in lendings if one.stands_on(today) and one.network_id in read_in]
    return Page(
        "actions/practices/lend.html",
        action=action,
        form=form,
        lent=lent,
        ended=[one for one in lendings if one not in lent],
        networks=[one.network for one in joined],
        titles={one.item: one.title for one in shared_titles(session, actor, here, today)},
        until=date(today.year + 1, 6, 30),
    )
