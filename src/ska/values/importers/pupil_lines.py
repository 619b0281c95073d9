"""SCB's pupil files: the one place that sees a line about a pupil.

What leaves `read_lines` is where the pupil goes, gender, and marks by column. Names, personal
numbers and classes end with the function; a line that cannot be read is told by its number alone.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from ska.core.school_year import FIRST, LAST, SchoolYear
from ska.settings import bundled
from ska.values.importers.observations import Refused, Rejection

PERSON = re.compile(r"(?:19|20)\d{6}[-+]?[0-9A-Za-z]{4}")
_UNIT = re.compile(r"\d{8}")
_MARKS = set("ABCDEFYZ") | {"2", "3", "9", "0", "1", "77", "88", "99"}
_TELLING = set("ABCDEF") | {"77", "88", "99"}
_LOOKED_AT = 50
_FEWEST_CELLS = 20
_FITS = 0.8
_LAST_SPRING_MONTH = 9  # a file about the spring may be taken out as late as this
KEPT = {"grade", "level", "test_grade", "curriculum", "assigned"}


@dataclass(frozen=True)
class Column:
    """A column of a pupil file: what kind it is, which subject, and the codes it may hold."""

    name: str
    kind: str
    subject: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Layout:
    """A kind of pupil file; *stage* is the year group."""

    name: str
    columns: tuple[Column, ...]

    @property
    def stage(self) -> str:
        """Return the year group, as ``9``."""
        return self.name.split("_")[1].removeprefix("ak")

    @property
    def has_grades(self) -> bool:
        """Tell whether it holds grades; otherwise it holds tests."""
        return self.name.startswith("betyg")

    def of_kind(self, kind: str) -> list[Column]:
        """Return the columns of one kind, in the file's order."""
        return [column for column in self.columns if column.kind == kind]

    def place(self, kind: str) -> int:
        """Return where the only column of a kind stands."""
        return next(i for i, column in enumerate(self.columns) if column.kind == kind)

    def fit(self, cells: list[str]) -> float:
        """Return how well a line fits: the share of its marks that are this file's codes."""
        if len(cells) != len(self.columns) or not PERSON.fullmatch(cells[self.place("person")]):
            return 0
        known = [cell.upper() in column.codes
                 for cell, column in zip(cells, self.columns, strict=True)
                 if column.codes and cell]  # fmt: skip
        return sum(known) / len(known) if known else 0


