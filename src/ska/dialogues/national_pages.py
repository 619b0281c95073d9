"""The page before the state's kvalitetsdialog, its kept versions, and what people do there."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dialogues import forms
from ska.dialogues.controllers import tried
from ska.dialogues.models import NationalQualityDialogue
from ska.dialogues.queries.national import (
    national_by_id,
    national_view,
    pack_by_id,
    versions_kept,
)
from ska.dialogues.rules.contents import SECTIONS, National
from ska.dialogues.services import common
from ska.dialogues.services import national as services
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]


class NationalDialogueController(Controller):
    """The state's kvalitetsdialog: always prepared, sometimes held, kept in versions."""

    path = "/{organizer:str}/kvalitetsdialog"

    @read(needs=Right.ENTER)
    def show_national(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show what is known before the dialogue, and what is missing with where to mend it."""
        return _page(session, actor, place, today)

    @write(needs=Right.PLAN_ACTIONS)
    def open_national(
        self,
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Open the dialogue that the huvudman is invited to, or show what is wrong."""
        form = bind(forms.MeetingForm, data, today=today)
        if form.value is not None:
            try:
                services.open_national(
                    session, actor, organizer_id=place.organizer.id, form=form.value
                )
                return Done(_("Dialogen är öppen."), to=address_of(place))
            except Invalid as refused:
                form.errors = refused.fields
        return _page(session, actor, place, today, meeting=form)

    @write("/{national:uuid}", needs=Right.PLAN_ACTIONS)
    def say_meeting(
        self,
        national: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Say which day it is and who takes part; what was typed is kept when another was first."""
        seen = data.pop("seen", "")

        def say(one: NationalQualityDialogue, said: forms.MeetingForm) -> None:
            common.say_meeting(session, actor, dialogue=one, form=said, seen=seen)

        one = national_by_id(session, actor, place.organizer.id, national)
        form = bind(forms.MeetingForm, data, today=today)
        if tried(one, form, say):
            return Done(_("Dag och deltagare är sparade."), to=address_of(place))
        return _page(session, actor, place, today, meeting=form)

    @write("/{national:uuid}/overenskommelser", needs=Right.PLAN_ACTIONS)
    def agree(
        self,
        national: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Write down what the dialogue led to, as a draft insats of the huvudman."""
        one = national_by_id(session, actor, place.organizer.id, national)
        form = bind(forms.AgreementForm, data, today=today)

        def agree(one: NationalQualityDialogue, said: forms.AgreementForm) -> None:
            common.agree(session, actor, dialogue=one, form=said, today=today)

        if tried(one, form, agree):
            saved = _("Överenskommelsen är sparad och ligger som utkast bland insatserna.")
            return Done(saved, to=f"{address_of(place)}#overens")
        return _page(session, actor, place, today, agreement=form)

    @write("/{national:uuid}/spara", needs=Right.PLAN_ACTIONS)
    def keep_version(
        self,
        national: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Keep the page as it is now."""
        one = national_by_id(session, actor, place.organizer.id, national)
        content = national_view(session, actor, place, now.date()).content
        pack = services.keep_version(session, actor, dialogue=one, content=content, now=now)
        kept = _("Versionen är sparad. Den ändras inte mer.")
        return Done(kept, to=f"{address_of(place)}/versioner/{pack.id}")

    @write("/{national:uuid}/avsluta", needs=Right.PLAN_ACTIONS)
    def close_national(
        self,
        national: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Close the dialogue, or say what is missing."""
        one = national_by_id(session, actor, place.organizer.id, national)
        content = national_view(session, actor, place, now.date()).content
        try:
            common.close(session, actor, dialogue=one, content=content, now=now)
        except (Conflict, Invalid) as refused:
            form: Form[Any] = Form(errors=getattr(refused, "fields", None) or {"": refused.detail})
            return _page(session, actor, place, now.date(), meeting=form)
        closed = _("Dialogen är avslutad. Nästa underlag börjar med vad som kom av den.")
        return Done(closed, to=f"{address_of(place)}/versioner")

    @read("/versioner", needs=Right.ENTER)
    def list_versions(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the versions of the page that were kept."""
        versions = versions_kept(session, actor, place.organizer.id)
        return Page("dialogues/versions.html", versions=versions)

    @read("/versioner/{pack:uuid}", needs=Right.ENTER)
    def show_version(
        self, pack: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the page as it was when it was kept."""
        kept = pack_by_id(session, actor, place.organizer.id, pack)
        content = msgspec.convert(kept.content, National)
        return Page(
            "dialogues/version.html", kept=kept, content=content, sections=SECTIONS, here=""
        )


def address_of(place: Place) -> str:
    """Return the address of the page."""
    return f"{place.path}/kvalitetsdialog"


def _page(session: Session, actor: Actor, place: Place, today: date, **shown: Form[Any]) -> Page:
    """Show the page, and what was tried, *shown*: meeting or agreement, with what is wrong."""
    view = national_view(session, actor, place, today)
    dialogue = view.dialogue
    asked: dict[str, Any] = {"meeting": Form(), "agreement": Form(), **shown}
    return Page(
        "dialogues/national.html",
        form=next(iter(shown.values()), Form()),
        view=view,
        content=view.content,
        dialogue=dialogue,
        here=f"{address_of(place)}/{dialogue.id}" if dialogue else "",
        sections=SECTIONS,
        may_act=actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, None),
        may_write=actor.may_for(Right.ANALYSE, place.organizer.id, None),
        may_assess=bool(services.voices_of(actor, place.organizer.id)),
        sees_all=actor.units(Right.ENTER, place.organizer.id) is None
        and actor.may(Right.READ, place.organizer.id),
        **asked,
    )
