"""The notes of a resultatdialog, written together: saved, met, and put back from their history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dialogues.controllers import address_of
from ska.dialogues.models import ResultsDialogue
from ska.dialogues.queries.results import dialogue_by_id, dialogue_view
from ska.dialogues.rules.results import KIND, SECTIONS
from ska.editor import services
from ska.editor.controllers import Sections
from ska.editor.rules import Sent, meetings_in, sections_in
from ska.editor.sections import section_of
from ska.editor.services import Outcome
from ska.errors import Missing, found
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write
from ska.writing import queries as texts
from ska.writing import services as writing
from ska.writing.forms import RestoreForm
from ska.writing.models import WrittenText
from ska.writing.rules import Reason

KEYS = tuple(SECTIONS)


class NotesController(Controller):
    """Writing the notes of a dialogue."""

    path = "/{organizer:str}/resultatdialoger/{dialogue:uuid}/skriv"

    @read(needs=Right.READ)
    def write_page(
        self,
        dialogue: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show the notes, ready to write in, beside what the dialogue begins with."""
        return _page(session, actor, place, dialogue, today)

    @write(needs=Right.ANALYSE)
    def save(
        self,
        dialogue: FromPath[UUID],
        data: URLEncodedBody[Sections],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Save what was touched, and settle what met another's text as the writer chose."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        current = texts.texts_of(session, actor, KIND, one.id)
        sent = sections_in(data, KEYS)
        outcome = services.save_sections(session, actor, current=current, sent=sent, now=now)
        for settled in meetings_in(data, KEYS):
            services.settle_into(
                session, actor, outcome, text=current[settled.key], settled=settled, now=now
            )
        if outcome.meetings:
            return _conflict(place, one, outcome, sent)
        refused = {one.key: one for one in sent if f"text_{one.key}" in outcome.refused}
        if refused:
            form: Form[Any] = Form(errors=outcome.refused)
            return _page(session, actor, place, dialogue, now.date(), form, refused)
        sentence = _("Sparat.") if outcome.saved else _("Inget var ändrat.")
        return Done(sentence, to=f"{address_of(place, one)}/skriv")

    @read("/{key:str}/historik", needs=Right.READ)
    def show_history(
        self,
        dialogue: FromPath[UUID],
        key: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the kept versions of a note, each beside the text as it is now."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        text = _text(session, actor, one, key)
        kept = texts.versions_of(session, actor, text)
        return Page(
            "editor/history.html",
            title=_("Resultatdialog"),
            crumbs=_crumbs(place, one),
            heading=SECTIONS[key][0],
            text=text,
            versions=[(version, services.compared(version, text)) for version in kept],
            reason_words={reason.value: reason.words for reason in Reason},
            may_write=one.is_open and actor.may_for(Right.ANALYSE, place.organizer.id, one.unit_id),
        )

    @write("/{key:str}/historik", needs=Right.ANALYSE)
    def restore(
        self,
        dialogue: FromPath[UUID],
        key: FromPath[str],
        data: URLEncodedBody[Sections],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Put an older version back."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        text = _text(session, actor, one, key)
        form = found(bind(RestoreForm, data).value)
        version = found(texts.version_by_id(session, actor, text, form.version_id))
        writing.restore_version(session, actor, text=text, version=version, seen=form.seen, now=now)
        return Done(
            _("Texten är återställd. Den du hade innan finns kvar här."),
            to=f"{address_of(place, one)}/skriv/{key}/historik",
        )


def _text(session: Session, actor: Actor, one: ResultsDialogue, key: str) -> WrittenText:
    if key not in SECTIONS:
        raise Missing
    return found(texts.texts_of(session, actor, KIND, one.id).get(key))


def _crumbs(place: Place, one: ResultsDialogue) -> list[tuple[str, str | None]]:
    address = address_of(place, one)
    return [
        (_("Resultatdialoger"), f"{place.path}/resultatdialoger"),
        (_("Dialogen"), address),
        (_("Anteckningar"), f"{address}/skriv"),
    ]


def _conflict(place: Place, one: ResultsDialogue, outcome: Outcome, sent: list[Sent]) -> Page:
    return Page(
        "editor/conflict.html",
        status_code=412,
        form=Form(errors=outcome.refused),
        title=_("Resultatdialog"),
        crumbs=_crumbs(place, one),
        target=f"{address_of(place, one)}/skriv",
        meetings=outcome.meetings,
        refused=[section for section in sent if f"text_{section.key}" in outcome.refused],
        headings={key: heading for key, (heading, _question) in SECTIONS.items()},
    )


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    dialogue_id: UUID,
    today: date,
    form: Form[Any] | None = None,
    refused: dict[str, Sent] | None = None,
) -> Page:
    view = dialogue_view(session, actor, place, dialogue_id, today)
    kept = refused or {}
    return Page(
        "dialogues/write.html",
        form=form or Form(),
        view=view,
        prepared=view.prepared,
        address=address_of(place, view.dialogue),
        sections=[
            section_of(view.texts[key], SECTIONS[key], kept.get(key))
            for key in KEYS
            if key in view.texts
        ],
        may_write=view.dialogue.is_open
        and actor.may_for(Right.ANALYSE, place.organizer.id, view.unit.id),
    )
