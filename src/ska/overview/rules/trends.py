"""An indicator's values, from whatever source has them, as one chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from ska.charts import FRAME_SCHEMA, Break, Chart, Event, Line, Role, TrendSpec, trend_chart
from ska.core.periods import WORDS, position_of, without_holes
from ska.core.swedish import format_date, join_words
from ska.overview.rules.latest import is_signal
from ska.overview.rules.zeros import turned_to_zeros
from ska.statistics import PUPILS, Measure, what_if
from ska.values.known import said_of
from ska.values.rules import ValueStatus, word_beside

OFFICIAL = "official"
VALUE_ROWS: dict[str, type[pl.DataType]] = {
    "group": pl.String,
    "role": pl.String,
    "line": pl.String,
    "name": pl.String,
    "period_type": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
    "finality": pl.String,
    "carried_from": pl.String,
    "definition_version": pl.Int64,
    "is_own": pl.Boolean,
    "source": pl.String,
    "recorded_on": pl.Date,
    "unit": pl.String,
    "scope": pl.String,
    "title": pl.String,
}
"""One current value each; *group* is the measure: "official", or the code of a Kolada neighbour."""

_PEOPLE = {"Personal": ("anställd", "anställda")}
_RANKS = {"own": 0, "other": 1, "country": 2, "peer": 3}
_SCOPES = {"all": 0, "by_measure": 1, "municipal": 2, "independent": 3}
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


@dataclass(frozen=True)
class Seen:
    """A chart with the latest value behind it and what a few pupils would have changed.

    *rows* are those that are drawn, *spec* and *frame* what the chart was made of. *is_signal*
    tells that the latest value differs clearly from the one before or the country's.
    """

    chart: Chart
    latest: Measure | None
    few_pupils: str
    is_preliminary: bool
    rows: pl.DataFrame
    spec: TrendSpec
    frame: pl.DataFrame
    is_signal: bool = False


def groups_with_values(rows: pl.DataFrame) -> list[str]:
    """Return the measures that have any row, the official first, then by how much they hold."""
    counted = rows.group_by("group").agg(
        own=(pl.col("role") == "own").sum(), known=pl.col("value").is_not_null().sum()
    )
    ordered = counted.with_columns(late=pl.col("group") != OFFICIAL).sort(
        ["late", "own", "known", "group"], descending=[False, True, True, False]
    )
    return ordered["group"].to_list()


def see(
    subject: Subject,
    rows: pl.DataFrame,
    happenings: Sequence[Happening] = (),
    *,
    group_title: str = "",
    known: date | None = None,
) -> Seen:
    """Return the chart of one measure's rows (columns of VALUE_ROWS), an empty one for none.

    With *known* the rows are those of an earlier day, and the source says so wherever it goes.
    """
    kind = rows["period_type"][0] if rows.height else "school_year"
    kept = one_each(rows.filter(pl.col("period_type") == kind))
    periods = without_holes(kept["period"].unique(), kind)
    lines = _lines(kept)
    unit = str(kept["unit"][0]) if kept.height else subject.said("unit")
    spec = TrendSpec(
        id=subject.code,
        name=group_title or subject.name,
        lines=lines,
        periods=periods,
        source=source_of(kept, known),
        caution=subject.said("caution"),
        subtitle=_subtitle(subject, unit),
        unit=unit,
        share=unit == "%",
        subject="Andelen" if unit == "%" else "Värdet",
        period_word=WORDS.get(kind, "Period"),
        people=_PEOPLE.get(subject.said("category"), PUPILS),
        breaks=_breaks(
            kept,
            periods,
            {**turned_to_zeros(kept, kind), **dict(subject.details.get("breaks") or ())},
        ),
        events=_events(happenings, periods, kind),
        about=about_of(subject),
    )
    frame = frame_of(kept)
    chart = trend_chart(spec, frame)
    latest = _latest(chart, lines, spec)
    return Seen(
        chart,
        latest,
        what_if(latest) if latest else "",
        _is_preliminary(kept, latest),
        kept,
        spec,
        frame,
        is_signal(chart.values, lines, spec),
    )


def one_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep one source and one scope a line, and one value a period.

    The source with the latest number wins, then the one with most; published before own. Scopes
    are never mixed in a line: all schools before the municipal ones.
    """
    ranked = rows.with_columns(
        rank=pl.col("role").replace_strict(_RANKS, return_dtype=pl.Int64),
        scope_rank=pl.col("scope").replace_strict(_SCOPES, default=9, return_dtype=pl.Int64),
    )
    numbers = pl.col("period").filter(pl.col("value").is_not_null())
    sources = (
        ranked.group_by("line", "is_own", "source", "scope_rank")
        .agg(latest=numbers.max().fill_null(""), known=numbers.len())
        .sort(
            ["line", "latest", "known", "is_own", "scope_rank", "source"],
            descending=[False, True, True, False, False, False],
        )
        .unique("line", keep="first", maintain_order=True)
    )
    kept = ranked.join(sources, on=["line", "is_own", "source", "scope_rank"], how="semi")
    return kept.sort("rank", "line", "period").unique(
        ["line", "period"], keep="first", maintain_order=True
    )


def _lines(rows: pl.DataFrame) -> tuple[Line, ...]:
    named = rows.unique("line", keep="first", maintain_order=True).sort("rank", "name")
    return tuple(
        Line(line, name, Role(role))
        for line, name, role in named.select("line", "name", "role").rows()
    )


def frame_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the Swedish word beside every number that is none, or no plain one."""
    words = {str(status): word_beside(status) for status in ValueStatus}
    word = pl.col("status").replace_strict(words, default="", return_dtype=pl.String)
    frame = rows.select("line", "period", "value", "n", word.alias("word"), "carried_from")
    return frame.cast(pl.Schema(FRAME_SCHEMA))


def _subtitle(subject: Subject, unit: str) -> str:
    parts = [f"Andel ({unit})" if unit == "%" else unit, subject.said("of")]
    return " · ".join(part for part in parts if part)


def source_of(rows: pl.DataFrame, known: date | None = None) -> str:
    """Return where the rows come from and when the newest was read in, as a sentence's part."""
    then = f", {said_of(known)}" if known else ""
    if rows.is_empty():
        return f"–{then}"
    said = said_source(rows["source"].unique(maintain_order=True), rows["recorded_on"].max())
    return f"{said}{then}."


def said_source(names: Iterable[str], newest: object) -> str:
    """Return the sources *names* in words, and the day the newest of theirs was read in."""
    when = f", inläst {format_date(newest)}" if isinstance(newest, date) else ""
    return join_words([_SOURCES.get(name, name) for name in names]) + when


def _breaks(
    rows: pl.DataFrame, periods: tuple[str, ...], reasons: dict[str, str]
) -> tuple[Break, ...]:
    """Return a break where one is told of, and wherever the definition got a new version."""
    versions = dict(rows.group_by("period").agg(pl.col("definition_version").max()).rows())
    known = [(period, versions[period]) for period in periods if period in versions]
    anew = {
        period
        for (_before, earlier), (period, later) in pairwise(known)
        if earlier is not None and later is not None and later > earlier
    }
    return tuple(
        Break(period, reasons.get(period, "måttet fick en ny definition"))
        for period in periods[1:]
        if period in reasons or period in anew
    )


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


def _is_preliminary(rows: pl.DataFrame, latest: Measure | None) -> bool:
    if latest is None:
        return False
    mine = rows.filter((pl.col("role") == "own") & (pl.col("period") == latest.label))
    return "preliminary" in mine["finality"].to_list()
