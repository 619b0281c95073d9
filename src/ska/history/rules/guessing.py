"""Guesses about a report that its reader confirms: which läsår, which unit, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from ska.core.school_year import SchoolYear

K = TypeVar("K")
_YEAR = re.compile(r"(?<!\d)(\d{4})\s?[-/–]\s?(\d{4}|\d{2})(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{2})/(\d{2})(?!\d)")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_FIRST, _TITLE = 20, 120


def year_in(lines: Sequence[str], current: SchoolYear) -> SchoolYear:
    """Return the first läsår that the report's beginning names, else the one before *current*."""
    for line in lines[:_FIRST]:
        spelled = [f"{a}/{b}" for a, b in _YEAR.findall(line)]
        spelled += [f"20{a}/{b}" for a, b in _SHORT.findall(line)]
        for words in spelled:
            try:
                year = SchoolYear.parse(words)
            except ValueError:
                continue
            if year <= current:
                return year
    return current.previous


def unit_in(lines: Sequence[str], units: Iterable[tuple[K, str]]) -> K | None:
    """Return the unit whose name the report's beginning holds; the longest name when several."""
    said = "\n".join(lines[:_FIRST]).casefold()
    named = [(len(name), id) for id, name in units if name.casefold() in said]
    return max(named, key=lambda one: one[0])[1] if named else None


def title_in(name: str, title: str, first: str) -> str:
    """Return what the report calls itself, else the name of its file, else its *first* line."""
    named = title or _ENDING.sub("", name.replace("_", " ")).strip() or first
    return named if len(named) <= _TITLE else named[: _TITLE - 1].rpartition(" ")[0] + "…"
