"""A large export is read as several small ones, each with the head and the foot of the whole.

So a file of five million cells takes the memory of a part, not of itself. Only Skolverket's exports
as text grow that large: the API's answers come in pages, and a workbook has its own limits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ska.values.importers import siris
from ska.values.importers.bombs import refuse_endless_lines
from ska.values.importers.observations import Reading
from ska.values.importers.repeats import Seen
from ska.values.importers.sheets import sheet_of_lines
from ska.values.importers.siris_layout import AFTER_THE_TABLE, Layout, read_layout

SMALL = 500_000  # bytes; such a file is one part whatever it holds
PART = 250_000  # cells
_BEGINNING = 400  # lines, more than any header and the rows that it is judged by


@dataclass(frozen=True)
class LargeTable:
    """The parts of an export, read anew each time they are asked for."""

    content: bytes
    file: str
    encoding: str
    layout: Layout
    foot: tuple[str, ...]
    foot_at: int

    def __iter__(self) -> Iterator[Reading]:
        lines = _lines(self.content, self.encoding)
        head = list(islice(lines, self.layout.header + 1))
        body = islice(lines, self.foot_at - len(head))
        seen, left_out = Seen(), 0
        while rows := list(islice(body, max(1, PART // len(self.layout.columns)))):
            sheet = sheet_of_lines([*head, *rows, *self.foot])
            part = replace(sheet, head=len(head), left_out=left_out)
            reading = siris.read_part(part, self.file, self.layout)
            yield seen.without_repeats(reading)
            left_out += len(rows)


def large_table(content: bytes, file: str) -> LargeTable | None:
    """Return the parts of a large export; None for any other file, which is read whole."""
    if len(content) <= SMALL or b'"' in content or b"\0" in content:
        return None  # in quotes a cell may go on over several lines
    refuse_endless_lines(content)
    encoding = _encoding(content)
    beginning = sheet_of_lines(list(islice(_lines(content, encoding), _BEGINNING)))
    if not siris.recognises(beginning):
        return None
    layout = read_layout(beginning)
    foot_at, foot = 0, list[str]()
    for line in _lines(content, encoding):
        if foot or (foot_at > layout.header and line.strip().startswith(AFTER_THE_TABLE)):
            foot.append(line)
        else:
            foot_at += 1
    if foot_at <= layout.header + 1:
        return None
    return LargeTable(content, file, encoding, layout, tuple(foot), foot_at)


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace") as text:
        for line in text:
            yield line.rstrip("\n")


def _encoding(content: bytes) -> str:
    try:
        for _line in io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig"):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
