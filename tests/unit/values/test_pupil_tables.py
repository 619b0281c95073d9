"""What our door tells of a year group gives no pupil away: random ones against an exact solver."""

import pytest
from tests.factories.pupil_tables import Table, told
from tests.factories.year_groups import YearGroup, year_group
from tests.sizes import size

from ska.values.rules import Audience

YEAR_GROUPS = size(24, 1_000)
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_told_of_a_year_group_narrows_down_what_is_not(part):
    for seed in range(part, YEAR_GROUPS, PARTS):
        group = year_group(seed)
        table = Table(group, told(group, list(Audience)[seed // PARTS % 2]))

        assert table.untrue() == [], seed
        assert list(table.confined()) == [], seed


def test_an_ordinary_year_group_is_told_as_a_whole():
    marks = "CCCCBBBDDDDEEEEEAAAFB" * 3
    subjects = ("En", "Ma", "Sv", "Bi", "Ke", "Fy", "Hi", "Ge")
    pupils = [
        ("KM"[i % 2], {one: marks[(i * 5 + at) % len(marks)] for at, one in enumerate(subjects)})
        for i in range(60)
    ]

    rows = told(YearGroup(pupils), Audience.INSIDE)

    shares = [row for (name, _), row in rows.items() if "minst E" in name and row["gender"] == "T"]
    assert {row["status"] for row in shares} <= {"value", "rounded_near_100"}
    assert {row["n"] for row in shares if row["status"] == "value"} <= {60}
    merits = [rows["Betyg åk 9, meritvärde", gender]["status"] for gender in "TKM"]
    assert merits == ["value", "value", "value"]
