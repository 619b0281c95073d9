"""Pages where a wheel is built: a new one, and the wheel under work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right
from ska.core.text import _
from ska.cycle import building, making, queries, wheel_queries
from ska.cycle.bench import rules_in_words
from ska.cycle.definitions import WheelKind
from ska.cycle.models import AnnualCycle
from ska.cycle.wheel_forms import WheelForm, WheelSettingsForm, settings_raw
from ska.cycle.words import KIND_NAMES, LEVEL_NAMES, kind_words, phase_name
from ska.cycle.workbench import Bench, as_it_stands
from ska.errors import Invalid, Missing, SkaError, found
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class NewWheelController(Controller):
    """A new wheel, from nothing, a template or another wheel."""

    path = "/{organizer:str}/{year:str}/arshjul/nytt"

    @read(needs=Right.EDIT_CYCLE)
    def show(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the form of a new wheel."""
        return _new(session, actor, place, Form(raw={"kind": "organizer"}))

    @write(needs=Right.EDIT_CYCLE)
    def begin(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Make the wheel and open it for work."""
        form = bind(WheelForm, data)
        if form.value is not None:
            try:
                wheel = building.begin_wheel(
                    session,
                    actor,
                    organizer_id=place.organizer.id,
                    year=place.year,
                    form=form.value,
                    today=today,
                )
                return Done(_("Hjulet är skapat."), to=f"{place.year_path}/arshjul/hjul/{wheel.id}")
            except SkaError as error:
                told(form, error, "name")
        return _new(session, actor, place, form)


def _new(session: Session, actor: Actor, place: Place, form: Form[Any]) -> Page:
    wheels = [
        *wheel_queries.cycles_of(session, actor, place.organizer.id, place.year),
        *wheel_queries.cycles_of(session, actor, place.organizer.id, place.year.previous),
    ]
    units = {one.id: one.name for one in queries.unit_names(session, actor, place.organizer.id)}
    mine = actor.units(Right.EDIT_CYCLE, place.organizer.id)
    beginnings = [("", _("Tomt"))]
    beginnings += [(f"mall:{one.key}", f"{_('Mall:')} {one.name}") for one in queries.templates()]
    beginnings += [(f"hjul:{one.id}", _wheel_words(one, units)) for one in dict.fromkeys(wheels)]
    return Page(
        "cycle/new_wheel.html",
        form=form,
        kinds=[
            (str(kind), name)
            for kind, name in KIND_NAMES.items()
            if mine is None or kind is WheelKind.UNIT
        ],
        units=[("", _("Välj enhet"))]
        + [(str(key), name) for key, name in units.items() if mine is None or key in mine],
        school_types=[
            ("", _("Välj skolform")),
            *((str(k), n) for k, n in SCHOOL_TYPE_NAMES.items()),
        ],
        beginnings=beginnings,
        templates=queries.templates(),
        budget_year=place.year.start + 1,
    )


def _wheel_words(wheel: AnnualCycle, units: dict[UUID, str]) -> str:
    place = f", {units[wheel.unit_id]}" if wheel.unit_id in units else ""
    return f"{_('Hjul:')} {wheel.name}{place}, {wheel.year}"


class BenchController(Controller):
    """A wheel under work."""

    path = "/{organizer:str}/{year:str}/arshjul/hjul/{wheel:uuid}"

    @read(needs=Right.EDIT_CYCLE)
    def show(
        self,
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the steps by date with their rules, what to look over, and what is struck."""
        one = the_wheel(session, actor, place, wheel)
        return _bench(session, actor, place, as_it_stands(session, actor, one), Form())

    @write(needs=Right.EDIT_CYCLE)
    def settle(
        self,
        data: URLEncodedBody[dict[str, str]],
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Give the wheel another name, and other pauses."""
        one = the_wheel(session, actor, place, wheel)
        seen = data.pop("seen", "")
        form = bind(WheelSettingsForm, data)
        if form.value is not None:
            try:
                building.settle_wheel(
                    session, actor, wheel=one, form=form.value, today=today, seen=seen
                )
                return Done(_("Hjulets inställningar är ändrade."))
            except SkaError as error:
                told(form, error, "name")
            seen = one.print  # what the writer is told of now, when it was another
        bench = as_it_stands(session, actor, one)
        return _bench(session, actor, place, bench, form, seen=seen)

    @write("/kopiera", needs=Right.EDIT_CYCLE)
    def copy(
        self,
        wheel: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Copy this wheel to the next year and open the copy, with what to look over."""
        one = the_wheel(session, actor, place, wheel)
        copy = making.copy_cycle(session, actor, cycle=one, today=today)
        to = f"{place.path}/{place.year.next.slug}/arshjul/hjul/{copy.id}"
        return Done(_("Hjulet är kopierat till {year}.").format(year=copy.year), to=to)


def the_wheel(session: Session, actor: Actor, place: Place, wheel_id: UUID) -> AnnualCycle:
    """Return the wheel of the address when the person may work on it; else raise Missing."""
    wheel = found(wheel_queries.wheel_by_id(session, actor, place.organizer.id, wheel_id))
    if not actor.may_for(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id):
        raise Missing
    return wheel


def told(form: Form[Any], error: SkaError, name: str) -> None:
    """Put what a service found wrong beside its field, else beside *name*."""
    if error.status not in (409, 412, 422):
        raise error
    fields = error.fields if isinstance(error, Invalid) else {}
    for field, sentence in (fields or {name: error.detail}).items():
        form.add_error(field, sentence)


def _bench(
    session: Session, actor: Actor, place: Place, bench: Bench, form: Form[Any], seen: str = ""
) -> Page:
    wheel = bench.wheel
    units = {one.id: one.name for one in queries.unit_names(session, actor, place.organizer.id)}
    return Page(
        "cycle/bench.html",
        form=form,
        wheel=wheel,
        seen=seen or wheel.print,
        steps=bench.standing,
        struck=[one for one in bench.steps if one.struck_on is not None],
        review=[one for one in bench.standing if one.review],
        words=rules_in_words(bench),
        kind=kind_words(wheel),
        unit_name=units.get(wheel.unit_id) if wheel.unit_id else None,
        settings=form if form.errors else Form(raw=settings_raw(wheel)),
        is_copy=wheel.copied_from_id is not None,
        levels=LEVEL_NAMES,
        phase_name=phase_name,
        roles=ROLE_NAMES,
    )
