"""From rows of values to an indicator's chart: lines, sources, words, flags."""

from datetime import date

import plotly.graph_objects as go
from tests.factories.indicator_values import (
    DETAILS,
    country_value,
    unit_value,
    value,
    values_frame,
)

from ska.overview.rules.places import Where, place_rows
from ska.overview.rules.rows import groups_with_values
from ska.overview.rules.trends import Happening, Subject, see

SUBJECT = Subject(DETAILS["id"], DETAILS["name"], DETAILS)
UNIT = Where(
    "Ekhult", "1499", "2120001234", "Ekhults centralskola", "12345678", (("2120005678", "Lindåsa"),)
)
WHOLE = Where("Ekhult", "1499", "2120001234")


def read(text):
    return str(text).replace("\u00a0", " ")


def rows(*given, where=UNIT):
    return place_rows(values_frame(*given), where)


def story_1():
    return rows(
        unit_value("2023/24", 71.4, 63),
        unit_value("2024/25", 68.1, 69),
        unit_value("2025/26", 61.8, 68),
        value("2024/25", 70.2, 212),
        country_value("2024/25", 74.3),
        country_value("2025/26", 73.9),
    )


def test_story_1_says_that_a_few_pupils_are_within_ordinary_variation():
    seen = see(SUBJECT, story_1())

    assert read(seen.chart.title) == "61,8 % (42 av 68 elever) 2025/26"
    assert "ungefär 4 elever, och ryms inom vanlig variation" in read(seen.chart.sentence)
    assert "Med tre elever till hade andelen varit 66,2 %." in read(seen.few_pupils)
    assert seen.chart.source == "Skolverket, nationella kvalitetssystemet, inläst 1 oktober 2026."
    assert seen.chart.caution == DETAILS["caution"]
    go.Figure(seen.chart.figure)


def test_a_unit_that_alone_is_the_whole_has_one_line_and_says_so():
    unit = [unit_value("2024/25", 68.1, 69), unit_value("2025/26", 61.8, 68)]
    same = see(SUBJECT, rows(*unit, value("2024/25", 68.1, 69), value("2025/26", 61.8, 68)))
    other = see(SUBJECT, rows(*unit, value("2024/25", 68.1, 99), value("2025/26", 61.8, 68)))

    assert "Ekhult" not in same.chart.table.head
    assert same.chart.notes[-1] == (
        "Ekhults centralskola har alla som räknas i Ekhult, så de står här som en och inte som två."
    )
    assert [one.name for one in other.spec.lines] == ["Ekhults centralskola", "Ekhult"]
    assert not any("som en och inte" in one for one in other.chart.notes)


def test_the_lines_are_the_unit_the_huvudman_and_the_country():
    head = see(SUBJECT, story_1()).chart.table.head

    assert [name for name in head if name in ("Ekhults centralskola", "Ekhult", "Riket")] == [
        "Ekhults centralskola", "Ekhult", "Riket",
    ]  # fmt: skip


def test_without_a_unit_the_huvudman_is_the_own_line_and_units_are_not_shown():
    placed = rows(value("2024/25", 70.2), unit_value("2024/25", 61.8), where=WHOLE)

    assert [(one.role, one.name) for one in placed] == [("own", "Ekhult")]


def test_similar_municipalities_are_peers_by_name_whatever_number_the_source_uses():
    placed = rows(value("2024/25", 80.0, area_code="2120005678", area="LINDÅSA KOMMUN"))

    assert [(one.role, one.name) for one in placed] == [("peer", "Lindåsa")]


def test_what_is_neither_is_left_out():
    assert not rows(value("2024/25", 80.0, area_code="2120009999"))


def test_a_unit_without_a_code_is_known_by_its_name_in_own_values_only():
    where = Where("Ekhult", unit="Solrosens förskola")
    own = value(
        "2025", 90.0, 20, area_type="school_unit", area_code="Solrosens förskola", is_own=True
    )
    other = {**own, "is_own": False}

    assert [one.role for one in rows(own, where=where)] == ["own"]
    assert not rows(other, where=where)


def test_a_line_is_one_source_the_one_that_knows_the_latest():
    mixed = rows(
        unit_value("2023/24", 71.4, 63, is_own=True, source="local"),
        unit_value("2025/26", 61.8, 68, is_own=True, source="local"),
        unit_value("2024/25", 68.1, 69),
    )
    chart = see(SUBJECT, mixed).chart

    assert [one.value for one in chart.values] == [71.4, None, 61.8]
    assert chart.source.startswith("egna värden")


def test_a_hidden_value_is_a_gap_with_its_word():
    chart = see(SUBJECT, rows(unit_value("2024/25", None), unit_value("2025/26", 61.8, 68))).chart

    assert [(one.value, one.word) for one in chart.values] == [(None, "för få elever"), (61.8, "")]


def test_a_new_definition_is_a_break():
    chart = see(
        SUBJECT,
        rows(
            unit_value("2024/25", 90.0, 100), unit_value("2025/26", 60.0, 100, definition_version=2)
        ),
    ).chart

    assert any("ny definition" in note for note in chart.notes)
    assert "minskade" not in chart.sentence


def test_what_touches_it_is_flagged_in_time():
    action = Happening(date(2026, 1, 12), "Insats: Tidig kartläggning", "/ekhult/insatser/1")
    long_ago = Happening(date(1999, 1, 12), "Insats: en gammal", "/ekhult/insatser/2")
    chart = see(SUBJECT, story_1(), (action, long_ago)).chart

    assert [flag.href for flag in chart.flags] == ["/ekhult/insatser/1"]


def test_the_official_measure_comes_first_and_neighbours_are_told_apart():
    both = rows(
        unit_value("2024/25", 68.1),
        unit_value("2025", 66.0, source="kolada", measure="N15419", period_type="calendar_year"),
    )

    assert groups_with_values(both) == ["official", "N15419"]


def test_a_value_that_may_change_is_called_preliminary():
    assert see(
        SUBJECT, rows(unit_value("2025/26", 61.8, 68, finality="preliminary"))
    ).is_preliminary


def test_without_values_there_is_a_chart_that_says_so():
    seen = see(SUBJECT, rows())

    assert seen.chart.title == "Inga värden ännu"
    assert seen.latest is None
