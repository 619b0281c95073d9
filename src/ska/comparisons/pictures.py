"""The picture that places stand in; the reader chooses which. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from ska.charts import (
    Beside,
    Break,
    Chart,
    DotRow,
    DotSpec,
    FunnelSpec,
    MapSpec,
    MultiplesSpec,
    Outlines,
    SmallTrend,
    SteadiedSpec,
    dot_chart,
    funnel_chart,
    map_chart,
    multiples_chart,
    steadied_chart,
)
from ska.comparisons.rules import ORDER_WORDS, Order, Standing, ordered
from ska.core.text import _


class Shape(StrEnum):
    """In which picture the places stand."""

    DOTS = "prickar"
    HEAP = "fordelning"
    FUNNEL = "tratt"
    MULTIPLES = "sma"
    MAP = "karta"
    STEADIED = "utjamnat"


SHAPE_WORDS = {
    Shape.DOTS: _("Prickar"),
    Shape.HEAP: _("Fördelning"),
    Shape.FUNNEL: _("Tratt"),
    Shape.MULTIPLES: _("Små diagram"),
    Shape.MAP: _("Karta"),
    Shape.STEADIED: _("Utjämnade värden"),
}


def shape_of(word: str | None) -> Shape:
    """Return the shape that an address names, dots for none and for what is none."""
    return Shape(word) if word in list(Shape) else Shape.DOTS


@dataclass(frozen=True)
class Shown:
    """What there is to draw: places at *period* as *rows*, and their *years*, oldest first.

    *order* says how they stand, *reference* with which of them the others are compared; *codes*
    are municipality codes by place, and *outlines* the map, where places are municipalities.
    *silent* is a place that was asked to be compared with and has no value; *beside* goes along.
    *wholes* are the keys of rows that the others are parts of. *breaks* are those of the measure,
    and *instead* is what to do where there is nothing to see.
    """

    rows: Sequence[DotRow]
    years: Mapping[str, Sequence[Standing]]
    order: Order
    reference: str
    period: str
    codes: Mapping[str, str] = field(default_factory=dict)
    outlines: Outlines | None = None
    silent: Standing | None = None
    beside: tuple[Beside, ...] = ()
    breaks: tuple[Break, ...] = ()
    instead: str = ""
    wholes: tuple[str, ...] = ()


def picture(shape: Shape, shown: Shown, told: dict[str, Any]) -> Chart:
    """Return what is *shown* in the shape asked for; *told* is what every chart is told."""
    chart = replace(_picture(shape, shown, told), beside=shown.beside)
    if shown.instead and all(row.measure.value is None for row in shown.rows):
        chart = replace(chart, sentence=f"{chart.sentence} {shown.instead}")
    if shown.silent is None:
        return chart
    why = _("{name} kan inte jämföras: {why}.").format(
        name=shown.silent.name, why=shown.silent.measure.written()
    )
    return replace(chart, sentence=f"{why} {chart.sentence}")


def _picture(shape: Shape, shown: Shown, told: dict[str, Any]) -> Chart:
    given = {"id": "jamforelse", "order": ORDER_WORDS[shown.order], **told}
    if shape is Shape.MULTIPLES:
        panels = _small_trends(shown)
        return multiples_chart(
            MultiplesSpec(
                panels=panels,
                periods=tuple(shown.years),
                reference=shown.reference,
                breaks=shown.breaks,
                **given,
            )
        )
    given |= {"rows": tuple(shown.rows), "period": shown.period}
    if shape is Shape.FUNNEL:
        return funnel_chart(FunnelSpec(**given))
    if shape is Shape.STEADIED:
        return steadied_chart(SteadiedSpec(reference=shown.reference, **given))
    if shape is Shape.MAP:
        outlines = shown.outlines or Outlines({}, {})
        codes = dict(shown.codes)
        return map_chart(
            MapSpec(reference=shown.reference, codes=codes, outlines=outlines, **given)
        )
    heaped = shape is Shape.HEAP
    given |= {"reference": shown.reference, "wholes": shown.wholes}
    return dot_chart(DotSpec(heaped=heaped, **given))


def _small_trends(shown: Shown) -> tuple[SmallTrend, ...]:
    """Return each place over the years; none is set apart, for each is beside itself only."""
    by_key: dict[str, list[Standing]] = {}
    for places in shown.years.values():
        for one in places:
            by_key.setdefault(one.key, []).append(one)
    return tuple(
        _small_trend(row, by_key.get(row.key, []), tuple(shown.years))
        for row in ordered(shown.rows, shown.order)
    )


def _small_trend(row: DotRow, years: Sequence[Standing], periods: Sequence[str]) -> SmallTrend:
    """Return a place over the years; one that has no row at all has its word in each."""
    measures = [one.measure for one in years] or [row.measure] * len(periods)
    labelled = [replace(one, label=period) for one, period in zip(measures, periods, strict=True)]
    carried = [bool(one.carried_from) for one in years] or [False] * len(periods)
    return SmallTrend(row.key, row.name, tuple(labelled), row.role, tuple(carried))
