"""Municipalities like one's own, by measures and weights that people choose themselves. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ska.charts import Beside, PlottedValue
from ska.core.periods import spelled
from ska.core.swedish import format_number, format_percent
from ska.core.text import _
from ska.statistics import FEWEST_PLACES, Likeness, likeness
from ska.statistics.arrays import Array

MOST_MEASURES = 8
FEWEST, USUAL, MOST = 5, 7, 15
USUAL_WEIGHT = 3
LONGEST = 100  # letters of a measure with its weight
WEIGHT_WORDS = {
    1: _("1, väger minst"), 2: _("2, väger mindre"), 3: _("3, väger som vanligt"),
    4: _("4, väger mer"), 5: _("5, väger mest"),
}  # fmt: skip
INDEX = _("Skillnadsindex")
HOW = _(
    "I varje mått räknas skillnaden mellan kommunen och er. Den delas med avståndet mellan en hög "
    "och en låg kommun i Sverige: en kommun av tio ligger över den höga, och en av tio under den "
    "låga. Skillnadsindexet är medelvärdet av det, där måtten väger som ni har valt. 0 betyder "
    "samma värden som ni. 1 betyder att kommunen i snitt är lika olik er som en hög kommun är en "
    "låg. Den som saknar värde i något av måtten är inte med."
)
METHOD = _(
    "Gowers avstånd (J. C. Gower, Biometrics 27, 1971), med avståndet mellan percentilerna 10 och "
    "90 som skala. Koladas verktyg för likhetsutsökning har ett eget skillnadsindex. Jämför inte "
    "talen med det."
)


@dataclass(frozen=True)
class AskedAlike:
    """What the address asks for: weights by measure, how many, until which year, words to add."""

    weights: tuple[tuple[str, int], ...] = ()
    count: int = USUAL
    until: int | None = None
    sought: str = ""

    @property
    def written(self) -> tuple[tuple[str, str], ...]:
        """Return it as an address writes it; what is usual is left out."""
        count = str(self.count) if self.count != USUAL else ""
        weights = [("lik", f"{code}:{weight}") for code, weight in self.weights]
        rest = (("antal", count), ("senast", str(self.until or "")))
        return (*weights, *(one for one in rest if one[1]))


NOTHING = AskedAlike()


def plain(written: str | None) -> str:
    """Return words of an address without what no database keeps."""
    return (written or "").replace("\x00", "").strip()


def asked_alike(
    written: Sequence[str], count: str | None, until: str | None, sought: str | None
) -> AskedAlike:
    """Return what an address asks for; what is no weight is the usual one, 0 leaves out."""
    weights: dict[str, int] = {}
    for one in written:
        whole = plain(one)[:LONGEST]
        code, _colon, weight = whole.rpartition(":")
        known = weight in {"0", *map(str, WEIGHT_WORDS)}
        weights[code if known else whole] = int(weight) if known else USUAL_WEIGHT
    kept = [(code, weight) for code, weight in weights.items() if code and weight]
    wanted = int(count) if count and count.isdecimal() else USUAL
    year = int(until) if until and until.isdecimal() and len(until) == 4 else None
    return AskedAlike(
        tuple(kept[:MOST_MEASURES]), min(max(wanted, FEWEST), MOST), year, plain(sought)
    )


@dataclass(frozen=True)
class Variable:
    """A measure that municipalities may be alike in; *left_out* says why it does not count.

    *lacking* is how many other municipalities have no value in it.
    """

    code: str
    name: str
    weight: int
    period: str = ""
    unit: str = ""
    source: str = ""
    about: tuple[tuple[str, str], ...] = ()
    left_out: str = ""
    lacking: int = 0

    @property
    def said(self) -> str:
        """Return the measure with its period and its weight."""
        said = _("{name}, {period}, vikt {weight}")
        return said.format(name=self.name, period=spelled(self.period), weight=self.weight)


@dataclass(frozen=True)
class Near:
    """A municipality with its index and, a measure each, its value and how far it is from ours."""

    name: str
    code: str
    index: float
    values: tuple[float, ...]
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Alike:
    """The municipalities least unlike the own one, the own first; *complete* could be chosen.

    *meant* are measures that the words to add may mean, by code; *is_full* that no more fit.
    """

    asked: AskedAlike
    variables: tuple[Variable, ...] = ()
    rows: tuple[Near, ...] = ()
    complete: int = 0
    meant: tuple[tuple[str, str], ...] = ()
    is_full: bool = False
    how: str = HOW
    method: str = METHOD

    @property
    def counted(self) -> list[Variable]:
        """Return the measures that make up the index."""
        return [one for one in self.variables if not one.left_out]

    @property
    def far(self) -> int:
        """Return how many of the chosen are more unlike than a high place is a low one."""
        return sum(one.index > 1 for one in self.rows)

    @property
    def table(self) -> list[list[str]]:
        """Return a row a municipality: its name, the index, each value and how unlike it is."""
        told = [[one.name, format_number(one.index, 2)] for one in self.rows]
        for at, variable in enumerate(self.counted):
            is_whole = all(one.values[at].is_integer() for one in self.rows)
            for cells, one in zip(told, self.rows, strict=True):
                value = _written(one.values[at], variable.unit, 0 if is_whole else 1)
                cells.append(f"{value} ({format_number(one.parts[at], 2)})")
        return told

    @property
    def said(self) -> str:
        """Return how the municipalities were chosen, empty while none are."""
        if not self.rows:
            return ""
        said = _("{count} kommuner som är minst olika {here} i {measures}.")
        measures = "; ".join(one.said for one in self.counted)
        return said.format(count=len(self.rows) - 1, here=self.rows[0].name, measures=measures)

    @property
    def beside(self) -> tuple[Beside, ...]:
        """Return the index and the values behind it, to go where the chart's values go."""
        if not self.rows:
            return ()
        about = ((_("Så räknas det ut"), HOW), (_("Metodens källa"), METHOD))
        index = [PlottedValue(one.name, "", round(one.index, 4), None) for one in self.rows]
        of = [self._of(at, one) for at, one in enumerate(self.counted)]
        return (Beside(INDEX, "", _("beräknat i SKA"), tuple(index), about), *of)

    def _of(self, at: int, one: Variable) -> Beside:
        values = [PlottedValue(row.name, one.period, row.values[at], None) for row in self.rows]
        about = ((_("Vikt i skillnadsindex"), WEIGHT_WORDS[one.weight]), *one.about)
        return Beside(one.name, one.unit, one.source, tuple(values), about)


