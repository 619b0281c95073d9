"""Saved answers of Skolverket's APIs: each trap has a test named after it."""

import gzip

import orjson
import pytest
from tests.factories.answers import UNIT, element, school
from tests.unit.values.saved_answers import FLAT, NESTED, cells, read, salsa


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


def test_both_scales_sit_in_one_object_and_null_was_not_asked():
    reading = read({"schoolYearMetrics": [NESTED]})

    assert reading.report.by_status == {"not_asked": 1, "suppressed_small_group": 2, "value": 6}
    assert set(reading.observations["n"]) == {45}
    assert set(reading.observations["period"]) == {"VT26"}


def test_the_flat_survey_carries_the_same_figures_as_the_nested():
    nested, flat = read({"schoolYearMetrics": [NESTED]}), read({"schoolYearMetrics": [FLAT]})

    assert sorted(cells(nested)) == sorted(cells(flat))
    assert nested.report.by_status == flat.report.by_status


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
