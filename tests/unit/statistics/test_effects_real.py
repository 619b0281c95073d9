"""The effect ledger on the real series: what it claims where nothing was done, and what it finds.

Each unit in turn is taken to have had an insats before its last year or years. Nothing is known to
have been done there, so a claim is a false one; then the size that the plan announced is planted.
"""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.sizes import PROVE, size

from ska.statistics import Earlier, EffectVerdict, Outcome, follow_up, plan_effect
from ska.values.importers.recognise import read_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
pytestmark = [
    pytest.mark.real,
    pytest.mark.prove,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
SCHOOLS = "skolverket/planned_educations_v4/statistics_gr.jsonl.gz"
GRADES = "skolverket/siris_csv/*årskurs 6*.csv"
# (files, measure ends with, scope, periods before the start, higher is better)
SERIES = [
    (SCHOOLS, "averageGradesMeritRating9thGrade", "all", 4, True),
    (SCHOOLS, "ratioOfPupilsIn9thGradeWithAllSubjectsPassed", "all", 4, True),
    (GRADES, "godkänt betyg i alla ämnen", "municipal", 4, True),
    (GRADES, "godkänt betyg i alla ämnen", "all", 5, True),
    (GRADES, "ej fått godkänt betyg i ett ämne", "all", 5, False),
    (GRADES, "ej fått godkänt betyg i fler, alternativt alla ämnen", "municipal", 4, False),
]  # fmt: skip
MORE = [
    (SCHOOLS, "certifiedTeachersQuota", "all", 4, True),
    (SCHOOLS, "studentsPerTeacherQuota", "all", 4, False),
    ("skolkarta/data.json", "meritvarde", "all", 4, True),
    ("skolkarta/data.json", "behorighet", "all", 4, True),
    (GRADES, "godkänt betyg i alla ämnen", "all", 4, True),
    (GRADES, "godkänt betyg i alla ämnen", "municipal", 5, True),
    (GRADES, "ej fått godkänt betyg i ett ämne", "all", 4, False),
    (GRADES, "ej fått godkänt betyg i ett ämne", "municipal", 4, False),
    (GRADES, "ej fått godkänt betyg i ett ämne", "municipal", 5, False),
    (GRADES, "ej fått godkänt betyg i fler, alternativt alla ämnen", "all", 4, False),
    (GRADES, "ej fått godkänt betyg i fler, alternativt alla ämnen", "all", 5, False),
    (GRADES, "ej fått godkänt betyg i fler, alternativt alla ämnen", "municipal", 5, False),
]  # fmt: skip


@cache
def observations(files):
    read = [read_file(path).observations for path in sorted(DATA.glob(files))]
    return pl.concat([one.with_columns(pl.col("n").cast(pl.Int64)) for one in read])


def table(files, measure, scope):
    """Return periods, units and a complete or gappy table of values of their own."""
    kept = observations(files).filter(
        pl.col("measure").str.ends_with(measure)
        & (pl.col("scope") == scope)
        & (pl.col("gender") == "T")
        & (pl.col("area_type") != "country")
        & pl.col("value").is_not_null()
        & pl.col("carried_from").is_null()
    )
    wide = kept.pivot(on="period", index="area_code", values="value", aggregate_function="first")
    wide = wide.sort("area_code")
    periods = sorted(name for name in wide.columns if name != "area_code")
    return periods, wide["area_code"].to_list(), wide.select(periods).to_numpy().astype(float)


def runs(series, most):
    """Yield (plan, verdict as it is, verdict with the announced size planted) for units in turn."""
    files, measure, scope, before, higher = series
    periods, units, values = table(files, measure, scope)
    earlier = Earlier(tuple(units), tuple(periods[:before]), values[:, :before])
    later, outcome = values[:, before:], Outcome(higher)
    usable = np.flatnonzero(np.isfinite(values).all(axis=1))
    for at in np.random.default_rng(61).permutation(usable)[:most]:
        plan = plan_effect(units[at], earlier)
        planted = later.copy()
        planted[at] += (plan.detectable or 0) * (1 if higher else -1)
        yield plan, *(follow_up(plan, earlier, one, outcome) for one in (later, planted))


def told(counter):
    return f"{counter[EffectVerdict.IMPROVEMENT]} of {counter.total()} improvement"


def name_of(series):
    return f"{series[1]}, {series[2]}, {series[3]} years"


@pytest.mark.parametrize("series", SERIES + (MORE if PROVE else []), ids=name_of)
def test_claims_on_the_real_series(series):
    """At most 5 % false claims of improvement, and 80 % of what was announced is found."""
    seen, found = Counter(), Counter()
    for plan, placebo, planted in runs(series, size(12, 300)):
        seen[placebo.verdict] += 1
        if not plan.reason:
            found[planted.verdict] += 1
    tried, planted_in = seen.total(), found.total()
    print(f"{name_of(series)}: {told(seen)} as it was, {told(found)} planted")  # noqa: T201  # seen by -s
    slack = 0 if PROVE else 2  # a dozen units can only tell of what is grossly wrong

    assert tried >= size(12, 150)
    assert planted_in >= 0.9 * tried
    assert seen[EffectVerdict.IMPROVEMENT] <= 0.05 * tried + slack, seen
    assert found[EffectVerdict.IMPROVEMENT] >= 0.8 * planted_in - slack, found


def test_repeated_rounds_of_the_survey_leave_too_few_values_to_tell():
    """Kolada repeats a round where none was held: of five years at most four are values."""
    files = "kolada/skolenkaten_municipality_values_ak5_gy2.csv"
    periods, units, values = table(files, "N15614", "by_measure")
    earlier = Earlier(tuple(units), tuple(periods[:4]), values[:, :4])
    told = {plan_effect(unit, earlier).reason for unit in units}

    assert told == {"det finns färre än fyra tidigare värden"}