@dataclass(frozen=True)
class Table:
    """Values of municipalities (names and codes, the own at *own*), a column a measure, or NaN."""

    names: Sequence[tuple[str, str]]
    own: int
    values: Array


def told_alike(asked: AskedAlike, variables: Sequence[Variable], table: Table) -> Alike:
    """Return the municipalities least unlike the own one, and why each measure counts or not."""
    values = table.values
    weights = np.array([0 if one.left_out else one.weight for one in variables], dtype=float)
    found = likeness(values, table.own, weights)
    told = tuple(_judged(one, found, values[:, at], at) for at, one in enumerate(variables))
    if not found.counts.any():
        return Alike(asked, told)
    near = [table.own, *found.nearest(table.own, asked.count)]
    kept = np.flatnonzero(found.counts)
    rows = tuple(
        Near(
            *table.names[at],
            float(found.index[at]),
            tuple(values[at, kept].tolist()),
            tuple(found.parts[at, kept].tolist()),
        )
        for at in near
    )
    return Alike(asked, told, rows, int(np.isfinite(found.index).sum()) - 1)


def _judged(one: Variable, found: Likeness, column: Array, at: int) -> Variable:
    """Return the measure with how many lack it, and why it does not count when it does not."""
    known = int(np.isfinite(column).sum())
    judged = replace(one, lacking=column.size - known)
    if one.left_out or found.counts[at]:
        return judged
    if known < FEWEST_PLACES:
        return replace(judged, left_out=_("för få kommuner har värde i måttet"))
    return replace(judged, left_out=_("kommunerna skiljer sig för lite åt i måttet"))


def _written(value: float, unit: str, decimals: int) -> str:
    return format_percent(value) if unit == "%" else format_number(value, decimals)
