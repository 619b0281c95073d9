"""The same pupils in two årskurser: which indicators belong together, and the cohorts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from ska.charts import Chart, Cohort, CohortSpec, cohort_chart
from ska.core.periods import name_of, number_of
from ska.core.text import _
from ska.overview.rules.pinning import PinnedValue
from ska.overview.rules.rows import Row, has_value, of_kind, one_each, usual_kind
from ska.overview.rules.signals import measure_of
from ska.overview.rules.trends import Subject, about_of, source_of

EARLIER = {"9": "6", "8": "5", "6": "3"}
"""The årskurs in which the same thing was measured three years before."""
YEARS = 3
_GRADE = re.compile(r"-ak(\d)$")


def earlier_of(code: str) -> str:
    """Return the code of the same measure in the earlier årskurs, empty when there is none."""
    found = _GRADE.search(code)
    if found is None or found[1] not in EARLIER:
        return ""
    return f"{code[: found.start()]}-ak{EARLIER[found[1]]}"


@dataclass(frozen=True)
class Cohorts:
    """The cohorts at one place as a chart, and the values in it with their rows."""

    chart: Chart
    pinned: tuple[PinnedValue, ...]


def cohorts_of(
    subject: Subject,
    place: str,
    rows: Sequence[Row],
    before: Sequence[Row],
    known: date | None = None,
) -> Cohorts | None:
    """Return the cohorts at one place; None without a value in the later årskurs.

    *rows* and *before* are the own rows of the later and the earlier measure.
    """
    if not has_value(rows):
        return None
    kind, unit = usual_kind(rows), rows[0].unit or ""
    share = unit == "%"
    later, earlier = _by_period(of_kind(rows, kind)), _by_period(of_kind(before, kind))
    back = YEARS * 2 if kind == "term" else YEARS
    cohorts = []
    for period in sorted(later, key=lambda one: number_of(one, kind)):
        then = name_of(number_of(period, kind) - back, kind)
        stages = [measure_of(row, share=share) for row in (earlier.get(then), later[period])]
        cohorts.append(Cohort(period, then, *stages))
    grade = subject.code[-1]
    spec = CohortSpec(
        id=f"kull-{subject.code}",
        name=subject.name,
        source=source_of([*rows, *before], known),
        caution=subject.said("caution"),
        cohorts=tuple(cohorts),
        stages=(f"årskurs {EARLIER[grade]}", f"årskurs {grade}"),
        place=place,
        unit=unit,
        share=share,
        about=about_of(subject),
    )
    chart = cohort_chart(spec)
    return Cohorts(chart, tuple(_pinned(chart, earlier, later)))


def _by_period(rows: Sequence[Row]) -> dict[str, Row]:
    """Return one row a period; a round that only repeats an earlier one is none."""
    return {one.period: one for one in one_each(rows) if not one.carried_from}


def _pinned(
    chart: Chart, earlier: Mapping[str, Row], later: Mapping[str, Row]
) -> Iterator[PinnedValue]:
    """Return what is plotted, a cohort's two stages after each other."""
    for one, rows in zip(chart.values, cycle((earlier, later)), strict=False):
        if one.value is None:
            continue
        label = _("Kull {name}").format(name=one.line)
        yield PinnedValue(label, one.value, one.n, rows[one.period].value_id)
