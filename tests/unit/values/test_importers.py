"""Small files written by hand, one for each grammar and each trap."""

import orjson
import polars as pl
import pytest
from tests.unit.values.books import book

from ska.values.importers import kolada
from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content, read_file

SIRIS = """\ufeffStatistik från Skolverket, https://www.skolverket.se

Grundskola - Betyg årskurs 6, andel som fått godkänt betyg (A-E), samtliga elever
Valt läsår: 2024/25

Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Antal elever;Andel (%) elever som fått godkänt;
Ale;1440;Västra Götalands län;14;Samtliga;1 445;75,7;
Ale;1440;Västra Götalands län;14;Enskild;25;~100;
Aneby;0604;Jönköpings län;06;Kommunal;..;.;
Förbundet;;;;Kommunal;12;50,0;
Arboga;1984;Västmanlands län;19;Månskola;12;50,0;
Avesta;2084;Dalarnas län;20;Kommunal;x;101,5;

Rapportbeskrivning och definitioner etc.

Antal elever;Antal elever som fått eller skulle ha fått betyg.;
;Avser elever med betyg A-F.;
"""
TEACHERS = """Statistik från Skolverket, https://www.skolverket.se

Grundskola - Personalstatistik med lärarlegitimation och behörighet
Valt läsår: 2023/24
Valt uttag: 2024-02-22

Från och med läsåret 2024/25 redovisas ingen statistik som baseras på färre än 3 tjänster.

;;;;;#Heltidstjänster;#Heltidstjänster;#Tjänstgörande lärare;#Tjänstgörande lärare;
Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Totalt antal;Förstelärare;Totalt antal;Förstelärare;
Ale;1440;Västra Götalands län;14;Samtliga;263,7;33,0;302;35;
"""


def cells(reading, *columns):
    return reading.observations.select(columns or ("value", "status")).rows()


def test_siris_accounts_for_every_cell():
    reading = read_content(SIRIS.encode(), "a.csv")
    report = reading.report

    assert (report.source, report.rows, report.cells) == ("siris", 6, 12)
    assert report.is_complete
    assert report.by_status == {
        "not_applicable_or_missing": 1,
        "rounded_near_100": 1,
        "suppressed_small_group": 1,
        "value": 5,
    }
    assert {(r.row, r.reason.split(" ")[0]) for r in report.rejections} == {
        (11, "typen"),
        (12, "varken"),
        (12, "utanför"),
    }


def test_siris_reads_the_period_scope_and_group_size_inside_the_file():
    ale = read_content(SIRIS.encode(), "Betyg 1999.csv").observations.filter(
        (pl.col("area_code") == "1440") & (pl.col("scope") == "all")
    )

    assert ale.select("period", "value", "n").rows() == [
        ("2024/25", 1445.0, None),
        ("2024/25", 75.7, 1445),
    ]


def test_siris_keeps_the_definitions_that_stand_after_the_data():
    reading = read_content(SIRIS.encode(), "a.csv")

    assert reading.measures.filter(pl.col("title") == "Antal elever")["definition"].item() == (
        "Antal elever som fått eller skulle ha fått betyg. Avser elever med betyg A-F."
    )
    assert "Rapportbeskrivning" in reading.definitions


def test_a_file_saved_again_in_excel_reads_the_same():
    padded = SIRIS.replace("\n\n", "\n;;;;;;\n").replace("2024/25\n", "2024/25;;;;;\n")
    padded = padded.replace("75,7;", "75,7").replace("\n", "\r\n")

    assert cells(read_content(padded.encode(), "a.csv")) == cells(
        read_content(SIRIS.encode(), "a.csv")
    )


def test_the_workbook_twin_reads_the_same():
    rows = [line.rstrip(";").split(";") for line in SIRIS.lstrip("\ufeff").split("\n")]

    twin = read_content(book(rows), "a.xlsx")

    plain = read_content(SIRIS.encode(), "a.csv")
    assert cells(twin) == cells(plain)
    assert twin.report.is_complete
    assert [r.row for r in twin.report.rejections] == [r.row for r in plain.report.rejections]


def test_lines_are_counted_as_excel_counts_them():
    lines = [line.rstrip(";").split(";") for line in SIRIS.lstrip("\ufeff").split("\n")]

    moved = read_content(book([[], [], *lines]), "a.xlsx")

    assert {r.row for r in moved.report.rejections} == {13, 14}


def test_two_header_rows_are_joined():
    reading = read_content(TEACHERS.encode(), "a.csv")

    assert reading.measures["title"].to_list() == [
        "Heltidstjänster: Totalt antal",
        "Heltidstjänster: Förstelärare",
        "Tjänstgörande lärare: Totalt antal",
        "Tjänstgörande lärare: Förstelärare",
    ]
    assert [value for value, _ in cells(reading)] == [263.7, 33.0, 302.0, 35.0]


def test_an_older_encoding_is_read():
    assert read_content(SIRIS.lstrip("\ufeff").encode("cp1252"), "a.csv").report.cells == 12


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Typ av huvudman;", "Typ av huvudman;Ämne;;", "saknar rubrik"),
        ("Valt läsår: 2024/25", "Valt läsår: 2024/27", "finns inte"),
        ("Valt läsår: 2024/25", "Någon gång", "känns inte igen"),
        ("Län;Läns-kod;", "Region;Kod;", "Tabellhuvudet"),
        ("~100;", "~100;7;8;", "fler celler"),
    ],
)
def test_a_changed_siris_layout_is_refused_with_what_was_seen(old, new, message):
    with pytest.raises(Refused, match=message):
        read_content(SIRIS.replace(old, new).encode(), "a.csv")


