"""Klistra in från Skolverket: paste once, compare, accept."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import yaml
from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Response
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.framework import queries, services
from ska.framework.forms import AcceptForm, PasteForm
from ska.framework.queries import EditionRow
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

PART = ("kind", "item_id", "school_type", "number", "text")


class WordingController(Controller):
    """Wording that the huvudman reads at Skolverket and keeps beside the edition."""

    path = "/{organizer:str}/malsattningar/klistra-in"

    @read(needs=Right.EDIT_FRAMEWORK)
    def show_form(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show where to paste, and the wordings in use."""
        return _paste(session, actor, place, today, Form())

    @write(needs=Right.EDIT_FRAMEWORK)
    def compare(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Split the page and show each part beside what is known. Nothing is kept yet."""
        form = bind(PasteForm, data)
        if form.value is None:
            return _paste(session, actor, place, today, form)
        found = queries.propose(
            session,
            actor,
            organizer_id=place.organizer.id,
            edition_id=form.value.edition,
            text=form.value.text,
        )
        if not found:
            form.add_error(
                "text",
                _("Hittar inga målsättningar, delmål eller framgångsfaktorer. Ta med rubrikerna."),
            )
            return _paste(session, actor, place, today, form)
        return _comparison(session, form, found)

    @write("/spara", needs=Right.EDIT_FRAMEWORK)
    def accept(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Keep the parts that were ticked."""
        form = bind(AcceptForm, {**_head(data), "wordings": _ticked(data)})
        if form.value is None:
            return _paste(session, actor, place, now.date(), _without_parts(form))
        try:
            kept = services.accept_wordings(
                session, actor, organizer_id=place.organizer.id, form=form.value, now=now
            )
        except Invalid as wrong:
            form.errors.update(wrong.fields)
            return _paste(session, actor, place, now.date(), form)
        return Done(
            _("{n} ordalydelser är sparade.").format(n=len(kept)),
            to=f"{place.path}/malsattningar/klistra-in",
        )

    @write("/{wording_id:uuid}/angra", needs=Right.EDIT_FRAMEWORK)
    def withdraw(
        self,
        wording_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Take a wording out of use; it stays in the history."""
        wording = queries.wording(session, actor, place.organizer.id, wording_id)
        if wording is None:
            raise Missing
        services.withdraw_wording(session, actor, wording=wording, now=now)
        return Done(
            _("Ordalydelsen används inte längre."), to=f"{place.path}/malsattningar/klistra-in"
        )

    @read("/tillagg.yaml", needs=Right.EDIT_FRAMEWORK)
    def download_patch(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[str]:
        """Give the wordings in use as a patch for the project's own files."""
        return patch_file(session, actor, place)


def patch_file(session: Session, actor: Actor, place: Place) -> Response[str]:
    """Return the wordings in use as a file for indicators/."""
    edition = _edition(session)
    rows = queries.wordings(session, actor, place.organizer.id, edition.id)
    text = yaml.safe_dump(
        queries.patch_of(rows, edition.id), allow_unicode=True, sort_keys=False, width=96
    )
    name = f"ordalydelser-{edition.id}-{place.organizer.slug}.yaml"
    return Response(
        text,
        media_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _edition(session: Session) -> EditionRow:
    edition = queries.current_system(session)
    if edition is None:
        raise Missing(_("Det nationella kvalitetssystemet är inte inläst än."))
    return edition


def _paste(session: Session, actor: Actor, place: Place, today: date, form: Form[Any]) -> Page:
    edition = _edition(session)
    rows = queries.wordings(session, actor, place.organizer.id, edition.id)
    known = queries.items(session, [edition.id], kinds=queries.WORDED)
    return Page(
        "framework/paste.html",
        form=form,
        edition=edition,
        wordings=list(rows.values()),
        headings={one.id: one.heading for one in known},
        school_types=SCHOOL_TYPE_NAMES,
        seen_on=today.isoformat(),
    )


def _comparison(session: Session, form: Form[PasteForm], found: list[queries.Proposal]) -> Page:
    assert form.value is not None
    known = queries.items(session, [form.value.edition], kinds=queries.WORDED)
    return Page(
        "framework/compare.html",
        form=Form(raw=form.raw),
        pasted=form.value,
        proposals=found,
        places=[(one.id, one.heading) for one in known],
        school_types=[(str(code), name) for code, name in SCHOOL_TYPE_NAMES.items()],
        words={
            "new": _("ny"),
            "same": _("redan inläst"),
            "different": _("skiljer sig"),
            "unplaced": _("välj plats"),
        },
    )


def _head(data: dict[str, str]) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("edition", "source_url", "seen_on")}


def _ticked(data: dict[str, str]) -> list[dict[str, str]]:
    numbers = [name.rpartition("-")[2] for name in data if name.startswith("accept-")]
    return [
        {name: data.get(f"{name}-{number}", "") for name in PART}
        for number in sorted(numbers, key=lambda text: text.zfill(4))
    ]


def _without_parts(form: Form[AcceptForm]) -> Form[AcceptForm]:
    """Show the errors of single parts in one line: their fields are on the page before."""
    wrong = {name: text for name, text in form.errors.items() if "." in name}
    errors = {name: text for name, text in form.errors.items() if "." not in name}
    if wrong:
        errors["text"] = next(iter(wrong.values()))
    return Form(raw={k: v for k, v in form.raw.items() if k != "wordings"}, errors=errors)
