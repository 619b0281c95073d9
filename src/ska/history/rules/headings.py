"""Which lines are headings: what the report says itself, else bold lines, else how they look."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ska.history.rules.blocks import Block, Kind, Line

LONGEST = 200
_SHORT, _FEW_WORDS, _LONG = 90, 9, 60
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[A-ZÅÄÖÉ”\"])")
_CONTENTS = re.compile(r"(?:\.{3,}|…)\s*\d{1,3}$")  # a line of a table of contents
_ENDS_AS_TEXT = (".", ",", ";", "!")

Known = Callable[[str], bool]


def number_of(text: str) -> str:
    """Return the number that a heading begins with, empty without one: 2.1."""
    found = _NUMBER.match(text)
    return found[1] if found else ""


def without_number(text: str) -> str:
    """Return a heading's words without its number."""
    return _NUMBER.sub("", text)


def as_blocks(lines: Sequence[Line], known: Known) -> list[Block]:
    """Return the lines as blocks; *known* tells whether words are a usual heading."""
    levels = _levels(lines, known)
    return [
        Block(
            Kind.HEADING if level else line.kind,
            line.text,
            level if level or line.kind is not Kind.ITEM else line.level,
            line.stands_for,
            line.opens,
        )
        for line, level in zip(lines, levels, strict=True)
    ]


def _levels(lines: Sequence[Line], known: Known) -> list[int]:
    said = [_said(line) for line in lines]
    if sum(map(bool, said)) > 1:
        return said
    bold = [_bold(line, known) for line in lines]
    if sum(map(bool, bold)) > 1:
        return [one or other for one, other in zip(said, bold, strict=True)]
    after = [*lines[1:], Line("")][: len(lines)]
    looks = [_looks(line, following, known) for line, following in zip(lines, after, strict=True)]
    return [one or other for one, other in zip(said, looks, strict=True)]


def _said(line: Line) -> int:
    fits = line.kind is Kind.TEXT and len(line.text) <= LONGEST
    return min(line.level, 9) if fits else 0


def _bold(line: Line, known: Known) -> int:
    if not line.is_bold or not _may_be(line) or line.kind not in (Kind.TEXT, Kind.ITEM):
        return 0
    return _depth(line.text, known)


def _looks(line: Line, following: Line, known: Known) -> int:
    if line.kind is not Kind.TEXT or not _may_be(line):
        return 0
    words = without_number(line.text)
    is_numbered = words != line.text and len(words) <= _LONG
    is_capitals = words.isupper() and sum(map(str.isalpha, words)) > 3
    introduces = (
        following.kind is not Kind.ROW
        and len(words) <= _LONG
        and words[:1].isupper()
        and not words.endswith((":", "?"))
        and len(following.text) > 2 * len(words)
        and following.text.endswith((".", ":", "?", "!"))
    )
    if known(words) or is_numbered or is_capitals or introduces:
        return _depth(line.text, known)
    return 0


def _may_be(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= _SHORT
        and len(text.split()) <= _FEW_WORDS
        and not text.endswith(_ENDS_AS_TEXT)
        and any(map(str.isalpha, text))
        and not _CONTENTS.search(text)
    )


def _depth(text: str, known: Known) -> int:
    number = number_of(text)
    if number:
        return number.count(".") + 1
    return 1 if known(text) else 2
