"""Which of several values of a place stands: one source, one scope, one value a period."""

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.indicator_values import placed, unit_value, values_frame

from ska.overview.rules.places import place_units
from ska.overview.rules.rows import groups_with_values, one_each, usual_kind

UNITS = [("norra", "Norra", "11111111"), ("sodra", "Södra", "")]


def told(rows):
    return [(one.line, one.period, one.value) for one in rows]


def test_the_source_that_knows_the_latest_wins_however_much_the_other_holds():
    rows = placed(
        {"source": "siris", "period": "2022/23"},
        {"source": "siris", "period": "2023/24"},
        {"source": "siris", "period": "2025/26", "value": None},
        {"source": "kolada", "period": "2024/25", "value": 61.0},
    )

    assert told(one_each(rows)) == [("a", "2024/25", 61.0)]


def test_of_sources_that_know_alike_the_published_one_stands_and_scopes_are_not_mixed():
    rows = placed(
        {"is_own": True, "source": "local", "value": 1.0},
        {"scope": "municipal", "value": 2.0},
        {"scope": "all", "value": 3.0},
        {"scope": "municipal", "value": 4.0, "line": "b"},
    )

    assert told(one_each(rows)) == [("a", "2025/26", 3.0), ("b", "2025/26", 4.0)]


ROWS = st.lists(
    st.fixed_dictionaries({
        "line": st.sampled_from("ab"),
        "role": st.sampled_from(["own", "country", "peer"]),
        "period": st.sampled_from(["2023/24", "2024/25", "2025/26"]),
        "value": st.one_of(st.none(), st.integers(0, 100).map(float)),
        "is_own": st.booleans(),
        "source": st.sampled_from(["siris", "local"]),
        "scope": st.sampled_from(["all", "municipal", "elsewhere"]),
    }),
    max_size=25,
)  # fmt: skip


@given(ROWS)
def test_every_line_keeps_one_source_with_its_latest_number_and_one_value_a_period(given_rows):
    rows = placed(*given_rows)
    kept = one_each(rows)

    assert len({(one.line, one.period) for one in kept}) == len(kept)
    assert {one.line for one in kept} == {one.line for one in rows}
    for line in {one.line for one in rows}:
        mine = [one for one in kept if one.line == line]
        assert len({(one.source, one.scope, one.is_own) for one in mine}) == 1
        numbers = [one.period for one in rows if one.line == line and one.value is not None]
        if numbers:
            series = (mine[0].source, mine[0].scope, mine[0].is_own)
            known = [
                one.period
                for one in rows
                if one.line == line
                and (one.source, one.scope, one.is_own) == series
                and one.value is not None
            ]
            assert max(known) == max(numbers)


def test_the_usual_kind_of_period_is_that_of_most_rows():
    terms = [{"period_type": "term"}] * 2

    assert usual_kind(placed(*terms, {})) == "term"
    assert usual_kind(placed({"period_type": "term"}, {})) == "school_year"


def test_among_measures_the_official_stands_first_then_the_one_with_most_own_values():
    rows = placed(
        {"group": "N1"}, {"group": "N1"}, {"group": "N2", "role": "own"}, {"group": "official"}
    )

    assert groups_with_values(rows) == ["official", "N2", "N1"]


def test_a_unit_is_known_by_its_code_and_in_own_values_by_its_name():
    values = values_frame(
        unit_value("2025/26", 1.0) | {"unit_code": "11111111", "area_code": "x"},
        unit_value("2025/26", 2.0) | {"unit_code": None, "area_code": "SÖDRA", "is_own": True},
        unit_value("2025/26", 3.0) | {"unit_code": None, "area_code": "Södra"},
        unit_value("2025", 4.0, source="kolada", measure="U1") | {"unit_code": "11111111"},
    )
    rows = place_units(values, UNITS)

    assert [(one.line, one.name, one.group, one.value) for one in rows] == [
        ("norra", "Norra", "official", 1.0),
        ("sodra", "Södra", "official", 2.0),
        ("norra", "Norra", "U1", 4.0),
    ]
