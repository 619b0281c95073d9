"""Each standing check finds what it is for, and keeps quiet when all is well."""

import os
from pathlib import Path

import polars as pl
import pytest

from ska.values.importers.recognise import read_file
from ska.values.queries import CELL
from ska.values.xrays.catalogue import RULES
from ska.values.xrays.presence import renamed, stale
from ska.values.xrays.rules import CHECKS, examine

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
FRAME = {"is_own": pl.Boolean, **CELL}
YEARS = [str(year) for year in range(2015, 2026)]


def row(value, period="2025", area="1", **more):
    known = dict.fromkeys(FRAME) | {
        "is_own": True, "value_id": 1, "source": "local", "measure": "M", "title": "Måttet",
        "unit": "%", "area_type": "school_unit", "area_code": area, "area": f"Skola {area}",
        "scope": "all", "gender": "T", "period_type": "calendar_year", "period": period,
        "value": value, "status": "value", "finality": "final",
    }  # fmt: skip
    return known | more


def found(rows, rule=None):
    frame = pl.DataFrame(rows, schema=FRAME, orient="row")
    return [one for one in examine(frame) if rule in (None, one.rule_id)]


def line(*values, **more):
    return [row(value, period, **more) for value, period in zip(values, YEARS, strict=False)]


def column(*values, period="2025", **more):
    return [row(value, period, str(place), **more) for place, value in enumerate(values)]


QUIET = line(61, 63, 60, 64, 62, 61, 63, 62)
FOUR = [row(60 + area, year, str(area)) for area in range(4) for year in YEARS[:3]]
TWELVE = [one for year in YEARS[:4] for one in column(*range(50, 62), period=year)]
CASES = {
    "constant": (column(*[0] * 10), column(*[0] * 9, 1)),
    "range": ([row(101.0)], [row(100.0), row(341.0, unit="antal")]),
    "outlier": (line(61, 63, 60, 64, 12, 61, 63, 62), QUIET),
    "jump": (line(61, 63, 60, 64, 62, 61, 63, 99), QUIET),
    "gone": (
        [one for one in FOUR if (one["area_code"], one["period"]) != ("3", "2017")],
        FOUR,
    ),
    "new": (
        [one for one in FOUR if one["area_code"] != "3" or one["period"] == "2017"],
        FOUR,
    ),
    "covered": (
        [one for one in TWELVE if one["period"] != "2016" or int(one["area_code"]) < 5],
        TWELVE,
    ),
    "repeated": (
        column(*range(50, 62), period="2024") + column(*range(50, 62), period="2025"),
        column(*range(50, 62), period="2024") + column(*range(51, 63), period="2025"),
    ),
    "totals": (
        [row(50.0), row(60.0, gender="K"), row(61.0, gender="M")],
        [row(60.4), row(60.0, gender="K"), row(61.0, gender="M")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_check_finds_what_it_is_for(rule):
    (one,) = found(CASES[rule][0], rule)

    assert one.sentence.endswith(".")
    assert one.rule is RULES[rule]


@pytest.mark.parametrize("rule", CASES)
def test_a_check_keeps_quiet_when_all_is_well(rule):
    assert found(CASES[rule][1], rule) == []


REMARK = {"code": "definition_changed", "measure": "M", "text": "Definitionen har ändrats."}


def test_a_measure_that_is_described_anew_is_found_with_its_import():
    (one,) = renamed([("an-import", REMARK)])

    assert (one.rule_id, one.measure, one.import_id) == ("renamed", "M", "an-import")
    assert one.sentence == "Definitionen har ändrats."


@pytest.mark.parametrize("code", ["whole_column_zero", "carried_forward", None])
def test_what_else_an_import_warned_of_is_no_new_description(code):
    assert renamed([("an-import", REMARK | {"code": code})]) == []


def test_numbers_that_should_have_come_are_late_once_a_measure():
    frame = pl.DataFrame([row(1.0), row(2.0, "2024")], schema=FRAME, orient="row")

    (one,) = stale(frame, {("local", "M"): "2026-09-25"})
    assert (one.rule_id, one.sentence) == ("stale", "Måttet skulle ha kommit 2026-09-25.")


def test_numbers_whose_day_has_not_come_or_is_unknown_are_not_late():
    frame = pl.DataFrame([row(1.0)], schema=FRAME, orient="row")

    assert stale(frame, {}) == []
    assert stale(frame, {("kolada", "M"): "2026-09-25", ("local", "Annat"): "2026-09-25"}) == []


def test_every_rule_has_cases_of_its_own():
    assert set(CASES) | {"renamed", "stale"} == set(RULES)


def test_counts_must_add_up():
    parts = [row(20, unit="antal", gender="K"), row(22, unit="antal", gender="M")]

    assert len(found([row(50, unit="antal"), *parts], "totals")) == 1
    assert found([row(42, unit="antal"), *parts], "totals") == []


def test_what_chance_may_do_in_a_small_group_is_no_finding():
    small = line(61, 63, 60, 64, 62, 61, 63, 85, n=8)
    large = line(61, 63, 60, 64, 62, 61, 63, 85, n=800)

    assert found(small) == []
    assert {one.rule_id for one in found(large)} == {"outlier", "jump"}


def test_the_usual_step_is_told_as_people_write_numbers():
    (one,) = found(line(66.7, 63.6, 71.6, 67.6, 65.7, 68.2, 73.5, 146.9), "jump")

    assert one.sentence.endswith("Det vanliga steget är 3,55.")


def test_a_marked_round_is_told_once_for_its_column():
    rows = column(*range(50, 53), period="2024") + column(
        *range(50, 53), period="2025", carried_from="2024"
    )
    (one,) = found(rows, "repeated")

    assert one.sentence == "Måttet: 3 värden för 2025 upprepar 2024."


def test_a_finding_has_a_name_that_holds_until_its_content_changes():
    first, same, other = (found([row(value)], "range")[0].key for value in (101.0, 101.0, 102.0))

    assert first == same != other


def test_nothing_comes_of_nothing():
    assert found([]) == []
    assert len(CHECKS) == 8


def real(name):
    reading = read_file(DATA / name)
    measures = reading.measures.select(measure="code", title="title", unit="unit")
    areas = reading.areas.select("area_type", area_code="code", area="name")
    frame = reading.observations.join(measures, on="measure", how="left").join(
        areas, on=["area_type", "area_code"], how="left"
    )
    frame = frame.with_columns(is_own=False, source=pl.lit("x"), value_id=pl.lit(None))
    missing = [pl.lit(None).alias(name) for name in FRAME if name not in frame.columns]
    return frame.with_columns(missing).select(list(FRAME)).cast(FRAME)


REAL = {
    "kolada/skolenkaten_municipality_values_ak5_gy2.csv": {"repeated", "covered"},
    "kolada/data_sample_N03702_N03703.json": set(),
    "skolverket/siris_csv/Grundskola - Antal elever per årskurs 2022 Kommun.csv": set(),
}


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set")
@pytest.mark.parametrize("name", REAL)
def test_the_real_files_show_what_is_known_of_them(name):
    seen = {one.rule_id for one in examine(real(name))}

    assert seen >= REAL[name]
    assert "range" not in seen
