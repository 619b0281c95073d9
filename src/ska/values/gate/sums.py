"""The book the gate keeps: every version of every row as a cell, and all sums that bind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ska.values.gate.lines import TABLE, Line, sums_among, whole_table
from ska.values.gate.rows import Row, cell_of, has_part, is_few, is_known, unnamed
from ska.values.gate.tables import Cell, Counts, Sum
from ska.values.rules import Audience

ROUNDING = 0.051  # published values have one decimal
Version = tuple[int, int | None, int]  # since, until, place of the cell


class Book:
    """Rows as cells and sums; *places* holds each row's cell, None where it is no part of any."""

    def __init__(self, rows: Sequence[Row], audience: Audience) -> None:
        self.cells: list[Cell] = []
        self._sums: dict[tuple[int, ...], Sum] = {}
        self._audience = audience
        self._rows: list[Row] = []
        self._told: set[int] = set()
        self._assumed: set[int] = set()
        self._places: dict[object, int] = {}
        self._versions: dict[Line, list[Version]] = {}
        self._beside = {row.line: row.value for row in rows if row.is_beside}
        self._own = {row.line for row in rows if not row.is_beside}
        days = {row.recorded_at for row in rows} | {row.superseded_at for row in rows}
        self._moments = {at: i for i, at in enumerate(sorted(day for day in days if day))}
        self.places = [self._enter(row) for row in rows]
        tables: dict[Line, list[Line]] = {}
        for line in self._versions:
            tables.setdefault(line[TABLE], []).append(line)
        for lines in tables.values():
            self._add_up(lines)
        self._repeat(rows)

    @property
    def sums(self) -> list[Sum]:
        """Return the sums, each as soon as it was known."""
        return list(self._sums.values())

    @property
    def earlier(self) -> dict[int, set[int]]:
        """Return for each version the places of those of the same line that stood before it."""
        return {
            place: {other for since, _, other in versions if since < start and other != place}
            for versions in self._versions.values()
            if len(versions) > 1
            for start, _, place in versions
        }

    def _enter(self, row: Row) -> int | None:
        if not has_part(row) or (row.is_beside and row.line in self._own):
            return None
        since = self._moments[row.recorded_at]
        until = self._moments[row.superseded_at] if row.superseded_at else None
        place = self._places.get((row.line, *row.told))
        if place is None:
            is_fixed = row.is_beside or _is_same(row.value, self._beside.get(row.line))
            cell = cell_of(row, self._audience, since, until, is_fixed=is_fixed)
            place = self._places[(row.line, *row.told)] = self._add(row, cell)
        else:
            self.cells[place] = _once_more(self.cells[place], since, until)
        self._versions.setdefault(row.line, []).append((since, until, place))
        return place

    def _add(self, row: Row, cell: Cell) -> int:
        self.cells.append(cell)
        self._rows.append(row)
        return len(self.cells) - 1

    def _add_up(self, lines: list[Line]) -> None:
        """Note the sums of one table as they stood at each moment when something in it changed."""
        about = {line: self._rows[self._versions[line][-1][2]] for line in lines}
        table = whole_table(about)
        sums = list(sums_among(table, about))
        versions = [one for line in lines for one in self._versions[line]]
        changes = sorted({at for one in versions for at in one[:2] if at is not None})
        for moment in changes if sums else ():
            places = {line: _standing(self._versions.get(line, ()), moment) for line in table}
            named = {line: place for line, place in places.items() if place is not None}
            if not named:  # all of it was taken back
                continue
            bound = [
                [self._place(line, named, moment) for line in (whole, *parts)]
                for whole, parts in sums
            ]
            self._note(bound, named, moment, now=moment == changes[-1])
        self._bind_late(table)

    def _place(self, line: Line, named: dict[Line, int], moment: int) -> int:
        """Return the cell of a line; one that nobody put out has a cell too, always the same."""
        place = named.get(line, self._places.get(line))
        if place is None:
            like = next(iter(named.values()))
            limit = max(self.cells[one].limit for one in named.values())
            cell = unnamed(self._rows[like], limit, moment)
            place = self._places[line] = self._add(self._rows[like], cell)
        return place

    def _bind_late(self, table: set[Line]) -> None:
        """Bind a line that nobody put out yet to its first version: a reader would think it so."""
        for line in table & self._places.keys() & self._versions.keys():
            since, _, place = min(self._versions[line], key=lambda version: version[0])
            bound = (self._places[line], place)
            self._sums[bound] = Sum(bound[0], bound[1:], since)

    def _note(
        self, bound: list[list[int]], named: dict[Line, int], moment: int, *, now: bool
    ) -> None:
        """Note sums that stand at *moment*, with what they leave over."""
        known = {
            place: self.cells[place].contents
            for place in named.values()
            if is_known(self._rows[place])
        }
        open_ones = {one for each in bound for one in each if self.cells[one].is_rest}
        self._assumed |= {
            whole
            for whole, *parts in bound
            if whole in open_ones and len(parts) > 1 and open_ones.isdisjoint(parts)
        }
        if open_ones:
            _work_out(bound, known, open_ones)
        for one in bound:
            if all(place in known for place in one):
                left = _missing([*one, -1], -1, known)
                if left is not None and max(left) > 0:
                    rest = self._place((*one, "rest"), named, moment)
                    known[rest] = left
                    open_ones.add(rest)
                    one.append(rest)
            self._sums.setdefault(tuple(one), Sum(one[0], tuple(one[1:]), moment))
        for place in open_ones:
            self._tell(place, known.get(place), now=now)

    def _tell(self, place: int, counts: Counts | None, *, now: bool) -> None:
        """Note what a cell that nobody put out holds: at least this, and now too few or not.

        It stands fast when all know that nobody is there, and when it is the whole of parts that
        are all put out: such a whole is known from elsewhere, whether we tell it or not.
        """
        cell = self.cells[place]
        known = counts or tuple(0.0 for _ in cell.contents)
        least = tuple(map(min, known, cell.contents)) if place in self._told else known
        self._told.add(place)
        self.cells[place] = replace(
            cell,
            contents=least,
            is_fixed=place in self._assumed or (counts is not None and not any(counts)),
            is_secret=now and counts is not None and is_few(self._rows[place], counts, cell.limit),
        )

    def _repeat(self, rows: Iterable[Row]) -> None:
        """Bind a value to the earlier one that it repeats."""
        for row, place in zip(rows, self.places, strict=True):
            if not row.carried_from or place is None:
                continue
            first = (*row.line[:3], row.carried_from, *row.line[4:])
            for _, _, origin in self._versions.get(first, ()):
                if self.cells[origin].contents == self.cells[place].contents:
                    since = max(self.cells[origin].since, self.cells[place].since)
                    self._sums.setdefault((origin, place), Sum(origin, (place,), since))


