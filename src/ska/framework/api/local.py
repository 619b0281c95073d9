"""Local goals and indicators for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.db.session import lock
from ska.errors import Missing
from ska.framework import queries, services
from ska.framework.forms import GoalForm, LocalIndicatorForm, TieForm
from ska.framework.models import LocalGoal, LocalIndicator, LocalTie
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read, remove
from ska.web.versions import IfMatch, Stamped, etag, must_be

T = TypeVar("T")
S = TypeVar("S", bound=Stamped)


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
    return TieOut(one.id, one.item_id, one.reason)


def _ties(ties: list[LocalTie], end: str, own: UUID) -> list[TieOut]:
    return [_tie(one) for one in ties if getattr(one, end) == own]


def _goal(goal: LocalGoal, ties: list[LocalTie]) -> GoalOut:
    names = ("id", "title", "description", "decided_by", "valid_from", "valid_to")
    values = {name: getattr(goal, name) for name in names}
    return GoalOut(**values, ties=_ties(ties, "local_goal_id", goal.id))


def _measure(one: LocalIndicator, ties: list[LocalTie]) -> LocalIndicatorOut:
    names = set(LocalIndicatorOut.__struct_fields__) - {"ties", "version"}
    values = {name: getattr(one, name) for name in names}
    return LocalIndicatorOut(**values, ties=_ties(ties, "local_indicator_id", one.id))


def _tagged(out: S) -> Response[S]:
    return Response(out, headers=etag(out.version))


def _found(one: T | None) -> T:
    if one is None:
        raise Missing
    return one


class LocalGoalApi(Controller):
    """What the huvudman itself wants to reach."""

    path = "/api/v1/organizers/{organizer:str}/local-goals"
    tags = ["Egna mål"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List the local goals")
    def list_goals(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[GoalOut]]:
        """Return the local goals, those in force first."""
        found = queries.goals(session, actor, place.organizer.id)
        page, headers = pages.of(found)
        ties = queries.ties(session, actor, place.organizer.id)
        return Response([_goal(one, ties) for one in page], headers=headers)

    @create(needs=Right.EDIT_FRAMEWORK, summary="Add a local goal")
    def add_goal(
        self,
        data: JSONBody[GoalForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> GoalOut:
        """Add a local goal; 409 when the name is taken."""
        goal = services.add_goal(session, actor, organizer_id=place.organizer.id, form=data)
        return _goal(goal, [])

    @read("/{goal_id:uuid}", needs=Right.ENTER, summary="Show a local goal")
    def show_goal(
        self,
        goal_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[GoalOut]:
        """Return one local goal with its ties; its version is the ETag."""
        goal = _found(queries.goal(session, actor, place.organizer.id, goal_id))
        return _tagged(_goal(goal, queries.ties(session, actor, place.organizer.id)))

    @change("/{goal_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Change a local goal")
    def change_goal(
        self,
        goal_id: FromPath[UUID],
        data: JSONBody[GoalForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[GoalOut]:
        """Change the goal, on the version in If-Match; the whole of it is sent."""
        goal = _found(queries.goal(session, actor, place.organizer.id, goal_id))
        ties = queries.ties(session, actor, place.organizer.id)
        must_be(if_match, _goal(lock(session, goal), ties))
        services.change_goal(session, actor, goal=goal, form=data)
        return _tagged(_goal(goal, ties))

    @create("/{goal_id:uuid}/ties", needs=Right.EDIT_FRAMEWORK, summary="Tie a local goal")
    def tie_goal(
        self,
        goal_id: FromPath[UUID],
        data: JSONBody[TieForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> TieOut:
        """Tie the goal to an item, with the reason; 409 when it already is."""
        goal = _found(queries.goal(session, actor, place.organizer.id, goal_id))
        made = services.tie(session, actor, to=goal, form=data)
        return _tie(made)


class LocalIndicatorApi(Controller):
    """What the huvudman itself measures."""

    path = "/api/v1/organizers/{organizer:str}/local-indicators"
    tags = ["Egna mål"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List the local indicators")
    def list_indicators(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[LocalIndicatorOut]]:
        """Return the local indicators, those in use first."""
        found = queries.local_indicators(session, actor, place.organizer.id)
        page, headers = pages.of(found)
        ties = queries.ties(session, actor, place.organizer.id)
        return Response([_measure(one, ties) for one in page], headers=headers)

    @create(needs=Right.EDIT_FRAMEWORK, summary="Add a local indicator")
    def add_indicator(
        self,
        data: JSONBody[LocalIndicatorForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> LocalIndicatorOut:
        """Add a local indicator; 409 when the name is taken."""
        one = services.add_local_indicator(
            session, actor, organizer_id=place.organizer.id, form=data
        )
        return _measure(one, [])

    @read("/{indicator_id:uuid}", needs=Right.ENTER, summary="Show a local indicator")
    def show_indicator(
        self,
        indicator_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[LocalIndicatorOut]:
        """Return one local indicator with its ties; its version is the ETag."""
        found = _found(queries.local_indicator(session, actor, place.organizer.id, indicator_id))
        return _tagged(_measure(found, queries.ties(session, actor, place.organizer.id)))

    @change("/{indicator_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Change a local indicator")
    def change_indicator(
        self,
        indicator_id: FromPath[UUID],
        data: JSONBody[LocalIndicatorForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[LocalIndicatorOut]:
        """Change the indicator, on the version in If-Match; the whole of it is sent."""
        one = _found(queries.local_indicator(session, actor, place.organizer.id, indicator_id))
        ties = queries.ties(session, actor, place.organizer.id)
        must_be(if_match, _measure(lock(session, one), ties))
        services.change_local_indicator(session, actor, indicator=one, form=data)
        return _tagged(_measure(one, ties))

    @create("/{indicator_id:uuid}/ties", needs=Right.EDIT_FRAMEWORK, summary="Tie an indicator")
    def tie_indicator(
        self,
        indicator_id: FromPath[UUID],
        data: JSONBody[TieForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> TieOut:
        """Tie the indicator to an item, with the reason; 409 when it already is."""
        one = _found(queries.local_indicator(session, actor, place.organizer.id, indicator_id))
        made = services.tie(session, actor, to=one, form=data)
        return _tie(made)


class LocalTieApi(Controller):
    """Ties between what is local and the framework."""

    path = "/api/v1/organizers/{organizer:str}/local-ties"
    tags = ["Egna mål"]  # noqa: RUF012

    @remove("/{tie_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Take a tie away")
    def remove_tie(
        self,
        tie_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> None:
        """Take the tie away, on the version in If-Match."""
        made = _found(queries.tie_by_id(session, actor, place.organizer.id, tie_id))
        must_be(if_match, _tie(lock(session, made)))
        services.untie(session, actor, made=made)
