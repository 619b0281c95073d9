"""The book the gate keeps: every version of every row as a cell, and all sums that bind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ska.values.gate.lines import Tail
from ska.values.gate.rows import NOT_TOLD, Line, Row, cell_of, has_part
from ska.values.gate.states import States, Version
from ska.values.gate.tables import Cell, Sum
from ska.values.rules import Audience

ROUNDING = 0.051  # published values have one decimal


class Book:
    """Rows as cells and sums; *places* holds each row's cell, None where it is no part of any."""

    def __init__(self, rows: Sequence[Row], audience: Audience) -> None:
        self.cells: list[Cell] = []
        self.sums: list[Sum] = []
        self._audience = audience
        self._rows: list[Row] = []
        self._places: dict[tuple[object, ...], int] = {}
        self._versions: dict[Line, list[Version]] = {}
        self._others: dict[Line, list[Version]] = {}  # published beside ours, another number
        self._beside = _by_line(row for row in rows if row.is_beside)
        named = [row for row in rows if has_part(row)]
        days = {row.recorded_at for row in named} | {row.superseded_at for row in named}
        self._moments = {at: i for i, at in enumerate(sorted(day for day in days if day))}
        self._own = {row.line for row in named if not row.is_beside} if self._beside else set()
        self._current = {
            row.line: row
            for row in (named if self._beside else ())
            if not row.is_beside and row.superseded_at is None
        }
        self._published: set[Line] = set()
        self._first: dict[Line, int] = {}
        for row in named:
            since = self._moments[row.recorded_at]
            self._first[row.line] = min(since, self._first.get(row.line, since))
        self.places: list[int | None] = [None] * len(rows)
        for at in sorted(range(len(rows)), key=lambda at: _order(rows[at])):
            self.places[at] = self._enter(rows[at], rows[at].line)
        others = self._by_table(self._others)
        for table, lines in self._by_table(self._versions).items():
            states = States(self.cells, self._rows, lines, others.get(table, {}))
            self.sums += states.sums.values()

    def _by_table(
        self, versions: dict[Line, list[Version]]
    ) -> dict[object, dict[Tail, list[Version]]]:
        found: dict[object, dict[Tail, list[Version]]] = {}
        for (table, tail), some in versions.items():
            # What our door did not tell was weighed there, with all that it told beside.
            bound = [one for one in some if self._rows[one.place].status != NOT_TOLD]
            if bound:
                found.setdefault(table, {})[tail] = bound
        return found

    @property
    def earlier(self) -> dict[int, set[int]]:
        """Return for each version the places of those of the same line that stood before it."""
        found: dict[int, set[int]] = {}
        for versions in self._versions.values():
            for one in versions if len(versions) > 1 else ():
                before = {other.place for other in versions if other.since < one.since}
                found.setdefault(one.place, set()).update(before - {one.place})
        return found

    def _enter(self, row: Row, line: Line) -> int | None:
        """Give a row its cell, and note when it stood.

        As long as nobody put out the number that it repeats, that one is put out with it. What is
        published beside, and not the same as ours, is another number of the line.
        """
        if not has_part(row) or self._is_said(row):
            return None
        is_another = row.is_beside and (line in self._own or line in self._published)
        if row.is_beside:
            self._published.add(line)
        since = self._moments[row.recorded_at]
        until = self._moments[row.superseded_at] if row.superseded_at else None
        place = self._place(row, since, until, is_another=is_another)
        versions = self._others if is_another else self._versions
        versions.setdefault(line, []).append(Version(since, until, place))
        if row.carried_from:
            self._bind_untold(row, place)
        first = self._first.get(row.repeats) if row.carried_from else since
        if first is None or first > since:
            until = min((at for at in (until, first) if at is not None), default=None)
            versions.setdefault(row.repeats, []).append(Version(since, until, place, is_lent=True))
        return place

    def _is_said(self, row: Row) -> bool:
        """Tell whether what is published says nothing but what ours does, or another who did."""
        if not row.is_beside:
            return False
        ours = self._current.get(row.line)
        if ours is not None and (_is_same(ours, row) or _is_of_share(ours, row)):
            return True
        first = next(one for one in self._beside[row.line] if one.told == row.told)
        return first is not row

    def _place(self, row: Row, since: int, until: int | None, *, is_another: bool) -> int:
        """Return a row's cell: a new one, or that of a row which says the same of the same line.

        A number that repeats an earlier one is the same number.
        """
        lines = (row.line, row.repeats) if row.carried_from else (row.line,)
        keys = [(one, *row.told) for one in lines]
        place = next((self._places[key] for key in keys if key in self._places), None)
        if place is not None and is_another:
            self._compare(row, lines, place)
        if place is None or is_another:
            place = len(self.cells)
            self._rows.append(row)
            self.cells.append(cell_of(row, self._audience, since, until))
        elif len(self._moments) > 1:
            self.cells[place] = _once_more(self.cells[place], since, until)
        if self._beside:
            self._compare(row, lines, place)
        for key in () if is_another else keys:
            self._places.setdefault(key, place)
        return place

    def _bind_untold(self, row: Row, place: int) -> None:
        """Hide a number and the one it repeats, when one of them is told and the other is not."""
        for first in (one.place for one in self._versions.get(row.repeats, ())):
            if (row.value is None) == (self._rows[first].value is None):
                continue
            for one in (first, place):
                if not self._rows[one].is_beside:
                    self.cells[one] = replace(self.cells[one], is_secret=True)
            since = max(self.cells[first].since, self.cells[place].since)
            self.sums.append(Sum(first, (place,), since))

    def _compare(self, row: Row, lines: Sequence[Line], place: int) -> None:
        """Note since when the same number is published beside.

        A share or a mean without its group is less than the number: hiding ours still hides n.
        """
        published = (one for line in lines for one in self._beside.get(line, ()))
        for beside in [row] if row.is_beside else published:
            if row.is_beside or _is_same(row, beside):
                cell = self.cells[place]
                since = max(cell.since, self._moments[beside.recorded_at])
                self.cells[place] = replace(cell, fixed_since=min(since, cell.fixed_since))
            elif _is_of_share(row, beside):
                self.cells[place] = _of_share(self.cells[place], row, beside, self._moments)


