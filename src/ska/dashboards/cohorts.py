"""The same pupils in two årskurser: which indicators belong together, and the cohorts of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ska.charts import Chart, Cohort, CohortSpec, cohort_chart
from ska.comparisons.rules import Standing, standings
from ska.core.periods import name_of, number_of
from ska.overview.queries.items import ItemRow
from ska.overview.rules.rows import Row, has_value, of_kind, one_each, usual_kind
from ska.overview.rules.trends import source_of
from ska.statistics import Measure
from ska.values.rules import ValueStatus, status_word

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


def cohort_of(
    item: ItemRow, place: str, rows: Sequence[Row], before: Sequence[Row]
) -> Chart | None:
    """Return the cohorts at one place; None without a value in the later årskurs.

    *rows* and *before* are the own rows of the later and the earlier measure.
    """
    if not has_value(rows):
        return None
    kind = usual_kind(rows)
    later, earlier = _by_period(of_kind(rows, kind)), _by_period(of_kind(before, kind))
    back = YEARS * 2 if kind == "term" else YEARS
    cohorts = []
    for period in sorted(later, key=lambda one: number_of(one, kind)):
        then = name_of(number_of(period, kind) - back, kind)
        missing = Measure(None, word=status_word(ValueStatus.MISSING))
        known = earlier[then].measure if then in earlier else missing
        cohorts.append(Cohort(period, then, known, later[period].measure))
    grade = item.code[-1]
    unit = rows[0].unit or ""
    given: dict[str, Any] = {"unit": unit, "share": unit == "%"}
    spec = CohortSpec(
        id=f"kull-{item.code}",
        name=item.heading,
        source=source_of([*rows, *before]),
        caution=str(item.details.get("caution") or ""),
        cohorts=tuple(cohorts),
        stages=(f"årskurs {EARLIER[grade]}", f"årskurs {grade}"),
        place=place,
        **given,
    )
    return cohort_chart(spec)


def _by_period(rows: Sequence[Row]) -> Mapping[str, Standing]:
    return {
        row.period: one
        for row in one_each(rows)
        for one in standings([row], row.period)
        if not one.carried_from
    }
