"""The control chart: whether a place's own years are more than its ordinary variation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pydantic.dataclasses import dataclass

from ska.charts import words
from ska.charts.build import Said, build
from ska.charts.chart import Bounds, Chart, Figure, PlottedValue, Table
from ska.charts.figure import trend_figure
from ska.charts.house import INK_2, SERIES
from ska.charts.picture import Axis, Dot, DrawnLine, Picture, axis_over, draw
from ska.charts.spec import TrendSpec
from ska.core.swedish import format_number, join_words
from ska.statistics import FEWEST_POINTS, ControlChart, Verdict, p_chart, xmr_chart
from ska.statistics.control import THREE_SIGMA

Array = NDArray[np.float64]
HOW = (
    "Linjen i mitten är platsens egen nivå över åren. De streckade linjerna är gränserna för vanlig"
    " variation: så mycket rör sig värdet utan att något har hänt. En ring visar ett tecken på att"
    " något har hänt: ett värde utanför gränserna, åtta i rad på samma sida om mittlinjen, eller"
    " tre av fyra nära en gräns. Utan ring går det inte att säga att något har hänt. Vet ni varför"
    " nivån har ändrats kan ni räkna om gränserna från det året."
)

P_CHART = "Styrdiagrammets gränser för andelar (p-diagram, binomialfördelning)"
XMR_CHART = "Styrdiagrammets gränser (XmR-diagram)"
MANY = 8
"""With fewer values one that has changed is a large part of the level it is held to."""


@dataclass(frozen=True, kw_only=True)
class ControlSpec(TrendSpec):
    """The own line alone; from the period *shift* on the level is tried as a new one.

    From each of *accepted* on it is one that people have accepted. With *until* the limits come of
    the periods before it alone, and what follows is held to them.
    """

    shift: str = ""
    accepted: tuple[str, ...] = ()
    until: str = ""

    @property
    def starts(self) -> set[str]:
        """Return the periods that a new level begins with, whatever the reason."""
        return {*(one.at for one in self.breaks), self.shift, *self.accepted} - {""}


def control_chart(spec: ControlSpec, values: Iterable[PlottedValue]) -> Chart:
    """Return the chart of the own line of *values* with its limits, or say why it has none.

    Shares of known n have limits for just so many pupils (a p-chart); other values have limits by
    how much they use to move from one period to the next (an XmR chart).
    """
    own_only = replace(spec, lines=tuple(one for one in spec.lines if one.role == "own"))
    keys = [one.key for one in own_only.lines]
    picture = draw(own_only, [one for one in values if one.line in keys])
    own = picture.own
    if own is None or own.last is None:
        silent = Table(spec.name, (spec.period_word,), tuple((one,) for one in spec.periods))
        said = Said("Inga värden ännu", "Det finns inga värden att visa.", silent, (), HOW)
        return build(spec, None, said)
    judged = _judge(spec, own)
    axis = axis_over(_ends(spec, own, judged), share=spec.share, decimals=spec.decimals)
    return build(
        spec, _figure(replace(picture, axis=axis), own, judged), _said(spec, own, judged, picture)
    )


def _is_counted(spec: ControlSpec, own: DrawnLine) -> bool:
    return spec.share and all(dot.measure.count is not None for dot in own.dots if _is_known(dot))


def _is_known(dot: Dot) -> bool:
    return dot.measure.value is not None and not dot.carried_from


def _judge(spec: ControlSpec, own: DrawnLine) -> ControlChart:
    shifts = [at for at, period in enumerate(spec.periods) if at and period in spec.starts]
    until = spec.periods.index(spec.until) if spec.until in spec.periods else None
    known = [_is_known(dot) for dot in own.dots]
    if _is_counted(spec, own):
        pairs = zip(own.dots, known, strict=True)
        counts = [
            (dot.measure.count, dot.measure.n) if is_known else (0, 0) for dot, is_known in pairs
        ]
        x, n = zip(*counts, strict=True)
        chart = p_chart(x, n, shifts=shifts, until=until)
        per_cent = (chart.value * 100, chart.centre * 100, chart.low * 100, chart.high * 100)
        return ControlChart(*per_cent, chart.has_limits, chart.signals)
    values = [
        dot.measure.value if is_known else np.nan
        for dot, is_known in zip(own.dots, known, strict=True)
    ]
    numbers = [np.nan if one is None else one for one in values]
    chart = xmr_chart(numbers, shifts=shifts, until=until)
    if not spec.share:
        return chart
    return replace(chart, low=np.maximum(chart.low, 0), high=np.minimum(chart.high, 100))


def _ends(spec: ControlSpec, own: DrawnLine, judged: ControlChart) -> list[float]:
    values = [dot.measure.value for dot in own.dots if dot.measure.value is not None]
    limits = [*judged.low, *judged.high]
    return [*values, *(float(one) for one in limits if np.isfinite(one))]


def _figure(picture: Picture, own: DrawnLine, judged: ControlChart) -> Figure:
    figure = trend_figure(picture)
    for trace in figure["data"]:
        trace.pop("error_y", None)
    lines = [
        _limit(picture, judged.centre, judged.centre, "Mittlinje", "solid"),
        _limit(picture, judged.low, judged.centre, "Nedre gräns", "dash"),
        _limit(picture, judged.high, judged.centre, "Övre gräns", "dash"),
    ]
    signs = sorted({one.position for one in judged.signals})
    rings = {
        "type": "scatter",
        "mode": "markers",
        "name": "Tecken på att något har hänt",
        "x": [picture.spec.periods[at] for at in signs],
        "y": [own.dots[at].measure.value for at in signs],
        "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 22, "color": SERIES[1], "line": {"width": 2}},
    }
    drawn = [*lines, rings, *figure["data"]]
    kept = [one for one in drawn if one["x"]]
    return {"data": kept, "layout": {**figure["layout"], "meta": {"kept": True}}}


def _limit(picture: Picture, line: Array, centre: Array, name: str, dash: str) -> Figure:
    """Return a line over the years, parted where a new level begins."""
    x: list[str | None] = []
    y: list[float | None] = []
    for at, value in enumerate(line):
        if not np.isfinite(value):
            continue
        if x and centre[at] != centre[at - 1]:
            x.append(None)
            y.append(None)
        x.append(picture.spec.periods[at])
        y.append(round(float(value), 2))
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": INK_2, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _said(spec: ControlSpec, own: DrawnLine, judged: ControlChart, picture: Picture) -> Said:
    last = own.last
    assert last is not None
    latest = f"{last.measure.written_with_count()} {last.carried_from or last.measure.label}"
    few = last.measure.is_few
    return Said(
        title=latest,
        sentence=" ".join([f"{own.line.name}: {latest}.", *_judgement(spec, own, judged)]),
        table=_table(spec, own, judged),
        values=_values(spec, own, judged),
        how=HOW,
        caution=f"Få {spec.people[1]} – tolka med försiktighet." if few else "",
        notes=_notes(spec, own, judged),
        flags=picture.flags,
    )


def _values(spec: ControlSpec, own: DrawnLine, judged: ControlChart) -> tuple[PlottedValue, ...]:
    """Return the own years with the limits that are drawn at each."""
    method, level = XMR_CHART, None
    if _is_counted(spec, own):
        method, level = P_CHART, round(THREE_SIGMA * 100, 2)
    limits = [
        Bounds(float(low), float(high), level, method) if has else None
        for low, high, has in zip(judged.low, judged.high, judged.has_limits, strict=True)
    ]
    return tuple(
        PlottedValue(
            own.line.name, dot.measure.label, dot.measure.value, dot.measure.n, dot.measure.word,
            dot.carried_from, around,
        )
        for dot, around in zip(own.dots, limits, strict=True)
    )  # fmt: skip


def _judgement(spec: ControlSpec, own: DrawnLine, judged: ControlChart) -> list[str]:
    known = [at for at, dot in enumerate(own.dots) if _is_known(dot)]
    within = [at for at in known if judged.has_limits[at]]
    accepted = _accepted(spec)
    if not within:
        return [
            *accepted,
            f"Det går inte att räkna ut några gränser: det behövs minst {FEWEST_POINTS} mätta"
            f" värden som går att jämföra, och {_so_many(spec, known)}.",
        ]
    at = within[-1]
    found = [
        *accepted,
        f"Nivån är {_written(spec, judged.centre[at])} och gränserna {_reach(spec, judged, at)}.",
    ]
    signs: dict[str, list[str]] = {}
    for one in judged.signals:
        signs.setdefault(one.rule.word, []).append(spec.periods[one.position])
    if not signs:
        found.append(f"Alla {len(within)} värden ligger {Verdict.WITHIN_VARIATION.word}.")
        if len(within) < MANY:
            found.append(
                f"Så få värden ({len(within)}) räcker bara för stora avvikelser: skillnaden mellan"
                " två av åren kan ändå vara tydlig."
            )
    found += [f"{_capital(rule)}: {join_words(periods)}." for rule, periods in signs.items()]
    if len(within) < len(known):
        left = join_words([spec.periods[one] for one in known if one not in within])
        found.append(f"För få värden för gränser: {left}.")
    return found


def _accepted(spec: ControlSpec) -> list[str]:
    if not spec.accepted:
        return []
    return [f"Ett nivåskifte är godtaget från {join_words(list(spec.accepted))}."]


def _so_many(spec: ControlSpec, known: list[int]) -> str:
    if spec.until not in spec.periods:
        return f"här finns {_longest(spec, known)}"
    end = spec.periods.index(spec.until)
    return f"före {spec.until} finns {_longest(spec, [at for at in known if at < end])}"


def _longest(spec: ControlSpec, known: list[int]) -> int:
    """Return how many values the longest stretch without a break holds."""
    starts = [at for at, period in enumerate(spec.periods) if period in spec.starts]
    ends = pairwise([0, *starts, len(spec.periods)])
    return max(sum(first <= at < end for at in known) for first, end in ends)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _written(spec: ControlSpec, value: float) -> str:
    return format_number(float(value), spec.decimals) + ("\u00a0%" if spec.share else "")


def _reach(spec: ControlSpec, judged: ControlChart, at: int) -> str:
    low, high = (format_number(float(one[at]), spec.decimals) for one in (judged.low, judged.high))
    return f"{low}–{high}" + ("\u00a0%" if spec.share else "")


def _table(spec: ControlSpec, own: DrawnLine, judged: ControlChart) -> Table:
    head = (spec.period_word, own.line.name, f"Antal {spec.people[1]}", "Nivå", "Gränser", "Tecken")
    rows = []
    for at, (period, dot) in enumerate(zip(spec.periods, own.dots, strict=True)):
        cells = words.own_cells(dot)[:2]
        has = bool(judged.has_limits[at])
        rules = [one.rule.word for one in judged.signals if one.position == at]
        limits = (
            (_written(spec, judged.centre[at]), _reach(spec, judged, at)) if has else ("–", "–")
        )
        rows.append((period, *cells, *limits, join_words(rules) if rules else "inget"))
    return Table(spec.name, head, tuple(rows), (1, 2, 3, 4))


def _notes(spec: ControlSpec, own: DrawnLine, judged: ControlChart) -> tuple[str, ...]:
    found = []
    if judged.has_limits.any():
        found.append(
            "Heldragen grå linje: den egna nivån. Streckade: gränserna för vanlig variation."
        )
        if spec.until:
            found.append(f"Gränserna räknas ur åren före {spec.until}.")
        if not _is_counted(spec, own):
            why = (
                "Måttet är ingen andel"
                if not spec.share
                else f"Antalet {spec.people[1]} är inte känt"
            )
            found.append(f"{why}. Gränserna följer av hur mycket värdet rör sig från år till år.")
    if spec.shift and spec.shift not in spec.accepted:
        found.append(f"Nivå och gränser är omräknade från {spec.shift}, som ni har valt.")
    found += [
        f"Nivå och gränser är omräknade från {one}, där ett nivåskifte är godtaget."
        for one in spec.accepted
    ]
    found += [
        f"Brott i serien före {one.at}: {one.text}. Nivån räknas om där." for one in spec.breaks
    ]
    axis: Axis = axis_over(_ends(spec, own, judged), share=spec.share, decimals=spec.decimals)
    if axis.is_cut:
        found.append(f"Axeln börjar på {axis.written(axis.low)}.")
    return tuple(found)
