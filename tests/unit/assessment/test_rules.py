"""From rows to springs: sources are never mixed, breaks and holes never joined, hidden stays so."""

from tests.factories.indicator_values import unit_value, values_frame
from tests.factories.story_6 import counts, published

from ska.assessment.rules import by_place, by_spring, told_of, without_same
from ska.overview.queries.relations import relation_items, relations
from ska.overview.rules.places import Where, place_rows

NINE = next(one for one in relations() if one.id == "np-betyg-ak9")
MATHS = NINE.subject("ma")
WHERE = Where("Ekhult", "1497", "2120001234", "Centralskolan", "12345678")


def told(*rows):
    return told_of(place_rows(values_frame(*rows), WHERE), NINE)


def of_year(period, numbers=(21, 38, 5)):
    return [one | {"is_own": True} for one in counts(period, numbers, "matematik")]


def test_own_counted_values_come_before_published_and_are_never_mixed_with_them():
    published_too = unit_value("2026", 30.0, source="kolada", measure="N15571",
                               title="x", period_type="calendar_year")  # fmt: skip
    (one,) = told(*of_year("2025/26"), published_too)

    assert one.source == "local"
    assert [round(part.value) for part in one.measures] == [33, 59, 8]
    assert one.lower.n == 64


def test_what_is_the_same_is_worked_out_only_when_both_ways_are_published():
    whole = told(published("N15571", 14.0), published("N15572", 11.0))
    half = told(published("N15571", 14.0), published("N15572", None))

    assert whole[0].same.value == 75.0
    assert half[0].same.value is None


def test_what_the_gate_hid_is_never_worked_out():
    rows = of_year("2025/26", (3, 44, 27))
    rows[0] |= {"value": None, "n": None, "status": "suppressed_small_group"}
    rows[2] |= {"value": None, "n": None, "status": "hidden_by_rule"}
    (one,) = told(*rows)

    assert (one.lower.value, one.higher.value) == (None, None)
    assert one.lower.written() == "för få elever"
    (row,) = by_place([one], MATHS, 2026)
    assert row.net is None
    assert row.shift.reason == "för få elever"


def test_springs_without_tests_are_said_and_never_compared_across():
    rows = [*of_year("2018/19"), *of_year("2021/22"), *of_year("2022/23", (2, 60, 2))]
    springs = by_spring(told(*rows), NINE, MATHS, 2023)

    assert [one.name for one in springs] == [f"våren {at}" for at in range(2019, 2024)]
    assert [one.is_silent for one in springs] == [False, True, True, False, False]
    assert springs[1].lower.written() == "proven ställdes in"
    assert springs[3].beside is None  # nothing stands in the year before
    assert springs[3].broken == "året före: proven ställdes in"
    assert springs[4].beside[0].is_clear


def test_springs_before_the_first_with_values_are_not_shown_as_holes():
    springs = by_spring(told(*of_year("2022/23"), *of_year("2024/25")), NINE, MATHS, 2025)

    assert [one.name for one in springs] == ["våren 2023", "våren 2024", "våren 2025"]
    assert springs[1].is_silent


def test_a_spring_on_paper_is_not_judged_against_the_year_before():
    springs = by_spring(told(*of_year("2024/25"), *of_year("2025/26")), NINE, MATHS, 2026)

    assert springs[-1].broken == "proven skrevs på papper, som ersättning"
    assert {one.reason for one in springs[-1].beside} == {"proven var inte som året före"}


def test_each_place_is_judged_against_the_country():
    rows = [*of_year("2025/26"), published("N15571", 14.0), published("N15572", 8.0)]
    places = by_place(told(*rows), MATHS, 2026)

    assert [one.name for one in places] == ["Centralskolan", "Riket"]
    assert places[0].beside[0].is_clear
    assert not places[0].beside[1].is_clear
    assert places[1].beside is None


def test_every_way_is_an_indicator_that_can_be_shared_and_compared():
    items = relation_items()

    assert len(items) == 3 * sum(len(one.subjects) for one in relations())
    lower = items["np-betyg-ak9-ma-lagre"].details
    assert lower["published_label"] == "Betyg lägre än provbetyg, åk 9, matematik"
    assert lower["better"] == "neutral"
    assert [link["kpi"] for link in lower["kolada_links"]] == ["N15571"]
    assert ("2020", "proven ställdes in") in lower["breaks"]


def test_a_unit_that_alone_is_the_whole_is_one_row_and_not_two():
    here = of_year("2025/26")
    of_all = [
        one | {"area": "Ekhult", "area_type": "municipality", "area_code": "1497"} for one in here
    ]
    more = [one | {"n": 70} for one in of_all]
    both, unlike = (told(*here, *whole) for whole in (of_all, more))

    kept, same = without_same(both, "ma", 2026, {"other"})
    assert ([one.name for one in kept], same) == (["Centralskolan"], ("Ekhult",))
    assert without_same(both, "ma", 2025, {"other"})[1] == ()
    assert without_same(both, "ma", 2026, ())[1] == ()
    assert without_same(unlike, "ma", 2026, {"other"})[1] == ()
