"""Other tables that agree with everything told: moves of counts that leave every sum as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import NamedTuple

from ska.values.gate.tables import Cell, Sum

MOST_TRIED = 150
MENDED = 2  # so many sums a cell usually mends
Reach = tuple[float, ...]  # of each count
Signs = dict[int, int]  # by cell or sum: 1 or -1


class Move(NamedTuple):
    """Cells that rise (1) or fall (-1) together, and how far its first one can go so.

    While it is sought, *broken* are the sums that do not add up yet. Where the *share* of one of
    the cells is known, that many of those who come or go reached the level.
    """

    signs: Signs
    broken: Signs
    rise: Reach
    fall: Reach
    is_quiet: bool
    cost: float
    told: int
    share: float | None = None

    def widths(self, own: Sequence[float]) -> list[float]:
        """Return the width of the interval in which the move leaves each count."""
        return widths(own, self.rise, self.fall)


def widths(own: Sequence[float], rise: Sequence[float], fall: Sequence[float]) -> list[float]:
    """Return the width of each count's interval; no count falls below zero."""
    return [up + min(now, down) for now, up, down in zip(own, rise, fall, strict=True)]


def _is_wide(own: Sequence[float], rise: Reach, fall: Reach, least: float) -> bool:
    """Tell whether no count's interval is narrower than *least*; asked very often."""
    for now, up, down in zip(own, rise, fall, strict=True):
        if up + (now if now < down else down) < least:
            return False
    return True


def _keeping(share: float | None, reach: Reach) -> Reach:
    """Return how far the counts of a group can go when they keep a share to each other."""
    if share is None:
        return reach
    parts = (share, 1 - share)
    most = min(far / part for far, part in zip(reach, parts, strict=True) if part)
    return tuple(most * part if part else 0.0 for part in parts)


def _leant_on(cells: Sequence[Cell], sums: Iterable[Sum]) -> Sequence[Cell]:
    """Return the cells with no more in them than a reader of the sums could think there is.

    A reader who believes a whole does not know which of its parts holds less than we know of, so
    none of them can be leant on.
    """
    over = {part for one in sums if one.is_over for part in one.parts}
    return (
        [cell.emptied() if i in over else cell for i, cell in enumerate(cells)] if over else cells
    )