def _by_line(rows: Iterable[Row]) -> dict[Line, list[Row]]:
    found: dict[Line, list[Row]] = {}
    for row in rows:
        found.setdefault(row.line, []).append(row)
    return found


def _once_more(cell: Cell, since: int, until: int | None) -> Cell:
    """Return the cell of a version that has stood at several times as one that stood throughout."""
    last = None if until is None or cell.until is None else max(until, cell.until)
    return replace(cell, since=min(since, cell.since), until=last)


def _of_share(cell: Cell, row: Row, beside: Row, moments: Mapping[datetime, int]) -> Cell:
    """Return the cell of a number whose share is published without its group.

    With the group that "≈100" tells the share tells how few did not reach the level.
    """
    share = (row.value if row.value is not None else beside.value or 0.0) / 100
    since = min(max(cell.since, moments[beside.recorded_at]), cell.share_since)
    is_secret = cell.is_secret or cell.is_near
    return replace(cell, share=share, share_since=since, is_secret=is_secret, is_near=False)


def _order(row: Row) -> tuple[bool, bool]:
    """Put a number before those that repeat it, and ours before what is published beside."""
    return row.carried_from is not None, row.is_beside


def _is_same(row: Row, beside: Row) -> bool:
    if row.value is None or beside.value is None or abs(row.value - beside.value) >= ROUNDING:
        return False
    return row.n == beside.n


def _is_of_share(row: Row, beside: Row) -> bool:
    """Tell whether a share published without its group may be that of the row."""
    if not (row.is_share and beside.is_share) or beside.n is not None or beside.value is None:
        return False
    return row.value is None or abs(row.value - beside.value) < ROUNDING
