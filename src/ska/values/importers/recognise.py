"""Which source a file is from, told by its content alone; an unknown layout is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ska.values.importers import kolada, local, siris, ufa
from ska.values.importers.answers import read_answers
from ska.values.importers.observations import Reading, Refused
from ska.values.importers.saved import is_json, unpack
from ska.values.importers.sheets import (
    Sheet,
    is_workbook,
    read_bytes,
    read_text,
    read_workbook,
)

_TABLES: tuple[tuple[Callable[[Sheet], bool], Callable[[Sheet, str], Reading]], ...] = (
    (ufa.recognises, ufa.read),
    (siris.recognises, siris.read),
    (local.recognises, local.read),
    (kolada.recognises_table, kolada.read_table),
)


def read_file(path: Path) -> Reading:
    """Return what a file holds; raise Refused, with what was seen, when it is not known."""
    return read_content(read_bytes(path), path.name)


def read_content(content: bytes, file: str) -> Reading:
    """Return what *content* holds; *file* is only the name to use in the report."""
    content = unpack(content)
    if is_json(content):
        return read_answers(content, file)
    sheets = read_workbook(content) if is_workbook(content) else [read_text(content)]
    for sheet in sheets:
        if sheet.cells.is_empty():
            continue
        for recognises, read in _TABLES:
            if recognises(sheet):
                return read(sheet, file)
        local.refuse_people(sheet)
    raise Refused(f"Filens uppställning känns inte igen. {_seen(sheets)}")


def _seen(sheets: list[Sheet]) -> str:
    sheet = next((one for one in sheets if not one.cells.is_empty()), None)
    if sheet is None:
        return "Den har inga celler."
    rows = [[cell for cell in sheet.row(i) if cell] for i in range(min(20, sheet.cells.height))]
    first = next((row for row in rows if row), [])
    shown = "; ".join(cell[:40] for cell in first[:6])
    return f"Första raden: ”{shown}”. {sheet.cells.height} rader, {sheet.cells.width} kolumner."
