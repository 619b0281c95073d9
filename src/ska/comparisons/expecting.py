"""What the conditions would have one expect of each place, told by the others only. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ska.charts import DotRow, Table
from ska.comparisons.queries.context import Factor
from ska.core.swedish import format_number, format_percent, join_words
from ska.core.text import _
from ska.statistics import Expected, expect
from ska.statistics.expected import FEWEST_PER_VARIABLE, FEWEST_PLACES

TOO_FEW = _(
    "Det väntade värdet kan inte räknas: det behövs minst {needed} platser som har både värde och"
    " förutsättningar, här är de {there}."
)
MINE = _(
    "{place}: utifrån {names} hade {value} varit att vänta, mellan {low} och {high}. Värdet är"
    " {actual} och ligger {where} de gränserna."
)
STANDS_ON = _("Det står på {others} andra platser. {part} av skillnaderna går ihop med {names}.")
NOTE = _(
    "Varje plats väntas av de andra (linjär regression). Det som skiljer är ingen effekt av"
    " skolorna: allt som inte är med i räkningen finns i det."
)


@dataclass(frozen=True)
class ExpectedShown:
    """The expectation in words; without a *table* the sentence says why there is none."""

    sentence: str
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True)
class _Point:
    """A place that has both a value and every condition."""

    row: DotRow
    value: float
    background: tuple[float, ...]


def expected_of(
    rows: Sequence[DotRow], factors: Sequence[Factor], reference: str, *, share: bool
) -> ExpectedShown | None:
    """Return what the conditions *factors* give of each place; None when none is chosen.

    The country, places that are counted otherwise, and those without a value or a condition are
    left out. Every place is expected from all the others, never from itself.
    """
    if not factors:
        return None
    points = _points(rows, factors)
    needed = max(FEWEST_PLACES, FEWEST_PER_VARIABLE * len(factors))
    if len(points) < needed:
        return ExpectedShown(TOO_FEW.format(needed=needed, there=len(points)))
    found = _expected(points)
    if found is None:
        return ExpectedShown(
            _("Det väntade värdet kan inte räknas: förutsättningarna skiljer inte platserna åt.")
        )
    return _told(points, found, factors, reference, share)


def _points(rows: Sequence[DotRow], factors: Sequence[Factor]) -> list[_Point]:
    points = []
    for row in rows:
        beside = [one.values.get(row.key) for one in factors]
        known = [one.value for one in beside if one is not None and one.value is not None]
        if row.measure.value is None or row.measure.whole or row.apart or len(known) < len(factors):
            continue
        points.append(_Point(row, row.measure.value, tuple(known)))
    counted = Counter(one.row.measure.basis for one in points)
    usual = max(counted, key=lambda basis: counted[basis], default="")
    return [one for one in points if one.row.measure.basis == usual]


def _expected(points: Sequence[_Point]) -> Expected | None:
    ns = [one.row.measure.n for one in points]
    weights = [n for n in ns if n]
    return expect(
        [one.value for one in points],
        [list(one.background) for one in points],
        weights if len(weights) == len(ns) else None,
    )


def _told(
    points: Sequence[_Point],
    found: Expected,
    factors: Sequence[Factor],
    reference: str,
    share: bool,
) -> ExpectedShown:
    names = join_words([_spoken(one.name) for one in factors])
    cells = [_cells(one, at, found, share) for at, one in enumerate(points)]
    parts = [
        MINE.format(
            place=name, names=names, value=value, low=low, high=high, actual=actual,
            where=_("utanför") if found.beyond[at] else _("inom"),
        )
        for at, (name, actual, value, low, high) in enumerate(cells)
        if points[at].row.key == reference
    ]  # fmt: skip
    part = format_percent(round(found.explained * 100), 0)
    parts.append(STANDS_ON.format(others=len(points) - 1, names=names, part=part))
    head = (_("Plats"), _("Värde"), _("Väntat värde"), _("Lägst (95 %)"), _("Högst (95 %)"))
    table = Table(_("Väntat utifrån {names}").format(names=names), head, tuple(cells), (1, 2, 3, 4))
    return ExpectedShown(" ".join(parts), table, NOTE)


def _spoken(name: str) -> str:
    """Return a condition as it is said in a sentence: "andelen elever med utländsk bakgrund"."""
    of, _comma, what = name.rpartition(", ")
    return f"andelen {of.lower()}" if what == "andel" else name.lower()


def _cells(point: _Point, at: int, found: Expected, share: bool) -> tuple[str, str, str, str, str]:
    ends = (found.value[at], found.low[at], found.high[at])
    value, low, high = (_number(float(one), share) for one in ends)
    return point.row.name, _number(point.value, share), value, low, high


def _number(value: float, share: bool) -> str:
    """Write a number; a line may lead past the ends of a share, which no place can."""
    return format_percent(min(100.0, max(0.0, value))) if share else format_number(value, 1)
