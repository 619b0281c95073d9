"""The traps of the real files, each under its own name; first in ours, then in the real ones."""

import os
from pathlib import Path

import polars as pl
import pytest
from tests.unit.values.books import book
from tests.unit.values.exports import ALE, KEYS, export, read, seen

from ska.values.importers.recognise import read_content, read_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
SIRIS = DATA / "skolverket" / "siris_csv"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]


def real_export(*words):
    (path,) = (one for one in SIRIS.glob("*.csv") if all(word in one.name for word in words))
    return read_file(path)


def test_blank_as_thousands_separator_in_some_columns_and_not_in_others():
    reading = read(f"{KEYS};Totalt;Undervisning;", f"{ALE};Kommunal;526708;302 227;")

    assert seen(reading, "value") == [(526_708.0,), (302_227.0,)]


def test_totalt_is_a_measure_where_no_column_is_about_girls_or_boys():
    reading = read(f"{KEYS};Totalt;Undervisning;", f"{ALE};Kommunal;526708;302 227;")

    assert reading.report.layout == "plain"
    assert reading.measures["title"].to_list() == ["Totalt", "Undervisning"]


def test_a_no_break_blank_is_a_blank():
    reading = read(f"{KEYS};Totalt;", f"{ALE};Kommunal;1\u00a0234,5;")

    assert seen(reading, "value") == [(1_234.5,)]


def test_excel_drops_the_decimal_of_a_hundred_and_that_is_no_revision():
    written = read(f"{KEYS};Andel (%) godkända;", f"{ALE};Samtliga;100,0;")
    resaved = read(f"{KEYS};Andel (%) godkända;", f"{ALE};Samtliga;100")

    columns = ["measure", "area_code", "scope", "period", "gender", "value", "status", "n"]
    assert written.observations.select(columns).equals(resaved.observations.select(columns))


def test_nearly_a_hundred_is_never_a_hundred():
    reading = read(f"{KEYS};Andel (%) godkända;", f"{ALE};Samtliga;~100;")

    assert seen(reading, "value", "status", "raw_value") == [(None, "rounded_near_100", "~100")]


def test_one_dot_and_two_dots_are_two_things():
    reading = read(f"{KEYS};Antal elever;Andel (%) godkända;", f"{ALE};Samtliga;.;..;")

    assert [status for _, status in seen(reading, "value", "status")] == [
        "not_applicable_or_missing",
        "suppressed_small_group",
    ]


def test_negative_costs_are_values():
    reading = read(
        f"{KEYS};Lokaler per elev;", f"{ALE};Kommunal;-200;", title="Grundskola - Kostnader"
    )

    assert seen(reading, "value") == [(-200.0,)]


def test_a_whole_column_of_zeros_is_told_with_its_measure():
    rows = [f"K{i};{1000 + i};Län;14;Samtliga;0,0;{i + 1};" for i in range(12)]

    reading = read(f"{KEYS};Förstelärare;Totalt antal;", *rows)

    assert [(one.code, one.measure.rpartition(" | ")[2]) for one in reading.report.warnings] == [
        ("whole_column_zero", "Förstelärare")
    ]


def test_doubled_columns_of_2016_keep_their_groups_apart():
    reading = read(
        ";;;;;Exkl. okänd bakgrund;Inkl. okänd bakgrund;",
        f"{KEYS};Andel (%) godkända;Andel (%) godkända;",
        f"{ALE};Samtliga;85,0;82,5;",
        chosen="Valt läsår: 2015/16",
    )

    assert reading.observations["measure"].n_unique() == 2


def test_the_second_copy_of_a_name_has_a_trailing_blank_in_excel():
    head = KEYS.split(";")
    rows = [
        [], [], ["Grundskola - Personalstatistik"], ["Valt läsår: 2024/25"], [],
        [*[""] * 5, "#Heltidstjänster", "#Lärare"],
        [*head, "Totalt antal", "Totalt antal "],
        [*ALE.split(";"), "Samtliga", 263.7, 302],
    ]  # fmt: skip

    reading = read_content(book(rows), "a.xlsx")

    assert reading.measures["title"].to_list() == [
        "Heltidstjänster: Totalt antal",
        "Lärare: Totalt antal",
    ]
    assert seen(reading, "value") == [(263.7,), (302.0,)]


def test_rows_in_another_order_are_the_same_values():
    rows = [
        f"{ALE};Samtliga;60;",
        f"{ALE};Kommunal;35;",
        "Aneby;0604;Jönköpings län;06;Samtliga;9;",
    ]
    order = ["area_code", "scope"]

    first = read(f"{KEYS};Antal elever;", *rows).observations.sort(order)
    last = read(f"{KEYS};Antal elever;", *reversed(rows)).observations.sort(order)

    assert first.drop("row").equals(last.drop("row"))


