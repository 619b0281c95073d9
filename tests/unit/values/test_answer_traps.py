"""The traps of Skolverket's answers, each under its own name."""

import pytest
from tests.factories.answers import AREAS, ORGANIZER, UNIT, element, saved, school, stat2

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content
from ska.values.rules import status_word


def read(content):
    reading = read_content(content if isinstance(content, bytes) else saved(content), "svar.json")
    assert reading.report.is_complete
    return reading


def seen(reading, *columns):
    return reading.observations.select(columns or ("value", "status")).rows()


def table(symbol, label="Delmål 1: Andel (%) i alla ämnen"):
    areas = {"00": "RIKET: TOTALT"}
    return read(stat2({"1": label}, areas, {"2024": "2024/25"}, [None], status={"0": symbol}))


def test_three_dots_are_nearly_all_and_never_look_like_missing():
    ((value, status),) = seen(table("..."))

    assert (value, status_word(status)) == (None, "nästan alla")
    assert {status} != {status for _value, status in seen(table("."))}


def test_a_dash_is_the_surveys_reporting_rules():
    assert seen(table("-")) == [(None, "survey_rules_not_met")]


def test_time_2024_is_the_school_year_2024_25():
    assert seen(table("."), "period_type", "period") == [("school_year", "2024/25")]


@pytest.mark.parametrize(
    ("label", "when"),
    [
        ("Elever: Antal", ("school_year", "2024/25")),
        ("Kostnader: Per elev", ("calendar_year", "2024")),
        ("Delmål 4: Trygghet (medelvärde)*", ("term", "VT25")),
    ],
)
def test_three_times_mix_in_one_school_year(label, when):
    assert seen(table(".", label), "period_type", "period") == [when]


def test_the_plain_format_gives_values_as_texts_and_no_labels():
    body = {"columns": [{"code": "variable"}], "data": [{"key": ["26"], "values": ["71.6"]}]}

    with pytest.raises(Refused, match="bara koder och inga etiketter"):
        read(body)


def test_a_school_unit_is_told_by_the_hyphen_and_not_by_its_words():
    areas = {ORGANIZER: "SKOLENHETEN AB (2120001728): HUVUDMAN", **AREAS}

    reading = read(stat2({"1": "Elever"}, areas, {"2024": "2024/25"}, [1.0] * 3))

    assert dict(seen(reading, "area_code", "area_type")) == {
        ORGANIZER: "organizer",
        "00": "country",
        UNIT: "school_unit",
    }


def test_every_measure_is_a_list_with_the_newest_first():
    reading = read(
        school(
            totalNumberOfPupils=[element("90", period="2025/26"), element("80", period="2018/19")]
        )
    )

    assert seen(reading, "period", "value") == [("2025/26", 90.0), ("2018/19", 80.0)]


def test_cirka_210_is_210_and_approximate():
    reading = read(school(totalNumberOfPupils=[element("cirka 210")]))

    assert seen(reading, "value", "status", "raw_value") == [(210.0, "approximate", "cirka 210")]


def test_an_unknown_kind_of_value_is_missing_and_told():
    reading = read(school(totalNumberOfPupils=[element("7,5", "A_NEW_WORD")]))

    assert seen(reading) == [(None, "missing")]
    assert [one.code for one in reading.report.warnings] == ["unknown_value_type"]


def test_teachers_without_a_licence_requirement_are_not_missing():
    kind = "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION"
    reading = read(school(certifiedTeachersQuota=[element("*", kind)]))

    assert seen(reading) == [(None, "not_applicable_licence")]


def unit(**more):
    about = {"code": UNIT, "name": "Ekskolan", "geographicalAreaCode": "1497"}
    body = {"_embedded": {"listedSchoolUnits": [about | more]}}
    return read({"status": "OK", "message": "Success", "body": body}).areas


def test_a_town_has_a_code_that_begins_with_its_municipality():
    assert unit(geographicalAreaCode="2121-Alfta")["municipality_code"].to_list() == ["2121"]
    assert unit(geographicalAreaCode="utland")["municipality_code"].to_list() == [None]


def test_a_school_abroad_has_no_place_and_is_read():
    areas = unit(abroadSchool=True, wgs84_Lat="0", wgs84_Long=None, geographicalAreaCode=None)

    assert areas.select("code", "municipality_code").rows() == [(UNIT, None)]


def survey(**metrics):
    about = {"schoolUnitCode": UNIT, "semester": "VT26", "schoolYear": "ak5", "noOfAnswers": "45"}
    return read({"schoolYearMetrics": [about | metrics]})


def test_survey_numbers_are_texts_with_per_cent_signs():
    reading = survey(securityMetrics={"average": "8,6", "ratioCorrespondsFully": "60%"})

    assert seen(reading, "value") == [(45.0,), (8.6,), (60.0,)]


def test_a_dash_in_a_distribution_is_too_few_and_null_was_not_asked():
    metrics = {"ratioCorrespondsFully": "-", "ratioAlways": None}

    reading = survey(securityMetrics=metrics)

    assert reading.report.by_status == {"not_asked": 1, "suppressed_small_group": 1, "value": 1}


def test_the_same_topic_from_three_sources_is_three_measures():
    cell = {"gender": "T", "value": 81.2, "isdeleted": False}
    kolada = read({"values": [{"kpi": "N15602", "municipality": "1497", "period": 2026,
                               "values": [cell]}]})  # fmt: skip
    label = "Delmål 4: Trygghet (medelvärde)*"
    found = [kolada, table(".", label), survey(securityMetrics={"average": "8,6"})]

    kinds = {(str(one.report.source), one.measures["code"][0]) for one in found}
    assert len(kinds) == 3
