"""One table at each moment when something in it changed: which cells its sums bind together."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from ska.values.gate.lines import GENDER, About, Adds, Tail, sums_among
from ska.values.gate.rows import Row, is_few, is_known, unnamed
from ska.values.gate.tables import Cell, Counts, Sum
from ska.values.gate.worked_out import left_of, overtaken, work_out

Name = Tail | Adds  # of a line; of what a sum leaves over
Bound = dict[Adds, list[int]]  # the places of a whole and its parts
SHARE_ROUNDING = 0.001  # of a group: so far may shares of a whole and of its parts lead apart


class Version(NamedTuple):
    """When the cell of a line stood; *is_lent* by a later period, which repeats the number."""

    since: int
    until: int | None
    place: int
    is_lent: bool = False


class States:
    """The sums of one table; cells of lines that nobody put out are added to *cells*.

    At each moment all that was known by then is noted anew, so that what was decided then does not
    change with what is put out later: a line put out late tells how the earlier numbers add up.
    """

    def __init__(
        self,
        cells: list[Cell],
        rows: list[Row],
        versions: dict[Tail, list[Version]],
        others: dict[Tail, list[Version]],
    ) -> None:
        self.sums: dict[tuple[int, ...], Sum] = {}
        self._cells = cells
        self._rows = rows
        self._versions = versions
        self._others = others
        every = (*versions.values(), *others.values())
        ends = {at for some in every for one in some for at in (one.since, one.until)}
        changes = sorted(at for at in ends if at is not None)
        for place, moment in enumerate(changes):
            self._begin()
            adds = sums_among(self._about(moment))
            for then in changes[: place + 1] if adds else ():
                for named in self._sheets(then, adds):
                    self._note(adds, named, moment, is_now=then == moment)
            self._bind_noted(moment)
            self._bind_late(moment)
            self._retire(moment)

    def _begin(self) -> None:
        self._unnamed: dict[Name, int] = {}
        self._noted: list[tuple[Adds, list[int], Counts | None, bool]] = []  # see _bind_noted
        self._told: set[int] = set()
        self._assumed: set[int] = set()
        self._known: set[tuple[int, ...]] = set()

    def _retire(self, moment: int) -> None:
        for key in self.sums.keys() - self._known:
            if self.sums[key].until is None:
                self.sums[key] = replace(self.sums[key], until=moment)

    def _bind(self, places: list[int], since: int, *, is_over: bool = False) -> None:
        key = tuple(places)
        self._known.add(key)
        self.sums.setdefault(key, Sum(key[0], key[1:], since, is_over=is_over))

    def _sheets(self, moment: int, adds: tuple[Adds, ...]) -> list[dict[Name, int]]:
        """Return all that stood at a moment; and what of it is sure to be of one day.

        What is published may be older than ours, and so may what a later period lends. Of a line
        that is published with another number than ours, either may be what the others add up to;
        and so may each, where several publish it.
        """
        standing = _standing(self._versions, moment)
        beside = {tail for tail, one in standing.items() if self._rows[one.place].is_beside}
        known = {tail: one for tail, one in standing.items() if is_known(self._rows[one.place])}
        lent, own = (
            {
                tail: self._cells[one.place].contents
                for tail, one in known.items()
                if one.is_lent == is_lent
            }
            for is_lent in (True, False)
        )
        late = overtaken(lent, own, adds)
        found: list[dict[Name, int]] = []
        alternatives = _in_place(self._others, moment, known)
        for instead, without in product(alternatives, (set(), beside, late, beside | late)):
            sheet: dict[Name, int] = {
                tail: one.place for tail, one in standing.items() if tail not in without
            }
            sheet |= instead
            if sheet and sheet not in found:
                found.append(sheet)
        return found

    def _about(self, moment: int) -> frozenset[About]:
        """Return what is said of the lines that had been put out by a moment."""
        found = set()
        for tail, versions in self._versions.items():
            known = [version for version in versions if version.since <= moment]
            if known:
                row = self._rows[max(known, key=lambda version: version.since).place]
                found.add(About(tail, row.organizer_number or "", row.members or ""))
        return frozenset(found)

    def _note(
        self, adds: tuple[Adds, ...], named: dict[Name, int], since: int, *, is_now: bool
    ) -> None:
        """Note the sums of one state, known *since* a moment, and what they leave over."""
        if not named:  # all of it was taken back
            return
        bound = {
            one: [self._place(tail, named, since) for tail in (one[0], *one[1])] for one in adds
        }
        known = {
            place: self._cells[place].contents
            for place in named.values()
            if is_known(self._rows[place])
        }
        open_ones = {place for one in bound.values() for place in one if self._cells[place].is_rest}
        if open_ones:
            self._assumed |= _all_told(bound, open_ones)
            work_out(list(bound.values()), known, open_ones)
        # Of a whole that nobody put out a reader thinks no more than its girls and boys.
        by_gender = {one for one, places in bound.items() if _is_by_gender(one, places, open_ones)}
        for one, places in bound.items():
            left = left_of(places, known)
            is_all = all(place in known for place in places)
            if is_all and one not in by_gender and left is not None and _is_some(left):
                rest = self._place(one, named, since)
                known[rest] = left
                open_ones.add(rest)
                places.append(rest)
            self._noted.append((one, places, left, is_all))
        for place in open_ones:
            self._tell(place, known.get(place), since, is_now=is_now)

    def _place(self, line: Name, named: dict[Name, int], since: int) -> int:
        """Return the cell of a line; one that nobody put out has a cell too, always the same."""
        place = named.get(line, self._unnamed.get(line))
        if place is None:
            like = self._rows[next(iter(named.values()))]
            limit = max(self._cells[one].limit for one in named.values())
            place = self._unnamed[line] = len(self._cells)
            self._cells.append(unnamed(like, limit, since))
            self._rows.append(like)
        return place

    def _tell(self, place: int, counts: Counts | None, since: int, *, is_now: bool) -> None:
        """Note what a cell that nobody put out holds: at least this, and now too few or not.

        It stands fast when all know that nobody is there, and when it is the whole of parts that
        are all put out: such a whole is known from elsewhere, whether we tell it or not.
        """
        cell = self._cells[place]
        known = counts or tuple(0.0 for _ in cell.contents)
        least = tuple(map(min, known, cell.contents)) if place in self._told else known
        self._told.add(place)
        if place in self._assumed or (counts is not None and not any(counts)):
            cell = replace(cell, fixed_since=min(since, cell.fixed_since))
        is_secret = counts is not None and is_few(self._rows[place], counts, cell.limit)
        is_secret = is_now and (is_secret or cell.is_secret)  # in another sheet of now
        self._cells[place] = replace(cell, contents=least, is_secret=is_secret)

    def _bind_noted(self, since: int) -> None:
        """Bind the sums of all states: each with what the parts that are known leave of it.

        What a sum leaves over is the same in each state, as far as anyone knows; so a state in
        which not *all* counts are known leaves over what any other does, as far as there is room.
        """
        for one, places, left, is_all in self._noted:
            rest = None if is_all else self._unnamed.get(one)
            if rest is not None:
                places.append(rest)
                cell = self._cells[rest]
                room = left or tuple(0.0 for _ in cell.contents)
                least = tuple(max(min(pair), 0) for pair in zip(cell.contents, room, strict=True))
                self._cells[rest] = replace(cell, contents=least)
            whole = self._cells[places[0]]
            slack = SHARE_ROUNDING * whole.size if whole.is_split else 0
            is_over = left is not None and min(left) < -slack
            self._bind(places, since, is_over=is_over)

    def _bind_late(self, moment: int) -> None:
        """Bind a line that nobody put out yet to its first version: a reader would think it so."""
        for tail, versions in self._versions.items():
            first = min(versions, key=lambda version: version.since)
            is_own = not self._rows[first.place].is_beside
            if tail in self._unnamed and first.since <= moment and is_own:
                self._bind([self._unnamed[tail], first.place], moment)


def _is_by_gender(one: Adds, places: list[int], open_ones: set[int]) -> bool:
    """Tell whether the genders of a line that nobody put out add up to it."""
    whole, parts = one
    return places[0] in open_ones and whole[GENDER] != parts[0][GENDER]


def _is_some(left: Counts) -> bool:
    return min(left) >= 0 and max(left) > 0


def _standing(versions: dict[Tail, list[Version]], moment: int) -> dict[Tail, Version]:
    """Return the versions that stood at a moment."""
    return {tail: one for tail, some in versions.items() for one in some if _stands(one, moment)}


def _stands(version: Version, moment: int) -> bool:
    return version.since <= moment and (version.until is None or version.until > moment)


def _in_place(
    others: dict[Tail, list[Version]], moment: int, known: Container[Tail]
) -> list[dict[Name, int]]:
    """Return what may be read in the place of ours: nothing, some or all of what is published.

    Some is of the lines whose number ours keeps back. Where several publish a line each is read;
    who publishes fewer lines than others goes on with the last.
    """
    standing = {
        tail: [one.place for one in some if _stands(one, moment)] for tail, some in others.items()
    }
    found: list[dict[Name, int]] = [{}]
    for at in range(max(map(len, standing.values()), default=0)):
        each = [(tail, some[min(at, len(some) - 1)]) for tail, some in standing.items() if some]
        found.append({tail: place for tail, place in each if tail not in known})
        found.append(dict[Name, int](each))
    return found


def _all_told(bound: Bound, open_ones: set[int]) -> set[int]:
    """Return the wholes that nobody put out, of several parts that are all put out."""
    return {
        whole
        for whole, *parts in bound.values()
        if whole in open_ones and len(parts) > 1 and open_ones.isdisjoint(parts)
    }
