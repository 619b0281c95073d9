"""An indicator's values, from whatever source has them, as one chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska.charts import (
    Chart,
    Event,
    Line,
    PlottedValue,
    Role,
    TrendSpec,
    trend_chart,
)
from ska.core.periods import WORDS, position_of, without_holes
from ska.core.swedish import format_date, join_words
from ska.core.text import _
from ska.overview.rules.breaks import Breaks, breaks_of, declared_in
from ska.overview.rules.latest import clear_beside
from ska.overview.rules.pinning import PinnedValue
from ska.overview.rules.rows import OFFICIAL, RANKS, Row, of_kind, one_each, own_of
from ska.overview.rules.signals import is_whole, measure_of
from ska.statistics import PUPILS, Measure, what_if
from ska.values.known import said_of
from ska.values.rules import word_beside

_PEOPLE = {"Personal": ("anställd", "anställda")}
_DIRECTIONS = {
    "higher": "Ett högre värde är det som eftersträvas.",
    "lower": "Ett lägre värde är det som eftersträvas.",
    "neutral": "Måttet har ingen riktning. Läs det som en förutsättning.",
}
_SOURCES = {
    "skolverket_pxweb": "Skolverket, nationella kvalitetssystemet",
    "siris": "Skolverket (Siris)",
    "kolada": "Kolada",
    "local": "egna värden",
    "derived": "beräknat i SKA",
    "shared": "huvudmännens egna värden, delade i nätverket",
}


@dataclass(frozen=True)
class Happening:
    """An analysis or insats that touches the indicator, with its day and its page."""

    day: date
    text: str
    href: str


@dataclass(frozen=True)
class Subject:
    """The indicator in the words of its file; *details* is `framework` own definition of it."""

    code: str
    name: str
    details: dict[str, Any]

    def said(self, name: str) -> str:
        """Return one text of the definition, empty when the file does not give it."""
        return str(self.details.get(name) or "")


ONE_ROW = _("{unit} har alla som räknas i {whole}, så de står här som en och inte som två.")
"""Said where a unit is the whole of its huvudman: nothing is set beside itself."""
OTHER_MEASURE = _("Det här är inte kvalitetssystemets eget mått. Läs måttets namn innan ni jämför.")
"""The caution of a neighbouring measure: what the indicator's own warns of may not hold there."""


def caution_of(details: Mapping[str, Any], group: str) -> str:
    """Return what to be careful with in the values of *group*: the official measure or another."""
    return OTHER_MEASURE if group not in {"", OFFICIAL} else str(details.get("caution") or "")


@dataclass(frozen=True)
class Seen:
    """A chart with the latest value behind it and what a few pupils would have changed.

    *rows* are those that are drawn, *spec* and *values* what the chart was made of. *clear* is what
    the latest value differs clearly from: the one before, the country's. *accepted* are the periods
    from which people have accepted a new level.
    """

    chart: Chart
    latest: Measure | None
    few_pupils: str
    is_preliminary: bool
    rows: Sequence[Row]
    spec: TrendSpec
    values: tuple[PlottedValue, ...]
    clear: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


def see(
    subject: Subject,
    rows: Sequence[Row],
    happenings: Sequence[Happening] = (),
    *,
    group_title: str = "",
    known: date | None = None,
) -> Seen:
    """Return the chart of one measure's rows, an empty one for none.

    With *known* the rows are those of an earlier day, and the source says so wherever it goes.
    """
    kind = rows[0].period_type if rows else "school_year"
    kept, alone = _apart(one_each(of_kind(rows, kind)))
    periods = without_holes({one.period for one in kept}, kind)
    lines = _lines(kept)
    unit = str(kept[0].unit) if kept else subject.said("unit")
    spec = TrendSpec(
        id=subject.code,
        name=group_title or subject.name,
        lines=lines,
        periods=periods,
        source=source_of(kept, known),
        caution=caution_of(subject.details, kept[0].group if kept else OFFICIAL),
        subtitle=_subtitle(subject, unit),
        unit=unit,
        share=unit == "%",
        subject="Andelen" if unit == "%" else "Värdet",
        period_word=WORDS.get(kind, "Period"),
        people=_PEOPLE.get(subject.said("category"), PUPILS),
        breaks=breaks_of(kept, kind, declared_in(subject.details)).told,
        events=_events(happenings, periods, kind),
        about=about_of(subject),
        notes=alone,
    )
    values = plotted(kept)
    chart = trend_chart(spec, values)
    latest = _latest(chart, lines, spec)
    return Seen(
        chart,
        latest,
        what_if(latest) if latest else "",
        _is_preliminary(kept, latest),
        kept,
        spec,
        values,
        clear_beside(chart.values, lines, spec),
    )


