"""Överlämning: the page of a unit for the one who takes over, with questions and answers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict
from ska.handover import services
from ska.handover.forms import AnswerForm, QuestionForm
from ska.handover.queries import handover_view, question_by_id, unit_seen
from ska.handover.rules import ASKED_OF_NAMES, FIRST_30_DAYS
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class HandoverController(Controller):
    """A unit, for a new rektor."""

    path = "/{organizer:str}/enheter/{unit:str}/overlamning"

    @read(needs=Right.READ)
    def show_handover(
        self,
        unit: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show what is known, tried, promised and due, and the questions so far."""
        return _page(session, actor, place, unit, today)

    @write(needs=Right.ANALYSE)
    def ask(
        self,
        unit: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Ask something, or show what is wrong."""
        one = unit_seen(session, actor, place, unit)
        form = bind(QuestionForm, data)
        if form.value is None:
            return _page(session, actor, place, unit, today, form)
        services.ask(session, actor, unit=one, form=form.value)
        return Done(_("Frågan är ställd och ligger kvar här."), to=_address(place, unit))

    @write("/{question:uuid}", needs=Right.ANALYSE)
    def answer(
        self,
        unit: FromPath[str],
        question: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Answer a question, or show what is wrong."""
        asked = question_by_id(session, actor, unit_seen(session, actor, place, unit), question)
        form = bind(AnswerForm, data)
        if form.value is not None:
            try:
                services.answer(session, actor, question=asked, form=form.value, now=now)
                return Done(_("Svaret är sparat."), to=_address(place, unit))
            except Conflict as refused:
                form.refuse(refused, "answer")
        return _page(session, actor, place, unit, now.date(), form, str(question))


def _address(place: Place, unit: str) -> str:
    return f"{place.path}/enheter/{unit}/overlamning#fragor"


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    unit: str,
    today: date,
    form: Form[Any] | None = None,
    at: str = "",
) -> Page:
    view = handover_view(session, actor, place, unit, today)
    return Page(
        "handover/unit.html",
        view=view,
        handover=view.handover,
        first=FIRST_30_DAYS,
        asked_of=ASKED_OF_NAMES,
        form=form or Form(),
        at=at,
        may_write=actor.may_for(Right.ANALYSE, place.organizer.id, view.unit.id),
    )