UFA = [
    ["Underlag för analys för grundskola efter mått, huvudman och läsår"],
    [],
    [
        None,
        "RIKET: TOTALT",
        "EKHULTS KOMMUN (2120009999): HUVUDMAN",
        "EKHULTS KOMMUN (2120009999): EKSKOLAN (12345678)",
        "ANDRA AB (5560009999): EKSKOLAN (12345678)",
    ],
    [None, "2024/25", "2024/25", "2024/25", "2024/25"],
    ["Elever: Antal elever", 1104634, 512, 133, "."],
    ["Kostnader: Per elev", 140200, 131100, "..", ".."],
    ["Delmål 1: Andel (%) elever som har lägst betyget E", 70.4, "...", "..", "."],
    ["Delmål 2: Elevers upplevelse av trygghet i årskurs 5 (medelvärde)*", 8.2, "-", 11.5, "?"],
    [],
    ["TECKENFÖRKLARINGAR\n(.) Uppgiften saknas"],
]


def test_the_quality_system_table_accounts_for_every_cell():
    report = read_content(book(UFA), "x.xlsx").report

    assert (report.source, report.rows, report.cells) == ("skolverket_pxweb", 4, 16)
    assert report.is_complete
    assert report.by_status == {
        "not_applicable_or_missing": 2,
        "suppressed_near_all": 1,
        "suppressed_small_group": 3,
        "survey_rules_not_met": 1,
        "value": 7,
    }
    assert [(r.row, r.raw) for r in report.rejections] == [(8, "11.5"), (8, "?")]
    assert "1 skolenheter står under två huvudmän" in report.warnings[0].text


def test_three_kinds_of_time_are_kept_apart():
    riket = read_content(book(UFA), "x").observations.filter(pl.col("area_type") == "country")

    assert riket.select("period_type", "period").rows() == [
        ("school_year", "2024/25"),
        ("calendar_year", "2024"),
        ("school_year", "2024/25"),
        ("term", "VT25"),
    ]


def test_areas_of_the_quality_system_table():
    areas = read_content(book(UFA), "x").areas.select("area_type", "code", "name", "unit_code")

    assert areas.rows() == [
        ("country", "00", "Riket", ""),
        ("organizer", "2120009999", "EKHULTS KOMMUN", ""),
        ("school_unit", "2120009999-12345678", "EKSKOLAN", "12345678"),
        ("school_unit", "5560009999-12345678", "EKSKOLAN", "12345678"),
    ]


def kolada_answer(*elements, kpi="N15419", year=2025):
    entry = {"kpi": kpi, "municipality": "1497", "period": year, "values": list(elements)}
    return orjson.dumps({"values": [entry], "count": 1, "next_url": None})


def test_kolada_selects_gender_by_key_and_keeps_gaps():
    content = kolada_answer(
        {"gender": "M", "count": 1, "status": "", "value": 70.1, "isdeleted": False},
        {"gender": "K", "count": 1, "status": "", "value": None, "isdeleted": False},
        {"gender": "T", "count": 1, "status": "", "value": 75.0, "isdeleted": True},
        {"gender": "F", "count": 1, "status": "", "value": 1.0, "isdeleted": False},
    )

    reading = read_content(content, "a.json")

    assert cells(reading, "gender", "value", "status", "raw_value") == [
        ("M", 70.1, "value", "70.1"),
        ("K", None, "missing", ""),
        ("T", None, "missing", "75.0 (isdeleted)"),
    ]
    assert [r.reason for r in reading.report.rejections] == ["okänt kön ”F”, bara T, K och M läses"]
    assert reading.report.is_complete


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"values": []}', "tomt"),
        (b'{"values": 3}', "ingen lista"),
        (b'{"values": [{"a": 1}]}', "fält som inte"),
        (b'{"values": [', "inte hel JSON"),
        (b'{"other": 1}', "form som inte"),
        (b"a;b\n1;2\n", "känns inte igen.*a; b"),
        (b"Namn;Personnr\n", "personuppgifter"),
        (b"\xd0\xcf\x11\xe0", "gammal Excelfil"),
        (b"%PDF-1.7\n1 0 obj\n", "PDF eller en bild.*klistra in"),
        (b"\x89PNG\r\n\x1a\n0000", "PDF eller en bild"),
        (b"PK\x03\x04rest", "kan inte läsas"),
        (b"\x1f\x8b\x08", "kan inte packas upp"),
    ],
)
def test_what_is_not_known_is_refused_with_what_was_seen(content, message):
    with pytest.raises(Refused, match=message):
        read_content(content, "a.csv")


def test_a_missing_or_empty_file_is_refused(tmp_path):
    with pytest.raises(Refused, match="finns inte"):
        read_file(tmp_path / "nothing.csv")
    (tmp_path / "empty.csv").write_bytes(b"  \n")
    with pytest.raises(Refused, match="tom"):
        read_file(tmp_path / "empty.csv")


def test_a_page_that_is_missing_is_told():
    page = {
        "values": [{"id": "N15419", "title": "A", "is_divided_by_gender": True}],
        "count": 1,
        "next_url": "https://api.kolada.se/v3/kpi?page=2&per_page=1",
    }
    first = read_content(orjson.dumps(page), "1.json")
    last = read_content(
        orjson.dumps(
            page | {"next_url": None, "previous_url": "https://api.kolada.se/v3/kpi?page=1"}
        ),
        "2.json",
    )

    assert kolada.missing_pages([first]) == ["1.json fortsätter på sida 2, som inte är med."]
    assert kolada.missing_pages([first, last]) == []
