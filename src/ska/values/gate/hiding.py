"""Which cells are hidden: the secret ones, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from ska.values.gate.moves import Graph, Move
from ska.values.gate.tables import Cell, Sum, families
from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL

FEWEST = FEWEST_OUTSIDE_A_LEVEL
NONE: Mapping[int, set[int]] = {}


def hidden_cells(
    cells: Sequence[Cell], sums: Iterable[Sum], earlier: Mapping[int, set[int]] = NONE
) -> set[int]:
    """Return the places of all cells that may not be told.

    A cell is well hidden when some move shows another table that agrees with everything told and
    in which its counts differ by enough. What such a move needs is hidden with it; hiding more
    never takes a move away, so what protects one cell protects it whatever else is hidden. With a
    version go those *earlier* than it: what is hidden now is not told as known then.
    """
    found = _and_earlier({i for i, cell in enumerate(cells) if cell.is_secret}, earlier)
    for family in families(sums):
        exposed = _exposed(cells, family)
        secrets = exposed | {i for one in family for i in one.cells if i in found}
        while secrets:
            hidden = _with_guards(cells, family, secrets, exposed)
            found |= hidden
            secrets = _and_earlier(hidden, earlier)
            if secrets == hidden:
                break
    return found


def _and_earlier(found: set[int], earlier: Mapping[int, set[int]]) -> set[int]:
    return found.union(*(earlier[i] for i in found if i in earlier))


def _exposed(cells: Sequence[Cell], family: list[Sum]) -> set[int]:
    """Return the cells told as "≈100" whose sums would tell how many did not reach the level."""
    near = sorted({i for one in family for i in one.cells if cells[i].is_near})
    if not near:
        return set()
    graph = Graph(cells, family, _last(family), lambda i: _may_vary(cells[i]))
    return {i for i in near if not any(_stays_near(cells, i, move) for move in graph.moves(i))}


def _stays_near(cells: Sequence[Cell], start: int, move: Move) -> bool:
    """Tell whether the move lets the few of *start* be any of one to four, and its like with it."""
    few = cells[start].contents[-1]
    wanted = {1: few, -1: FEWEST - few}
    return 0 < few < FEWEST and all(
        cells[i].is_rest or cells[i].contents[-1] == wanted[sign] for i, sign in move.items()
    )


def _may_vary(cell: Cell) -> bool:
    """Tell whether a cell may take up what varies among the few: one like them, or one untold."""
    return cell.is_near or (cell.is_rest and not cell.is_fixed and min(cell.contents) >= FEWEST)


def _last(family: list[Sum]) -> int:
    return max(one.since for one in family)


def _with_guards(
    cells: Sequence[Cell], family: list[Sum], secrets: set[int], exposed: set[int]
) -> set[int]:
    """Return what is hidden in a family, now and at each moment before.

    What once protected a cell that is still secret goes on protecting it: an earlier sheet laid
    beside today's must not tell more than each alone.
    """
    quiet = exposed | {i for one in family for i in one.cells if _is_quiet(cells[i])}
    found = set(secrets)
    moments = sorted({one.since for one in family})
    for moment in moments:
        graph = Graph(cells, family, moment, lambda i: not cells[i].is_fixed)
        is_last = moment == moments[-1]
        asking = {i for i in secrets if cells[i].since <= moment}
        asking = asking | found if is_last else {i for i in asking if cells[i].until is None}
        found |= _spread(graph, asking, quiet)
    return found


def _is_quiet(cell: Cell) -> bool:
    return cell.is_always or cell.is_rest


def _spread(graph: Graph, asking: set[int], quiet: set[int]) -> set[int]:
    """Return the cells that hide *asking*, and those that hide these, until all are well hidden.

    Where all that hangs together is hidden nothing can be added, so nobody there is asked again.
    """
    found, waiting = set(asking), sorted(asking)
    asked = set(asking)
    whole: set[int] = set()
    while waiting:
        start = waiting.pop()
        for others, widths in _guards(graph, start, quiet) if start not in whole else ():
            found |= others
            if widths[0] == inf and others == graph.around(start):
                whole |= others
            for i in others - asked - quiet:
                if not graph.cells[i].is_free(widths):
                    asked.add(i)
                    waiting.append(i)
    return found


def _guards(
    graph: Graph, start: int, quiet: set[int]
) -> Iterator[tuple[set[int], Sequence[float]]]:
    """Give the cells to hide with *start*, move by move, until it is well hidden.

    Cells that are hidden whatever happens lend what they have, each only once; a cell that would
    be hidden for the sake of *start* has to be well hidden by the same move.
    """
    cell = graph.cells[start]
    if cell.is_fixed:
        return
    used: set[int] = set()
    rises, falls = [0.0] * len(cell.contents), [0.0] * len(cell.contents)
    for move in graph.moves(start):
        others = set(move) - {start}
        rise, fall = graph.reach(start, move)
        alone = _widths(cell, rise, fall)
        if others & used or (min(alone) < FEWEST and not others <= quiet):
            continue
        used |= others
        yield others, alone
        rises = [a + b for a, b in zip(rises, rise, strict=True)]
        falls = [a + b for a, b in zip(falls, fall, strict=True)]
        if cell.is_free(_widths(cell, rises, falls)):
            return
    # When no exchange is enough, the group may have grown unseen; when not that, all is hidden.
    yield graph.lifted(start) or graph.around(start), [inf] * len(cell.contents)


def _widths(cell: Cell, rise: Sequence[float], fall: Sequence[float]) -> list[float]:
    """Return the width of each count's interval; no count falls below zero."""
    return [up + min(own, down) for own, up, down in zip(cell.contents, rise, fall, strict=True)]