def _apart(rows: Sequence[Row]) -> tuple[Sequence[Row], tuple[str, ...]]:
    """Return the rows without the huvudman's, with a note, where a unit alone is the whole of it.

    Two lines of the same pupils look as if one agreed with the other.
    """
    own = {one.period: one for one in rows if one.role == "own"}
    whole = [one for one in rows if one.role == "other"]
    both = [
        [measure_of(row, share=False) for row in (one, own.get(one.period))]
        for one in whole
        if one.value is not None
    ]
    if not both or not all(is_whole(*pair) for pair in both):
        return rows, ()
    unit = next(iter(own.values())).name
    said = ONE_ROW.format(unit=unit, whole=whole[0].name)
    return [one for one in rows if one.role != "other"], (said,)


def _lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    named: dict[str, Row] = {}
    for one in rows:
        named.setdefault(one.line, one)
    ordered = sorted(named.values(), key=lambda one: (RANKS[one.role], one.name))
    return tuple(Line(one.line, one.name, Role(one.role)) for one in ordered)


def plotted(rows: Iterable[Row]) -> tuple[PlottedValue, ...]:
    """Return what is drawn: the Swedish word beside every number that is none, or no plain one."""
    return tuple(
        PlottedValue(
            one.line, one.period, one.value, one.n,
            word_beside(one.status), one.carried_from or "", spread=one.spread,
        )
        for one in rows
    )  # fmt: skip


def _subtitle(subject: Subject, unit: str) -> str:
    parts = [f"Andel ({unit})" if unit == "%" else unit, subject.said("of")]
    return " · ".join(part for part in parts if part)


def source_of(rows: Sequence[Row], known: date | None = None) -> str:
    """Return where the rows come from and when the newest was read in; nothing without rows."""
    if not rows:
        return ""
    then = f", {said_of(known)}" if known else ""
    days = [one.recorded_on for one in rows if one.recorded_on]
    said = said_source(dict.fromkeys(one.source for one in rows), max(days, default=None))
    return f"{said}{then}."


def said_source(names: Iterable[str], newest: object) -> str:
    """Return the sources *names* in words, and the day the newest of theirs was read in."""
    when = f", inläst {format_date(newest)}" if isinstance(newest, date) else ""
    return join_words([_SOURCES.get(name, name) for name in names]) + when


def _events(
    happenings: Sequence[Happening], periods: tuple[str, ...], kind: str
) -> tuple[Event, ...]:
    """Return what happened within the picture or up to two periods after it."""
    if not periods:
        return ()
    placed = [(position_of(one.day, periods, kind), one) for one in happenings]
    return tuple(
        Event(at, one.text, one.href) for at, one in placed if -0.5 <= at <= len(periods) + 1.5
    )


def about_of(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return what must be known of a measure: how it is read, counted and found out."""
    texts = (
        ("Så läses måttet", subject.said("reading")),
        ("Vad som räknas", subject.said("counts")),
        ("Av vilka", subject.said("of")),
        ("Definition", subject.said("definition")),
        ("Så räknas det ut", subject.said("method")),
        ("Det säger inte", subject.said("cannot_say")),
        ("Metodens källa", subject.said("method_source")),
        ("Riktning", _DIRECTIONS.get(subject.said("better"), _DIRECTIONS["neutral"])),
        ("Skolverkets rubrik", subject.said("published_label")),
    )  # fmt: skip
    return tuple((term, text) for term, text in texts if text)


def _latest(chart: Chart, lines: tuple[Line, ...], spec: TrendSpec) -> Measure | None:
    own = next((line.name for line in lines if line.role is Role.OWN), None)
    known = [one for one in chart.values if one.line == own and one.value is not None]
    if not known:
        return None
    return Measure(known[-1].value, known[-1].n, known[-1].period, share=spec.share)


def _is_preliminary(rows: Sequence[Row], latest: Measure | None) -> bool:
    if latest is None:
        return False
    return any(
        one.finality == "preliminary"
        for one in rows
        if one.role == "own" and one.period == latest.label
    )


def latest_pinned(rows: Sequence[Row], seen: Seen, most: int = 5) -> tuple[PinnedValue, ...]:
    """Return the latest own values as drawn, oldest first, so that an observation can hold them.

    One that only repeats an earlier value is no number of its own.
    """
    breaks = Breaks(seen.spec.breaks)
    ids = {(one.period, one.value): one.value_id for one in own_of(rows) if one.value is not None}
    own = seen.chart.values[:1]
    line = own[0].line if own else ""
    found = [
        PinnedValue(
            one.period, one.value, one.n, ids[one.period, one.value], breaks.part(one.period)[1]
        )
        for one in seen.chart.values
        if one.line == line
        and one.value is not None
        and not one.carried_from
        and (one.period, one.value) in ids
    ]
    return tuple(found[-most:])
