"""What stands beside the verdict: the place's own years, and the units like it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ska.actions.effects.ground import Ground
from ska.actions.effects.lines import Line
from ska.core.periods import spelled
from ska.core.swedish import format_number
from ska.core.text import _
from ska.statistics import ControlChart, Rule, p_chart, xmr_chart


@dataclass(frozen=True)
class Control:
    """A period in the place's own control chart, as it is read."""

    period: str
    value: str
    limits: str
    word: str
    is_outcome: bool


def control_rows(line: Line, expected_in: str) -> list[Control]:
    """Return the place's own values with the limits that the years before *expected_in* give."""
    start = line.number(expected_in)
    before = sum(line.number(one.period) < start for one in line.points)
    chart, scale = _chart(line, before)
    words = {one.position: one.rule.word for one in chart.signals if one.rule is Rule.OUTSIDE}
    return [
        Control(
            one.period,
            line.measure(one).written_with_count(),
            _limits(chart, at, scale, line.unit),
            words.get(
                at, "" if one.value is None or not chart.has_limits[at] else _("inom gränserna")
            ),
            at >= before,
        )
        for at, one in enumerate(line.points)
    ]


def _chart(line: Line, before: int) -> tuple[ControlChart, float]:
    measures = [line.measure(one) for one in line.points]
    if all(one.value is None or one.count is not None for one in measures):
        counts, ns = [one.count or 0 for one in measures], [one.n or 0 for one in measures]
        return p_chart(counts, ns, until=before), 100.0
    values = [float("nan") if one.value is None else one.value for one in measures]
    return xmr_chart(values, until=before), 1.0


def _limits(chart: ControlChart, at: int, scale: float, unit: str) -> str:
    if not chart.has_limits[at]:
        return _("för få tidigare värden")
    low, high = float(chart.low[at]) * scale, float(chart.high[at]) * scale
    if unit == "%":
        low, high = max(low, 0.0), min(high, 100.0)
    return f"{format_number(low, 1)}–{format_number(high, 1)}"


def match_rows(ground: Ground | None, name: str) -> list[list[str]]:
    """Return the place and its matches as rows of earlier values and how far away they are."""
    if ground is None or not ground.plan.matches:
        return []
    own = ground.earlier.values[ground.earlier.units.index(ground.plan.unit)].tolist()
    rows = [(_("{name} (ni)").format(name=name), own, 0.0), *ground.matches]
    return [
        [who, *(format_number(one, 1) for one in values), format_number(far, 2)]
        for who, values, far in rows
    ]


def control_sentence(rows: Sequence[Control]) -> str:
    """Return what the place's own years say of the outcome, empty before there is any."""
    after = [one for one in rows if one.is_outcome and one.word]
    if not after:
        return ""
    outside = [one.period for one in after if one.word == Rule.OUTSIDE.word]
    if not outside:
        return _(
            "Era egna år: värdena efter insatsen ligger inom det som åren före brukar variera."
        )
    return _("Era egna år: {periods} ligger utanför det som åren före brukar variera.").format(
        periods=spelled(", ".join(outside))
    )
