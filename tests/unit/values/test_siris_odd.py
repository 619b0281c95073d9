"""Skolverket's exports as XML, and those that are not what they should be."""

import polars as pl
import pytest
from tests.unit.values.exports import ALE, KEYS, XML, export, read, seen

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content


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
