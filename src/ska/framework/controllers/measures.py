"""Local indicators and their ties to the framework."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict, Missing
from ska.framework import queries, services
from ska.framework.controllers.ties import choices, tied
from ska.framework.forms import LocalIndicatorForm, TieForm
from ska.framework.models import LocalIndicator
from ska.framework.rules import BETTER_WORDS
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind, filled
from ska.web.page import Done, Page
from ska.web.routing import read, write


class LocalIndicatorController(Controller):
    """What the huvudman itself measures."""

    path = "/{organizer:str}/egna-indikatorer"

    @read("/ny", needs=Right.EDIT_FRAMEWORK)
    def show_new(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the form for a new local indicator."""
        return _indicator_form(session, actor, place, Form(), None)

    @write("/ny", needs=Right.EDIT_FRAMEWORK)
    def add(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Add a local indicator, or show what is wrong."""
        form = bind(LocalIndicatorForm, data)
        if form.value is not None:
            try:
                one = services.add_local_indicator(
                    session, actor, organizer_id=place.organizer.id, form=form.value
                )
            except Conflict as conflict:
                form.refuse(conflict, "name")
            else:
                to = f"{place.path}/egna-indikatorer/{one.id}"
                return Done(_("Indikatorn är tillagd."), to=to)
        return _indicator_form(session, actor, place, form, None)

    @read("/{indicator_id:uuid}", needs=Right.ENTER)
    def show(
        self,
        indicator_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show a local indicator, what it is tied to, and how to tie it."""
        return _indicator_page(session, actor, place, indicator_id, Form())

    @read("/{indicator_id:uuid}/andra", needs=Right.EDIT_FRAMEWORK)
    def show_change(
        self,
        indicator_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the indicator's form."""
        one = _indicator(session, actor, place, indicator_id)
        names = LocalIndicatorForm.model_fields
        form = filled(LocalIndicatorForm(**{name: getattr(one, name) for name in names}))
        return _indicator_form(session, actor, place, form, one)

    @write("/{indicator_id:uuid}/andra", needs=Right.EDIT_FRAMEWORK)
    def change(
        self,
        indicator_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change the indicator, or show what is wrong."""
        one = _indicator(session, actor, place, indicator_id)
        form = bind(LocalIndicatorForm, data)
        if form.value is not None:
            try:
                services.change_local_indicator(session, actor, indicator=one, form=form.value)
            except Conflict as conflict:
                form.refuse(conflict, "name")
            else:
                to = f"{place.path}/egna-indikatorer/{one.id}"
                return Done(_("Indikatorn är ändrad."), to=to)
        return _indicator_form(session, actor, place, form, one)

    @write("/{indicator_id:uuid}/koppla", needs=Right.EDIT_FRAMEWORK)
    def add_tie(
        self,
        indicator_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Tie the indicator to an item of the framework, with the reason."""
        one = _indicator(session, actor, place, indicator_id)
        form = tied(session, actor, one, bind(TieForm, data))
        if form.errors:
            return _indicator_page(session, actor, place, indicator_id, form)
        return Done(_("Kopplingen är sparad."), to=f"{place.path}/egna-indikatorer/{one.id}")


def _indicator_page(
    session: Session, actor: Actor, place: Place, indicator_id: UUID, form: Form[Any]
) -> Page:
    one = _indicator(session, actor, place, indicator_id)
    made = queries.ties(session, actor, place.organizer.id)
    goal = None
    if one.local_goal_id is not None:
        goal = queries.goal(session, actor, place.organizer.id, one.local_goal_id)
    return Page(
        "framework/local_indicator.html",
        form=form,
        indicator=one,
        goal=goal,
        better=BETTER_WORDS,
        ties=[tie for tie in made if tie.local_indicator_id == one.id],
        **choices(session, actor, place),
    )


def _indicator_form(
    session: Session, actor: Actor, place: Place, form: Form[Any], one: LocalIndicator | None
) -> Page:
    goals = queries.goals(session, actor, place.organizer.id)
    return Page(
        "framework/local_indicator_form.html",
        form=form,
        indicator=one,
        goals=[("", _("Inget lokalt mål")), *((str(goal.id), goal.title) for goal in goals)],
        better=list(BETTER_WORDS.items()),
    )


def _indicator(session: Session, actor: Actor, place: Place, indicator_id: UUID) -> LocalIndicator:
    one = queries.local_indicator(session, actor, place.organizer.id, indicator_id)
    if one is None:
        raise Missing
    return one
