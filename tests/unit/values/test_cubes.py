"""Saved answers of PxWeb and of others that compute: each trap has a test named after it."""

import gzip

import pytest
from tests.factories.answers import AREAS, ORGANIZER, UNIT, stat2
from tests.unit.values.saved_answers import LABELS, TIMES, cells, read

from ska.values.importers.observations import Refused


def test_the_last_dimension_is_fastest_and_symbols_stand_beside():
    value = [71.6, 75, None, None, 80, 81, 100.5, 110, None, 120, 130, 140]
    body = stat2(LABELS, AREAS, TIMES, value, status={"2": "..", "3": "...", "8": "-"})

    reading = read(body)

    assert cells(reading, "area_type", "area_code", "period", "value", "status")[:4] == [
        ("country", "00", "2023/24", 71.6, "value"),
        ("country", "00", "2024/25", 75.0, "value"),
        ("organizer", ORGANIZER, "2023/24", None, "suppressed_small_group"),
        ("organizer", ORGANIZER, "2024/25", None, "suppressed_near_all"),
    ]
    assert cells(reading, "measure", "period_type", "period")[6] == (
        "Underlag för analys för grundskola | Kostnader: Per elev",
        "calendar_year",
        "2023",
    )
    assert reading.report.by_status["survey_rules_not_met"] == 1


def test_a_measure_is_known_by_its_label_when_its_code_has_moved():
    areas, times = {"00": "RIKET: TOTALT"}, {"2024": "2024/25"}

    before = read(stat2({"24": LABELS["24"]}, areas, times, [71.6]))
    after = read(stat2({"26": LABELS["24"]}, areas, times, [71.6]))

    assert cells(before) == cells(after)


def test_sparse_values_and_one_category_without_index_are_read():
    body = stat2(LABELS, AREAS, {"2024": "2024/25"}, [])
    body["value"] = {"0": 71.6}
    body["status"] = {str(place): "." for place in range(1, 6)}
    del body["dimension"]["time"]["category"]["index"]

    assert read(body).report.by_status == {"not_applicable_or_missing": 5, "value": 1}


def test_a_unit_is_told_by_the_hyphen_in_its_code():
    odd = {"1497": "SKOLENHET I HJO", "C7": "Pendlingskommun", "14": "Västra Götaland", "X-1": "?"}

    reading = read(stat2({"1": "Elever"}, odd, {"2024": "2024"}, [1, 2, 3, 4]))

    assert cells(reading, "area_type") == [("municipality",), ("municipality_group",), ("region",)]
    assert [one.reason for one in reading.report.rejections] == ["området känns inte igen"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"columns": [{"code": "variable"}], "data": []}, "bara koder"),
        (stat2(LABELS, AREAS, TIMES, [1.0]), "dimensionerna ger 12"),
        (stat2({"1": "A", "2": "A"}, AREAS, TIMES, [1] * 12), "Samma mått"),
        (stat2(LABELS, AREAS, TIMES, [1] * 12) | {"size": [9, 9, 9]}, "storlek"),
        (stat2(LABELS, AREAS, TIMES, [1] * 12) | {"id": ["kön", "level"]}, "dimensionerna"),
        ({"variables": [], "title": "x"}, "metadata"),
        ({"hello": 1}, "form som inte läses"),
        ([], "form som inte läses"),
    ],
)
def test_an_answer_of_another_shape_is_refused_in_words(body, sentence):
    with pytest.raises(Refused, match=sentence):
        read(body)


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr("ska.values.importers.saved.LARGEST_UNPACKED", 1_000)

    with pytest.raises(Refused, match="för stor"):
        read(gzip.compress(b"{" + b" " * 5_000))


def test_points_that_someone_else_computed_are_told():
    series = {
        "group": "Elever",
        "subgroup": "Åk 5 Grundskola",
        "omrade": "Trygghet",
        "points": [
            {"label": "VT 2015", "sortkey": 1, "index": 8.4, "source": "beräknad"},
            {"label": "2021", "sortkey": 2, "index": 8.1, "source": "rapport"},
        ],
    }

    reading = read({"meta": {}, "index_series": [series]})

    assert cells(reading, "period_type", "period") == [("term", "VT15"), ("calendar_year", "2021")]
    assert reading.report.warnings[0].text.startswith("1 värden är beräknade")


def test_a_compilation_that_falls_back_to_an_older_year_is_not_believed():
    school = {
        "kod": UNIT,
        "namn": "Ekskolan",
        "period": "2024/25",
        "meritvarde": 221.5,
        "elever": 300,
        "series": {"meritvarde": {"2021/22": 221.5}},
        "salsaDev": -3,
        "survey": {"p": None, "e": {"trygg": 7.8, "n": 84, "sem": "VT26", "ak": "ak8"}},
    }

    reading = read({"schools": [school], "latestPeriod": "2024/25", "salsaPeriod": "2023/24"})

    assert cells(reading, "measure", "period") == [
        ("meritvarde", "2021/22"),
        ("salsaDev", "2023/24"),
        ("survey/e/ak8/trygg", "VT26"),
    ]
    assert [one.column for one in reading.report.rejections] == ["elever"]
