"""The latest of each indicator, small: value, what may be said of the change, and a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from ska.charts import sparkline
from ska.core.periods import spelled, without_holes
from ska.overview.rules.breaks import Breaks
from ska.overview.rules.trends import said_source
from ska.statistics import Measure, Pair, compare_many
from ska.values.levels.rules import Shift
from ska.values.rules import word_beside

LONGEST = 10
UNBROKEN = Breaks()


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
    spread: float | None = None


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
    shifts: tuple[Shift, ...] = ()  # that people have accepted in what the card shows

    @property
    def has_value(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.period)


@dataclass(frozen=True)
class Draft:
    """A card before the cards of a page are judged together; *pair* is what it has to be judged."""

    card: Card
    pair: Pair | None = None


def draft_of(
    code: str,
    name: str,
    points: Sequence[Point],
    breaks: Breaks = UNBROKEN,
    shifts: Sequence[Shift] = (),
) -> Draft:
    """Return the card of an indicator; *points* may come in any order and from one source.

    It stands beside the nearest earlier value that was measured, whatever lies between. An
    accepted shift in what is drawn is told and changes nothing of what is said.
    """
    if not points:
        return Draft(Card(code, name, "Inga värden inlästa", ""))
    kind = points[0].period_type
    by_period = {point.period: point for point in points if point.period_type == kind}
    periods = without_holes(by_period, kind)[-LONGEST:]
    measures = [_measure(by_period.get(one), one, breaks.part(one)) for one in periods]
    again = [_is_repeated(by_period.get(one)) for one in periods]
    latest = measures[-1]
    earlier = [
        one
        for one, is_repeated in zip(measures[:-1], again[:-1], strict=True)
        if one.value is not None and not is_repeated
    ]
    pair = (earlier[-1], latest) if latest.value is not None and earlier and not again[-1] else None
    people = latest.written_with_count().removeprefix(latest.written()).strip(" ()")
    card = Card(
        code, name, latest.written(), latest.label, people,
        f"{pair[0].written()} ({spelled(pair[0].label)})" if pair else "", "",
        _spark(measures, again), "" if latest.share else by_period[latest.label].unit,
        latest.written_interval(), _source(points),
        tuple(one for one in shifts if one.period in periods[1:]),
    )  # fmt: skip
    return Draft(card, pair)


def cards_from(drafts: Sequence[Draft]) -> list[Card]:
    """Return the cards of a page with what may be said of each change, all looked at together."""
    told = iter(compare_many([one.pair for one in drafts if one.pair], over_time=True))
    return [
        replace(one.card, verdict=spelled(next(told).word)) if one.pair else one.card
        for one in drafts
    ]


def _spark(measures: Sequence[Measure], again: Sequence[bool]) -> Markup | None:
    """Return the small line, parted where the trend is: at breaks and at repeated values."""
    if sum(one.value is not None for one in measures) < 2:
        return None
    parts = [
        at
        for at in range(1, len(measures))
        if measures[at].basis != measures[at - 1].basis or any(again[at - 1 : at + 1])
    ]
    return sparkline([one.value for one in measures], parts)


def _is_repeated(point: Point | None) -> bool:
    return point is not None and bool(point.carried_from)


def _source(points: Sequence[Point]) -> str:
    names = dict.fromkeys(one.source for one in points if one.source)
    days = [one.recorded_on for one in points if one.recorded_on]
    return said_source(names, max(days, default=None)) if names else ""


def latest_of(sources: Sequence[Sequence[Point]]) -> Sequence[Point]:
    """Return the source that knows the latest number, the first of equals; none for no source."""

    def latest(points: Sequence[Point]) -> str:
        return max((one.period for one in points if one.value is not None), default="")

    return max(sources, key=latest, default=())


def _measure(point: Point | None, period: str, part: tuple[str, str]) -> Measure:
    basis, since = part
    if point is None:
        return Measure(None, label=period, basis=basis)
    return Measure(
        point.value, point.n or None, period, word_beside(point.status), basis,
        share=point.unit == "%", since=since, spread=point.spread,
    )  # fmt: skip
