"""Where the notes of dialogues are written: of a resultatdialog, and of the state's."""

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
from ska.dialogues.models import NationalQualityDialogue, ResultsDialogue
from ska.dialogues.notes import Notes, Refused, history_page, restore_note, save_notes
from ska.dialogues.queries.national import national_by_id
from ska.dialogues.queries.results import dialogue_by_id, dialogue_view
from ska.dialogues.rules import contents, results
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form
from ska.web.page import Done, Page
from ska.web.routing import read, write
from ska.writing.queries import texts_of

Sections = URLEncodedBody[dict[str, str]]
NOTHING = Refused(Form(), [])


class NotesController(Controller):
    """Writing the notes of a resultatdialog."""

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
        return _results_page(session, actor, place, dialogue, today)

    @write(needs=Right.ANALYSE)
    def save(
        self,
        dialogue: FromPath[UUID],
        data: Sections,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Save what was touched; show what was refused, or what met another's text."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        saved = save_notes(session, actor, _of_results(place, one), data, now)
        if isinstance(saved, Refused):
            return _results_page(session, actor, place, dialogue, now.date(), saved)
        return saved

    @read("/{key:str}/historik", needs=Right.READ)
    def show_history(
        self,
        dialogue: FromPath[UUID],
        key: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the kept versions of a note."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        return history_page(session, actor, _of_results(place, one), key)

    @write("/{key:str}/historik", needs=Right.ANALYSE)
    def restore(
        self,
        dialogue: FromPath[UUID],
        key: FromPath[str],
        data: Sections,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Put an older version back."""
        one = dialogue_by_id(session, actor, place.organizer.id, dialogue)
        return restore_note(session, actor, _of_results(place, one), key, data, now)


class NationalNotesController(Controller):
    """Writing what the huvudman itself says in the state's kvalitetsdialog."""

    path = "/{organizer:str}/kvalitetsdialog/{national:uuid}/skriv"

    @read(needs=Right.READ)
    def write_page(
        self, national: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the texts, ready to write in."""
        one = national_by_id(session, actor, place.organizer.id, national)
        return _national_page(session, actor, _of_national(place, one))

    @write(needs=Right.ANALYSE)
    def save(
        self,
        national: FromPath[UUID],
        data: Sections,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Save what was touched; show what was refused, or what met another's text."""
        one = national_by_id(session, actor, place.organizer.id, national)
        notes = _of_national(place, one)
        saved = save_notes(session, actor, notes, data, now)
        if isinstance(saved, Refused):
            return _national_page(session, actor, notes, saved)
        return saved

    @read("/{section:str}/historik", needs=Right.READ)
    def show_history(
        self,
        national: FromPath[UUID],
        section: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the kept versions of a text."""
        one = national_by_id(session, actor, place.organizer.id, national)
        return history_page(session, actor, _of_national(place, one), section)

    @write("/{section:str}/historik", needs=Right.ANALYSE)
    def restore(
        self,
        national: FromPath[UUID],
        section: FromPath[str],
        data: Sections,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Put an older version back."""
        one = national_by_id(session, actor, place.organizer.id, national)
        return restore_note(session, actor, _of_national(place, one), section, data, now)


def _of_results(place: Place, one: ResultsDialogue) -> Notes:
    address = address_of(place, one)
    title = _("Resultatdialog")
    return Notes(
        kind=results.KIND,
        id=one.id,
        organizer_id=one.organizer_id,
        unit_id=one.unit_id,
        is_open=one.is_open,
        title=title,
        address=f"{address}/skriv",
        crumbs=[
            (_("Resultatdialoger"), f"{place.path}/resultatdialoger"),
            (title, address),
            (_("Anteckningar"), f"{address}/skriv"),
        ],
        sections=results.SECTIONS,
    )


def _of_national(place: Place, one: NationalQualityDialogue) -> Notes:
    home = f"{place.path}/kvalitetsdialog"
    title = _("Kvalitetsdialog med Skolverket och SPSM")
    return Notes(
        kind=contents.KIND,
        id=one.id,
        organizer_id=one.organizer_id,
        unit_id=None,
        is_open=one.is_open,
        title=title,
        address=f"{home}/{one.id}/skriv",
        crumbs=[(title, home), (_("Egna texter"), f"{home}/{one.id}/skriv")],
        sections=contents.SECTIONS,
    )


def _results_page(
    session: Session,
    actor: Actor,
    place: Place,
    dialogue_id: UUID,
    today: date,
    refused: Refused = NOTHING,
) -> Page:
    view = dialogue_view(session, actor, place, dialogue_id, today)
    notes = _of_results(place, view.dialogue)
    return Page(
        "dialogues/write.html",
        view=view,
        prepared=view.prepared,
        **_written(notes, actor, notes.shown(view.texts, refused.sections), refused),
    )


def _national_page(
    session: Session, actor: Actor, notes: Notes, refused: Refused = NOTHING
) -> Page:
    written = texts_of(session, actor, notes.kind, notes.id)
    shown = notes.shown(written, refused.sections)
    return Page("dialogues/national_write.html", **_written(notes, actor, shown, refused))


def _written(notes: Notes, actor: Actor, sections: list[Any], refused: Refused) -> dict[str, Any]:
    """Return what a page of notes shows; *address* is the dialogue's own."""
    return {
        "form": refused.form,
        "title": notes.title,
        "crumbs": notes.crumbs,
        "address": notes.address.removesuffix("/skriv"),
        "sections": sections,
        "may_write": notes.may_write(actor),
    }
