"""The funnel: values by how many pupils are behind them, and how far chance reaches for so many."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Bounds, Chart, Figure, PlottedValue, Table
from ska.charts.dots.spec import DotRow
from ska.charts.figure import shorten
from ska.charts.groups import without_value
from ska.charts.house import CONTEXT, INK, INK_2, PANEL, SERIES, layout
from ska.charts.picture import Axis, axis_over
from ska.charts.sizes import size_ticks, sizes_drawn
from ska.charts.spec import Role, Spec
from ska.charts.within import against, said_within
from ska.core.swedish import format_number, format_percent
from ska.statistics import (
    INNER,
    NO_SPREAD,
    OUTER,
    CommonLevel,
    compare_with_common_level,
    reason_against_a_level,
)

LABELLED = 12
OUTER_LIMITS = "Trattens yttre gränser ({})"
BINOMIAL, STUDENTS = "binomialfördelning", "t-fördelning"
HOW = (
    "Längst till vänster står platser med få elever, till höger dem med många. Linjen i mitten är"
    " den nivå som alla har tillsammans. Mellan de streckade linjerna hamnar lika platser nästan"
    " alltid, bara av slump. Tratten är bred för få elever och smal för många. Bara den som ligger"
    " utanför den yttre linjen skiljer sig tydligt. Fråga då varför, innan ni dömer."
)


@dataclass(frozen=True, kw_only=True)
class FunnelSpec(Spec):
    """The places of one period; the country and those without a known n are told, not drawn."""

    rows: tuple[DotRow, ...]
    period: str
    order: str = "i bokstavsordning"

    @property
    def drawn(self) -> list[DotRow]:
        """Return the places of which it can be told how far chance reaches."""
        return [row for row in self.rows if row.measure.is_uncertain and not row.apart]

    @property
    def reason(self) -> str:
        """Return why there is no funnel, in Swedish; empty when there is one."""
        if not self.share and not self.drawn:
            return NO_SPREAD
        return reason_against_a_level([row.measure for row in self.drawn], self.people[1])


def funnel_chart(spec: FunnelSpec) -> Chart:
    """Return the funnel of *spec*; without one, a chart that says why and still has its table."""
    if spec.reason:
        return build(spec, None, _without_funnel(spec))
    level = compare_with_common_level([row.measure for row in spec.drawn])
    return build(spec, _figure(spec, level), _said(spec, level))


def _without_funnel(spec: FunnelSpec) -> Said:
    rows = [(row.name, row.measure.written(), _n(row)) for row in spec.rows]
    return Said(
        title=f"{spec.name} {spec.period}".rstrip(),
        sentence=f"Det går inte att rita någon tratt: {spec.reason}. Värdena står i tabellen.",
        table=_table(spec, rows),
        values=(),
        how=HOW,
    )


def _said(spec: FunnelSpec, level: CommonLevel) -> Said:
    drawn = spec.drawn
    told = {row.key: against(level, at, spec.decimals) for at, row in enumerate(drawn)}
    named = [(row.name, row.measure) for row in drawn]
    inner, outer = _reach(spec, level, INNER), _reach(spec, level, OUTER)
    common = level.measure.written_with_count()
    cells = [
        (
            row.name, row.measure.written(), _n(row), inner.get(row.key, "–"),
            outer.get(row.key, "–"), told.get(row.key) or row.apart or "ritas inte",
        )
        for row in spec.rows
    ]  # fmt: skip
    whole = level.measure.written(), format_number(level.n)
    cells.append(("Alla tillsammans", *whole, "–", "–", "–"))
    silent = without_value((row.name, row.measure) for row in spec.rows)
    return Said(
        title=f"Tillsammans: {common} {spec.period}",
        sentence=" ".join(
            [
                f"Alla platser tillsammans: {common} {spec.period}.",
                *said_within(named, level),
                *silent,
            ]
        ),
        table=_table(spec, cells),
        values=_values(spec, level),
        how=HOW,
        notes=_notes(spec, level),
    )


def _limits(spec: FunnelSpec, level: CommonLevel, reach: float) -> list[tuple[float, float]]:
    """Return the limits of each drawn place, in the unit of the values."""
    low, high = level.limits([row.measure.n or 1 for row in spec.drawn], reach)
    scale = level.scale
    return [(float(a) * scale, float(b) * scale) for a, b in zip(low, high, strict=True)]


def _reach(spec: FunnelSpec, level: CommonLevel, reach: float) -> dict[str, str]:
    """Return the limits of each place as they are drawn, with the decimals of the values."""
    as_read = format_percent if spec.share else format_number
    written = [
        f"{format_number(low, spec.decimals)}–{as_read(high, spec.decimals)}"
        for low, high in _limits(spec, level, reach)
    ]
    return dict(zip([row.key for row in spec.drawn], written, strict=True))


def _n(row: DotRow) -> str:
    return "inte känt" if row.measure.n is None else format_number(row.measure.n)


def _table(spec: FunnelSpec, rows: Sequence[tuple[str, ...]]) -> Table:
    head = (
        "Plats", f"Värde {spec.period}", f"Antal {spec.people[1]}", "Inre gränser", "Yttre gränser",
        "Mot den gemensamma nivån",
    )  # fmt: skip
    width = len(rows[0]) if rows else len(head)  # without a funnel nothing is said of limits
    caption = f"{spec.name} {spec.period}, {spec.order}"
    return Table(caption, head[:width], tuple(rows), tuple(range(1, min(width, 5))))


def _values(spec: FunnelSpec, level: CommonLevel) -> tuple[PlottedValue, ...]:
    method = OUTER_LIMITS.format(BINOMIAL if spec.share else STUDENTS)
    method += ", vidgade" if level.is_widened else ""
    return tuple(
        PlottedValue(
            row.name, spec.period, row.measure.value, row.measure.n, row.measure.word,
            bounds=Bounds(low, high, OUTER * 100, method),
        )
        for row, (low, high) in zip(spec.drawn, _limits(spec, level, OUTER), strict=True)
    )  # fmt: skip


def _notes(spec: FunnelSpec, level: CommonLevel) -> tuple[str, ...]:
    alike = "platser som skiljer sig så" if level.is_widened else "lika platser"
    found = [
        f"Streckade linjer: inom de inre hamnar 95 av 100 {alike}, inom de yttre 998 av 1 000."
    ]
    if level.is_widened:
        reach = format_number(level.funnel.between * level.scale, 1)
        unit = " procentenheter" if spec.share else ""
        found.append(
            "Platserna skiljer sig mer åt än slumpen ger. Gränserna är därför vidgade med det som"
            f" skiljer dem på riktigt (ungefär {reach}{unit})."
        )
    axis = _axis(spec, level)
    if axis.is_cut:
        found.append(f"Axeln börjar på {axis.written(axis.low)}.")
    left = [row for row in spec.rows if row.measure.value is not None and row not in spec.drawn]
    found += [
        f"{row.name} är inte med i tratten: {row.apart or _why_not(row)}."
        for row in left[:LABELLED]
    ]
    return tuple(found)


def _why_not(row: DotRow) -> str:
    return "värdet är för hela landet" if row.measure.whole else row.measure.no_interval


def _axis(spec: FunnelSpec, level: CommonLevel) -> Axis:
    ns = [row.measure.n or 1 for row in spec.drawn]
    low, high = level.limits([min(ns)])
    values = [row.measure.value or 0.0 for row in spec.drawn]
    ends = [float(low[0]) * level.scale, float(high[0]) * level.scale]
    return axis_over([*values, *ends], share=spec.share, decimals=spec.decimals)


def _figure(spec: FunnelSpec, level: CommonLevel) -> Figure:
    ns, is_log = sizes_drawn([row.measure.n or 1 for row in spec.drawn])
    target = level.funnel.target * level.scale
    lines = [_line("Gemensam nivå", ns, [target] * len(ns), "solid", INK_2)]
    for name, reach, dash in (("Yttre gränser", OUTER, "dash"), ("Inre gränser", INNER, "dot")):
        for at, side in enumerate(level.limits(ns, reach)):
            line = _line(
                name, ns, [round(float(one) * level.scale, 2) for one in side], dash, CONTEXT
            )
            lines.append({**line, "showlegend": at == 0})
    dots = [_dots(spec, [row for row in spec.drawn if (row.role is Role.OWN) is own], own=own)
            for own in (False, True)]  # fmt: skip
    return {
        "data": [*lines, *(one for one in dots if one["x"])],
        "layout": _layout(spec, level, ns, is_log=is_log),
    }


def _line(name: str, ns: list[int], shares: list[float], dash: str, color: str) -> Figure:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": ns, "y": shares, "hoverinfo": "skip",
        "line": {"color": color, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _dots(spec: FunnelSpec, rows: list[DotRow], *, own: bool) -> Figure:
    color, shape = (SERIES[0], "circle") if own else (SERIES[2], "square")
    return {
        "type": "scatter",
        "mode": "markers",
        "name": rows[0].name if own and rows else "Plats",
        "x": [row.measure.n for row in rows],
        "y": [row.measure.value for row in rows],
        "text": [f"{row.name}: {row.measure.written_with_count()}" for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": color,
            "size": 12 if own else 8,
            "symbol": [f"{shape}-open" if row.measure.is_few else shape for row in rows],
            "line": {"width": 2, "color": color},
        },
    }


def _layout(spec: FunnelSpec, level: CommonLevel, ns: list[int], *, is_log: bool) -> Figure:
    base, axis = layout(), _axis(spec, level)
    ends = [log10(ns[0]), log10(ns[-1])] if is_log else [ns[0], ns[-1]]
    ticks = size_ticks(ns, is_log=is_log)
    return {
        **base,
        "hovermode": "closest",
        "height": 440,
        "margin": {**base["margin"], "t": 16, "b": 44},
        "xaxis": {
            **base["xaxis"],
            "type": "log" if is_log else "linear",
            "range": ends,
            "title": {"text": f"Antal {spec.people[1]}", "font": {"size": 14, "color": INK_2}},
            "tickvals": ticks,
            "ticktext": [format_number(one) for one in ticks],
        },
        "yaxis": {
            **base["yaxis"],
            "range": [axis.low, axis.high + (axis.high - axis.low) * 0.02],
            "tickvals": axis.ticks(),
            "ticktext": [axis.written(value) for value in axis.ticks()],
        },
        "annotations": _labels(spec, level, is_log=is_log),
    }


def _labels(spec: FunnelSpec, level: CommonLevel, *, is_log: bool) -> list[Figure]:
    """Name all of few places; of many the own and those that stand out, the furthest first.

    Within widened limits those between the inner and the outer are named too, as the sentence does.
    """
    pairs = list(zip(spec.drawn, level.told, level.beyond_inner, strict=True))
    few = len(pairs) <= LABELLED
    out = sorted(
        (one for one in pairs if few or one[1].is_clear or (level.is_widened and one[2])),
        key=lambda one: -abs(one[1].gap or 0),
    )
    own = [one for one in pairs if one[0].role is Role.OWN]
    chosen = {row.key: row for row, _told, _beyond in [*own, *out[:LABELLED]]}
    most = max(row.measure.n or 1 for row in spec.drawn)
    return [
        {
            "name": "name", "text": shorten(row.name), "xref": "x", "yref": "y",
            "x": round(log10(row.measure.n or 1), 4) if is_log else row.measure.n,
            "y": row.measure.value, "showarrow": False, "yshift": 16,
            "xanchor": "right" if (row.measure.n or 1) > most * 0.9 else "center",
            "font": {"size": 14, "color": INK}, "bgcolor": PANEL,
        }
        for row in chosen.values()
    ]  # fmt: skip
