"""Pages where a person teaches us a table that we do not know, and which unit a name is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import polars as pl
from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.swedish import count_words, format_number
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.values import queries, teaching
from ska.values.importers import taught
from ska.values.importers.observations import Reading, Refused
from ska.values.importers.sheets import Sheet
from ska.values.importers.taught import Role, RowsAre, Taught
from ska.values.models import Upload
from ska.values.reports import account_of, shown
from ska.values.rules import status_word
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form
from ska.web.page import Done, Page
from ska.web.routing import read, write

SHOW = "visa"
MOST_SAMPLED = 12
_ROLES = (
    (Role.SKIP, _("Läses inte")),
    (Role.AREA, _("Enheten: kod eller namn")),
    (Role.PERIOD, _("Perioden")),
    (Role.GENDER, _("Könet")),
    (Role.N, _("Antal personer bakom värdet")),
    (Role.MEASURE, _("Måttets namn")),
    (Role.VALUE, _("Värden")),
    (Role.MEAN, _("Svar: medelvärde av tal")),
    (Role.SHARE, _("Svar: andel som svarar något visst")),
)
_GUESSES = (
    (Role.AREA, ("enhet", "skola", "skolenhet", "förskola", "område", "skolenhetskod",
                 "din skola")),
    (Role.PERIOD, ("period", "läsår", "år", "termin")),
    (Role.GENDER, ("kön",)),
    (Role.N, ("antal", "n", "antal svar", "antal elever")),
    (Role.MEASURE, ("mått", "fråga", "indikator")),
)  # fmt: skip


class LessonController(Controller):
    """Teaching a waiting file's table, and forgetting what was taught."""

    path = "/{organizer:str}/resultat"

    @read("/las-in/{upload:uuid}/tolka", needs=Right.IMPORT_VALUES)
    def show_lesson(
        self, upload: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the table's columns with a guess of what each holds."""
        waiting = _upload(session, actor, place, upload)
        sheet = teaching.cleaned_table(waiting.content).sheet
        at = taught.likely_header(sheet)
        form: Form[Any] = Form(raw=_guess(sheet, at, is_answers=waiting.dropped > 0))
        return _page(waiting, sheet, form)

    @write("/las-in/{upload:uuid}/tolka", needs=Right.IMPORT_VALUES)
    def teach(
        self,
        upload: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Show what the table becomes by the lesson, or keep the lesson and try the file by it."""
        waiting = _upload(session, actor, place, upload)
        sheet = teaching.cleaned_table(waiting.content).sheet
        form: Form[Any] = Form(raw=dict(data or {}))
        lesson = _lesson(sheet, form)
        form.errors |= taught.problems(lesson)
        if form.errors:
            return _page(waiting, sheet, form)
        try:
            reading = teaching.preview(session, actor, waiting, lesson)
            if form.raw.get("answer") == SHOW:
                return _page(waiting, sheet, form, reading=reading)
            teaching.teach(session, actor, waiting, lesson)
        except (Refused, Invalid) as refusal:
            form.add_error("rows_are", str(getattr(refusal, "detail", refusal)))
            return _page(waiting, sheet, form)
        done = _("Tolkningen är sparad. Nästa fil med samma rubriker läses på samma sätt.")
        return Done(done, to=f"{place.path}/resultat/las-in/{waiting.id}")

    @write("/las-in/{upload:uuid}/namn", needs=Right.IMPORT_VALUES)
    def confirm_names(
        self,
        upload: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Remember which unit each written name is, and try the file again."""
        waiting = _upload(session, actor, place, upload)
        given = data or {}
        chosen = {
            written: given.get(f"unit-{name.removeprefix('written-')}", "")
            for name, written in given.items()
            if name.startswith("written-")
        }
        count = teaching.confirm_names(session, actor, place.organizer.id, chosen)
        words = count_words(count, _("namn är sparat"), _("namn är sparade"))
        return Done(
            _("{words} och frågas inte om igen.").format(words=words),
            to=f"{place.path}/resultat/las-in/{waiting.id}",
        )

    @write("/tolkningar/{lesson:uuid}/ta-bort", needs=Right.IMPORT_VALUES)
    def forget(
        self, lesson: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Forget how a table is read; what was read by it stays."""
        found = queries.lesson_by_id(session, actor, place.organizer.id, lesson)
        if found is None:
            raise Missing
        teaching.forget(session, actor, found)
        return Done(_("Tolkningen är borttagen."), to=f"{place.path}/resultat/las-in")


def _upload(session: Session, actor: Actor, place: Place, upload_id: UUID) -> Upload:
    upload = queries.upload_by_id(session, actor, place.organizer.id, upload_id)
    if upload is None:
        raise Missing
    return upload


def _page(upload: Upload, sheet: Sheet, form: Form[Any], *, reading: Reading | None = None) -> Page:
    at = _at(sheet, form)
    return Page(
        "values/teach.html",
        upload=upload,
        form=form,
        columns=_columns(sheet, at),
        roles=_ROLES,
        dropped=teaching.dropped_words(upload.dropped) if upload.dropped else "",
        **(_preview(reading) if reading else {"report": None}),
    )


def _preview(reading: Reading) -> dict[str, Any]:
    """Return the account and the first of the values, as they would be read in."""
    report = account_of(reading)
    sample = [
        (measure, area, period, _cell(value, status), "" if n is None else format_number(n))
        for measure, area, period, value, status, n in reading.observations.head(MOST_SAMPLED)
        .select("measure", "area_code", "period", "value", "status", "n")
        .iter_rows()
    ]
    return {"report": report, "sample": sample, **shown(report)}


def _cell(value: float | None, status: str) -> str:
    return status_word(status) if value is None else format_number(value)


def _at(sheet: Sheet, form: Form[Any]) -> int:
    """Return the header's row; the field counts as people do, from 1."""
    text = str(form.raw.get("header", "")).strip()
    row = int(text) - 1 if text.isdecimal() and len(text) < 6 else -1
    if not 0 <= row < sheet.cells.height - 1:
        form.add_error("header", _("Skriv numret på en rad som har rader under sig."))
        return taught.likely_header(sheet)
    return row


def _lesson(sheet: Sheet, form: Form[Any]) -> Taught:
    header = taught.spelled(sheet.row(_at(sheet, form)))
    said = [
        {name: str(form.raw.get(f"{name}-{i}", "")).strip() for name in ("role", "unit", "counted")}
        for i in range(len(header))
    ]
    known = {str(role) for role in Role}
    answers = form.raw.get("rows_are") == str(RowsAre.ANSWERS)
    return Taught(
        header=header,
        names=sheet.row(_at(sheet, form))[: len(header)],
        rows_are=RowsAre.ANSWERS if answers else RowsAre.VALUES,
        roles=[Role(one["role"]) if one["role"] in known else Role.SKIP for one in said],
        units=[one["unit"][:40] for one in said],
        counted=[one["counted"][:400] for one in said],
        period=str(form.raw.get("period", "")).strip(),
    )


def _columns(sheet: Sheet, at: int) -> list[dict[str, Any]]:
    """Return each column's number, name and a few of its different cells, to teach by."""
    width = len(taught.spelled(sheet.row(at)))
    columns = []
    for i, name in enumerate(sheet.row(at)[:width]):
        below = sheet.cells.to_series(i)[at + 1 :].drop_nulls().str.strip_chars()
        cells = below.filter(below != "").unique(maintain_order=True).head(6)
        columns.append(
            {"number": i, "name": name or _("Kolumn {n}").format(n=i + 1),
             "cells": [cell[:60] for cell in cells]}
        )  # fmt: skip
    return columns


def _guess(sheet: Sheet, at: int, *, is_answers: bool) -> dict[str, str]:
    raw = {
        "header": str(at + 1),
        "rows_are": str(RowsAre.ANSWERS if is_answers else RowsAre.VALUES),
    }
    for i, name in enumerate(taught.spelled(sheet.row(at))):
        below = sheet.cells.to_series(i)[at + 1 :].drop_nulls()
        raw[f"role-{i}"] = str(_likely(name, below, is_answers=is_answers))
        raw[f"unit-{i}"] = "%" if "%" in name or name.startswith("andel") else ""
    return raw


def _likely(name: str, cells: pl.Series, *, is_answers: bool) -> Role:
    for role, names in _GUESSES:
        if name in names and not (is_answers and role in (Role.N, Role.MEASURE)):
            return role
    numbers = cells.str.strip_chars().str.contains(r"^-?\d+(?:[,.]\d+)?(?: ?%)?$").sum()
    if len(cells) and numbers * 2 >= len(cells):
        return Role.MEAN if is_answers else Role.VALUE
    return Role.SKIP
