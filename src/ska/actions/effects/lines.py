"""The numbers that an expectation is about: a place's own, and the published ones beside it. Pure.

A value counts when it is a plain one of its own: a hidden, missing or approximate value counts as
none, and so does one that repeats an earlier round (docs/decisions/0070).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from ska.core.periods import kind_of, number_of, spelled
from ska.statistics import Measure
from ska.values.areas import BY_TITLE
from ska.values.rules import ValueStatus, word_beside
from ska.values.zeros import AtPlace, turned_to_zeros

SCOPES = {"all": 0, "by_measure": 1, "municipal": 2, "independent": 3}
FEWEST = 4


@dataclass(frozen=True)
class Key:
    """What makes values comparable: one measure of one definition, counted in one way."""

    is_own: bool
    source: str
    measure: str
    scope: str
    gender: str
    area_type: str
    period_type: str
    definition_version: int


KEY = tuple(one.name for one in fields(Key))


@dataclass(frozen=True)
class Point:
    """A value in time; *value* is None when there is none of its own, *word* then says why."""

    period: str
    value: float | None
    n: int | None
    word: str = ""


@dataclass(frozen=True)
class Line:
    """A place's values of one measure over time, oldest first."""

    key: Key
    area_code: str
    area: str
    title: str
    unit: str
    points: tuple[Point, ...]

    @property
    def known(self) -> list[Point]:
        """Return the periods that have a value of their own."""
        return [one for one in self.points if one.value is not None]

    @property
    def is_share(self) -> bool:
        """Tell whether the values are percentages."""
        return self.unit == "%"

    def number(self, period: str) -> int:
        """Return where a period stands in time."""
        return number_of(period, self.key.period_type)

    def measure(self, point: Point) -> Measure:
        """Return a point as a value that can be written and judged."""
        is_share = self.is_share and (point.value is None or 0 <= point.value <= 100)
        return Measure(point.value, point.n, point.period, point.word, share=is_share)


def measured(frame: pl.DataFrame) -> pl.DataFrame:
    """Return cells with ``measure`` as it lasts: the title where a source moves its codes."""
    by_title = pl.col("source").is_in(BY_TITLE)
    return frame.with_columns(
        measure=pl.when(by_title).then("title").otherwise("measure"),
        definition_version=pl.col("definition_version").fill_null(1),
    )


def line_of(cells: pl.DataFrame, is_here: pl.Expr, breaks: Collection[str] = ()) -> Line | None:
    """Return the place's best line among *cells* of one gender, None without any.

    A published line with enough years comes first: others have it too. Then what is newest, fullest
    and about all schools. What lies before a break of *breaks* is another series.
    """
    lines: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in measured(cells).filter(is_here).iter_rows(named=True):
        lines[*(row[name] for name in KEY), row["area_code"]].append(row)
    found = [_line(rows, breaks) for rows in lines.values()]
    return max((one for one in found if one.known), key=_rank, default=None)


def line_at(
    cells: pl.DataFrame, key: Key, area_code: str, breaks: Collection[str] = ()
) -> Line | None:
    """Return the line of *key* at an area among *cells*, None without any value."""
    same = pl.all_horizontal(pl.col(name) == getattr(key, name) for name in KEY)
    rows = measured(cells).filter(same & (pl.col("area_code") == area_code)).rows(named=True)
    line = _line(rows, breaks) if rows else None
    return line if line is not None and line.known else None


def _rank(line: Line) -> tuple[Any, ...]:
    known, key = line.known, line.key
    judged = not key.is_own and len(known) >= FEWEST
    scope = -SCOPES.get(key.scope, 9)
    newest = line.number(known[-1].period)
    is_neighbour = key.source == "kolada"
    told = (key.source, key.measure, key.area_type, line.area_code)
    return (judged, not is_neighbour, newest, len(known), key.definition_version, scope, told)


def _line(rows: list[dict[str, Any]], breaks: Collection[str]) -> Line:
    first = rows[0]
    kind = first["period_type"]
    since = max(numbers_of(breaks, kind), default=0)
    by_period = {number_of(row["period"], kind): row for row in rows}
    points = (_point(by_period[at]) for at in sorted(by_period) if at >= since)
    key = Key(**{name: first[name] for name in KEY})
    return Line(key, first["area_code"], first["area"], first["title"], first["unit"], (*points,))


def numbers_of(breaks: Collection[str], kind: str) -> list[int]:
    """Return where the breaks stand that are spelled as this kind of period."""
    return [number_of(one, kind) for one in breaks if kind_of(one) == kind]


def zeros_of(cells: pl.DataFrame, key: Key) -> list[str]:
    """Return the periods at which every place of *key* turns to zero at once, or back."""
    same = pl.all_horizontal(pl.col(name) == getattr(key, name) for name in KEY)
    mine = measured(cells).filter(same & pl.col("value").is_not_null())
    if not mine.filter(pl.col("value") == 0).height:
        return []
    rows = mine.select("period", "value", "carried_from", line="area_code").iter_rows(named=True)
    return [*turned_to_zeros((AtPlace(**row) for row in rows), key.period_type)]


def _point(row: Mapping[str, Any]) -> Point:
    value = plain_value(row)
    word = word_beside(row["status"])
    if row["carried_from"]:
        word = f"upprepat från {spelled(row['carried_from'])}"
    return Point(row["period"], value, row["n"] if value is not None and row["n"] else None, word)


def plain_value(row: Mapping[str, Any]) -> float | None:
    """Return the number of a cell when it counts as a value of its own."""
    counts = row["status"] == ValueStatus.VALUE and not row["carried_from"]
    return row["value"] if counts else None


def beside(cells: pl.DataFrame, key: Key) -> dict[str, dict[str, float]]:
    """Return the values of the same key, by area and period; those that count alone."""
    frame = measured(cells).filter(
        pl.all_horizontal(pl.col(name) == getattr(key, name) for name in KEY),
        (pl.col("status") == str(ValueStatus.VALUE)) & pl.col("carried_from").is_null(),
    )
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for code, period, value in frame.select("area_code", "period", "value").iter_rows():
        found[code][period] = value
    return dict(found)
