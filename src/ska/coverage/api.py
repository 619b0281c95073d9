"""Var står vi? for programs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller
from litestar.params import QueryParameter

from ska.access import Right
from ska.coverage.controllers import first_year
from ska.coverage.queries.places import ours
from ska.coverage.queries.standing import coverage
from ska.coverage.rules import Row
from ska.errors import Missing
from ska.organizers.dependencies import GivenCall
from ska.values.known import read_day
from ska.web.routing import read

Chosen = Annotated[str | None, QueryParameter(max_length=120)]


class CoverageRowOut(msgspec.Struct):
    """One delmål, målområde or local goal: counts, which links are there, what is missing first."""

    example: ClassVar[dict[str, Any]] = {
        "group": "Kunskaper",
        "code": "nks-2023/gr-1",
        "kind": "sub_goal",
        "heading": "Alla elever når godkänt i alla ämnen",
        "indicators": 2,
        "indicators_with_values": 2,
        "indicators_hidden": 0,
        "links": {"indicator": True, "observation": True, "action": False},
    }

    group: str
    code: str
    kind: str
    heading: str
    heading_is_ours: bool
    indicators: int
    indicators_with_values: int
    indicators_hidden: int
    latest_period: str | None
    observations: int
    analyses: int
    actions: int
    followed_up: int
    links: dict[str, bool]
    missing: str | None
    local_goals: list[str]


class CoverageOut(msgspec.Struct):
    """Var står vi?, with the målsättningar whose delmål have not been read."""

    example: ClassVar[dict[str, Any]] = {
        "since": "2024/25",
        "whole": 4,
        "empty": 7,
    }

    since: str
    rows: list[CoverageRowOut]
    whole: int
    empty: int
    unread: list[str]


def _row(group: str, row: Row) -> CoverageRowOut:
    return CoverageRowOut(
        group=group,
        code=row.code,
        kind=row.kind,
        heading=row.heading,
        heading_is_ours=row.is_ours,
        indicators=row.indicators,
        indicators_with_values=row.measured,
        indicators_hidden=row.hidden,
        latest_period=row.latest,
        observations=len(row.done.observations),
        analyses=len(row.done.analyses),
        actions=len(row.done.actions),
        followed_up=len(row.done.followed_up),
        links=row.links,
        missing=row.missing,
        local_goals=list(row.local_goals),
    )


class CoverageApi(Controller):
    """What is there, and what is not."""

    path = "/api/v1/organizers/{organizer:str}/coverage"
    tags = ("Målsättningar",)

    @read(needs=Right.ENTER, summary="Show where we stand")
    def show_coverage(
        self, call: GivenCall, unit: Chosen = None, since: Chosen = None, as_known_on: Chosen = None
    ) -> CoverageOut:
        """Return per delmål, målområde and local goal which links of the chain are there."""
        found = ours(*call.where)
        chosen = next((one for one in found.units if one.slug == unit), None)
        if unit and chosen is None:
            raise Missing
        first = first_year(since, call.place.year)
        standing = coverage(
            *call.who,
            call.place.organizer,
            ours=found,
            since=first,
            unit=chosen,
            known=read_day(as_known_on, call.today, field="as_known_on"),
        )
        groups = [*standing.objectives, *standing.curricula, ("", standing.local)]
        return CoverageOut(
            since=str(first),
            rows=[_row(group, row) for group, rows in groups for row in rows],
            whole=standing.whole,
            empty=standing.empty,
            unread=list(standing.unread),
        )
