"""What a change came of: other values in the groups, or other sizes of them (Kitagawa). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ska.charts import Table
from ska.core.periods import number_of, spelled
from ska.core.swedish import format_percentage_points, format_signed, join_words
from ska.core.text import _
from ska.overview.rules.rows import Row, has_value, one_each, own_of
from ska.overview.rules.signals import measure_of
from ska.overview.rules.trends import Seen
from ska.statistics import Measure, Verdict, compare, rate_reach, split_change

ROUNDED = 0.1 + 1e-6
"""How far the groups' values may be from the whole's when all are published with one decimal."""


@dataclass(frozen=True)
class Groups:
    """The groups a place is split into: the rows of each by its name, and how they are spoken of.

    *values* is what the groups have, *sizes* what their numbers are called.
    """

    heading: str
    rows: Mapping[str, Sequence[Row]]
    values: str
    sizes: str


@dataclass(frozen=True)
class SplitShown:
    """What may be said of where the latest change came from; without a *table* only why not."""

    heading: str
    sentence: str
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """A group, or the whole, in the two years."""

    name: str
    first: Measure
    second: Measure

    @property
    def sizes(self) -> tuple[int, int]:
        return self.first.n or 0, self.second.n or 0

    @property
    def numbers(self) -> tuple[float, float]:
        return self.first.value or 0.0, self.second.value or 0.0


def by_gender(rows: Mapping[str, Sequence[Row]]) -> Groups:
    """Return girls and boys as the groups of a place."""
    heading = _("Flickor och pojkar")
    return Groups(heading, rows, _("flickornas och pojkarnas värden"), _("hur många de är"))


def by_unit(rows: Iterable[Row]) -> Groups:
    """Return the units of a huvudman as its groups."""
    units: dict[str, list[Row]] = {}
    for one in rows:
        units.setdefault(one.name, []).append(one)
    return Groups(_("Enheterna"), units, _("enheternas värden"), _("hur många elever de har"))


def split_of(seen: Seen, groups: Groups) -> SplitShown | None:
    """Return what the change between the two latest own values came of; None without two.

    Only what the reader is told is used: with any group's value or size missing in either year
    nothing is split, so that no hidden cell can be worked out.
    """
    own = [one for one in own_of(seen.rows) if one.value is not None and not one.carried_from]
    own.sort(key=lambda one: number_of(one.period, one.period_type))
    if len(own) < 2:
        return None
    first, second = own[-2:]
    share, years = seen.spec.share, {first.period, second.period}
    there = {
        name: rows
        for name, rows in groups.rows.items()
        if any(one.period in years for one in rows)  # a school without the årskurs is no part
    }
    if len(there) < 2 or not any(has_value(rows) for rows in there.values()):
        return None
    pairs = [_pair(name, rows, (first, second), share) for name, rows in there.items()]
    whole = _Pair("Alla", measure_of(first, share=share), measure_of(second, share=share))
    why = next(_reasons(seen, (first, second), whole, pairs), "")
    if why:
        told = _("Skillnaden kan inte delas upp: {why}.").format(why=why)
        return SplitShown(groups.heading, told)
    return _told(seen, (first.period, second.period), whole, pairs, groups)


def _pair(name: str, rows: Sequence[Row], years: tuple[Row, Row], share: bool) -> _Pair:
    """Return a group in the two years, by the same source and scope as the whole."""
    found = []
    for one in years:
        alike = [row for row in rows if _series(row) == _series(one) and row.period == one.period]
        found.append(measure_of(next(iter(one_each(alike)), None), share=share))
    return _Pair(name, *found)


def _series(row: Row) -> tuple[bool, str, str, str]:
    return row.is_own, row.source, row.scope, row.period_type


def _reasons(
    seen: Seen, rows: tuple[Row, Row], whole: _Pair, pairs: Sequence[_Pair]
) -> Iterator[str]:
    """Return why the change may not be split, the first reason first."""
    first, second = (number_of(one.period, one.period_type) for one in rows)
    for one in seen.spec.breaks:
        if first < number_of(one.at, rows[0].period_type) <= second:
            yield _("serien har ett brott {period}").format(period=spelled(one.at))
    if rows[0].basis != rows[1].basis:
        yield _("åren är inte räknade på samma sätt")
    silent = [
        f"{pair.name} {spelled(row.period)} ({_missing(measure)})"
        for pair in pairs
        for row, measure in zip(rows, (pair.first, pair.second), strict=True)
        if _missing(measure)
    ]
    if silent:
        yield join_words(silent)
        return
    for at, measure in enumerate((whole.first, whole.second)):
        ns = sum(pair.sizes[at] for pair in pairs)
        total = sum(pair.sizes[at] * pair.numbers[at] for pair in pairs) / ns
        is_off = abs(total - whole.numbers[at]) > ROUNDED
        if is_off or measure.n != ns:
            yield _("delarna är inte tillsammans hela gruppen {period}").format(
                period=spelled(rows[at].period)
            )


def _missing(measure: Measure) -> str:
    if measure.value is None:
        return measure.written()
    return "" if measure.n else _("antalet är inte känt")


def _told(
    seen: Seen, periods: tuple[str, str], whole: _Pair, pairs: Sequence[_Pair], groups: Groups
) -> SplitShown:
    first, last = (spelled(one) for one in periods)
    values = [[pair.numbers[at] for pair in pairs] for at in (0, 1)]
    ns = [[pair.sizes[at] for pair in pairs] for at in (0, 1)]
    split = split_change(values[0], ns[0], values[1], ns[1])
    change = round(whole.numbers[1] - whole.numbers[0], 1)
    size = round(split.composition, 1)
    rate = change - size
    write = format_percentage_points if seen.spec.share else format_signed
    said = _("Av skillnaden på {change} kommer {rate} av {values} och {size} av {sizes}.").format(
        change=write(change, 1), rate=format_signed(rate, 1), values=groups.values,
        size=format_signed(size, 1), sizes=groups.sizes,
    )  # fmt: skip
    parts = zip(pairs, split.rate_by_group, split.composition_by_group, strict=True)
    table = Table(
        f"{groups.heading}, {first} till {last}",
        (_("Grupp"), first, last, _("Av värdena"), _("Av storleken")),
        (*(_row(*one) for one in parts), _row(whole, rate, size)),
        (1, 2, 3, 4),
    )
    verdict = compare(_sized(whole.first, ns[0]), _sized(whole.second, ns[1]), over_time=True)
    return SplitShown(
        groups.heading,
        f"{first}–{last}: {said} {_surely(verdict.verdict)}",
        table,
        tuple(_notes(seen, rate, rate_reach(values[0], ns[0], values[1], ns[1]))),
    )


def _row(pair: _Pair, rate: float, size: float) -> tuple[str, ...]:
    both = (pair.first.written_with_count(), pair.second.written_with_count())
    return (pair.name, *both, format_signed(rate, 1), format_signed(size, 1))


def _sized(measure: Measure, ns: Sequence[int]) -> Measure:
    return Measure(measure.value, sum(ns), measure.label, share=measure.share)


def _surely(verdict: Verdict) -> str:
    if verdict is Verdict.CLEAR_DIFFERENCE:
        return _("Skillnaden är större än vad slumpen brukar ge.")
    if verdict is Verdict.WITHIN_VARIATION:
        return _("Hela skillnaden ryms inom vanlig variation, så delarna säger inget säkert.")
    return _("Det går inte att avgöra om skillnaden är större än slumpen ger.")


def _notes(seen: Seen, rate: float, reach: float) -> Iterator[str]:
    if seen.spec.share:
        low, high = (format_signed(end, 1) for end in (rate - reach, rate + reach))
        told = _("Slumpen kan flytta det som kommer av värdena: mellan {low} och {high} (95 %).")
        yield told.format(low=low, high=high)
    yield _("Uppdelningen säger var skillnaden finns, inte varför. Talen är avrundade.")
    yield _("Metod: Kitagawas uppdelning (1955).")
