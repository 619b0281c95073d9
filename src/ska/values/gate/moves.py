"""Other tables that agree with everything told: moves of counts that leave every sum as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any

from ska.values.gate.tables import Cell, Sum

MOST_TRIED = 150
Move = dict[int, int]


class Graph:
    """The sums known at a moment, and the cells in them that may move."""

    def __init__(
        self,
        cells: Sequence[Cell],
        sums: Sequence[Sum],
        moment: int,
        may_move: Callable[[int], bool],
    ) -> None:
        self.cells = cells
        self._sums = [one for one in sums if one.since <= moment]
        self._movers: list[list[int]] = []
        self._weights: dict[int, dict[int, int]] = {}
        for at, one in enumerate(self._sums):
            for cell in one.cells:
                self._weights.setdefault(cell, {})[at] = 1
            self._weights[one.whole][at] = -1
            movers = [cell for cell in one.cells if may_move(cell)]
            self._movers.append(sorted(movers, key=lambda i: (cells[i].cost(moment), i)))
        self._ranks = [(len(movers), at) for at, movers in enumerate(self._movers)]
        self._cost = {i: cells[i].cost(moment) for i in self._weights}
        self._most_sums = max((len(one) for one in self._weights.values()), default=1)

    def moves(self, start: int) -> Iterator[Move]:
        """Give moves in which *start* rises by one: the fewest cells first, then the least costly.

        A cell that is told counts twice: one that nobody sees anyway takes nothing from anybody.
        Each cell of a move rises (1) or falls (-1) by as much as *start*. The order depends on the
        table alone, never on who reads or on what else is hidden.
        """
        number = count()
        heap: list[Any] = []

        def push(move: Move, broken: Move, cost: float, at: int, place: int) -> None:
            movers = self._movers[at]
            while place < len(movers) and movers[place] in move:
                place += 1
            if place == len(movers):
                return
            cell = movers[place]
            grown, still = self._joined(move, broken, at, cell)
            taken = sum(self._cost[one] > 0 for one in grown)
            fewest = len(grown) + taken - (-len(still) // self._most_sums)
            total = cost + self._cost[cell]
            next_one = (move, broken, cost, at, place + 1)
            heappush(heap, (fewest, total, next(number), grown, still, next_one))

        def branch(move: Move, broken: Move, cost: float) -> None:
            at = min(broken, key=self._ranks.__getitem__)
            push(move, broken, cost, at, 0)

        broken = dict(self._weights.get(start, {}))
        if not broken:
            yield {start: 1}
            return
        branch({start: 1}, broken, 0)
        told = set()
        for _ in range(MOST_TRIED):
            if not heap:
                return
            _, cost, _, move, broken, next_one = heappop(heap)
            push(*next_one)
            if broken:
                branch(move, broken, cost)
            elif (cells := frozenset(move)) not in told:
                told.add(cells)
                yield move

    def _joined(self, move: Move, broken: Move, at: int, cell: int) -> tuple[Move, Move]:
        """Return the move with *cell* in it, mending the sum *at*, and what is still broken."""
        weights = self._weights[cell]
        sign = -1 if broken[at] * weights[at] > 0 else 1
        still = dict(broken)
        for one, weight in weights.items():
            net = still.pop(one, 0) + weight * sign
            if net:
                still[one] = net
        return {**move, cell: sign}, still

    def reach(self, start: int, move: Move) -> tuple[list[float], list[float]]:
        """Return how far *start* may rise, and how far the cells beside it let it fall."""
        size = range(len(self.cells[start].contents))
        falling = [self.cells[i].contents for i, sign in move.items() if sign < 0]
        rising = [self.cells[i].contents for i, sign in move.items() if sign > 0 and i != start]
        return (
            [min((one[k] for one in falling), default=inf) for k in size],
            [min((one[k] for one in rising), default=inf) for k in size],
        )

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
        return move if start in move and self._is_whole(move) else None

    def _is_whole(self, move: set[int]) -> bool:
        """Tell whether all cells of the move can rise by one at once."""
        return all(
            sum(one in move for one in each.parts) == (each.whole in move)
            for each in self._sums
            if not move.isdisjoint(each.cells)
        )

    def around(self, start: int) -> set[int]:
        """Return every cell that may move and hangs together with *start*."""
        found, waiting = {start}, [start]
        while waiting:
            for at in self._weights.get(waiting.pop(), {}):
                new = set(self._movers[at]) - found
                found |= new
                waiting += new
        return found
