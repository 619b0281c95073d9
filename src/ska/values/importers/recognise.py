"""Which source a file is from, told by its content alone; an unknown layout is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ska.values.importers import kolada, local, siris, ufa
from ska.values.importers.observations import Reading, Refused
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
    if kolada.recognises_answer(content):
        return kolada.read_answer(content, file)
    if content.lstrip()[:1] in (b"{", b"["):
        raise Refused(f"Det är JSON av en form som inte läses. Den börjar: ”{_start(content)}”.")
    sheets = read_workbook(content) if is_workbook(content) else [read_text(content)]
    for sheet in sheets:
        if sheet.cells.is_empty():
            continue
        for recognises, read in _TABLES:
            if recognises(sheet):
                return read(sheet, file)
        local.refuse_people(sheet)
    raise Refused(f"Filens uppställning känns inte igen. {_seen(sheets)}")


def _start(content: bytes) -> str:
    return " ".join(content[:400].decode("utf-8", errors="replace").split())[:80]


def _seen(sheets: list[Sheet]) -> str:
    sheet = next((one for one in sheets if not one.cells.is_empty()), None)
    if sheet is None:
        return "Den har inga celler."
    rows = [[cell for cell in sheet.row(i) if cell] for i in range(min(20, sheet.cells.height))]
    first = next((row for row in rows if row), [])
    shown = "; ".join(cell[:40] for cell in first[:6])
    return f"Första raden: ”{shown}”. {sheet.cells.height} rader, {sheet.cells.width} kolumner."