class Graph:
    """The sums known at a moment, and the cells in them that may move."""

    def __init__(self, cells: Sequence[Cell], sums: Sequence[Sum], moment: int) -> None:
        self._moment = moment
        self._sums = [
            one for one in sums if one.since <= moment and (one.until is None or one.until > moment)
        ]
        self.cells = _leant_on(cells, self._sums)
        self._movers: list[list[int]] = []
        self._weights: dict[int, Signs] = {}
        for at, one in enumerate(self._sums):
            for cell in one.cells:
                self._weights.setdefault(cell, {})[at] = 1
            self._weights[one.whole][at] = -1
        self._shares = {
            i: share for i in self._weights if (share := cells[i].share_at(moment)) is not None
        }
        self._cost = {i: cells[i].cost(moment) for i in self._weights}
        self._movers = [
            sorted(filter(self.may_move, one.cells), key=lambda i: (self._cost[i], i))
            for one in self._sums
        ]
        self._lightest = [
            min((1 + (self._cost[i] > 0) for i in movers), default=0) for movers in self._movers
        ]
        self._ranks = [(len(movers), at) for at, movers in enumerate(self._movers)]

    @property
    def places(self) -> Set[int]:
        """Return the cells that stand in the sums."""
        return self._weights.keys()

    def may_move(self, cell: int) -> bool:
        """Tell whether the reader does not know the cell from elsewhere."""
        return self.cells[cell].fixed_since > self._moment

    def share(self, cell: int) -> float | None:
        """Return the share that the counts of a cell are known to keep to each other, if any."""
        return self._shares.get(cell)

    def moves(
        self, start: int, may_join: Callable[[int, int], bool], quiet: Collection[int], least: float
    ) -> Iterator[Move]:
        """Give moves in which *start* rises by one: the fewest cells first, then the least costly.

        A cell that is told counts twice: one that nobody sees anyway takes nothing from anybody.
        A move of other than *quiet* cells gives each count of *start* an interval at *least* so
        wide, and no cell beside *start* is in two moves. The order depends on the table alone,
        never on who reads or on what else is hidden.
        """
        own = self.cells[start].contents
        number = count()
        heap: list[tuple[int, float, int, Move, tuple[Move, int, int]]] = []
        used: set[int] = set()

        def push(move: Move, at: int, start: int) -> None:
            """Put the next cell that can mend the sum *at* into the move."""
            for place, cell in enumerate(self._movers[at][start:], start + 1):
                sign = -1 if move.broken[at] * self._weights[cell][at] > 0 else 1
                if cell in move.signs or cell in used or not may_join(cell, sign):
                    continue
                if move.share is not None and self._shares.get(cell, move.share) != move.share:
                    continue
                reach = self._reach(move, cell, sign)
                is_quiet = move.is_quiet and cell in quiet
                if is_quiet or _is_wide(own, *reach, least):
                    grown = self._joined(move, cell, sign, (*reach, is_quiet))
                    heappush(heap, (*self._least(grown), next(number), grown, (move, at, place)))
                    return

        share = self._shares.get(start)
        free, fall = (_keeping(share, far) for far in (tuple(inf for _ in own), tuple(own)))
        first = Move({start: 1}, self._weights.get(start, {}), free, fall, True, 0, 0, share)
        if not first.broken:
            yield first
            return
        push(first, self._narrowest(first), 0)
        for _ in range(MOST_TRIED):
            if not heap:
                return
            *_, move, waiting = heappop(heap)
            push(*waiting)
            if not used.isdisjoint(move.signs):
                continue
            if move.broken:
                push(move, self._narrowest(move), 0)
            else:
                used |= move.signs.keys() - {start}
                yield move

    def _least(self, move: Move) -> tuple[int, float]:
        """Return how many cells, and of what cost, the move has at least when it is whole."""
        if not move.broken:
            return len(move.signs) + move.told, move.cost
        cells = -(-sum(map(self._lightest.__getitem__, move.broken)) // MENDED)
        movers = self._movers[self._narrowest(move)]
        cheapest = next((self._cost[i] for i in movers if i not in move.signs), inf)
        return len(move.signs) + move.told + cells, move.cost + cheapest

    def _narrowest(self, move: Move) -> int:
        return min(move.broken, key=self._ranks.__getitem__)

    def _reach(self, move: Move, cell: int, sign: int) -> tuple[Reach, Reach]:
        """Return how far the first cell of the move can rise and fall with *cell* in it."""
        rise, fall = move.rise, move.fall
        if sign < 0:
            rise = tuple(map(min, rise, self.cells[cell].contents))
        else:
            fall = tuple(map(min, fall, self.cells[cell].contents))
        if not self._shares:
            return rise, fall
        share = self._shares.get(cell, move.share)
        return _keeping(share, rise), _keeping(share, fall)

    def _joined(self, move: Move, cell: int, sign: int, reach: tuple[Reach, Reach, bool]) -> Move:
        """Return the move with *cell* in it."""
        broken = dict(move.broken)
        for at, weight in self._weights[cell].items():
            net = broken.pop(at, 0) + weight * sign
            if net:
                broken[at] = net
        cost = self._cost[cell]
        signs = {**move.signs, cell: sign}
        share = self._shares.get(cell, move.share) if self._shares else None
        return Move(signs, broken, *reach, move.cost + cost, move.told + (cost > 0), share)

    def lifted(self, start: int) -> set[int] | None:
        """Return *start* with one smallest group in it and every whole above: there it may grow.

        None when something of it may not move.
        """
        cell = start
        while below := [at for at, weight in self._weights.get(cell, {}).items() if weight < 0]:
            parts = [one for one in self._movers[below[0]] if one != cell]
            if not parts:
                return None
            cell = parts[0]
        move, waiting = {cell}, [cell]
        while waiting:
            for at, weight in self._weights.get(waiting.pop(), {}).items():
                whole = self._sums[at].whole
                if weight > 0 and whole not in move:
                    if whole not in self._movers[at]:
                        return None
                    move.add(whole)
                    waiting.append(whole)
        shares = {self._shares[one] for one in move if one in self._shares}
        if len(shares) > 1 or not shares.isdisjoint({0.0, 1.0}):
            return None
        return move if start in move and self._is_whole(move) else None

    def _is_whole(self, move: set[int]) -> bool:
        """Tell whether all cells of the move can rise by one at once."""
        return all(
            sum(one in move for one in each.parts) == (each.whole in move)
            for each in self._sums
            if not move.isdisjoint(each.cells)
        )

    def around(self, start: int) -> set[int]:
        """Return every cell that may move and hangs together with *start*.

        Also through one that stands fast: what is published beside may be of another day, and then
        what we tell says more.
        """
        seen, found, waiting = {start}, {start}, [start]
        while waiting:
            for at in self._weights.get(waiting.pop(), {}):
                found.update(self._movers[at])
                new = [one for one in self._sums[at].cells if one not in seen]
                seen.update(new)
                waiting += new
        return found
