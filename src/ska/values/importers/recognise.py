"""Which source a file is from, told by its content alone; an unknown layout is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ska.values.importers import (
    absence,
    absence_pupils,
    kolada,
    local,
    siris,
    survey_book,
    ufa,
)
from ska.values.importers.answers import read_answers
from ska.values.importers.divided import refuse_groups
from ska.values.importers.large import large_table
from ska.values.importers.observations import Reading, UnknownLayout, merge
from ska.values.importers.people import People, are_pupils, read_pupils, refuse_unnamed
from ska.values.importers.saved import is_json, unpack
from ska.values.importers.sheets import (
    Sheet,
    is_workbook,
    read_bytes,
    read_text,
    read_workbook,
)
from ska.values.importers.siris_xml import is_xml, read_xml

NOBODY = People()
_Reader = Callable[[list[Sheet], list[Sheet], str], list[Reading]]


def _each(read: Callable[[Sheet, str], Reading]) -> _Reader:
    return lambda tables, _others, file: [read(table, file) for table in tables]


_TABLES: tuple[tuple[Callable[[Sheet], bool], _Reader], ...] = (
    (ufa.recognises, _each(ufa.read)),
    (siris.recognises, siris.read),
    (local.recognises, _each(local.read)),
    (kolada.recognises_table, _each(kolada.read_table)),
    (survey_book.recognises, _each(survey_book.read)),
)


def read_file(path: Path) -> Reading:
    """Return what a file holds; raise Refused, with what was seen, when it is not known."""
    return read_content(read_bytes(path), path.name)


def read_content(content: bytes, file: str, people: People = NOBODY) -> Reading:
    """Return what *content* holds; *file* is only the name to use in the report."""
    content = unpack(content)
    if is_json(content):
        return read_answers(content, file)
    if are_pupils(content):
        return read_pupils(content, file, people)
    sheets = sheets_of(content)
    for recognises, read in _TABLES:
        tables = [sheet for sheet in sheets if recognises(sheet)]
        if tables:
            others = [sheet for sheet in sheets if all(sheet is not one for one in tables)]
            reading = merge(read(tables, others, file))
            _tell_of_others(reading, others)
            return reading
    for source in (absence_pupils, absence):
        tables = [sheet for sheet in sheets if source.recognises(sheet)]
        if tables:
            for table in tables:
                refuse_groups(table)
            return merge([source.read(table, file, people) for table in tables])
    refuse_unnamed(sheets)
    for sheet in sheets:
        local.refuse_people(sheet)
    raise UnknownLayout(f"Filens uppställning känns inte igen. {_seen(sheets)}")


def read_parts(content: bytes, file: str, people: People = NOBODY) -> Iterable[Reading]:
    """Return what *content* holds, part by part and as often as asked; most files are one part.

    A part may be refused first when its turn comes.
    """
    content = unpack(content)
    large = None if are_pupils(content) else large_table(content, file)
    return [read_content(content, file, people)] if large is None else large


def sheets_of(content: bytes) -> list[Sheet]:
    """Return the sheets of a file that have cells, whatever they hold."""
    if is_workbook(content):
        sheets = read_workbook(content)
    else:
        sheets = [read_xml(content) if is_xml(content) else read_text(content)]
    return [sheet for sheet in sheets if not sheet.cells.is_empty()]


def _tell_of_others(reading: Reading, others: list[Sheet]) -> None:
    names = [f"”{sheet.name}”" for sheet in others if not siris.is_notes(sheet)]
    if names:
        text = f"Blad som inte är tabeller av samma slag läses inte: {', '.join(names[:8])}."
        reading.report.warn("sheets_not_read", text)


def _seen(sheets: list[Sheet]) -> str:
    sheet = next((one for one in sheets if not one.cells.is_empty()), None)
    if sheet is None:
        return "Den har inga celler."
    rows = [[cell for cell in sheet.row(i) if cell] for i in range(min(20, sheet.cells.height))]
    first = next((row for row in rows if row), [])
    shown = "; ".join(cell[:40] for cell in first[:6])
    size = f"{sheet.cells.height} rader, {sheet.cells.width} kolumner."
    # A line alone has no heading above it: it may be about a person, so it is not repeated.
    return size if len(list(filter(None, rows))) == 1 else f"Första raden: ”{shown}”. {size}"
