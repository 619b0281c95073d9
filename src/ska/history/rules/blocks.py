"""A report as it is read: lines, and then blocks of which each is a paragraph of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_BLOCKS = 5_000
MOST_CHARACTERS = 600_000
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+")


class Unreadable(ValueError):
    """A file or text that cannot be read; the sentence says what to do instead."""


class Kind(StrEnum):
    """What a block is in the report."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"  # cells between tabs, lines of a cell between line breaks
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """A line before it is known which lines are headings.

    *level* is what the report itself calls a heading, *stands_for* how many of its paragraphs
    the line holds (none when it is the rest of one), *opens* tells a table's first row.
    """

    text: str
    kind: Kind = Kind.TEXT
    level: int = 0
    is_bold: bool = False
    stands_for: int = 1
    opens: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, row, footnote or heading of the report."""

    kind: Kind
    text: str
    level: int = 0
    stands_for: int = 1
    opens: bool = False

    @property
    def cells(self) -> list[str]:
        """Return the cells of a row."""
        return self.text.split("\t")


@dataclass(frozen=True)
class Report:
    """A whole report: its lines, how many paragraphs have text, and what was not read of it."""

    lines: Sequence[Line]
    found: int
    left_out: tuple[str, ...] = ()
    title: str = ""


def tidy(text: str) -> str:
    """Return a line without soft hyphens and other unseen characters, with single blanks."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()
