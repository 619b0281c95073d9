"""Skolverket's exports in every layout of the specification, one small file by hand for each."""

import pytest
from tests.unit.values.books import book
from tests.unit.values.exports import ALE, KEYS, export, read, seen, sheet

from ska.values.importers.observations import UnknownLayout
from ska.values.importers.recognise import read_content


def test_gender_above_the_measures():
    reading = read(
        ";;;;;#Flickor;#Flickor;#Pojkar;#Pojkar;",
        f"{KEYS};Antal elever;Andel (%) godkända;Antal elever;Andel (%) godkända;",
        f"{ALE};Samtliga;30;70,5;..;~100;",
    )

    assert reading.report.layout == "two_header_rows+gender_columns"
    assert seen(reading, "gender", "value", "status", "n") == [
        ("K", 30.0, "value", None),
        ("K", 70.5, "value", 30),
        ("M", None, "suppressed_small_group", None),
        ("M", None, "rounded_near_100", None),
    ]
    assert reading.measures["title"].to_list() == ["Antal elever", "Andel (%) godkända"]
    assert reading.measures["definition"].to_list() == ["Som fått betyg.", ""]


def test_gender_below_the_measures():
    reading = read(
        ";;;;;Andel (%) godkända;Andel (%) godkända;Andel (%) godkända;",
        f"{KEYS};Totalt;Flickor;Pojkar;",
        f"{ALE};Samtliga;70,5;71,0;70,0;",
    )

    assert seen(reading, "gender", "value") == [("T", 70.5), ("K", 71.0), ("M", 70.0)]
    assert reading.measures.select("title", "unit").rows() == [("Andel (%) godkända", "%")]


def test_a_group_that_is_named_once_covers_its_columns():
    reading = read(
        ";;;;;#Heltidstjänster;;#Tjänstgörande lärare;;",
        f"{KEYS};Totalt antal;Förstelärare;Totalt antal;Förstelärare;",
        f"{ALE};Samtliga;263,7;33,0;302;35;",
    )

    assert reading.measures["title"].to_list() == [
        "Heltidstjänster: Totalt antal",
        "Heltidstjänster: Förstelärare",
        "Tjänstgörande lärare: Totalt antal",
        "Tjänstgörande lärare: Förstelärare",
    ]


def test_column_groups_in_another_order_next_year():
    def teachers(first, second, cells, chosen):
        return read(
            f";;;;;#{first};#{second};",
            f"{KEYS};Totalt antal;Totalt antal;",
            f"{ALE};Samtliga;{cells};",
            chosen=chosen,
        )

    before = teachers("Heltidstjänster", "Lärare", "263,7;302", "Valt läsår: 2023/24")
    after = teachers("Lärare", "Heltidstjänster", "305;264,1", "Valt läsår: 2024/25")

    assert (
        dict(seen(before, "measure", "value")).keys()
        == dict(seen(after, "measure", "value")).keys()
    )
    assert {m.rpartition(" | ")[2]: v for m, v in seen(after, "measure", "value")} == {
        "#Lärare: Totalt antal": 305.0,
        "#Heltidstjänster: Totalt antal": 264.1,
    }


def test_gender_as_rows():
    reading = read(
        f"{KEYS};Kön;Antal elever;",
        f"{ALE};Samtliga;Totalt;60;",
        f"{ALE};Samtliga;Flickor;30;",
        f"{ALE};Samtliga;Pojkar;30;",
        f"{ALE};Samtliga;Hemligt;30;",
    )

    assert reading.report.layout == "gender_rows"
    assert seen(reading, "gender", "value") == [("T", 60.0), ("K", 30.0), ("M", 30.0)]
    assert [one.reason for one in reading.report.rejections] == ["könet känns inte igen"]


@pytest.mark.parametrize(
    ("header", "measures"),
    [
        ("Ämne", ["Antal elever, Engelska", "Antal elever, Svenska"]),
        ("Uppgift", ["Antal elever, Engelska", "Antal elever, Svenska"]),
        (
            "Andel (%) elever som fått godkänt betyg i respektive ämne",
            ["Antal elever, Engelska", "Antal elever, Svenska"],
        ),
    ],
)
def test_subject_or_task_as_rows(header, measures):
    reading = read(
        f"{KEYS};{header};Antal elever;",
        f"{ALE};Samtliga;Engelska;60;",
        f"{ALE};Samtliga;Svenska;61;",
    )

    assert reading.measures["title"].to_list() == measures
    assert seen(reading, "value") == [(60.0,), (61.0,)]


def test_a_share_in_each_subject_by_gender_keeps_its_unit():
    header = "Andel (%) elever som fått godkänt betyg i respektive ämne"
    reading = read(
        f"{KEYS};{header};Totalt;Flickor;Pojkar;",
        f"{ALE};Samtliga;Engelska;96,0;95,5;104,5;",
    )

    assert reading.report.layout == "gender_columns+subject_rows"
    assert reading.measures.select("title", "unit").rows() == [(f"{header}, Engelska", "%")]
    assert [one.reason for one in reading.report.rejections] == ["utanför det möjliga, 0–100"]


