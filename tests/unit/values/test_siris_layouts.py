"""Skolverket's exports in every layout of the specification, one small file by hand for each."""

import polars as pl
import pytest
from tests.unit.values.books import book

from ska.values.importers.observations import Refused, UnknownLayout
from ska.values.importers.recognise import read_content

KEYS = "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman"
ALE = "Ale;1440;Västra Götalands län;14"


def export(*table, title="Grundskola - Betyg årskurs 6", chosen="Valt läsår: 2024/25"):
    above = ["Statistik från Skolverket, https://www.skolverket.se", "", title, chosen, ""]
    after = ["", "Rapportbeskrivning och definitioner etc.", "Antal elever;Som fått betyg.;"]
    return "\n".join([*above, *table, *after, ""]).encode("utf-8-sig")


def read(*table, **words):
    return read_content(export(*table, **words), "a.csv")


def seen(reading, *columns):
    return reading.observations.select(*columns).rows()


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


def sheet(operator_type, *cells):
    head = ["Kommun", "Kommun-kod", "Län", "Läns-kod", "Antal elever"]
    above = [[], [], ["Grundskola - Antal elever"], [operator_type], ["Valt läsår: 2024/25"], []]
    return [*above, head, *([*ALE.split(";"), cell] for cell in cells)]


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


XML = """<?xml version="1.0"?>
<root><rubrik>F&#246;rskoleklass - Kostnader per kommun</rubrik>
<inledning>Valt &#229;r: 2016
Endast kommunal huvudman</inledning>
<skola kommun_namn="Ale" kommunkod="1440" huvudman="Kommunal"><antal_elever>384</antal_elever>
<totalt_elev>57 500</totalt_elev></skola>
<skola kommun_namn="Aneby" kommunkod="0604" huvudman="Kommunal"><antal_elever>0</antal_elever>
<totalt_elev>.</totalt_elev></skola>
<skola kommun_namn="Avesta" kommunkod="2084" huvudman="Kommunal">
<totalt_elev>x</totalt_elev></skola>
<avslutning><del1>Rapportbeskrivning och definitioner etc.</del1><definitioner>
<variabel>Totalt per elev</variabel><definition>Kostnaden; per elev.</definition></definitioner>
</avslutning></root>"""


def test_xml():
    reading = read_content(XML.encode(), "a.xml")

    assert (reading.report.rows, reading.report.cells) == (3, 6)
    assert reading.report.by_status == {
        "missing": 1,
        "not_applicable_or_missing": 1,
        "value": 3,
    }
    assert [(one.row, one.column, one.raw) for one in reading.report.rejections] == [
        (3, "Totalt per elev", "x")
    ]
    assert set(reading.observations["period"]) == {"2016"}
    assert reading.measures["unit"].to_list() == ["elever", "kr"]
    assert "Kostnaden; per elev." in reading.definitions


def test_xml_with_subjects():
    text = XML.replace("<skola ", '<kommun amne="Bild" ').replace("</skola>", "</kommun>")

    reading = read_content(text.encode(), "a.xml")

    assert reading.report.layout == "subject_rows"
    assert reading.measures["title"].to_list() == ["antal_elever, Bild", "Totalt per elev, Bild"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<root>", '<!DOCTYPE root [<!ENTITY a "b">]><root>', "entiteter"),
        ("</root>", "", "hel XML"),
        ("kommunkod=", "kod=", "Okända uppgifter"),
        ("skola", "enhet", "inga poster"),
        ("Valt &#229;r: 2016", "", "känns inte igen"),
    ],
)
def test_xml_of_another_kind_is_refused(old, new, message):
    with pytest.raises(Refused, match=message):
        read_content(XML.replace(old, new).encode(), "a.xml")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ((f"{KEYS};Kön;Totalt;Flickor;", f"{ALE};Samtliga;Totalt;1;2;"), "rader och i kolumner"),
        ((f"{KEYS};Antal elever;2024/25;", f"{ALE};Samtliga;1;2;"), "en del av kolumnerna"),
        ((f"{KEYS};2024;2023/24;", f"{ALE};Samtliga;1;2;"), "blandar"),
        ((f"{KEYS};", f"{ALE};Samtliga;"), "inga mått"),
        (("Kommun;Kod;Antal;", "Ale;1440;1;"), "Tabellhuvudet"),
        ((f"{KEYS};Antal;Antal;", f"{ALE};Samtliga;1;2;"), "två gånger"),
    ],
)
def test_an_arrangement_that_is_not_known_is_refused_with_what_was_seen(table, message):
    with pytest.raises(Refused, match=message):
        read(*table)


def test_a_row_that_broke_off_or_slid_sideways_is_rejected_and_not_guessed():
    reading = read(
        f"{KEYS};Ämne;Antal elever;Andel (%) godkända;",
        f"{ALE};Samtliga;Engelska;60",
        f"{ALE};Samtliga;61;70,5;",
        f"{ALE};Samtliga;Svenska;62;71,0;",
    )

    assert reading.observations["value"].to_list() == [62.0, 71.0]
    assert {one.row for one in reading.report.rejections} == {7, 8}
    assert reading.report.is_complete


def test_an_area_whose_first_row_is_rejected_is_still_an_area():
    reading = read(f"{KEYS};row;scope;", f"{ALE};Månskola;1;2;", f"{ALE};Samtliga;3;4;")

    assert reading.areas["code"].to_list() == ["1440"]
    assert seen(reading, "column", "value") == [("row", 3.0), ("scope", 4.0)]


def test_the_period_is_read_inside_the_file_and_never_from_its_name():
    content = export(f"{KEYS};Antal elever;", f"{ALE};Samtliga;60;", chosen="Valt läsår: 2023/24")

    reading = read_content(content, "Grundskola - Antal elever 1999 Kommun.csv")

    assert reading.observations["period"].to_list() == ["2023/24"]
    assert reading.observations.filter(pl.col("n").is_not_null()).is_empty()
