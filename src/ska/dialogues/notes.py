"""Notes of a dialogue written together: saved, met, and put back from their history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.editor import services
from ska.editor.closed import closed_page
from ska.editor.rules import Sent, meetings_in, sections_in
from ska.editor.sections import Section, section_of
from ska.editor.services import Outcome
from ska.errors import Missing, found
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.writing import queries as texts
from ska.writing import services as writing
from ska.writing.forms import RestoreForm
from ska.writing.models import WrittenText
from ska.writing.rules import Reason

Crumbs = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Notes:
    """The notes of one dialogue; *address* is where they are written, *crumbs* lead there."""

    kind: str
    id: UUID
    organizer_id: UUID
    unit_id: UUID | None
    is_open: bool
    title: str
    address: str
    crumbs: Crumbs
    sections: Mapping[str, tuple[str, str]]

    def may_write(self, actor: Actor) -> bool:
        """Tell whether *actor* may write here now."""
        return self.is_open and actor.may_for(Right.ANALYSE, self.organizer_id, self.unit_id)

    def shown(self, written: Mapping[str, WrittenText], refused: list[Sent]) -> list[Section]:
        """Return the sections as the page shows them, what was *refused* as it was sent."""
        kept = {one.key: one for one in refused}
        return [
            section_of(written[key], words, kept.get(key))
            for key, words in self.sections.items()
            if key in written
        ]


@dataclass(frozen=True)
class Refused:
    """What could not be saved, to be shown again with why."""

    form: Form[RestoreForm]
    sections: list[Sent]


def save_notes(
    session: Session, actor: Actor, notes: Notes, data: dict[str, str], now: datetime
) -> Page | Done | Refused:
    """Save what was touched, and settle what met another's text as the writer chose."""
    keys = tuple(notes.sections)
    current = texts.texts_of(session, actor, notes.kind, notes.id)
    sent = sections_in(data, keys)
    outcome = services.save_sections(session, actor, current=current, sent=sent, now=now)
    for settled in meetings_in(data, keys):
        text = found(current.get(settled.key))
        services.settle_into(session, actor, outcome, text=text, settled=settled, now=now)
    refused = [one for one in sent if f"text_{one.key}" in outcome.refused]
    if outcome.closed:
        return closed_page(
            outcome, notes.sections, title=notes.title, crumbs=notes.crumbs, back=notes.address
        )
    if outcome.meetings:
        return _conflict(notes, outcome, refused)
    if refused:
        return Refused(Form(errors=outcome.refused), refused)
    return Done(_("Sparat.") if outcome.saved else _("Inget var ändrat."), to=notes.address)


def _conflict(notes: Notes, outcome: Outcome, refused: list[Sent]) -> Page:
    return Page(
        "editor/conflict.html",
        status_code=412,
        form=Form(errors=outcome.refused),
        title=notes.title,
        crumbs=notes.crumbs,
        target=notes.address,
        meetings=outcome.meetings,
        refused=refused,
        headings={key: heading for key, (heading, _question) in notes.sections.items()},
    )


def history_page(session: Session, actor: Actor, notes: Notes, key: str) -> Page:
    """Return the kept versions of a note, each beside the text as it is now."""
    text = _text(session, actor, notes, key)
    kept = texts.versions_of(session, actor, text)
    return Page(
        "editor/history.html",
        title=notes.title,
        crumbs=notes.crumbs,
        heading=notes.sections[key][0],
        text=text,
        versions=[(version, services.compared(version, text)) for version in kept],
        reason_words={reason.value: reason.words for reason in Reason},
        may_write=notes.may_write(actor),
    )


def restore_note(
    session: Session, actor: Actor, notes: Notes, key: str, data: dict[str, str], now: datetime
) -> Done:
    """Put an older version of a note back."""
    text = _text(session, actor, notes, key)
    form = found(bind(RestoreForm, data).value)
    version = found(texts.version_by_id(session, actor, text, form.version_id))
    writing.restore_version(session, actor, text=text, version=version, seen=form.seen, now=now)
    back = _("Texten är återställd. Den du hade innan finns kvar här.")
    return Done(back, to=f"{notes.address}/{key}/historik")


def _text(session: Session, actor: Actor, notes: Notes, key: str) -> WrittenText:
    if key not in notes.sections:
        raise Missing
    return found(texts.texts_of(session, actor, notes.kind, notes.id).get(key))