def test_school_years_as_columns():
    reading = read(
        f"{KEYS};2024/25;2023/24;2015/16;",
        f"{ALE};Samtliga;61,5;..;58,0;",
        title="Grundskola - Andel (%) elever med godkänt",
        chosen="",
    )

    assert reading.report.layout == "years_as_columns"
    assert seen(reading, "period_type", "period", "value") == [
        ("school_year", "2024/25", 61.5),
        ("school_year", "2023/24", None),
        ("school_year", "2015/16", 58.0),
    ]
    assert reading.measures.select("title", "unit").rows() == [
        ("Andel (%) elever med godkänt", "%")
    ]


def test_calendar_years_as_columns_with_the_task_as_rows():
    reading = read(
        f"{KEYS};Uppgift;2024;2023;",
        f"{ALE};Kommunal;Totalt per elev;120 500;119 000;",
        f"{ALE};Kommunal;Lokaler per elev;-600;.;",
        title="Gymnasieskola - Kostnader per kommun",
        chosen="Endast kommunal huvudman",
    )

    assert reading.report.layout == "measure_rows+years_as_columns"
    assert seen(reading, "measure", "period", "value")[2:] == [
        ("Gymnasieskola - Kostnader per kommun | Totalt per elev", "2023", 119_000.0),
        ("Gymnasieskola - Kostnader per kommun | Lokaler per elev", "2023", None),
    ]
    assert set(reading.measures["unit"]) == {"kr"}


def test_one_sheet_a_kind_of_huvudman():
    content = book(
        {
            "Blad1": sheet("Samtliga", 60),
            "Blad2": sheet("Kommunal", 35),
            "Enskild": sheet("", ".."),
            "Rapportbeskrivning och def.": [["Rapportbeskrivning"], ["Antal elever", "", "I okt."]],
        }
    )

    reading = read_content(content, "a.xlsx")

    assert reading.report.layout == "sheet_per_operator_type"
    assert seen(reading, "scope", "value") == [
        ("all", 60.0),
        ("municipal", 35.0),
        ("independent", None),
    ]
    assert (reading.report.rows, reading.report.cells, reading.report.is_complete) == (3, 3, True)
    assert reading.measures["definition"].to_list() == ["I okt."]
    assert reading.report.warnings == []


def test_a_cell_that_stands_on_two_sheets_is_taken_once():
    content = book(
        {"A": sheet("Samtliga", 60), "B": sheet("Samtliga", 61), "C": [["En anteckning"]]}
    )

    report = read_content(content, "a.xlsx").report

    assert report.is_complete
    assert [one.raw for one in report.rejections] == ["61"]
    assert [one.code for one in report.warnings] == ["sheets_not_read"]


def test_a_sheet_that_does_not_say_whose_schools_it_counts_is_refused():
    with pytest.raises(UnknownLayout, match="typ av huvudman"):
        read_content(book({"Blad1": sheet("", 60)}), "a.xlsx")


def test_prose_before_and_after_with_semicolons():
    reading = read(
        "Från och med läsåret 2024/25; se nedan; redovisas inget.",
        " ",
        f"{KEYS};Antal elever;",
        f"{ALE};Samtliga;60;",
        chosen="Valt läsår: 2024/25\nValt uttag: 2025-02-12",
    )

    assert (reading.report.rows, reading.report.by_status) == (1, {"value": 1})


def test_a_municipal_federation_has_no_code_and_is_its_own_kind_of_area():
    reading = read(
        f"{KEYS};Totalt per elev;Lokaler per elev;",
        "Kunskapsförbundet Väst;;;;Kommunal;132 100;-200;",
        f"{ALE};Kommunal;120 000;.;",
        title="Gymnasieskola - Kostnader per kommun",
        chosen="Valt år: 2022\nEndast kommunal huvudman",
    )

    assert seen(reading, "area_type", "area_code", "period", "value") == [
        ("municipal_federation", "Kunskapsförbundet Väst", "2022", 132_100.0),
        ("municipality", "1440", "2022", 120_000.0),
        ("municipal_federation", "Kunskapsförbundet Väst", "2022", -200.0),
        ("municipality", "1440", "2022", None),
    ]
    assert reading.report.rejections == []


SCHOOLS = export(
    "Skola;Skol-enhetskod;Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;"
    "Antal elever;",
    "Ekskolan;00000011;Ale;1440;Kommunal;Ale kommun;2120001439;1 100,5;",
)


def test_schools_resaved_by_excel():
    padded = SCHOOLS.decode().replace("\n\n", "\n;;;;;;;\n").replace(";\n", "\r\n").encode()

    for content in (SCHOOLS, padded):
        reading = read_content(content, "a.csv")
        assert seen(reading, "area_type", "area_code", "value") == [
            ("school_unit", "00000011", 1100.5)
        ]
        assert reading.areas.select("municipality_code", "organizer_number").rows() == [
            ("1440", "2120001439")
        ]