@dataclass(frozen=True)
class Pupil:
    """What is kept of a line while counting: *key* is the same for a pupil in two files."""

    key: int
    row: int
    layout: Layout
    unit: str
    period: str
    gender: str  # K, M, or empty when the number does not tell
    marks: dict[str, str]


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the files that SCB describes."""
    found: dict[str, list[Column]] = {}
    with (bundled("seeds") / "scb-pupil-files.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes = frozenset(row["codes"].split("|")) - {""}
            column = Column(row["column"], row["kind"], row["subject"], codes)
            found.setdefault(row["file"], []).append(column)
    return tuple(Layout(name, tuple(columns)) for name, columns in found.items())


def recognises(text: str) -> bool:
    """Tell whether a text has lines about pupils, whole or damaged."""
    lines = re.sub(r"[,\t]", ";", "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT]))
    return any(_is_about_a_pupil(_cells(line)) for line in lines.split("\n"))


def _is_about_a_pupil(cells: list[str]) -> bool:
    if len(cells) < _FEWEST_CELLS:
        return False
    marks = [cell for cell in cells if cell.upper() in _MARKS]
    telling = sum(cell.upper() in _TELLING for cell in cells)
    has_person = any(PERSON.fullmatch(cell) for cell in cells)
    return has_person or (len(marks) * 2 >= len(cells) and telling >= 3)


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split(";")]


def read_lines(texts: list[str]) -> tuple[list[Pupil], list[Rejection], int]:
    """Return the pupils of one or more files, what could not be read, and how many lines it was.

    Raises Refused when no line is like any of SCB's files.
    """
    found = _Found()
    for text in texts:
        lines = [_cells(line) for line in re.split(r"\r\n|\r|\n", text)]
        kinds = Counter(filter(None, map(_layout_of, lines)))
        layout = kinds.most_common(1)[0][0] if kinds else None  # a file is of one kind
        for row, cells in enumerate(lines, start=1):
            if any(cell.strip("\0") for cell in cells):
                found.take(row, cells, layout)
    if not found.pupils:
        raise Refused(
            "Filen ser ut att ha en rad för varje elev, men ingen rad har SCB:s kolumner för "
            "betyg eller prov. Ta ut filen på nytt ur elevregistret."
        )
    return found.pupils, found.rejected, found.lines


class _Found:
    """What is found line by line; the personal numbers in it go with it."""

    def __init__(self) -> None:
        self.pupils: list[Pupil] = []
        self.rejected: list[Rejection] = []
        self.lines = 0
        self._keys: dict[str, int] = {}
        self._seen: set[tuple[int, str]] = set()

    def take(self, row: int, cells: list[str], layout: Layout | None) -> None:
        """Take a line of a file of one kind in, or reject it by its number and why."""
        self.lines += 1
        reason = "raden har inte de kolumner som SCB beskriver"
        if layout is not None and _fit(layout, cells) >= _FITS:
            number = re.sub(r"[-+]", "", cells[layout.place("person")])
            key = self._keys.setdefault(number, len(self._keys))
            reason = _wrong(layout, cells)
            if not reason and (key, layout.name) in self._seen:
                reason = "samma elev står på en tidigare rad"
        if layout is None or reason:
            self.rejected.append(Rejection(row, "raden", "", reason))
            return
        self._seen.add((key, layout.name))
        pupil = _pupil(key, row, layout, cells)
        self.pupils.append(pupil)
        self.rejected += _odd_marks(pupil)


def _layout_of(cells: list[str]) -> Layout | None:
    best = max(layouts(), key=lambda one: _fit(one, cells))
    return best if _fit(best, cells) >= _FITS else None


def _fit(layout: Layout, cells: list[str]) -> float:
    """Return how well a line fits a kind of file; a separator at its end is no column."""
    return layout.fit(cells[:-1] if len(cells) > len(layout.columns) and not cells[-1] else cells)


def _wrong(layout: Layout, cells: list[str]) -> str:
    """Return why a line of a known file cannot be counted, or nothing."""
    if not _UNIT.fullmatch(cells[layout.place("unit")]):
        return "skolenhetskoden har inte åtta siffror"
    if _school_year(cells[layout.place("date")]) is None:
        return "datumet för uttaget känns inte igen"
    return ""


def _pupil(key: int, row: int, layout: Layout, cells: list[str]) -> Pupil:
    number = re.sub(r"[-+]", "", cells[layout.place("person")])
    digit = number[10]
    gender = ("K" if int(digit) % 2 == 0 else "M") if digit.isdecimal() else ""
    return Pupil(
        key=key,
        row=row,
        layout=layout,
        unit=cells[layout.place("unit")],
        period=_school_year(cells[layout.place("date")]) or "",
        gender=gender,
        marks={
            column.name: cell.upper()
            for column, cell in zip(layout.columns, cells, strict=False)
            if column.kind in KEPT
        },
    )


def _odd_marks(pupil: Pupil) -> list[Rejection]:
    """Reject, and take away, marks that SCB has no code for; what stood there is not repeated."""
    odd = [
        column
        for column in pupil.layout.columns
        if column.codes and pupil.marks.get(column.name) not in (None, "", *column.codes)
    ]
    for column in odd:
        pupil.marks[column.name] = ""
    reason = "koden är inte en av SCB:s för kolumnen"
    return [Rejection(pupil.row, column.name, "", reason) for column in odd]


def _school_year(written: str) -> str | None:
    """Return the school year that a file taken out on a day is about: spring, until September."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    first = day.year - 1 if day.month <= _LAST_SPRING_MONTH else day.year
    return str(SchoolYear(first)) if FIRST <= first <= LAST else None
