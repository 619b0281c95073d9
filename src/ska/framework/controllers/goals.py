"""Local goals and their ties to the framework."""

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
from ska.framework.controllers.ties import choices, headings, tied
from ska.framework.forms import GoalForm, TieForm
from ska.framework.models import LocalGoal
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind, filled
from ska.web.page import Done, Page
from ska.web.routing import read, write


class LocalGoalController(Controller):
    """What the huvudman itself wants to reach."""

    path = "/{organizer:str}/egna-mal"

    @read(needs=Right.ENTER)
    def list_goals(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the local goals and indicators."""
        organizer = place.organizer.id
        return Page(
            "framework/local.html",
            goals=queries.goals(session, actor, organizer),
            indicators=queries.local_indicators(session, actor, organizer),
            ties=queries.ties(session, actor, organizer),
            headings=headings(session),
            may_edit=actor.may(Right.EDIT_FRAMEWORK, organizer),
        )

    @read("/nytt", needs=Right.EDIT_FRAMEWORK)
    def show_new(self, place: GivenPlace) -> Page:
        """Show the form for a new local goal."""
        return Page("framework/goal_form.html", goal=None)

    @write("/nytt", needs=Right.EDIT_FRAMEWORK)
    def add(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Add a local goal, or show what is wrong."""
        form = bind(GoalForm, data)
        if form.value is not None:
            try:
                goal = services.add_goal(
                    session, actor, organizer_id=place.organizer.id, form=form.value
                )
            except Conflict as conflict:
                form.refuse(conflict, "title")
            else:
                return Done(_("Målet är tillagt."), to=f"{place.path}/egna-mal/{goal.id}")
        return Page("framework/goal_form.html", form=form, goal=None)

    @read("/{goal_id:uuid}", needs=Right.ENTER)
    def show(
        self, goal_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show a goal, what it is tied to, and how to tie it."""
        return _goal_page(session, actor, place, goal_id, Form())

    @read("/{goal_id:uuid}/andra", needs=Right.EDIT_FRAMEWORK)
    def show_change(
        self, goal_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the goal's form."""
        goal = _goal(session, actor, place, goal_id)
        return Page("framework/goal_form.html", form=filled(_goal_form(goal)), goal=goal)

    @write("/{goal_id:uuid}/andra", needs=Right.EDIT_FRAMEWORK)
    def change(
        self,
        goal_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change the goal, or show what is wrong."""
        goal = _goal(session, actor, place, goal_id)
        form = bind(GoalForm, data)
        if form.value is not None:
            try:
                services.change_goal(session, actor, goal=goal, form=form.value)
            except Conflict as conflict:
                form.refuse(conflict, "title")
            else:
                return Done(_("Målet är ändrat."), to=f"{place.path}/egna-mal/{goal.id}")
        return Page("framework/goal_form.html", form=form, goal=goal)

    @write("/{goal_id:uuid}/koppla", needs=Right.EDIT_FRAMEWORK)
    def add_tie(
        self,
        goal_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Tie the goal to an item of the framework, with the reason."""
        goal = _goal(session, actor, place, goal_id)
        form = tied(session, actor, goal, bind(TieForm, data))
        if form.errors:
            return _goal_page(session, actor, place, goal_id, form)
        return Done(_("Kopplingen är sparad."), to=f"{place.path}/egna-mal/{goal.id}")

    @write("/kopplingar/{tie_id:uuid}/ta-bort", needs=Right.EDIT_FRAMEWORK)
    def remove_tie(
        self, tie_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Take a tie away."""
        made = queries.tie_by_id(session, actor, place.organizer.id, tie_id)
        if made is None:
            raise Missing
        services.untie(session, actor, made=made)
        end = "egna-mal" if made.local_goal_id else "egna-indikatorer"
        back = made.local_goal_id or made.local_indicator_id
        return Done(_("Kopplingen är borttagen."), to=f"{place.path}/{end}/{back}")


def _goal_page(
    session: Session, actor: Actor, place: Place, goal_id: UUID, form: Form[Any]
) -> Page:
    goal = _goal(session, actor, place, goal_id)
    made = queries.ties(session, actor, place.organizer.id)
    measures = queries.local_indicators(session, actor, place.organizer.id)
    return Page(
        "framework/goal.html",
        form=form,
        goal=goal,
        ties=[one for one in made if one.local_goal_id == goal.id],
        indicators=[one for one in measures if one.local_goal_id == goal.id],
        **choices(session, actor, place),
    )


def _goal_form(goal: LocalGoal) -> GoalForm:
    return GoalForm(**{name: getattr(goal, name) for name in GoalForm.model_fields})


def _goal(session: Session, actor: Actor, place: Place, goal_id: UUID) -> LocalGoal:
    goal = queries.goal(session, actor, place.organizer.id, goal_id)
    if goal is None:
        raise Missing
    return goal
