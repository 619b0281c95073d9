"""Pages of the year: the wheel and its steps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role
from ska.core.text import _
from ska.cycle import board, queries, services
from ska.cycle.acts import ACTS
from ska.cycle.forms import BoardDateForm, SettingsForm, StartForm, Wheel
from ska.cycle.models import CycleStep
from ska.cycle.rules import holders_of, next_level, receivers_of
from ska.cycle.wheel import (
    ARTEFACT_NAMES,
    LEVEL_NAMES,
    PHASE_NAMES,
    door_of,
    entries_of,
    next_up,
    to_do,
    wheel_of,
)
from ska.errors import Missing, SkaError
from ska.notices.rules import sends_of, when_words
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind, filled
from ska.web.page import Done, Page
from ska.web.routing import read, write

Body = URLEncodedBody[dict[str, str]]
WORDS: dict[str, Any] = {"phases": PHASE_NAMES, "levels": LEVEL_NAMES, "artefacts": ARTEFACT_NAMES}


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
    ) -> Page:
        """Show the wheel and the same as a list, for the whole huvudman or one unit."""
        return _wheel(session, actor, place, today, unit=unit)

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
        made = services.start_year(
            session,
            actor,
            organizer_id=place.organizer.id,
            year=place.year,
            scopes=[*whole, *(u.id for u in units if form.value.wheels is not Wheel.ORGANIZER)],
            today=today,
        )
        return Done(_("{n} årshjul är skapade.").format(n=made))

    @write("/kopiera", needs=Right.EDIT_CYCLE)
    def copy(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Done:
        """Copy the wheels that the person may edit to the next school year."""
        made = services.copy_year(
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
                form.add_error("day", error.detail)
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
    *,
    unit: str = "",
    form: Form[Any] | None = None,
) -> Page:
    organizer_id = place.organizer.id
    mine = actor.units(Right.ENTER, organizer_id)
    every_unit = queries.unit_names(session, actor, organizer_id)
    units = [one for one in every_unit if mine is None or one.id in mine]
    chosen = next((one for one in units if one.slug == unit), None)
    if unit and chosen is None:
        raise Missing
    every = queries.steps_of_year(session, actor, organizer_id, place.year)
    steps = [s for s in every if chosen is None or s.unit_id in (None, chosen.id)]
    entries = entries_of(steps, today)
    with_wheel = {step.unit_id for step in every}
    return Page(
        "cycle/wheel.html",
        form=form or Form(),
        entries=entries,
        wheel=wheel_of(entries, place.year, today),
        to_do=to_do(entries, today),
        next_up=next_up(entries, today),
        units=units,
        unit_names={one.id: one.name for one in units},
        chosen=chosen,
        missing=[one for one in (None, *units) if (one.id if one else None) not in with_wheel],
        has_any=bool(every),
        meetings=queries.board_dates_of(session, actor, organizer_id, place.year),
        may_edit=actor.may(Right.EDIT_CYCLE, organizer_id),
        may_edit_all=actor.may_for(Right.EDIT_CYCLE, organizer_id, None),
        when_words=lambda day: when_words(day, today),
        roles=ROLE_NAMES,
        **WORDS,
    )


class StepController(Controller):
    """One step of the year."""

    path = "/{organizer:str}/{year:str}/arshjul/steg/{step:uuid}"

    @read(needs=Right.ENTER)
    def show(
        self,
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show a step: when, who holds the role today, what to do, what has gone out."""
        return _step(session, actor, place, _found(session, actor, place, step), today)

    @write("/{act:str}", needs=Right.ENTER)
    def act(
        self,
        data: Body,
        step: FromPath[UUID],
        act: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Do one of the acts with a step, or show what is wrong with its form."""
        found, chosen = _found(session, actor, place, step), ACTS.get(act)
        if chosen is None:
            raise Missing
        form = bind(chosen.form, data)
        if form.value is not None:
            try:
                chosen.run(session, actor, found, form.value, today)
                return Done(chosen.said, to=f"{place.year_path}/arshjul/steg/{step}")
            except SkaError as error:
                if error.status != 409:
                    raise
                form.add_error(next(iter(chosen.form.model_fields), "form"), error.detail)
        return _step(session, actor, place, found, today, act=act, form=form)


def _found(session: Session, actor: Actor, place: Place, step_id: UUID) -> CycleStep:
    step = queries.step_by_id(session, actor, place.organizer.id, step_id)
    if step is None or step.cycle.year != place.year:
        raise Missing
    return step


def _step(
    session: Session,
    actor: Actor,
    place: Place,
    step: CycleStep,
    today: date,
    *,
    act: str = "",
    form: Form[Any] | None = None,
) -> Page:
    holders = queries.holders_on(session, step.organizer_id, today)
    sent = queries.reminders_of_step(session, actor, step)
    units = {one.id: one.name for one in queries.unit_names(session, actor, step.organizer_id)}
    told = {(one.due, one.rule) for one in sent}
    planned = [
        send
        for send in sends_of(step.deadline, step.reminders)
        if send.day >= today
        and (step.due, send.rule) not in told
        and step.done_on is None
        and (not send.escalates or next_level(step.responsible))
    ]
    settings = SettingsForm.model_construct(
        responsible=Role(step.responsible), **step.reminders.model_dump()
    )
    shown = filled(settings)
    shown.raw["last_working_day"] = "1" if step.reminders.last_working_day else ""
    shown.raw["lead_days"] = ", ".join(str(day) for day in step.reminders.lead_days)
    return Page(
        "cycle/step.html",
        form=form or Form(),
        act=act,
        settings=form if act == "installningar" and form else shown,
        step=step,
        state=step.state_on(today),
        unit_name=units.get(step.unit_id) if step.unit_id else None,
        in_role=holders_of(step.responsible, step.unit_id, holders),
        receivers=receivers_of(step.responsible, step.unit_id, holders),
        sent=sent,
        planned=planned,
        door=door_of(step, place.organizer.slug, place.year.slug),
        when=when_words(step.due, today),
        may_edit=actor.may_for(Right.EDIT_CYCLE, step.organizer_id, step.unit_id),
        may_handle=services.may_handle(actor, step),
        roles=ROLE_NAMES,
        **WORDS,
    )
