"""The latest of each indicator, small: value, what may be said of the change, and a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ska.charts import sparkline
from ska.core.periods import spelled, without_holes
from ska.overview.rules.trends import said_source
from ska.statistics import Measure, compare
from ska.values.rules import word_beside

LONGEST = 10


@dataclass(frozen=True)
class Point:
    """One current value of one indicator for the place that is shown."""

    period_type: str
    period: str
    value: float | None
    n: int | None
    status: str
    unit: str = "%"
    carried_from: str = ""
    source: str = ""
    recorded_on: date | None = None


@dataclass(frozen=True)
class Card:
    """An indicator in short. *value* is the number or the word for why there is none."""

    code: str
    name: str
    value: str
    period: str
    people: str = ""
    change: str = ""
    verdict: str = ""
    spark: Markup | None = None
    unit: str = ""
    interval: str = ""
    source: str = ""

    @property
    def has_value(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.period)


def card_of(code: str, name: str, points: Sequence[Point]) -> Card:
    """Return the card of an indicator; *points* may come in any order and from one source."""
    if not points:
        return Card(code, name, "Inga värden inlästa", "")
    kind = points[0].period_type
    by_period = {point.period: point for point in points if point.period_type == kind}
    periods = without_holes(by_period, kind)[-LONGEST:]
    measures = [_measure(by_period.get(period), period) for period in periods]
    latest = measures[-1]
    earlier = [one for one in measures[:-1] if one.value is not None]
    change = verdict = ""
    if latest.value is not None and earlier and not by_period[latest.label].carried_from:
        told = compare(earlier[-1], latest, over_time=True)
        change, verdict = f"{earlier[-1].written()} ({spelled(earlier[-1].label)})", told.word
    people = latest.written_with_count().removeprefix(latest.written()).strip(" ()")
    values = [one.value for one in measures]
    enough = sum(value is not None for value in values) > 1
    return Card(
        code, name, latest.written(), latest.label, people, change, verdict,
        sparkline(values) if enough else None, "" if latest.share else by_period[latest.label].unit,
        latest.written_interval(), _source(points),
    )  # fmt: skip


def _source(points: Sequence[Point]) -> str:
    names = dict.fromkeys(one.source for one in points if one.source)
    days = [one.recorded_on for one in points if one.recorded_on]
    return said_source(names, max(days, default=None)) if names else ""


def latest_of(sources: Sequence[Sequence[Point]]) -> Sequence[Point]:
    """Return the source that knows the latest number, the first of equals; none for no source."""

    def latest(points: Sequence[Point]) -> str:
        return max((one.period for one in points if one.value is not None), default="")

    return max(sources, key=latest, default=())


def _measure(point: Point | None, period: str) -> Measure:
    if point is None:
        return Measure(None, label=period)
    word = word_beside(point.status)
    n = point.n or None
    return Measure(point.value, n, period, word, share=point.unit == "%")
