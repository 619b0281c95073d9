"""The form of a step: added to a wheel or said anew, with its dates shown before it is saved."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right
from ska.core.swedish import MONTHS, WEEKDAYS, format_date_long
from ska.core.text import _
from ska.cycle import building, queries
from ska.cycle.bench import figures, followable, preview_of
from ska.cycle.definitions import Level
from ska.cycle.models import CycleStep
from ska.cycle.step_forms import StepForm, raw_of
from ska.cycle.wheel_pages import the_wheel, told
from ska.cycle.words import ARTEFACT_NAMES, LEVEL_NAMES, PHASE_NAMES, phase_name
from ska.cycle.workbench import Bench, laid_out
from ska.errors import Missing, SkaError, found
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Data = dict[str, str | list[str]]
RULE_CHOICES = [
    ("by_date", _("Senast en viss dag")),
    ("weeks", _("En eller flera veckor")),
    ("months", _("En eller flera månader")),
    ("last_weekday", _("Sista vardagen i en månad")),
    ("first_weekday", _("Första vardagen i en månad")),
    ("board", _("Räknat från nämndens möte")),
    ("after_step", _("Räknat från ett annat steg")),
    ("release", _("Räknat från dagen då siffror publiceras")),
]
NEW_STEP = {
    "rule": "by_date",
    "artefact": "notes",
    "weeks_of_work": "4",
    "lead_days": "35, 21, 7",
    "last_working_day": "1",
    "escalate_after": "5",
}
STICKY = ("level", "phase", "responsible", "artefact", "rule", "lead_days", "escalate_after")
# In the order of the page: so stand the errors too.
FOLDED = ("level", "artefact", "guidance", "together_with", "law", "weeks_of_work", "hours",
          "hours_together", "lead_days", "last_working_day", "escalate_after")  # fmt: skip


class NewStepController(Controller):
    """A new step of a wheel."""

    path = "/{organizer:str}/{year:str}/arshjul/hjul/{wheel:uuid}"

    @read("/steg", needs=Right.EDIT_CYCLE)
    def show_form(
        self,
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        like: Annotated[UUID | None, QueryParameter(name="som")] = None,
    ) -> Page:
        """Show the form of a new step; with *like* what is often the same is filled in."""
        bench = laid_out(session, actor, the_wheel(session, actor, place, wheel))
        return _step_page(actor, place, bench, Form(raw=_first_raw(bench, like)), today=today)

    @write("/steg", needs=Right.EDIT_CYCLE)
    def add(
        self,
        data: URLEncodedBody[Data],
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Add the step, and go on to the next or back to the wheel."""
        one = the_wheel(session, actor, place, wheel)
        then = data.pop("then", "")
        form = bind(StepForm, data)
        if form.value is not None:
            try:
                step = building.add_step(session, actor, wheel=one, form=form.value, today=today)
                here = f"{place.year_path}/arshjul/hjul/{wheel}"
                to = f"{here}/steg?som={step.id}" if then == "next" else here
                said = _("{step} är tillagt: {day}.")
                return Done(said.format(step=step.name, day=format_date_long(step.due)), to=to)
            except SkaError as error:
                told(form, error, "name")
        bench = laid_out(session, actor, one)
        return _step_page(actor, place, bench, form, today=today)

    @write("/forhandsgranska", needs=Right.EDIT_CYCLE)
    def preview(
        self,
        data: URLEncodedBody[Data],
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show the dates that a new step would have; nothing is saved."""
        bench = laid_out(session, actor, the_wheel(session, actor, place, wheel))
        form: Form[StepForm] = Form(raw=dict(data))
        return _step_page(actor, place, bench, form, today=today, is_trying=True)


class StepFormController(Controller):
    """What a step is, said anew."""

    path = "/{organizer:str}/{year:str}/arshjul/steg/{step:uuid}"

    @read("/andra", needs=Right.EDIT_CYCLE)
    def show(
        self,
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show the step as its form."""
        one = _step(session, actor, place, step)
        form: Form[StepForm] = Form(raw=raw_of(one.rule, one.level))
        bench = laid_out(session, actor, one.cycle)
        return _step_page(actor, place, bench, form, today=today, step=one)

    @write("/andra", needs=Right.EDIT_CYCLE)
    def change(
        self,
        data: URLEncodedBody[Data],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Save what the step is now."""
        one = _step(session, actor, place, step)
        seen = str(data.pop("seen", ""))
        data.pop("then", "")
        form = bind(StepForm, data)
        form.raw["seen"] = seen
        if form.value is not None:
            try:
                building.change_step(
                    session, actor, step=one, form=form.value, today=today, seen=seen
                )
                to = f"{place.year_path}/arshjul/hjul/{one.cycle_id}"
                said = _("{step} är ändrat: {day}.")
                return Done(said.format(step=one.name, day=format_date_long(one.due)), to=to)
            except SkaError as error:
                told(form, error, "name")
            form.raw["seen"] = str(one.sequence)  # what the writer has been told of
        bench = laid_out(session, actor, one.cycle)
        return _step_page(actor, place, bench, form, today=today, step=one)

    @write("/forhandsgranska", needs=Right.EDIT_CYCLE)
    def preview(
        self,
        data: URLEncodedBody[Data],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show the dates that the step would have; nothing is saved."""
        one = _step(session, actor, place, step)
        bench = laid_out(session, actor, one.cycle)
        form: Form[StepForm] = Form(raw=dict(data))
        return _step_page(actor, place, bench, form, today=today, step=one, is_trying=True)


def _step(session: Session, actor: Actor, place: Place, step_id: UUID) -> CycleStep:
    step = found(queries.step_by_id(session, actor, place.organizer.id, step_id))
    if not actor.may_for(Right.EDIT_CYCLE, step.organizer_id, step.unit_id):
        raise Missing
    return step


def _first_raw(bench: Bench, like: UUID | None) -> dict[str, Any]:
    """Return what a new step's form begins with: often the same as in the step before."""
    level = Level.UNIT if bench.wheel.unit_id else Level.ORGANIZER
    before = next((one for one in bench.steps if one.id == like), None)
    if before is None:
        return {**NEW_STEP, "level": str(level)}
    raw = raw_of(before.rule, before.level)
    return {**NEW_STEP, **{name: raw[name] for name in STICKY}}


def _step_page(
    actor: Actor,
    place: Place,
    bench: Bench,
    form: Form[Any],
    *,
    today: date,
    step: CycleStep | None = None,
    is_trying: bool = False,
) -> Page:
    used = dict.fromkeys(phase_name(one.phase) for one in bench.standing)
    levels = [
        (str(level), name)
        for level, name in LEVEL_NAMES.items()
        if (level is Level.UNIT) is (bench.wheel.unit_id is not None)
    ]
    here = f"{place.year_path}/arshjul"
    at = f"{here}/steg/{step.id}" if step else f"{here}/hjul/{bench.wheel.id}"
    return Page(
        "cycle/step_form.html",
        form=form,
        is_trying=is_trying,
        wheel=bench.wheel,
        step=step,
        seen=form.raw.get("seen", step.sequence if step else ""),
        at=at,
        preview=preview_of(bench, form.raw, step, today),
        is_folded=not any(name in form.errors for name in FOLDED),
        phases=list(dict.fromkeys([*used, *PHASE_NAMES.values()])),
        rules=RULE_CHOICES,
        months=[("", _("Välj månad")), *((str(n), name) for n, name in enumerate(MONTHS, 1))],
        weekdays=[("", _("Vilken vardag som helst"))]
        + [(str(number), name) for number, name in enumerate(WEEKDAYS[:5], start=1)],
        figures=[("", _("Välj siffror")), *figures().items()],
        steps=[("", _("Välj steg")), *followable(bench, step)],
        roles=[("", _("Välj roll")), *((str(key), name) for key, name in ROLE_NAMES.items())],
        levels=levels,
        artefacts=list(ARTEFACT_NAMES.items()),
        may_everywhere=bench.wheel.unit_id is not None
        and actor.may_for(Right.EDIT_CYCLE, bench.wheel.organizer_id, None),
    )
