"""What stands beside the verdict: the place's own years, and the units like it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ska.actions.effects.ground import Ground
from ska.actions.effects.lines import Line
from ska.charts import Chart, ControlSpec, Event, PlottedValue, Role, control_chart
from ska.charts import Line as Drawn
from ska.core.periods import WORDS, spelled, without_holes
from ska.core.swedish import format_number
from ska.core.text import _
from ska.statistics import ControlChart, Rule, p_chart, xmr_chart
from ska.values.levels.rules import Shift

SHIFTED = _("Ett godtaget nivåskifte ändrar inget här: gränserna är de som åren före utfallet ger.")


@dataclass(frozen=True)
class Control:
    """What a period in the place's own control chart says of itself."""

    period: str
    word: str
    is_outcome: bool


def control_rows(line: Line, expected_in: str) -> list[Control]:
    """Return whether each period keeps to the limits that those before *expected_in* give."""
    start = line.number(expected_in)
    before = sum(line.number(one.period) < start for one in line.points)
    chart = _chart(line, before)
    words = {one.position: one.rule.word for one in chart.signals if one.rule is Rule.OUTSIDE}
    return [
        Control(
            one.period,
            words.get(
                at, "" if one.value is None or not chart.has_limits[at] else _("inom gränserna")
            ),
            at >= before,
        )
        for at, one in enumerate(line.points)
    ]


def own_chart(
    line: Line, name: str, expected_in: str, source: str, shifts: Sequence[Shift] = ()
) -> Chart:
    """Return the place's own control chart; what is seen from *expected_in* on is the outcome.

    *shifts* are flagged and told, as wherever the number stands; the limits are as without them.
    """
    kind = line.key.period_type
    periods = without_holes([one.period for one in line.points], kind)
    starts = [Event(at - 0.5, _("Utfallet börjar")) for at, one in enumerate(periods)
              if one == expected_in]  # fmt: skip
    known = [one for one in shifts if one.period in periods[1:]]
    starts += [Event(periods.index(one.period) - 0.5, one.flag) for one in known]
    spec = ControlSpec(
        id="egna-ar",
        name=f"{name}, {line.area}",
        source=source,
        unit=line.unit,
        share=line.is_share,
        lines=(Drawn("own", line.area, Role.OWN),),
        periods=periods,
        period_word=WORDS[kind],
        until=expected_in,
        events=tuple(sorted(starts, key=lambda one: one.position)),
        notes=(*(one.said for one in known), *((SHIFTED,) if known else ())),
    )
    points = [PlottedValue("own", one.period, one.value, one.n, one.word) for one in line.points]
    return control_chart(spec, points)


def _chart(line: Line, before: int) -> ControlChart:
    measures = [line.measure(one) for one in line.points]
    if all(one.value is None or one.count is not None for one in measures):
        counts, ns = [one.count or 0 for one in measures], [one.n or 0 for one in measures]
        return p_chart(counts, ns, until=before)
    values = [float("nan") if one.value is None else one.value for one in measures]
    return xmr_chart(values, until=before)


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
