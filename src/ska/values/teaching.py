"""Reading a huvudman's own files: by content, else as a person has taught; names of units too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import polars as pl
from sqlalchemy import delete
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.likeness import plain, ranked
from ska.core.swedish import count_words
from ska.errors import Invalid
from ska.organizers.queries import number_of, units_of
from ska.values.importers import taught
from ska.values.importers.divided import refuse_other_places
from ska.values.importers.door import Cleaned, as_text, without_people
from ska.values.importers.observations import (
    AreaType,
    Reading,
    Source,
    UnknownLayout,
    area_frame,
)
from ska.values.importers.people import People, refuse_names
from ska.values.importers.recognise import read_content, sheets_of
from ska.values.importers.repeats import without_repeats
from ska.values.importers.sheets import Sheet
from ska.values.importers.taught import Taught
from ska.values.models import AreaName, TableLesson, Upload
from ska.values.queries import lessons_of, limits_of, names_of
from ska.values.rules import SMALLEST_GROUP, WHOLE, Audience, Nature

A_CODE = r"^\d{8}$"


@dataclass(frozen=True)
class Unknown:
    """A name in a file that is no unit's here, and the units it is most like."""

    written: str
    suggestions: list[tuple[str, str]]  # code (or name of a unit without one), name


def cleaned_table(content: bytes) -> Cleaned:
    """Return a file's largest table without persons; raise UnknownLayout when it has no rows."""
    sheets = [sheet for sheet in sheets_of(content) if sheet.cells.height > 1]
    if not sheets:
        raise UnknownLayout("Filen har ingen tabell med rubriker och rader.")
    return without_people(max(sheets, key=lambda sheet: sheet.cells.height * sheet.cells.width))


def can_be_taught(content: bytes) -> bool:
    """Tell whether a file is a table with a header and rows, two columns or more."""
    try:
        sheet = cleaned_table(content).sheet
    except UnknownLayout:
        return False
    filled = sum(any(sheet.row(i)) for i in range(min(60, sheet.cells.height)))
    return filled > 1 and 1 < sheet.cells.width <= taught.MOST_COLUMNS


def read_own(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    content: bytes,
    name: str,
    *,
    counts_people: bool = False,
) -> Reading:
    """Return what a file holds, by its own layout or by one that the huvudman has taught.

    Rows about persons are counted together in memory when *counts_people* says so. Raises
    Refused, and UnknownLayout when a person can teach it.
    """
    limit = _limit(session, actor, organizer_id)
    try:
        reading = read_content(content, name, People(counts_people, limit))
    except UnknownLayout:
        cleaned = cleaned_table(content)
        _refuse_persons(cleaned.sheet, _meanings(session, actor, organizer_id))
        lesson = lesson_for(session, actor, organizer_id, cleaned.sheet)
        if lesson is None:
            raise
        reading = taught.read(cleaned.sheet, lesson, name, limit=limit)
        if cleaned.dropped:
            reading.report.warn("people_dropped", dropped_words(cleaned.dropped))
    return named(session, actor, organizer_id, reading)


def named(session: Session, actor: Actor, organizer_id: UUID, reading: Reading) -> Reading:
    """Return a reading of own values with the codes of units whose names are known."""
    if reading.report.source is Source.LOCAL:
        meanings = _meanings(session, actor, organizer_id)
        refuse_names(name for name in _names_in(reading) if plain(name) not in meanings)
        if (reading.observations["pupil_group"] != WHOLE).any():
            refuse_other_places(reading, number_of(session, actor, organizer_id))
        return _by_name(reading, meanings)
    return reading


def _refuse_persons(sheet: Sheet, meanings: dict[str, str]) -> None:
    """Raise Refused for a column of persons' names; units that we know by name are none."""
    for i in range(sheet.cells.width):
        cells = sheet.cells.to_series(i).drop_nulls().unique()
        refuse_names(cell for cell in cells if plain(cell) not in meanings)


def dropped_words(count: int) -> str:
    """Return the sentence about columns that were dropped at the door; never what they held."""
    said = count_words(count, "kolumn", "kolumner")
    return f"{said} om personer eller tidpunkter har tagits bort och sparas inte."


def lesson_for(session: Session, actor: Actor, organizer_id: UUID, sheet: Sheet) -> Taught | None:
    """Return the huvudman's lesson whose header stands in this sheet, or None."""
    for row in lessons_of(session, actor, organizer_id):
        lesson = Taught.from_json(row.lesson)
        if taught.header_of(sheet, lesson) is not None:
            return lesson
    return None


def preview(session: Session, actor: Actor, upload: Upload, lesson: Taught) -> Reading:
    """Return what a waiting table would hold if it were read by a lesson not yet saved."""
    actor.must(Right.IMPORT_VALUES, upload.organizer_id)
    sheet = cleaned_table(upload.content).sheet
    limit = _limit(session, actor, upload.organizer_id)
    return taught.read(sheet, lesson, upload.file, limit=limit)


