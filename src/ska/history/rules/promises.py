"""Promises in a report: what says that something shall be done, to be accepted by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ska.history.rules.blocks import Block, Kind
from ska.history.rules.sorting import Section

LONGEST = 200
_HEAD = 30
_WHO = (
    r"(?:vi|skolan|enheten|förskolan|fritidshemmet|rektor|rektorn|lärarna|personalen|arbetslaget|"
    r"arbetslagen|elevhälsan|elevhälsoteamet|förvaltningen|nämnden|huvudmannen)"
)
_WILL = re.compile(
    rf"\b{_WHO}\s+(?:\w+\s+)?(?:ska|skall|kommer\s+att|avser\s+att|planerar\s+att)\b"
    rf"|^(?:ska|kommer)\s+{_WHO}\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?:insats|åtgärd|aktivitet)\s*\d*\s*[:–-]\s*(?=\S)", re.IGNORECASE)
_COLUMN = re.compile(r"^(?:planerade?\s+)?(?:insats|åtgärd|aktivitet|vad ska göras)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"])")
_PLAN, _BEHIND = "actions", {"last-year", "summary", "process"}


@dataclass(frozen=True)
class Promise:
    """A candidate for an insats: which block it is, and what would be done."""

    place: int
    title: str


def promises_in(sections: Sequence[Section]) -> list[Promise]:
    """Return the candidates of a report; what tells of the year before is none."""
    return [
        one for section in sections if section.part not in _BEHIND for one in _of_section(section)
    ]


def _of_section(section: Section) -> Iterator[Promise]:
    is_plan, column = section.part == _PLAN, None
    for place, block in section.blocks:
        if block.kind is Kind.ROW:
            if block.opens:
                column = _column(block, is_plan=is_plan)
                if _is_head(block):
                    continue
            title = _of_row(block, column)
        else:
            column, title = None, _of_text(block, is_plan=is_plan)
        if title:
            yield Promise(place, _short(title))


def _column(block: Block, *, is_plan: bool) -> int | None:
    """Return which column of a table holds what shall be done, by its first row."""
    named = (i for i, cell in enumerate(block.cells) if _COLUMN.search(cell.strip()))
    return next(named, 0 if is_plan else None)


def _is_head(block: Block) -> bool:
    """Tell whether a table's first row names its columns."""
    return all(len(cell) <= _HEAD and not cell.endswith(".") for cell in block.cells)


def _of_row(block: Block, column: int | None) -> str:
    if column is None:
        return next(filter(None, (_sentence(cell) for cell in block.cells)), "")
    return block.cells[column].strip() if column < len(block.cells) else ""


def _of_text(block: Block, *, is_plan: bool) -> str:
    if block.kind is Kind.NOTE:
        return ""
    named = _NAMED.match(block.text)
    if named:
        return block.text[named.end() :]
    if is_plan and block.kind is Kind.ITEM:
        return block.text
    return _sentence(block.text)


def _sentence(text: str) -> str:
    return next((one for one in _SENTENCE.split(text) if _WILL.search(one)), "")


def _short(text: str) -> str:
    """Return a title that fits, cut between words."""
    one = " ".join(text.split()).rstrip(".")
    return one if len(one) <= LONGEST else one[: LONGEST - 1].rpartition(" ")[0] + "…"
