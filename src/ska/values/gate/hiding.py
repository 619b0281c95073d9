"""Which cells are hidden: the secret ones, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from operator import add

from ska.values.gate.moves import Graph, widths
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
    secrets = {i for i, cell in enumerate(cells) if cell.is_secret}
    secrets |= _before(secrets, earlier)
    found = set(secrets)
    kin = [
        ({i for one in family for i in one.cells}, _graphs(cells, family))
        for family in families(sums)
    ]
    waiting = kin
    while waiting:
        for places, graphs in waiting:
            found |= _with_guards(graphs, secrets & places)
        more = _before(found, earlier) - secrets  # they may stand in a family weighed already
        found |= more
        secrets |= more
        waiting = [one for one in kin if not more.isdisjoint(one[0])]
    return found


def _graphs(cells: Sequence[Cell], family: list[Sum]) -> list[Graph]:
    return [Graph(cells, family, moment) for moment in sorted({one.since for one in family})]


def _before(found: set[int], earlier: Mapping[int, set[int]]) -> set[int]:
    return set().union(*(earlier[i] for i in found if i in earlier))


def _with_guards(graphs: list[Graph], secrets: set[int]) -> set[int]:
    """Return what is hidden in a family, now and at each moment before.

    What once protected a cell that is still secret goes on protecting it: an earlier sheet laid
    beside today's must not tell more than each alone.
    """
    found = set(secrets)
    quiet: set[int] = set()
    for graph in graphs:
        exposed = _exposed(graph)
        quiet |= exposed | {i for i in graph.places if _is_quiet(graph.cells[i])}
        found |= exposed
        is_last = graph is graphs[-1]
        asking = {i for i in found & graph.places if is_last or graph.cells[i].until is None}
        found |= _spread(graph, asking, quiet)
    return found


def _is_quiet(cell: Cell) -> bool:
    return cell.is_always or cell.is_rest


def _exposed(graph: Graph) -> set[int]:
    """Return the cells told as "≈100" whose sums would tell how many did not reach the level."""
    near = sorted(i for i in graph.places if graph.cells[i].is_near)
    return {i for i in near if not _stays_near(graph, i)}


def _stays_near(graph: Graph, start: int) -> bool:
    """Tell whether some move lets the few of *start* be any of one to four, and its like with it.

    Only one like it may take up what varies, or one that is not told.
    """
    few = graph.cells[start].contents[-1]
    wanted = {1: few, -1: FEWEST - few}

    def may_join(i: int, sign: int) -> bool:
        cell = graph.cells[i]
        if graph.share(i) is not None:
            return False
        if cell.is_rest:
            return min(cell.contents) >= FEWEST
        return cell.is_near and cell.contents[-1] == wanted[sign]

    return 0 < few < FEWEST and any(graph.moves(start, may_join, (), 0))


def _spread(graph: Graph, asking: set[int], quiet: set[int]) -> set[int]:
    """Return the cells that hide *asking*, and those that hide these, until all are well hidden.

    Where all that hangs together is hidden nothing can be added, so nobody there is asked again.
    """
    found, waiting = set(asking), sorted(asking)
    asked = set(asking)
    whole: set[int] = set()
    while waiting:
        start = waiting.pop()
        for others, wide in _guards(graph, start, quiet) if start not in whole else ():
            found |= others
            if wide[0] == inf and others == graph.around(start):
                whole |= others
            for i in others - asked - quiet:
                if not graph.cells[i].is_free(wide):
                    asked.add(i)
                    waiting.append(i)
    return found


def _guards(graph: Graph, start: int, quiet: set[int]) -> Iterator[tuple[set[int], list[float]]]:
    """Give the cells to hide with *start*, move by move, until it is well hidden.

    Cells that are hidden whatever happens lend what they have, each only once; a cell that would
    be hidden for the sake of *start* has to be well hidden by the same move.
    """
    cell = graph.cells[start]
    if not graph.may_move(start):
        return
    rises, falls = [0.0] * len(cell.contents), [0.0] * len(cell.contents)
    for move in graph.moves(start, _always, quiet, FEWEST):
        yield move.signs.keys() - {start}, move.widths(cell.contents)
        rises = list(map(add, rises, move.rise))
        # What falls with a known share may take all of one count: no other move can lean on it too.
        falls = list(map(add if move.share is None else max, falls, move.fall))
        if cell.is_free(widths(cell.contents, rises, falls)):
            return
    # When no exchange is enough, the group may have grown unseen; when not that, all is hidden.
    yield graph.lifted(start) or graph.around(start), [inf] * len(cell.contents)


def _always(_cell: int, _sign: int) -> bool:
    return True
