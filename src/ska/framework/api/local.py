"""Local goals and indicators for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.errors import found
from ska.framework import queries, services
from ska.framework.forms import GoalForm, LocalIndicatorForm, TieForm
from ska.framework.models import LocalGoal, LocalIndicator, LocalTie
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read, remove
from ska.web.versions import IfMatch, Stamped, tagged


class TieOut(Stamped):
    """A tie to an item, with its reason."""

    example: ClassVar[dict[str, Any]] = {
        "item": "nks-2023/gr-5",
        "reason": "Läsning bär alla ämnen.",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    item: str
    reason: str


class GoalOut(Stamped):
    """A local goal with its ties."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Alla läser säkert",
        "description": "Varje elev läser säkert i årskurs 3.",
        "decided_by": "Barn- och utbildningsnämnden",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    title: str
    description: str
    decided_by: str
    valid_from: date
    valid_to: date | None
    ties: list[TieOut]


class LocalIndicatorOut(Stamped):
    """A local indicator with its ties."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Lästest i årskurs 3",
        "unit": "%",
        "better": "higher",
        "definition": "Andel elever över gränsen i höstens lästest",
        "caution": "Provet byttes 2025.",
        "smallest_group": 10,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    name: str
    unit: str
    better: str
    definition: str
    caution: str
    smallest_group: int
    local_goal_id: UUID | None
    retired_on: date | None
    ties: list[TieOut]


def _tie(one: LocalTie) -> TieOut:
    return told(TieOut, one, item=one.item_id)


def _ties(ties: list[LocalTie], end: str, own: UUID) -> list[TieOut]:
    return [_tie(one) for one in ties if getattr(one, end) == own]


def _goal(goal: LocalGoal, ties: list[LocalTie]) -> GoalOut:
    return told(GoalOut, goal, ties=_ties(ties, "local_goal_id", goal.id))


def _measure(one: LocalIndicator, ties: list[LocalTie]) -> LocalIndicatorOut:
    return told(LocalIndicatorOut, one, ties=_ties(ties, "local_indicator_id", one.id))


class LocalGoalApi(Controller):
    """What the huvudman itself wants to reach."""

    path = "/api/v1/organizers/{organizer:str}/local-goals"
    tags = ("Egna mål",)

    @read(needs=Right.ENTER, summary="List the local goals")
    def list_goals(self, pages: GivenPages, call: GivenCall) -> Response[list[GoalOut]]:
        """Return the local goals, those in force first."""
        ties = queries.ties(*call.where)
        return pages.of(queries.goals(*call.where), lambda goal: _goal(goal, ties))

    @create(needs=Right.EDIT_FRAMEWORK, summary="Add a local goal")
    def add_goal(self, data: JSONBody[GoalForm], call: GivenCall) -> GoalOut:
        """Add a local goal; 409 when the name is taken."""
        goal = services.add_goal(*call.who, organizer_id=call.organizer_id, form=data)
        return _goal(goal, [])

    @read("/{goal_id:uuid}", needs=Right.ENTER, summary="Show a local goal")
    def show_goal(self, goal_id: FromPath[UUID], call: GivenCall) -> Response[GoalOut]:
        """Return one local goal with its ties; its version is the ETag."""
        goal = found(queries.goal(*call.where, goal_id))
        return tagged(_goal(goal, queries.ties(*call.where)))

    @change("/{goal_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Change a local goal")
    def change_goal(
        self,
        goal_id: FromPath[UUID],
        data: JSONBody[GoalForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[GoalOut]:
        """Change the goal, on the version in If-Match; the whole of it is sent."""
        ties = queries.ties(*call.where)
        goal = queries.goal(*call.where, goal_id)
        goal = call.on(goal, lambda one: _goal(one, ties), if_match=if_match)
        services.change_goal(*call.who, goal=goal, form=data)
        return tagged(_goal(goal, ties))

    @create("/{goal_id:uuid}/ties", needs=Right.EDIT_FRAMEWORK, summary="Tie a local goal")
    def tie_goal(self, goal_id: FromPath[UUID], data: JSONBody[TieForm], call: GivenCall) -> TieOut:
        """Tie the goal to an item, with the reason; 409 when it already is."""
        goal = found(queries.goal(*call.where, goal_id))
        made = services.tie(*call.who, to=goal, form=data)
        return _tie(made)


class LocalIndicatorApi(Controller):
    """What the huvudman itself measures."""

    path = "/api/v1/organizers/{organizer:str}/local-indicators"
    tags = ("Egna mål",)

    @read(needs=Right.ENTER, summary="List the local indicators")
    def list_indicators(
        self, pages: GivenPages, call: GivenCall
    ) -> Response[list[LocalIndicatorOut]]:
        """Return the local indicators, those in use first."""
        ties = queries.ties(*call.where)
        return pages.of(queries.local_indicators(*call.where), lambda one: _measure(one, ties))

    @create(needs=Right.EDIT_FRAMEWORK, summary="Add a local indicator")
    def add_indicator(
        self, data: JSONBody[LocalIndicatorForm], call: GivenCall
    ) -> LocalIndicatorOut:
        """Add a local indicator; 409 when the name is taken."""
        one = services.add_local_indicator(*call.who, organizer_id=call.organizer_id, form=data)
        return _measure(one, [])

    @read("/{indicator_id:uuid}", needs=Right.ENTER, summary="Show a local indicator")
    def show_indicator(
        self, indicator_id: FromPath[UUID], call: GivenCall
    ) -> Response[LocalIndicatorOut]:
        """Return one local indicator with its ties; its version is the ETag."""
        one = found(queries.local_indicator(*call.where, indicator_id))
        return tagged(_measure(one, queries.ties(*call.where)))

    @change("/{indicator_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Change a local indicator")
    def change_indicator(
        self,
        indicator_id: FromPath[UUID],
        data: JSONBody[LocalIndicatorForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[LocalIndicatorOut]:
        """Change the indicator, on the version in If-Match; the whole of it is sent."""
        ties = queries.ties(*call.where)
        one = queries.local_indicator(*call.where, indicator_id)
        one = call.on(one, lambda here: _measure(here, ties), if_match=if_match)
        services.change_local_indicator(*call.who, indicator=one, form=data)
        return tagged(_measure(one, ties))

    @create("/{indicator_id:uuid}/ties", needs=Right.EDIT_FRAMEWORK, summary="Tie an indicator")
    def tie_indicator(
        self, indicator_id: FromPath[UUID], data: JSONBody[TieForm], call: GivenCall
    ) -> TieOut:
        """Tie the indicator to an item, with the reason; 409 when it already is."""
        one = found(queries.local_indicator(*call.where, indicator_id))
        made = services.tie(*call.who, to=one, form=data)
        return _tie(made)


class LocalTieApi(Controller):
    """Ties between what is local and the framework."""

    path = "/api/v1/organizers/{organizer:str}/local-ties"
    tags = ("Egna mål",)

    @remove("/{tie_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Take a tie away")
    def remove_tie(self, tie_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None) -> None:
        """Take the tie away, on the version in If-Match."""
        made = call.on(queries.tie_by_id(*call.where, tie_id), _tie, if_match=if_match)
        services.untie(*call.who, made=made)
