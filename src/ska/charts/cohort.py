"""Cohorts: what the same pupils' values were in an earlier and a later årskurs."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Chart, Figure, PlottedValue, Table
from ska.charts.figure import LABEL
from ska.charts.house import CONTEXT, INK, MARKERS, SERIES, layout
from ska.charts.picture import axis_over
from ska.charts.spec import Spec
from ska.core.swedish import format_number
from ska.statistics import Measure

MOST = 5
HOW = (
    "Varje linje är en årskull: samma elever, i stort sett, i en tidigare och en senare årskurs."
    " Den tjocka linjen är den senaste kullen. Måtten är inte desamma i de två årskurserna, så"
    " linjens lutning är ingen utveckling i sig. Jämför i stället kullarna: gick det ungefär"
    " likadant för dem, eller hände något med en av dem? Elever flyttar också in och ut på vägen."
)


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class Cohort:
    """Pupils named by the period in which they reached the later stage; a value each stage."""

    name: str
    earlier_period: str
    earlier: Measure
    later: Measure

    @property
    def is_whole(self) -> bool:
        """Tell whether both stages have a value."""
        return self.earlier.value is not None and self.later.value is not None

    @property
    def is_known(self) -> bool:
        """Tell whether some stage has a value."""
        return self.earlier.value is not None or self.later.value is not None


@dataclass(frozen=True, kw_only=True)
class CohortSpec(Spec):
    """The cohorts, oldest first; *stages* are the two årskurser, earlier and later."""

    cohorts: tuple[Cohort, ...]
    stages: tuple[str, str]
    place: str


def cohort_chart(spec: CohortSpec) -> Chart:
    """Return a line for each whole cohort, the latest standing out; or say that there is none.

    A cohort with a value at one stage only is a point.
    """
    whole = [one for one in spec.cohorts if one.is_whole]
    if not whole:
        sentence = f"Ingen årskull har värden både i {spec.stages[0]} och i {spec.stages[1]} än."
        return build(spec, None, Said(spec.name, sentence, _table(spec), (), HOW))
    last, shown = whole[-1], [one for one in spec.cohorts if one.is_known][-MOST:]
    said = Said(
        title=f"Kullen {last.name}: {last.earlier.written()} i {spec.stages[0]},"
        f" {last.later.written()} i {spec.stages[1]}",
        sentence=_sentence(spec, last),
        table=_table(spec),
        values=_values(shown, spec),
        how=HOW,
        caution=_few(spec, last),
        notes=_notes(spec, last, shown),
    )
    return build(spec, _figure(spec, last, shown), said)


def _sentence(spec: CohortSpec, last: Cohort) -> str:
    parts = [
        f"{spec.place}: de som gick i {spec.stages[1]} {last.name} hade"
        f" {last.later.written_with_count()}.",
        f"I {spec.stages[0]}, {last.earlier_period}, hade kullen"
        f" {last.earlier.written_with_count()}.",
        "Måtten är inte desamma, så det går inte att säga att något har ändrats.",
    ]
    return " ".join(parts)


def _few(spec: CohortSpec, last: Cohort) -> str:
    if not (last.earlier.is_few or last.later.is_few):
        return ""
    return f"Få {spec.people[1]} – tolka med försiktighet."


def _table(spec: CohortSpec) -> Table:
    earlier, later = (one[0].upper() + one[1:] for one in spec.stages)
    head = ("Kull", "Tidigare period", earlier, "Antal då", later, "Antal nu")
    rows = tuple(
        (
            one.name, one.earlier_period, one.earlier.written(), _n(one.earlier),
            one.later.written(), _n(one.later),
        )
        for one in spec.cohorts
    )  # fmt: skip
    return Table(spec.name, head, rows, (2, 3, 4, 5))


def _n(measure: Measure) -> str:
    return "inte känt" if measure.n is None else format_number(measure.n)


def _values(shown: list[Cohort], spec: CohortSpec) -> tuple[PlottedValue, ...]:
    return tuple(
        PlottedValue(f"{one.name}, {stage}", period, measure.value, measure.n, measure.word)
        for one in shown
        for stage, period, measure in (
            (spec.stages[0], one.earlier_period, one.earlier),
            (spec.stages[1], one.name, one.later),
        )
    )


def _notes(spec: CohortSpec, last: Cohort, shown: list[Cohort]) -> tuple[str, ...]:
    axis = axis_over(_numbers(shown), share=spec.share, decimals=spec.decimals)
    found = [f"Kullen heter efter den period då den gick i {spec.stages[1]}."]
    if axis.is_cut:
        found.append(f"Axeln börjar på {axis.written(axis.low)}.")
    if not all(one.is_whole for one in shown):
        found.append("En ensam punkt är en kull som bara har ett värde.")
    if sum(one.is_known for one in spec.cohorts) > len(shown):
        found.append("Äldre kullar ritas inte. De står i tabellen.")
    if last.earlier.n and last.later.n and last.earlier.n != last.later.n:
        then, now = (format_number(one.n or 0) for one in (last.earlier, last.later))
        found.append(f"Kullen {last.name} var {then} {spec.people[1]} då och {now} nu.")
    return tuple(found)


def _numbers(shown: list[Cohort]) -> list[float]:
    pairs = [(one.earlier.value, one.later.value) for one in shown]
    return [value for pair in pairs for value in pair if value is not None]


def _figure(spec: CohortSpec, last: Cohort, shown: list[Cohort]) -> Figure:
    base, axis = layout(), axis_over(_numbers(shown), share=spec.share, decimals=spec.decimals)
    stages = list(spec.stages)
    return {
        "data": [_line(stages, one, is_last=one is last) for one in shown],
        "layout": {
            **base,
            "margin": {**base["margin"], "r": 90},
            "xaxis": {
                **base["xaxis"], "type": "category", "categoryorder": "array",
                "categoryarray": stages, "range": [-0.3, 1.3], "tickvals": stages,
            },
            "yaxis": {
                **base["yaxis"], "range": [axis.low, axis.high], "tickvals": axis.ticks(),
                "ticktext": [axis.written(value) for value in axis.ticks()],
            },
            "annotations": [_label(stages[1], last)],
        },
    }  # fmt: skip


def _line(stages: list[str], one: Cohort, *, is_last: bool) -> Figure:
    color, pair = SERIES[0] if is_last else CONTEXT, (one.earlier, one.later)
    return {
        "type": "scatter", "mode": "lines+markers", "name": one.name,
        "x": stages, "y": [measure.value for measure in pair],
        "text": [
            None if measure.value is None else measure.written_with_count() for measure in pair
        ],
        "hovertemplate": "%{text}",
        "line": {"color": color, "width": 3 if is_last else 1.5},
        "marker": {"color": color, "size": 10 if is_last else 6, "symbol": MARKERS[0]},
    }  # fmt: skip


def _label(stage: str, last: Cohort) -> Figure:
    return {
        "name": LABEL, "text": f"Kull {last.name}", "xref": "x", "yref": "y", "x": stage,
        "y": last.later.value, "xanchor": "left", "xshift": 12, "showarrow": False,
        "font": {"size": 15, "color": INK},
    }  # fmt: skip
