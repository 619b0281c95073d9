"""Resultatdialoger: the list, one dialogue, and what people do in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.fields import FreeText
from ska.core.text import _
from ska.dialogues import forms
from ska.dialogues.models import ResultsDialogue
from ska.dialogues.queries.results import dialogue_by_id, dialogue_view, dialogues_of
from ska.dialogues.rules.results import ANSWER_NAMES, SECTIONS
from ska.dialogues.services import common
from ska.dialogues.services import results as services
from ska.errors import Changed, Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

D = TypeVar("D")
Sent = URLEncodedBody[dict[str, str]]
Unit = Annotated[str | None, QueryParameter(name="enhet", max_length=120)]


class ResultsDialogueController(Controller):
    """Resultatdialoger between a unit and the level above."""

    path = "/{organizer:str}/resultatdialoger"

    @read(needs=Right.READ)
    def list_dialogues(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        unit: Unit = None,
    ) -> Page:
        """Show each unit's dialogues, and the form that opens one."""
        return _list(session, actor, place, today, Form(), unit)

    @write(needs=Right.PLAN_ACTIONS)
    def open_dialogue(
        self,
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Open a dialogue, or show what is wrong."""
        form = bind(forms.DialogueForm, data, today=today)
        if form.value is not None:
            try:
                made = services.open_dialogue(
                    session, actor, organizer_id=place.organizer.id, form=form.value, today=today
                )
                return Done(_("Dialogen är öppen. Här är underlaget."), to=address_of(place, made))
            except Invalid as refused:
                form.errors = refused.fields
        return _list(session, actor, place, today, form)

    @read("/{dialogue:uuid}", needs=Right.READ)
    def show_dialogue(
        self,
        dialogue: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show a dialogue: what it begins with, what was said, agreed and needed."""
        return _page(session, actor, place, dialogue, today)

    @write("/{dialogue:uuid}", needs=Right.PLAN_ACTIONS)
    def say_meeting(
        self,
        dialogue: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Say which day it is and who takes part; what was typed is kept when another was first."""
        seen = data.pop("seen", "")

        def say(one: ResultsDialogue, said: forms.MeetingForm) -> None:
            common.say_meeting(session, actor, dialogue=one, form=said, seen=seen)

        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        form = bind(forms.MeetingForm, data, today=today)
        if tried(one, form, say):
            return Done(_("Dag och deltagare är sparade."), to=address_of(place, one))
        return _page(session, actor, place, dialogue, today, meeting=form)

    @write("/{dialogue:uuid}/overenskommelser", needs=Right.PLAN_ACTIONS)
    def agree(
        self,
        dialogue: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Write down an agreement, which becomes a draft insats."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        form = bind(forms.AgreementForm, data, today=today)
        if tried(
            one,
            form,
            lambda one, said: common.agree(session, actor, dialogue=one, form=said, today=today),
        ):
            done = _("Överenskommelsen är sparad och ligger som utkast bland insatserna.")
            return Done(done, to=f"{address_of(place, one)}#overens")
        return _page(session, actor, place, dialogue, today, agreement=form)

    @write("/{dialogue:uuid}/behov", needs=Right.PLAN_ACTIONS)
    def tell_need(
        self,
        dialogue: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Write down what the unit needs of the level above."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        form = bind(forms.NeedForm, data, today=today)
        if tried(
            one,
            form,
            lambda one, said: services.tell_need(session, actor, dialogue=one, form=said),
        ):
            done = _("Behovet är sparat och står i huvudmannens lista.")
            return Done(done, to=f"{address_of(place, one)}#behov")
        return _page(session, actor, place, dialogue, today, need=form)

    @write("/{dialogue:uuid}/avsluta", needs=Right.PLAN_ACTIONS)
    def close_dialogue(
        self,
        dialogue: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Close the dialogue, or say what is missing."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        view = dialogue_view(session, actor, place, dialogue, now.date())
        try:
            common.close(session, actor, dialogue=one, content=view.prepared, now=now)
        except (Conflict, Invalid) as refused:
            form: Form[Any] = Form(errors=getattr(refused, "fields", None) or {"": refused.detail})
            return _page(session, actor, place, dialogue, now.date(), meeting=form)
        done = _("Dialogen är avslutad. Underlaget och anteckningarna ändras inte mer.")
        return Done(done, to=address_of(place, one))


def tried(one: D, form: Form[Any], act: Callable[[D, Any], Any]) -> bool:
    """Do *act* with what was written; tell whether it was done, else leave why in the form."""
    said: FreeText | None = form.value
    if said is None:
        return False
    try:
        act(one, said)
    except (Changed, Conflict, Invalid) as refused:
        form.errors = getattr(refused, "fields", None) or {"": refused.detail}
        return False
    return True


def address_of(place: Place, dialogue: ResultsDialogue) -> str:
    """Return the address of a dialogue."""
    return f"{place.path}/resultatdialoger/{dialogue.id}"


def _list(
    session: Session,
    actor: Actor,
    place: Place,
    today: date,
    form: Form[Any],
    unit: str | None = None,
) -> Page:
    organizer_id = place.organizer.id
    lines = dialogues_of(session, actor, organizer_id, actor.units(Right.READ, organizer_id), today)
    may = actor.units(Right.PLAN_ACTIONS, organizer_id)
    ready = [
        one.unit
        for one in lines
        if one.going_on is None and one.unit.is_open(today) and (may is None or one.unit.id in may)
    ]
    return Page(
        "dialogues/list.html",
        form=form,
        lines=lines,
        ready=ready if actor.may(Right.PLAN_ACTIONS, organizer_id) else [],
        chosen=next((one.id for one in ready if one.slug == unit), None),
    )


def _page(
    session: Session, actor: Actor, place: Place, dialogue_id: UUID, today: date, **shown: Form[Any]
) -> Page:
    """Show the dialogue; *shown* is the form that was tried: meeting, agreement or need."""
    view = dialogue_view(session, actor, place, dialogue_id, today)
    asked: dict[str, Any] = {"meeting": Form(), "agreement": Form(), "need": Form(), **shown}
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, view.unit.id)
    return Page(
        "dialogues/show.html",
        form=next(iter(shown.values()), Form()),
        view=view,
        prepared=view.prepared,
        dialogue=view.dialogue,
        seen=view.dialogue.print,
        sections=SECTIONS,
        answers=ANSWER_NAMES,
        may_act=may and view.dialogue.is_open,
        may_write=view.dialogue.is_open
        and actor.may_for(Right.ANALYSE, place.organizer.id, view.unit.id),
        **asked,
    )