def test_codes_keep_their_leading_zero_even_in_excel():
    rows = [
        ["Grundskola - Antal elever"],
        ["Valt läsår: 2024/25"],
        [*KEYS.split(";"), "Antal elever"],
        ["Upplands Väsby", "0114", "Stockholms län", "01", "Samtliga", 9],
    ]

    assert read_content(book(rows), "a.xlsx").areas["code"].to_list() == ["0114"]


def test_a_year_that_the_name_of_the_file_gets_wrong():
    content = export(f"{KEYS};Antal elever;", f"{ALE};Samtliga;60;", chosen="Valt läsår: 2023/24")

    for name in ("Antal elever per årskurs 2023 Kommun.csv", "Betyg årskurs 6 2024 Kommun.csv"):
        assert set(read_content(content, name).observations["period"]) == {"2023/24"}


class TestInTheRealFiles:
    pytestmark = real

    def test_staff_files_are_named_after_the_starting_year_and_grades_after_the_ending(self):
        staff = real_export("Personalstatistik", "2023")
        grades = real_export("Betyg årskurs 6", "2023")

        assert set(staff.observations["period"]) == {"2023/24"}
        assert set(grades.observations["period"]) == {"2022/23"}

    def test_prose_after_the_data_has_semicolons_and_is_no_row(self):
        reading = real_export("Kostnader per kommun", "2022")

        assert "\n" in reading.definitions
        assert not reading.areas["name"].str.contains("Undervisning per elev").any()
        assert reading.measures.filter(pl.col("code").str.ends_with("Totalt per elev"))[
            "definition"
        ].item()

    def test_federations_without_a_code_and_negative_costs(self):
        observations = real_export("Kostnader per kommun", "2022").observations
        federations = observations.filter(pl.col("area_type") == "municipal_federation")

        assert federations["area_code"].n_unique() == 9
        assert observations.filter(pl.col("value") < 0).height > 0
        assert observations["measure"].str.ends_with(" | Totalt").any()

    def test_costs_in_thousands_and_costs_for_each_pupil_have_their_own_units(self):
        measures = real_export("Kostnader per kommun", "2022").measures
        units = {code.rpartition(" | ")[2]: unit for code, unit in measures["code", "unit"].rows()}

        assert (units["Totalt"], units["Totalt per elev"]) == ("tkr", "kr")
        assert units["Genomsnittligt elevantal"] == "elever"

    def test_a_municipality_without_schools_of_its_own_has_no_costs(self):
        aneby = real_export("Kostnader per kommun", "2022").observations.filter(
            (pl.col("area_code") == "0604") & pl.col("measure").str.contains("per elev")
        )

        assert set(aneby["status"]) == {"not_applicable_or_missing"}

    def test_both_genders_and_all_three_subjects_of_a_national_test(self):
        reading = real_export("nationella prov", "2023")

        assert reading.report.layout == "two_header_rows+gender_columns+subject_rows"
        assert set(reading.observations["gender"]) == {"T", "K", "M"}
        assert reading.measures.height == 4 * 4
        assert set(reading.measures["unit"]) == {"%", "elever", "betygspoäng"}

    def test_a_unit_under_two_organizers_is_two_areas(self):
        (path,) = DATA.glob("skolverket/ufa/*.xlsx")
        reading = read_file(path)

        shared = reading.areas.filter(pl.col("code").str.contains("-", literal=True))
        warned = [one.code for one in reading.report.warnings]
        assert ("unit_under_two_organizers" in warned) == (shared.height > 0)

    def test_the_same_school_in_a_csv_and_in_a_saved_answer_agrees(self):
        schools = real_export("Slutbetyg", "Skolenhet").observations.filter(
            pl.col("measure").str.contains("meritvärde") & pl.col("value").is_not_null()
        )
        answers = read_file(
            DATA / "skolverket" / "planned_educations_v4" / "statistics_gr.jsonl.gz"
        ).observations.filter(
            pl.col("measure").str.contains("averageGradesMeritRating9thGrade")
            & (pl.col("period") == "2024/25")
            & pl.col("value").is_not_null()
        )

        both = schools.join(answers, on="area_code", suffix="_answer")
        differing = both.filter((pl.col("value") - pl.col("value_answer")).abs() > 0.51)
        assert both.height > 100
        assert differing.is_empty()
