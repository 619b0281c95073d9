"""Working out: right numbers, and never more than the parts say."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.derived.test_formulas import PEOPLE, SHARE

from ska.derived.definitions import Derived
from ska.derived.rules import STRICTNESS, evaluate
from ska.overview.queries.values import COLUMNS
from ska.values.rules import ValueStatus

MEASURES = {"behoriga": "Behöriga", "alla": "Lärare"}


def cell(measure, value, period="2025/26", **more):
    return {
        "is_own": True,
        "definition_version": 1,
        "source": "local",
        "measure": measure,
        "title": measure,
        "area_type": "school_unit",
        "area_code": "Björkbacka",
        "area": "Björkbacka",
        "scope": "all",
        "gender": "T",
        "period_type": "school_year",
        "period": period,
        "value": value,
        "status": "value" if value is not None else "missing",
        "n": 40,
        "finality": "final",
        **more,
    }


def worked_out(measure, *cells):
    frame = pl.DataFrame(list(cells), schema=COLUMNS, orient="row")
    return evaluate(measure, frame).to_dicts()


@pytest.fixture
def share():
    return Derived.model_validate(SHARE)


def pooled(**more):
    formula = {"kind": "pooled", "of": "behoriga", "years": 3}
    inputs = {"behoriga": {**PEOPLE, "unit": "%"}}
    return Derived.model_validate({**SHARE, "formula": formula, "inputs": inputs, **more})


def test_a_share_is_part_by_whole_with_its_place_and_period(share):
    (row,) = worked_out(share, cell("Behöriga", 18.0), cell("Lärare", 24.0))

    assert (row["value"], row["status"], row["unit"]) == (75.0, "value", "%")
    assert (row["area"], row["period"], row["n"]) == ("Björkbacka", "2025/26", 40)
    assert (row["source"], row["measure"]) == ("derived", "beraknat-behoriga")
    assert row["value_id"] is None


def test_a_result_on_a_hidden_part_is_hidden(share):
    hidden = cell("Behöriga", None, status="hidden_by_rule", n=None)

    (row,) = worked_out(share, hidden, cell("Lärare", 24.0))

    assert (row["value"], row["n"], row["status"]) == (None, None, "hidden_by_rule")


def test_nearly_all_of_a_part_says_nothing_about_the_result_but_that_it_is_hidden(share):
    nearly = cell("Behöriga", None, status="suppressed_near_all")

    (row,) = worked_out(share, nearly, cell("Lärare", 24.0))

    assert row["status"] == "suppressed_small_group"


def test_a_part_that_is_not_there_is_missing_and_never_zero(share):
    (row,) = worked_out(share, cell("Lärare", 24.0))

    assert (row["value"], row["status"]) == (None, "missing")


@pytest.mark.parametrize(("part", "whole"), [(3.0, 0.0), (30.0, 24.0)], ids=["by nothing", "above"])
def test_a_formula_without_an_answer_gives_none(share, part, whole):
    (row,) = worked_out(share, cell("Behöriga", part), cell("Lärare", whole))

    assert (row["value"], row["status"]) == (None, "not_applicable_or_missing")


@pytest.mark.parametrize(
    "unlike",
    [{"scope": "municipal"}, {"gender": "K"}, {"period": "2024/25"}, {"is_own": False}],
    ids=lambda one: next(iter(one)),
)
def test_unlike_cells_are_never_joined(share, unlike):
    rows = worked_out(share, cell("Behöriga", 18.0), cell("Lärare", 24.0, **unlike))

    assert [row["value"] for row in rows] == [None, None]


def test_approximate_preliminary_and_repeated_parts_mark_the_result(share):
    part = cell("Behöriga", 18.0, status="approximate", finality="preliminary")

    (row,) = worked_out(share, part, cell("Lärare", 24.0, carried_from="2024/25"))

    assert (row["status"], row["finality"]) == ("approximate", "preliminary")
    assert row["carried_from"] == "2024/25"


def test_three_years_are_weighed_by_how_many_they_hold():
    years = [(60.0, 10), (90.0, 20), (80.0, 70)]
    cells = [
        cell("Behöriga", value, f"{2022 + i}/{23 + i}", n=n) for i, (value, n) in enumerate(years)
    ]

    (row,) = worked_out(pooled(), *cells)

    assert row["value"] == pytest.approx((60 * 10 + 90 * 20 + 80 * 70) / 100)
    assert (row["period"], row["n"]) == ("2024/25", 100)


def test_years_are_not_pooled_over_a_hole_a_break_or_a_new_definition():
    years = [cell("Behöriga", 50.0, f"{year}/{year - 1999}") for year in (2021, 2022, 2024)]
    whole = [cell("Behöriga", 50.0, f"{year}/{year - 1999}") for year in (2022, 2023, 2024)]
    anew = [*whole[:2], {**whole[2], "definition_version": 2}]
    broken = pooled(breaks=[{"periods": ["2024/25"], "reason": "Ny enkät."}])

    assert worked_out(pooled(), *years) == []
    assert worked_out(broken, *whole) == []
    assert worked_out(pooled(), *anew) == []
    assert len(worked_out(pooled(), *whole)) == 1


def test_one_hidden_year_hides_the_pooled_value():
    cells = [cell("Behöriga", 50.0, f"{year}/{year - 1999}") for year in (2022, 2024)]
    hidden = cell("Behöriga", None, "2023/24", status="hidden_by_rule")

    (row,) = worked_out(pooled(), *cells, hidden)

    assert (row["value"], row["status"]) == (None, "hidden_by_rule")


def test_years_without_a_known_number_are_not_weighed():
    cells = [cell("Behöriga", 50.0, f"{year}/{year - 1999}", n=None) for year in (2022, 2023, 2024)]

    (row,) = worked_out(pooled(), *cells)

    assert (row["value"], row["status"]) == (None, "missing")


def test_a_break_gives_the_series_a_new_version(share):
    broken = Derived.model_validate(
        {**SHARE, "breaks": [{"periods": ["2025/26", "VT26"], "reason": "Ny blankett."}]}
    )
    cells = [
        cell(name, value, period)
        for period in ("2024/25", "2025/26")
        for name, value in (("Behöriga", 18.0), ("Lärare", 24.0))
    ]

    before, after = worked_out(broken, *cells)

    assert after["definition_version"] > before["definition_version"]


statuses = st.sampled_from([str(one) for one in ValueStatus])


@given(first=statuses, second=statuses)
def test_a_result_has_a_value_only_when_every_part_has(first, second):
    cells = [
        cell(
            name,
            10.0 if ValueStatus(status).has_value else None,
            status=status,
        )
        for name, status in zip(MEASURES.values(), (first, second), strict=True)
    ]

    (row,) = worked_out(Derived.model_validate(SHARE), *cells)

    both = ValueStatus(first).has_value and ValueStatus(second).has_value
    assert (row["value"] is not None) == both
    assert ValueStatus(row["status"]).has_value == both


def test_every_status_has_its_place_in_the_order_of_strictness():
    shares_only = {ValueStatus.SUPPRESSED_NEAR_ALL, ValueStatus.ROUNDED_NEAR_100}

    assert set(STRICTNESS) | shares_only == set(ValueStatus)
