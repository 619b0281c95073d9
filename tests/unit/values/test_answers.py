"""Saved answers of Skolverket's APIs: each trap has a test named after it."""

import gzip

import orjson
import pytest
from tests.factories.answers import AREAS, ORGANIZER, UNIT, element, saved, school, stat2

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content


def cells(reading, *columns):
    return reading.observations.select(columns or ("measure", "period", "value", "status")).rows()


def read(content):
    reading = read_content(content if isinstance(content, bytes) else saved(content), "svar.json")
    assert reading.report.is_complete
    return reading


def test_measures_of_one_answer_have_different_newest_years():
    reading = read(
        school(
            certifiedTeachersQuota=[element("89,6", period="2025/26")],
            averageGradesMeritRating9thGrade=[element("221,5"), element("219", period="2018/19")],
        )
    )

    assert cells(reading, "measure", "period_type", "period", "value") == [
        ("gr/certifiedTeachersQuota", "school_year", "2025/26", 89.6),
        ("gr/averageGradesMeritRating9thGrade", "school_year", "2024/25", 221.5),
        ("gr/averageGradesMeritRating9thGrade", "school_year", "2018/19", 219.0),
    ]


@pytest.mark.parametrize(
    ("value", "kind", "status"),
    [
        ("*", "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION", "not_applicable_licence"),
        ("..", "OMITTED_DUE_TO_BASED_ON_FEW_PUPILS", "suppressed_small_group"),
        (".", "MISSING", "not_applicable_or_missing"),
        ("~100", "ROUNDED_OFF_DUE_TO_FEW_PUPILS_NOT_ELIGIBLE", "rounded_near_100"),
        ("cirka 210", "EXISTS", "approximate"),
        ("7,5", "A_NEW_WORD", "missing"),
    ],
)
def test_a_kind_of_value_keeps_its_meaning(value, kind, status):
    reading = read(school(totalNumberOfPupils=[element(value, kind)]))

    assert reading.report.by_status == {status: 1}
    assert (len(reading.report.warnings) == 1) == (kind == "A_NEW_WORD")


def test_a_value_that_should_exist_but_is_no_number_is_rejected():
    reading = read(school(totalNumberOfPupils=[element("..", "EXISTS"), element("hund")]))

    assert [one.raw for one in reading.report.rejections] == ["..", "hund"]


def test_a_measure_may_be_null_empty_or_without_period():
    reading = read(
        school(
            totalNumberOfPupils=None,
            specialTeacherPositions=[],
            studentsPerTeacherQuota=[element(None, "MISSING", None)],
        )
    )

    assert reading.report.by_status == {"not_applicable_or_missing": 1}
    assert reading.observations.is_empty()


def test_the_same_field_of_two_school_types_is_two_measures():
    found = {cells(read(school(kind, certifiedTeachersQuota=[element("80")])))[0][0] for kind in
             ("fsk", "gr", "gran", "gyan")}  # fmt: skip

    assert len(found) == 4


def test_upper_secondary_is_read_programme_by_programme():
    programme = {
        "programCode": "EK",
        "sveSubjectTest": "Svenska 3",
        "averageResultNationalTestsSubjectSVE": [element("11,3", period="VT24")],
        "admissionPointsMin": [element("230,0", period="2024")],
        "schoolUnit": UNIT,
    }
    body = {"programMetrics": [programme], "totalNumberOfPupils": [element("cirka 660")]}

    reading = read({"status": "OK", "message": "", "body": body})

    assert cells(reading, "measure", "area_code", "period_type", "period") == [
        ("gy/totalNumberOfPupils", UNIT, "school_year", "2024/25"),
        ("gy/EK/averageResultNationalTestsSubjectSVE", UNIT, "term", "VT24"),
        ("gy/EK/admissionPointsMin", UNIT, "calendar_year", "2024"),
    ]


def test_the_countrys_values_are_not_a_schools():
    href = "http://example.test/v3/statistics/national-values/gr"
    body = {
        "certifiedTeachersQuota": [element("71,5")],
        "_links": {"self": {"href": href}},
    }

    assert cells(read(body), "area_type", "area_code") == [("country", "00")]


def test_many_answers_may_stand_in_one_file_gzipped_line_by_line():
    lines = [
        orjson.dumps(
            {
                "url": f"https://example.test/v4/school-units/1234567{i}/statistics/gr",
                "fetched": "2026-04-21T09:51:38Z",
                "response": orjson.loads(
                    school(unit=f"1234567{i}", totalNumberOfPupils=[element("90")])
                ),
            }
        )
        for i in range(3)
    ]

    reading = read(gzip.compress(b"\n".join(lines)))

    assert (reading.report.rows, reading.report.cells) == (3, 3)


NESTED = {
    "schoolUnitCode": UNIT,
    "semester": "VT26",
    "schoolYear": "ak5",
    "noOfAnswers": "45",
    "noInGroup": "50",
    "answeringFrequency": "90%",
    "securityMetrics": {"average": "8,6", "ratioCorrespondsFully": "60%", "ratioDoNotKnow": "-"},
    "inspirationMetrics": {"average": "6,1", "ratioAlways": "-", "ratioCorrespondsFully": None},
}
FLAT = {
    **{name: value for name, value in NESTED.items() if not isinstance(value, dict)},
    "securityAverage": "8,6",
    "securityRatioCorrespondsFully": "60%",
    "securityRatioDoNotKnow": "-",
    "securityQuestionDescription": "Känner du dig trygg i skolan?",
    "inspirationAverage": "6,1",
    "inspirationQuestionRatioAlways": "-",
    "inspirationRatioCorrespondsFully": None,
}


def test_both_scales_sit_in_one_object_and_null_was_not_asked():
    reading = read({"schoolYearMetrics": [NESTED]})

    assert reading.report.by_status == {"not_asked": 1, "suppressed_small_group": 2, "value": 6}
    assert set(reading.observations["n"]) == {45}
    assert set(reading.observations["period"]) == {"VT26"}


def test_the_flat_survey_carries_the_same_figures_as_the_nested():
    nested, flat = read({"schoolYearMetrics": [NESTED]}), read({"schoolYearMetrics": [FLAT]})

    assert sorted(cells(nested)) == sorted(cells(flat))
    assert nested.report.by_status == flat.report.by_status


def salsa(*schools, period="2022/23"):
    return {"compulsorySchoolUnitSalsaMetricList": list(schools), "timePeriod": period}


def test_actual_minus_calculated_is_the_deviation_and_signs_are_kept():
    one = {
        "schoolUnitCode": UNIT,
        "name": "Ekskolan",
        "geographicalAreaCode": "1497",
        "salsaAverageGradesIn9thGradeActual": {"value": "213", "valueType": "EXISTS"},
        "salsaAverageGradesIn9thGradeDeviation": {"value": "-20", "valueType": "EXISTS"},
        "salsaAverageCalculated": {"value": "233", "valueType": "EXISTS"},
    }

    reading = read(salsa(one))

    actual, deviation, calculated = reading.observations["value"]
    assert actual - calculated == deviation == -20
    assert str(reading.report.source) == "salsa"


def test_salsa_of_an_unknown_code_is_an_empty_place_in_a_list():
    reading = read(salsa(None))

    assert reading.report.cells == 0
    assert "okänd kod" in reading.report.warnings[0].text


LABELS = {"24": "Delmål 1: Andel (%) i alla ämnen", "25": "Kostnader: Per elev"}
TIMES = {"2023": "2023/24", "2024": "2024/25"}


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