def _work_out(sums: list[list[int]], known: dict[int, Counts], open_ones: set[int]) -> None:
    """Fill in what a reader could work out of the lines that nobody put out."""
    is_new = True
    while is_new:
        is_new = False
        for one in sums:
            missing = [place for place in one if place not in known]
            if len(missing) == 1 and missing[0] in open_ones:
                counts = _missing(one, missing[0], known)
                if counts is not None:
                    known[missing[0]] = counts
                    is_new = True
    for one in sums:  # a sum may leave over more than this line: the least that any leaves is sure
        for place in open_ones.intersection(one[1:]):
            if all(part in known for part in one):
                left = _missing(one, place, known) or tuple(0.0 for _ in known[place])
                known[place] = tuple(map(min, known[place], left))


def _missing(one: list[int], place: int, known: dict[int, Counts]) -> Counts | None:
    """Return the counts that *place* must hold for the sum to be one, None when it cannot."""
    whole, *parts = one
    if place == whole:
        return tuple(map(sum, zip(*(known[part] for part in parts), strict=True)))
    others = [known[part] for part in parts if part != place]
    taken = map(sum, zip(*others, strict=True)) if others else (0.0 for _ in known[whole])
    left = tuple(total - part for total, part in zip(known[whole], taken, strict=True))
    return left if min(left) >= 0 else None


def _is_same(value: float | None, beside: float | None) -> bool:
    return value is not None and beside is not None and abs(value - beside) < ROUNDING


def _standing(versions: Iterable[Version], moment: int) -> int | None:
    for since, until, place in versions:
        if since <= moment and (until is None or until > moment):
            return place
    return None


def _once_more(cell: Cell, since: int, until: int | None) -> Cell:
    """Return the cell of a version that has stood at several times as one that stood throughout."""
    last = None if until is None or cell.until is None else max(until, cell.until)
    return replace(cell, since=min(since, cell.since), until=last)
