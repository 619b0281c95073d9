"""Pages of the year: the wheels, and the nämnd's meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right
from ska.core.text import _
from ska.cycle import board, making, queries, wheel_queries
from ska.cycle.definitions import WheelKind
from ska.cycle.forms import BoardDateForm, StartForm, Wheel
from ska.cycle.models import AnnualCycle, CycleStep
from ska.cycle.wheel import entries_of, looks_of, next_up, to_do, wheel_of
from ska.cycle.words import LEVEL_NAMES, kind_words, phase_name
from ska.errors import Missing, SkaError
from ska.notices.rules import when_words
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.meetings import as_meetings
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Body = URLEncodedBody[dict[str, str]]


@dataclass(frozen=True)
class _Asked:
    """What of the year is asked for: one unit, or one wheel alone."""

    unit: str = ""
    wheel: UUID | None = None


WHOLE_YEAR = _Asked()


class WheelController(Controller):
    """The year of a huvudman and its units."""

    path = "/{organizer:str}/{year:str}/arshjul"

    @read(needs=Right.ENTER)
    def show(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        unit: Annotated[str, QueryParameter(name="enhet", max_length=120)] = "",
        wheel: Annotated[UUID | None, QueryParameter(name="hjul")] = None,
    ) -> Page:
        """Show the year's wheels together, one unit's with the huvudman's, or one wheel alone."""
        return _wheel(session, actor, place, today, _Asked(unit, wheel))

    @write(needs=Right.EDIT_CYCLE)
    def start(
        self,
        data: Body,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Make the year's wheels from the template."""
        form = bind(StartForm, data)
        if form.value is None:
            return _wheel(session, actor, place, today, form=form)
        whole = [None] if form.value.wheels is not Wheel.UNITS else []
        units = queries.unit_names(session, actor, place.organizer.id)
        made = making.start_year(
            session,
            actor,
            organizer_id=place.organizer.id,
            year=place.year,
            scopes=[*whole, *(u.id for u in units if form.value.wheels is not Wheel.ORGANIZER)],
            today=today,
            template=queries.template_named(form.value.template),
        )
        return Done(_("{n} årshjul är skapade.").format(n=made))

    @write("/kopiera", needs=Right.EDIT_CYCLE)
    def copy(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Done:
        """Copy the wheels that the person may edit to the next school year."""
        made = making.copy_year(
            session, actor, organizer_id=place.organizer.id, year=place.year, today=today
        )
        following = f"{place.path}/{place.year.next.slug}/arshjul"
        return Done(_("{n} årshjul är kopierade hit.").format(n=made), to=following)

    @write("/namndmoten", needs=Right.EDIT_CYCLE)
    def add_board_date(
        self,
        data: Body,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Note a day the nämnd meets."""
        form = bind(BoardDateForm, data)
        if form.value is not None:
            try:
                board.add_board_date(
                    session,
                    actor,
                    organizer_id=place.organizer.id,
                    day=form.value.day,
                    name=form.value.name,
                    today=today,
                )
                return Done(_("Mötet är tillagt."), to=f"{place.year_path}/arshjul")
            except SkaError as error:
                form.refuse(error, "day")
        return _wheel(session, actor, place, today, form=form)

    @write("/namndmoten/{meeting:uuid}/ta-bort", needs=Right.EDIT_CYCLE)
    def remove_board_date(
        self,
        meeting: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Take a meeting away."""
        found = queries.board_date_by_id(session, actor, place.organizer.id, meeting)
        if found is None:
            raise Missing
        board.remove_board_date(session, actor, meeting=found, today=today)
        return Done(_("Mötet är borttaget."), to=f"{place.year_path}/arshjul")


def _wheel(
    session: Session,
    actor: Actor,
    place: Place,
    today: date,
    asked: _Asked = WHOLE_YEAR,
    *,
    form: Form[Any] | None = None,
) -> Page:
    organizer_id = place.organizer.id
    mine = actor.units(Right.ENTER, organizer_id)
    every_unit = queries.unit_names(session, actor, organizer_id)
    units = [one for one in every_unit if mine is None or one.id in mine]
    chosen = next((one for one in units if one.slug == asked.unit), None)
    wheels = wheel_queries.cycles_of(session, actor, organizer_id, place.year)
    alone = next((one for one in wheels if one.id == asked.wheel), None)
    if (asked.unit and chosen is None) or (asked.wheel and alone is None):
        raise Missing
    if alone is not None:
        every = wheel_queries.steps_of_cycles(session, actor, [alone.id])
        steps = [one for one in every if one.struck_on is None]
    else:
        every = queries.steps_of_year(session, actor, organizer_id, place.year)
        steps = [one for one in every if chosen is None or _concerns(one, chosen)]
    entries = entries_of(steps, today)
    with_wheel = {
        one.unit_id for one in wheels if one.kind in (WheelKind.ORGANIZER, WheelKind.UNIT)
    }
    year = alone.year if alone is not None else place.year
    meetings, fixed = queries.days_of_year(session, actor, organizer_id, place.year)
    return Page(
        "cycle/wheel.html",
        form=form or Form(),
        entries=entries,
        wheel=wheel_of(entries, year, today),
        looks=looks_of(entries),
        year=year,
        wheels=[one for one in wheels if one.unit_id is None or _edits(actor, one)],
        alone=alone,
        kind_words=kind_words,
        templates=[(t.key, t.name) for t in queries.templates() if t.follows == "school_year"],
        edits=lambda one: _edits(actor, one),
        to_do=to_do(entries, today),
        next_up=next_up(entries, today),
        units=units,
        unit_names={one.id: one.name for one in units},
        chosen=chosen,
        missing=[one for one in (None, *units) if (one.id if one else None) not in with_wheel],
        has_any=bool(wheels),
        meetings=meetings,
        met=as_meetings(fixed, place.path),
        may_edit=actor.may(Right.EDIT_CYCLE, organizer_id),
        may_edit_all=actor.may_for(Right.EDIT_CYCLE, organizer_id, None),
        when_words=lambda day: when_words(day, today),
        roles=ROLE_NAMES,
        levels=LEVEL_NAMES,
        phase_name=phase_name,
    )


def _concerns(step: CycleStep, unit: Any) -> bool:
    """Tell whether a step is the unit's own, or one of the huvudman's for its skolformer."""
    is_above = step.unit_id is None and step.cycle.concerns(unit.school_types)
    return step.unit_id == unit.id or is_above


def _edits(actor: Actor, wheel: AnnualCycle) -> bool:
    return actor.may_for(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id)
