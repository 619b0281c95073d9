"""The gate on whole frames: families of genders and of units."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ska.values.gate import pass_gate
from ska.values.rules import Audience, Origin


def row(value, n, *, gender="T", area="11111111", area_type="school_unit", **more):
    return {
        "measure": "Trygghet",
        "area_type": area_type,
        "area_code": area,
        "organizer_number": "2120009999",
        "scope": "all",
        "period": "VT25",
        "gender": gender,
        "value": value,
        "status": "value" if value is not None else "missing",
        "raw_value": str(value),
        "n": n,
        "unit": "%",
        "nature": "result",
        "smallest_group": None,
    } | more


def statuses(frame):
    return frame["status"].to_list()


def test_girls_and_boys_are_hidden_together():
    frame = pl.DataFrame([row(70.0, 40), row(75.0, 36, gender="K"), row(25.0, 4, gender="M")])

    shown = pass_gate(frame, Audience.INSIDE)

    assert statuses(shown) == ["value", "hidden_by_rule", "hidden_by_rule"]
    assert shown["value"].to_list() == [70.0, None, None]
    assert shown["n"].to_list() == [40, None, None]
    assert shown["raw_value"].to_list() == ["70.0", None, None]


def test_the_other_gender_follows_a_gender_near_100():
    frame = pl.DataFrame([row(80.0, 80), row(95.0, 40, gender="K"), row(65.0, 40, gender="M")])

    assert statuses(pass_gate(frame, Audience.INSIDE)) == [
        "value",
        "rounded_near_100",
        "hidden_by_rule",
    ]


def test_more_is_hidden_for_those_outside():
    units = [row(25.0, n, area=f"1111111{i}") for i, n in enumerate((8, 30, 40))]
    whole = row(50.0, 78, area="2120009999", area_type="organizer")
    frame = pl.DataFrame([*units, whole])

    inside, outside = pass_gate(frame, Audience.INSIDE), pass_gate(frame, Audience.OUTSIDE)

    assert statuses(inside) == ["value"] * 4
    assert statuses(outside) == ["hidden_by_rule", "hidden_by_rule", "value", "value"]


def test_a_share_that_was_withheld_hides_a_second_unit():
    held = row(None, 30, area="11111110") | {"status": "withheld"}
    frame = pl.DataFrame([held, row(60.0, 20, area="11111111"), row(60.0, 50, area="11111112")])

    assert statuses(pass_gate(frame, Audience.INSIDE))[1:] == ["hidden_by_rule", "value"]


def test_published_values_are_not_touched():
    frame = pl.DataFrame([row(98.0, 3), row(None, 2)])

    assert pass_gate(frame, Audience.OUTSIDE, origin=Origin.PUBLISHED) is frame


@pytest.mark.parametrize("audience", list(Audience))
@settings(max_examples=60, deadline=None)
@given(
    groups=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)),
        min_size=1,
        max_size=5,
    )
)
def test_no_small_group_is_left_between_what_is_shown_and_the_whole(audience, groups):
    rows = []
    for i, (girls, boys, reached) in enumerate(groups):
        for gender, n in (("K", girls), ("M", boys)):
            share = 100 * min(n, reached) / n if n else None
            rows.append(row(share, n, gender=gender, area=f"1111111{i}"))
    shown = pass_gate(pl.DataFrame(rows), audience)

    limit = 5 if audience is Audience.INSIDE else 10
    for gender in ("K", "M"):
        family = [
            (before, after["value"] is None)
            for before, after in zip(rows, shown.to_dicts(), strict=True)
            if before["gender"] == gender and before["value"] is not None
        ]
        gone = [before["n"] for before, is_hidden in family if is_hidden]
        if gone and len(gone) < len(family):
            assert sum(gone) >= limit
            assert len(gone) >= 2