def teach(session: Session, actor: Actor, upload: Upload, lesson: Taught) -> TableLesson:
    """Keep a lesson, so that the next table with this header is read without asking.

    A table that held persons may only be read as answers counted together.
    """
    actor.must(Right.IMPORT_VALUES, upload.organizer_id)
    if upload.has_people and lesson.rows_are is not taught.RowsAre.ANSWERS:
        told = "Tabellen har uppgifter om personer. Läs den som svar som räknas ihop."
        raise Invalid(told, {"rows_are": told})
    header = "\n".join(lesson.header)
    session.execute(
        delete(TableLesson).where(
            TableLesson.organizer_id == upload.organizer_id, TableLesson.header == header
        )
    )
    made = TableLesson(
        organizer_id=upload.organizer_id,
        name=upload.file,
        header=header,
        lesson=lesson.as_json(),
        person_name=actor.name,
    )
    session.add(made)
    session.flush()
    record(session, actor, act="values.teach", thing=made, details={"columns": len(lesson.header)})
    return made


def forget(session: Session, actor: Actor, lesson: TableLesson) -> None:
    """Take a lesson away; what was read by it stays."""
    actor.must(Right.IMPORT_VALUES, lesson.organizer_id)
    record(session, actor, act="values.forget", thing=lesson, details={})
    session.delete(lesson)
    session.flush()


def unknown_names(
    session: Session, actor: Actor, organizer_id: UUID, reading: Reading
) -> list[Unknown]:
    """Return the names in a file of own values that are no unit's, with ranked suggestions."""
    if reading.report.source is not Source.LOCAL:
        return []
    meanings = _meanings(session, actor, organizer_id)
    known = {plain(code) for code in meanings.values()}
    written = [name for name in _names_in(reading) if plain(name) not in known]
    units = {unit.name: unit.school_unit_code or unit.name
             for unit in units_of(session, actor, organizer_id)} if written else {}  # fmt: skip
    return [Unknown(name, [(units[one], one) for one in ranked(name, units)]) for name in written]


def confirm_names(
    session: Session, actor: Actor, organizer_id: UUID, chosen: Mapping[str, str]
) -> int:
    """Remember which unit each written name is; return how many were said."""
    actor.must(Right.IMPORT_VALUES, organizer_id)
    written = {plain(name): code.strip() for name, code in chosen.items() if code.strip()}
    session.execute(
        delete(AreaName).where(
            AreaName.organizer_id == organizer_id, AreaName.written.in_(list(written))
        )
    )
    rows = [
        AreaName(organizer_id=organizer_id, written=name, area_code=code)
        for name, code in written.items()
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def kept_content(cleaned: Cleaned) -> bytes:
    """Return what may wait for a yes: the table without its persons."""
    return as_text(cleaned.sheet)


def _limit(session: Session, actor: Actor, organizer_id: UUID) -> int:
    own = limits_of(session, actor, organizer_id)
    return max(SMALLEST_GROUP[Audience.INSIDE, Nature.RESULT], own.inside if own else 0)


def _meanings(session: Session, actor: Actor, organizer_id: UUID) -> dict[str, str]:
    """Return the area code of each name that is known: the units' own and those confirmed."""
    units = units_of(session, actor, organizer_id)
    names = [plain(unit.name) for unit in units]
    own = {
        name: unit.school_unit_code or unit.name
        for name, unit in zip(names, units, strict=True)
        if names.count(name) == 1
    }
    return own | {row.written: row.area_code for row in names_of(session, actor, organizer_id)}


def _names_in(reading: Reading) -> list[str]:
    areas = reading.areas.filter(
        (pl.col("area_type") == str(AreaType.SCHOOL_UNIT)) & ~pl.col("code").str.contains(A_CODE)
    )
    return areas["code"].to_list()


def _by_name(reading: Reading, meanings: dict[str, str]) -> Reading:
    """Return the reading with the codes of units whose names are known in place of the names."""
    codes = {name: meanings[plain(name)] for name in _names_in(reading) if plain(name) in meanings}
    if not codes:
        return reading
    is_unit = pl.col("area_type") == str(AreaType.SCHOOL_UNIT)
    observations = reading.observations.with_columns(
        area_code=pl.when(is_unit).then(pl.col("area_code").replace(codes)).otherwise("area_code")
    )
    areas = reading.areas.with_columns(
        code=pl.when(is_unit).then(pl.col("code").replace(codes)).otherwise("code")
    )
    return without_repeats(
        replace(reading, observations=observations, areas=area_frame(areas.to_dicts()))
    )
