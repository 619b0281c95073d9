"""The page of time: hours that the year asks of each role, weeks with too many, moves proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role
from ska.core.swedish import parse_number
from ska.core.text import _
from ska.cycle import queries
from ska.cycle.definitions import AfterStep, ByDate, FirstWeekday, LastWeekday, Months, Weeks
from ska.cycle.hours import HoursForm, limits_of, set_limit
from ska.cycle.models import CycleStep
from ska.cycle.timing import OF_UNITS, USUAL_LIMIT, Bearer, Budget, Work, budgets_of
from ska.organizers.dependencies import GivenCall, GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.paging import GivenPages
from ska.web.routing import read, write

SHOWN = 6
Asked = Annotated[str, QueryParameter(name="tak", max_length=12)]


def works_of(steps: Iterable[CycleStep], units: Mapping[UUID, Collection[str]]) -> list[Work]:
    """Return the open steps as work: each role of a step bears its hours.

    A role that units have bears a step of the huvudman's in every unit, or in those with the
    wheel's skolform; *units* are the units with theirs.
    """
    waiting = [(one, one.rule) for one in steps if one.done_on is None]
    followed = {rule.when.step for _step, rule in waiting if isinstance(rule.when, AfterStep)}
    works = []
    for step, rule in waiting:
        own = isinstance(rule.when, ByDate | Weeks | Months | FirstWeekday | LastWeekday)
        asked = [(step.responsible, rule.hours)]
        asked += [(role, rule.hours_together) for role in step.together_with]
        for role, hours in asked:
            works += [
                Work(
                    step.id,
                    step.name,
                    bearer,
                    step.starts,
                    step.due,
                    hours,
                    may_move=own and step.key not in followed,
                )
                for bearer in _bearers(role, step, units)
                if hours > 0
            ]
    return works


def _bearers(role: str, step: CycleStep, units: Mapping[UUID, Collection[str]]) -> list[Bearer]:
    if role not in OF_UNITS:
        return [Bearer(role, None)]
    return [Bearer(role, one) for one in step.concerned(units)]


class TimeController(Controller):
    """Hours of the year, role by role."""

    path = "/{organizer:str}/{year:str}/arshjul/tid"

    @read(needs=Right.ENTER)
    def show(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        asked: Asked = "",
    ) -> Page:
        """Show what the rest of the year asks of each role, and where it is too much.

        With *asked* the page tries one limit for all roles, whatever is said of each.
        """
        return _page(session, actor, place, today, Form(), asked)

    @write(needs=Right.EDIT_CYCLE)
    def set_limit(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Say how many hours a week are right for a role."""
        form = bind(HoursForm, data)
        if form.value is None:
            return _page(session, actor, place, today, form)
        set_limit(session, actor, organizer_id=place.organizer.id, form=form.value)
        return Done(_("Taket är sparat."), to=f"{place.year_path}/arshjul/tid")


def _page(
    session: Session, actor: Actor, place: Place, today: date, form: Form[Any], asked: str = ""
) -> Page:
    organizer_id, limit = place.organizer.id, _limit(asked)
    mine = actor.units(Right.ENTER, organizer_id)
    units = [
        one
        for one in queries.unit_names(session, actor, organizer_id)
        if mine is None or one.id in mine
    ]
    names = {one.id: one.name for one in units}
    own = {} if asked else limits_of(session, actor, organizer_id)
    steps = queries.steps_of_year(session, actor, organizer_id, place.year)
    works = works_of(steps, {one.id: one.school_types for one in units})
    found = budgets_of(works, limit, today, own)
    budgets = [one for one in found if one.bearer.unit_id in (None, *names)]
    return Page(
        "cycle/time.html",
        form=form,
        asked=asked,
        roles=[(role, ROLE_NAMES[Role(role)]) for role in {b.bearer.role: b for b in budgets}],
        may_say=actor.may_for(Right.EDIT_CYCLE, organizer_id, None),
        budgets=budgets,
        rows=[_row(one, names, own.get(one.bearer.role, limit)) for one in budgets],
        crowded=[one for one in budgets if one.over][:SHOWN],
        more=max(0, sum(bool(one.over) for one in budgets) - SHOWN),
        name_of=lambda bearer: bearer_name(bearer, names),
        limit=_plain(limit),
        hours=_hours,
        may_move=lambda bearer: actor.may_for(Right.EDIT_CYCLE, organizer_id, bearer.unit_id),
    )


def bearer_name(bearer: Bearer, units: dict[UUID, str]) -> str:
    """Return the role and its unit: ``Rektor, Björkbacka skola``."""
    role = ROLE_NAMES[Role(bearer.role)].capitalize()
    return f"{role}, {units[bearer.unit_id]}" if bearer.unit_id in units else role


def _row(budget: Budget, units: dict[UUID, str], limit: float) -> tuple[str, ...]:
    top = budget.top
    return (
        bearer_name(budget.bearer, units),
        _hours(budget.hours),
        _("{hours} i vecka {week}").format(
            hours=_hours(top.hours), week=top.monday.isocalendar().week
        ),
        _hours(limit),
        str(len(budget.over)) if budget.over else _("ingen"),
    )


def _limit(text: str) -> float:
    """Return the limit that was asked for, within reason; else the usual one."""
    try:
        asked = float(parse_number(text))
    except ValueError:
        return USUAL_LIMIT
    return min(max(asked, 1.0), 60.0)


def _plain(hours: float) -> str:
    return f"{round(hours, 1):g}".replace(".", ",")


def _hours(hours: float) -> str:
    return f"{_plain(hours)}\u00a0{_('tim')}"


class WeekOut(msgspec.Struct):
    """A week's hours for one role, and the steps they come from."""

    example: ClassVar[dict[str, Any]] = {
        "role": "principal",
        "hours": 9.5,
        "steps": ["Enhetsanalys klar"],
    }

    role: str
    unit_id: UUID | None
    monday: date
    hours: float
    steps: list[str]


class TimeApi(Controller):
    """Hours of the year for programs."""

    path = "/api/v1/organizers/{organizer:str}/years/{year:str}/hours"
    tags = ("Årshjul",)

    @read(needs=Right.ENTER, summary="List the hours of each role, week by week")
    def list_hours(self, pages: GivenPages, call: GivenCall) -> Response[list[WeekOut]]:
        """Return what the steps still open ask of each role from this week on."""
        units = {one.id: one.school_types for one in queries.unit_names(*call.where)}
        steps = queries.steps_of_year(*call.where, call.place.year)
        weeks = [
            WeekOut(
                one.bearer.role,
                one.bearer.unit_id,
                week.monday,
                round(week.hours, 2),
                list(week.steps),
            )
            for one in budgets_of(works_of(steps, units), USUAL_LIMIT, call.today)
            for week in one.weeks
        ]
        return pages.of(weeks, lambda week: week)
