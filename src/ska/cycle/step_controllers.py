"""The page of one step, and what people do with it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role
from ska.cycle import queries, services
from ska.cycle.acts import ACTS
from ska.cycle.forms import SettingsForm
from ska.cycle.models import CycleStep
from ska.cycle.rules import holders_of, next_level, receivers_of
from ska.cycle.wheel import door_of
from ska.cycle.words import ARTEFACT_NAMES, LEVEL_NAMES, phase_name
from ska.errors import Missing, SkaError
from ska.notices.rules import sends_of, when_words
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind, filled
from ska.web.page import Done, Page
from ska.web.routing import read, write

Body = URLEncodedBody[dict[str, str]]


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
        at_bench = data.pop("till", "") == "hjul"
        here = f"{place.year_path}/arshjul"
        to = f"{here}/hjul/{found.cycle_id}" if at_bench else f"{here}/steg/{step}"
        form = bind(chosen.form, data)
        if form.value is not None:
            try:
                chosen.run(session, actor, found, form.value, today)
                return Done(chosen.said, to=to)
            except SkaError as error:
                if error.status != 409:
                    raise
                form.refuse(error, next(iter(chosen.form.model_fields), "form"))
        return _step(session, actor, place, found, today, act=act, form=form)


def _found(session: Session, actor: Actor, place: Place, step_id: UUID) -> CycleStep:
    step = queries.step_by_id(session, actor, place.organizer.id, step_id)
    if step is None or not step.is_read_in(place.year):
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
    found = queries.unit_names(session, actor, step.organizer_id)
    units = {one.id: one.name for one in found}
    who = (step.responsible, step.unit_id, holders)
    concerned = step.concerned({one.id: one.school_types for one in found})
    told = {(one.due, one.rule) for one in sent}
    planned = [
        send
        for send in sends_of(step.deadline, step.reminders, step.cycle.rests)
        if send.day >= today
        and (step.due, send.rule) not in told
        and step.done_on is None
        and step.struck_on is None
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
        in_role=holders_of(*who, concerned),
        receivers=receivers_of(*who, concerned),
        sent=sent,
        planned=planned,
        door=door_of(step, place.organizer.slug, place.year.slug),
        when=when_words(step.due, today),
        may_edit=actor.may_for(Right.EDIT_CYCLE, step.organizer_id, step.unit_id),
        may_handle=services.may_handle(actor, step),
        roles=ROLE_NAMES,
        levels=LEVEL_NAMES,
        artefacts=ARTEFACT_NAMES,
        phase_name=phase_name,
    )
