"""A measure that turns to zeros everywhere at once: a break in the series, never a fall. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

import polars as pl

from ska.core.periods import number_of
from ska.values.silence import EVERYWHERE, FEWEST

Silence = Mapping[str, Mapping[str, str]]
"""By title and code of the measure: where a stretch of zeros starts or ends, and why."""
NEVER: Silence = {}
SILENT = "alla värden är 0 från och med då, så källan har troligen slutat räkna"
AGAIN = "källan räknar igen"


class AtPlace(NamedTuple):
    """A value of a place at a period; *carried_from* names the period that it only repeats."""

    line: str
    period: str
    value: float | None
    carried_from: str | None


class Placed(Protocol):
    """Anything that is told of in the same words."""

    @property
    def line(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def carried_from(self) -> str | None: ...


def turned_to_zeros(
    rows: Iterable[Placed], kind: str, silent: Collection[str] = ()
) -> dict[str, str]:
    """Return where a stretch of nothing but zeros starts and where it ends, with the reason.

    Three places or more had something the period before, and every place has 0 now (as
    Förstelärare has in Skolverket's export of 2024/25); a single place may well fall to 0.
    *silent* are periods of which that is known of all places, also those without a row here.
    """
    known: dict[str, dict[str, float]] = {}
    for one in rows:
        if one.value is not None and one.carried_from is None:
            known.setdefault(one.period, {})[one.line] = one.value
    found: dict[str, str] = {}
    before: dict[str, float] = {}
    is_silent = False
    for period in sorted(known, key=lambda one: number_of(one, kind)):
        now = known[period]
        if is_silent and any(now.values()):
            found[period], is_silent = AGAIN, False
        elif not is_silent and (_fell_silent(before, now) or _is_silent(now, period, silent)):
            found[period], is_silent = SILENT, True
        before = now
    return found


def _fell_silent(before: dict[str, float], now: dict[str, float]) -> bool:
    had_something = [line for line in before.keys() & now.keys() if before[line]]
    return len(had_something) >= FEWEST and not any(now.values())


def _is_silent(now: dict[str, float], period: str, silent: Collection[str]) -> bool:
    return period in silent and not any(now.values())


class _Cell(NamedTuple):
    """A value of any place that was read: what it is of, and what `turned_to_zeros` looks at."""

    is_own: bool
    source: str
    measure: str
    title: str
    period_type: str
    line: str
    period: str
    value: float
    carried_from: str | None
    area_type: str


def silence_in(values: pl.DataFrame, gender: str = "T") -> Silence:
    """Return where the measures of *values*, as they were read, turn to zeros and back.

    Each *gender* is a column of its own: a source may stop counting one of them.
    """
    mine = pl.col("gender") == gender
    if values.is_empty() or not values.filter(mine & (pl.col("value") == 0)).height:
        return NEVER
    counted = mine & pl.col("value").is_not_null()
    line = pl.concat_str("area_type", "area_code", "scope", separator="|")
    has_zeros = (pl.col("value") == 0).any().over("is_own", "source", "measure", "period_type")
    kept = values.lazy().filter(counted).filter(has_zeros).with_columns(line=line)
    told = kept.select(_Cell._fields).collect()
    columns: dict[tuple[bool, str, str, str, str], list[_Cell]] = {}
    for one in (_Cell(*row) for row in told.rows()):
        columns.setdefault(one[:5], []).append(one)
    found: dict[str, dict[str, str]] = {}
    for (_is_own, _source, measure, title, kind), column in columns.items():
        silent = {one.period for one in column if one.area_type == EVERYWHERE}
        places = [one for one in column if one.area_type != EVERYWHERE]
        turned = turned_to_zeros(places, kind, silent)
        for name in {measure, title} if turned else ():
            found.setdefault(name, {}).update(turned)
    return found
