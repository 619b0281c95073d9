"""Shifts of level: accepted for an indicator at a place, and taken back."""

from __future__ import annotations

from itertools import dropwhile
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import Provide
from litestar.params import FromPath, URLEncodedBody

from ska.access import Right
from ska.actions.forms import ReasonForm
from ska.core.text import _
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import Call, GivenCall, Place
from ska.overview import services
from ska.overview.dependencies import GivenChoice, provide_choice
from ska.overview.forms import ShiftForm
from ska.overview.queries.indicator import IndicatorView, indicator_view
from ska.overview.queries.pages import Choice
from ska.overview.queries.shifts import actions_behind, shift_by_id
from ska.overview.rules.rows import own_of
from ska.overview.rules.shapes import Shape
from ska.overview.rules.shifts import Line, page_of
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class ShiftController(Controller):
    """The shifts of one indicator at the huvudman or a unit of it."""

    path = "/{organizer:str}/resultat/{indicator:str}/nivaskiften"
    dependencies = {"choice": Provide(provide_choice, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER)
    def show_shifts(self, indicator: FromPath[str], call: GivenCall, choice: GivenChoice) -> Page:
        """Show what is accepted and what was taken back, and the form for accepting one."""
        return _page(call, indicator, choice, Form(raw={"period": choice.shift}))

    @write(needs=Right.ANALYSE)
    def accept_shift(
        self,
        indicator: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        call: GivenCall,
        choice: GivenChoice,
    ) -> Page | Done:
        """Accept a shift, or show what is wrong."""
        form = bind(ShiftForm, data)
        if form.value is not None:
            view = line_view(call, indicator, choice)
            try:
                line = line_of(view, call.organizer_id)
                services.accept_shift(*call.who, line=line, form=form.value, now=call.now)
                chart = _home(call.place, view).replace("/nivaskiften?", "?")
                done = _("Nivåskiftet är godtaget. Styrdiagrammet räknar med det.")
                return Done(done, to=f"{chart}&som={Shape.CONTROL}")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "period")
        return _page(call, indicator, choice, form)

    @write("/{shift_id:uuid}/aterta", needs=Right.ANALYSE)
    def take_back(
        self,
        indicator: FromPath[str],
        shift_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        call: GivenCall,
        choice: GivenChoice,
    ) -> Page | Done:
        """Take a shift back with its reason, or show what is wrong."""
        shift = shift_by_id(*call.where, indicator, shift_id)
        form = bind(ReasonForm, data)
        if form.value is None:
            return _page(call, indicator, choice, form, at=shift_id)
        services.take_back_shift(*call.who, shift=shift, form=form.value, now=call.now)
        view = line_view(call, indicator, choice)
        return Done(_("Nivåskiftet är återtaget."), to=_home(call.place, view))


def line_view(call: Call, indicator: str, choice: Choice) -> IndicatorView:
    """Return the control chart of today that a shift is accepted in."""
    now = Choice(choice.unit, choice.measure, None, Shape.CONTROL)
    organizer = call.place.organizer
    return indicator_view(*call.who, organizer, indicator, now, with_happenings=False)


def line_of(view: IndicatorView, organizer_id: UUID) -> Line:
    """Return the line of a control chart, with the periods a new level may begin with.

    That is after the first in which the place has a value of its own.
    """
    unit_id = view.unit.id if view.unit else None
    known = {one.period for one in own_of(view.seen.rows) if one.value is not None}
    after = dropwhile(lambda one: one not in known, view.seen.spec.periods)
    return Line(organizer_id, unit_id, view.item.code, view.group, tuple(after)[1:])


def _home(place: Place, view: IndicatorView) -> str:
    unit = view.unit.slug if view.unit else ""
    return page_of(place.organizer.slug, view.item.code, unit, view.group)


def _page(
    call: Call, indicator: str, choice: Choice, form: Form[Any], at: UUID | None = None
) -> Page:
    view = line_view(call, indicator, choice)
    unit_id = view.unit.id if view.unit else None
    return Page(
        "overview/shifts.html",
        view=view,
        held=[one for one in view.shifts if one.holds()],
        past=[one for one in view.shifts if not one.holds()],
        periods=line_of(view, call.organizer_id).periods,
        actions=actions_behind(*call.where, unit_id),
        may_accept=call.actor.may_for(Right.ANALYSE, call.organizer_id, unit_id),
        form=form,
        at=at,
    )
