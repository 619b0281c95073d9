"""From values of many indicators at many units to what may be said of each, judged together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ska.charts import HeatCell, HeatRow
from ska.charts.groups import NAMED
from ska.core.periods import number_of, spelled
from ska.core.swedish import count_words, join_words
from ska.core.text import _
from ska.overview.rules.pinning import PinnedValue
from ska.overview.rules.rows import Row, of_kind, one_each, usual_kind
from ska.statistics import Comparison, Measure, compare_many
from ska.values.rules import ValueStatus, status_word, word_beside


@dataclass(frozen=True)
class Column:
    """A unit as a column; *runs* tells whether the indicator is about what it runs."""

    slug: str
    name: str
    runs: bool


@dataclass(frozen=True)
class Signals:
    """An indicator at one period: the whole, and each unit's value, None where it is not run.

    *ids* lead from a unit to the row that its value was read from.
    """

    code: str
    name: str
    period: str
    whole: Measure
    units: tuple[tuple[str, Measure | None], ...]
    unit_of_measure: str = ""
    ids: Mapping[str, int | None] = field(default_factory=dict)


def signals_of(
    code: str, name: str, rows: Sequence[Row], columns: Sequence[Column]
) -> Signals | None:
    """Return the latest period in which the whole and any unit have a value; None without one.

    *rows* are of this indicator: the whole's line is "own", a unit's its slug.
    """
    if not rows:
        return None
    kind = usual_kind(rows)
    kept = one_each(of_kind(rows, kind))
    known = [one for one in kept if one.value is not None]
    at_units = {one.period for one in known if one.line != "own"}
    at_whole = {one.period for one in known if one.line == "own"}
    periods = (at_units & at_whole) or at_units
    if not periods:
        return None
    period = max(periods, key=lambda one: number_of(one, kind))
    now = {one.line: one for one in kept if one.period == period}
    share = kept[0].unit == "%"
    units = tuple(
        (one.name, measure_of(now.get(one.slug), share=share) if one.runs else None)
        for one in columns
    )
    ids = {one.name: now[one.slug].value_id for one in columns if one.slug in now}
    whole = measure_of(now.get("own"), share=share)
    return Signals(code, name, period, whole, units, kept[0].unit or "", ids)


def measure_of(row: Row | None, *, share: bool) -> Measure:
    """Return a row's value, or the word for why there is none."""
    if row is None:
        return Measure(None, word=status_word(ValueStatus.MISSING), share=share)
    if row.carried_from:
        return Measure(None, word=f"upprepat från {spelled(row.carried_from)}", share=share)
    return Measure(
        row.value,
        row.known_n,
        word=word_beside(row.status),
        basis=row.basis,
        share=share and (row.value is None or 0 <= row.value <= 100),
        spread=row.spread,
    )


def judged(found: Sequence[Signals]) -> tuple[HeatRow, ...]:
    """Judge every unit against the whole of its indicator, all of them looked at together.

    A unit without any value is left out of every row: an empty column hides the others.
    """
    spoken = {name for one in found for name, measure in one.units if _has_value(measure)}
    pairs = [
        (one.whole, measure)
        for one in found
        for _name, measure in one.units
        if measure is not None and _is_told(one, measure)
    ]
    told = iter(compare_many(pairs))
    return tuple(
        HeatRow(
            one.code,
            one.name,
            one.period,
            one.whole,
            tuple(
                _cell(one, name, measure, told)
                for name, measure in one.units
                if name in spoken or not spoken
            ),
        )
        for one in found
    )


def _has_value(measure: Measure | None) -> bool:
    return measure is not None and measure.value is not None


def shown_in(rows: Sequence[HeatRow]) -> tuple[str, ...]:
    """Return the names of the units that have a column."""
    return tuple(cell.place for cell in rows[0].cells) if rows else ()


def left_out(units: Iterable[str], rows: Sequence[HeatRow]) -> tuple[str, ...]:
    """Return a note about the units that have no column, when there are any."""
    left = [name for name in units if name not in shown_in(rows)]
    if not left:
        return ()
    who = join_words(left) if len(left) <= NAMED else count_words(len(left), "enhet", "enheter")
    return (_("Utan värden, och därför inte med: {units}.").format(units=who),)


def shares_told(rows: Sequence[HeatRow]) -> list[tuple[str, Measure]]:
    """Return the shares that clearly differ, or those that were compared when none does.

    Each has the unit and the indicator as its word. No more than are named in a sentence.
    """
    told = [
        (f"{cell.place}, {row.name}", cell)
        for row in rows
        for cell in row.cells
        if _is_shown(cell) and cell.measure.count is not None
    ]
    clear = [one for one in told if one[1].told is not None and one[1].told.is_clear]
    return [(word, cell.measure) for word, cell in (clear or told)[:NAMED]]


def told_values(
    found: Sequence[Signals], rows: Sequence[HeatRow], first: str = ""
) -> list[tuple[str, PinnedValue]]:
    """Return what clearly differs with its unit of measure, or all that was compared when nothing.

    The place *first* stands before the others. A place that is a whole by itself is among all.
    """
    told = [
        (signals, cell)
        for signals, row in zip(found, rows, strict=True)
        for cell in row.cells
        if _is_shown(cell)
    ]
    clear = [one for one in told if one[1].told is not None and one[1].told.is_clear]
    ordered = sorted(clear or told, key=lambda one: one[1].place != first)
    return [(signals.unit_of_measure, _pinned(signals, cell)) for signals, cell in ordered]


def _pinned(signals: Signals, cell: HeatCell) -> PinnedValue:
    measure = cell.measure
    label = f"{cell.place}: {signals.name}, {signals.period}"
    return PinnedValue(label, measure.value or 0.0, measure.n, signals.ids.get(cell.place))


def is_whole(whole: Measure, measure: Measure) -> bool:
    """Tell whether a unit alone holds all the pupils of the whole: then it is beside nobody."""
    return whole.n is not None and (measure.n, measure.value) == (whole.n, whole.value)


def _is_shown(cell: HeatCell) -> bool:
    """Tell whether the cell has a value that was compared, or that is the whole's own."""
    return cell.told is not None or cell.is_alone


def _is_told(one: Signals, measure: Measure) -> bool:
    known = measure.value is not None and one.whole.value is not None
    return known and not is_whole(one.whole, measure)


def _cell(one: Signals, name: str, measure: Measure | None, told: Iterator[Comparison]) -> HeatCell:
    if measure is None:
        return HeatCell(name, Measure(None), is_relevant=False)
    if _is_told(one, measure):
        return HeatCell(name, measure, next(told))
    is_alone = measure.value is not None and is_whole(one.whole, measure)
    return HeatCell(name, measure, is_alone=is_alone)
