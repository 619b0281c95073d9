"""A measure that turns to zeros everywhere is a break; one place that falls to zero is not."""

import pytest
from tests.factories.indicator_values import placed

from ska.values.zeros import AGAIN, SILENT, turned_to_zeros

YEARS = ("2022/23", "2023/24", "2024/25", "2025/26")


def found(*lines, carried=(), silent=()):
    told = placed(
        *(
            {"line": f"{at}", "period": period, "value": value,
             "carried_from": "2021/22" if period in carried else None}
            for at, line in enumerate(lines)
            for period, value in zip(YEARS, line, strict=True)
        )
    )  # fmt: skip
    return turned_to_zeros(told, "school_year", silent)


def test_three_places_that_all_turn_to_zero_are_a_break_until_numbers_return():
    assert found((3, 4, 0, 5), (7, 8, 0, 9), (2, 2, 0, 0)) == {"2024/25": SILENT, "2025/26": AGAIN}


def test_a_place_that_had_nothing_before_does_not_hide_the_break():
    assert found((3, 4, 0, 0), (7, 8, 0, 0), (2, 2, 0, 0), (0, 0, 0, 0)) == {"2024/25": SILENT}


def test_zeros_that_go_on_are_one_break():
    assert found((3, 4, 0, 0), (7, 8, 0, 0), (2, 2, 0, 0)) == {"2024/25": SILENT}


@pytest.mark.parametrize(
    "lines",
    [
        [(3, 4, 0, 0)],
        [(3, 4, 0, 0), (7, 8, 0, 0)],
        [(3, 4, 0, 0), (7, 8, 0, 0), (2, 2, 1, 0)],
        [(3, 4, 0, 0), (7, 8, 0, 0), (2, 0, 0, 0)],
        [(0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)],
        [(3, 4, None, None), (7, 8, None, None), (2, 2, None, None)],
    ],
)
def test_what_may_be_a_real_fall_is_none(lines):
    assert "2024/25" not in found(*lines)


def test_repeated_rounds_say_nothing_of_zeros():
    assert found((3, 4, 0, 0), (7, 8, 0, 0), (2, 2, 0, 0), carried=YEARS[2:]) == {}


def test_one_place_is_enough_where_it_is_known_of_all():
    known = ("2024/25",)

    assert found((3, 4, 0, 5), silent=known) == {"2024/25": SILENT, "2025/26": AGAIN}
    assert found((3, 4, 1, 0), silent=known) == {}
