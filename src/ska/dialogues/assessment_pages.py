"""Självskattning: each voice answers for itself, factor by factor."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dialogues.forms import AssessmentForm
from ska.dialogues.national_pages import address_of
from ska.dialogues.queries.national import national_by_id, national_view
from ska.dialogues.rules.voices import RATING_NAMES, VOICE_NAMES, Voice
from ska.dialogues.services import national as services
from ska.errors import Changed, Conflict, Missing, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class AssessmentController(Controller):
    """How nämnd, skolchef and rektorer see the success factors."""

    path = "/{organizer:str}/kvalitetsdialog/{national:uuid}/skattning"

    @read(needs=Right.ENTER)
    def show_assessment(
        self,
        national: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show what the person may answer, and what is told of each voice."""
        return _page(session, actor, place, national, today, Form())

    @write(needs=Right.ENTER)
    def assess(
        self,
        national: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Save an answer, or show what is wrong; what was typed is kept when another was first."""
        one = national_by_id(session, actor, place.organizer.id, national)
        form = bind(AssessmentForm, data)
        if form.value is not None:
            principals = national_view(session, actor, place, today).principals
            unit = services.unit_of_answer(actor, place.organizer.id, form.value.voice, principals)
            try:
                services.assess(session, actor, dialogue=one, form=form.value, unit_id=unit)
                return Done(_("Svaret är sparat."), to=f"{address_of(place)}/{national}/skattning")
            except (Changed, Conflict, NotAllowed) as refused:
                form.add_error("rating", refused.detail)
        return _page(session, actor, place, national, today, form)


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    national_id: UUID,
    today: date,
    form: Form[Any],
) -> Page:
    view = national_view(session, actor, place, today)
    if view.dialogue is None or view.dialogue.id != national_id:
        raise Missing
    voices = {
        voice: view.own(
            voice, services.unit_of_answer(actor, place.organizer.id, voice, view.principals)
        )
        for voice in services.voices_of(actor, place.organizer.id)
    }
    return Page(
        "dialogues/assessment.html",
        form=form,
        view=view,
        voices=voices,
        voice_names=VOICE_NAMES,
        ratings=RATING_NAMES,
        together=view.principals.answer_together,
        principals=Voice.PRINCIPALS,
        here=f"{address_of(place)}/{national_id}",
    )
