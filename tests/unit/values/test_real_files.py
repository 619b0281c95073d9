"""The real files, with exact counts; each total is counted again by the test itself."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from ska.values.importers import kolada
from ska.values.importers.recognise import read_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
SIRIS_FILES = sorted(DATA.glob("skolverket/siris_csv/*.csv"))
SYMBOLS = {
    ".": "not_applicable_or_missing",
    "..": "suppressed_small_group",
    "~100": "rounded_near_100",
}


def status_of(text):
    if text in SYMBOLS:
        return SYMBOLS[text]
    assert re.fullmatch(r"-?[\d\u00a0 ]+(,\d+)?", text), text
    return "value"


def counted_by_hand(path):
    """Count rows, statuses and municipal federations with nothing of ours but the csv module."""
    rows, counts, federations = 0, Counter(), set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    header = next(i for i, cells in enumerate(lines) if cells and cells[0] in ("Kommun", "Skola"))
    names = [name for name in lines[header] if name]
    first = names.index("Ämne" if "Ämne" in names else "Typ av huvudman") + 1
    if "Huvudman orgnr" in names:
        first = names.index("Huvudman orgnr") + 1
    for cells in lines[header + 1 :]:
        if cells and cells[0].startswith("Rapportbeskrivning"):
            break
        if any(cell.strip() for cell in cells):
            rows += 1
            counts.update(map(status_of, cells[first : len(names)]))
            if not cells[1]:
                federations.add(cells[0])
    return rows, dict(sorted(counts.items())), federations


def test_every_export_of_the_folder_is_here():
    assert len(SIRIS_FILES) == 21


@pytest.mark.parametrize("path", SIRIS_FILES, ids=lambda path: path.stem[-40:])
def test_every_cell_of_an_export_is_accounted_for(path):
    reading = read_file(path)
    rows, counts, federations = counted_by_hand(path)

    assert (reading.report.rows, reading.report.by_status) == (rows, counts)
    assert reading.report.cells == sum(counts.values()) == reading.observations.height
    assert reading.report.rejections == []
    found = reading.areas.filter(reading.areas["area_type"] == "municipal_federation")["code"]
    assert set(found) == federations
    assert bool(federations) == ("Kostnader per kommun 2022" in path.stem)


@pytest.mark.parametrize(
    ("name", "rows", "counts"),
    [
        ("exp_kostnader_kommun_fklass_2016", 290, None),
        ("exp_pers_amne_gy_kommun_amne_2018", 3, {"value": 24}),
    ],
)
def test_every_element_of_an_xml_export_is_accounted_for(name, rows, counts):
    path = DATA / "skolverket" / "siris_xml" / f"{name}.xml"
    text = path.read_text(encoding="utf-8")
    records = re.findall(r"<(?:skola|kommun) .*?</(?:skola|kommun)>", text, re.DOTALL)
    cells = [cell for record in records for cell in re.findall(r"<\w+>([^<]*)</\w+>", record)]

    report = read_file(path).report

    counted = dict(sorted(Counter(map(status_of, cells)).items()))
    assert (report.rows, report.cells) == (len(records), len(cells))
    assert (report.rows, report.by_status) == (rows, counts or counted)
    assert report.by_status == counted


def test_an_xml_of_costs_joins_the_series_of_the_csv():
    xml = read_file(DATA / "skolverket" / "siris_xml" / "exp_kostnader_kommun_fklass_2016.xml")
    (csv,) = DATA.glob("skolverket/siris_csv/*Kostnader*2022*.csv")
    named = {code.partition(" | ")[2]: unit for code, unit in xml.measures["code", "unit"].rows()}
    columns = read_file(csv).measures["code", "unit"].rows()

    assert len(named) == 6
    assert named.items() <= {code.partition(" | ")[2]: unit for code, unit in columns}.items()
    assert set(xml.measures["definition"]) >= {
        "Den totala kostnaden i tusentals kronor för valt år."
    }


def test_an_xml_whose_tags_are_no_variables_keeps_its_tags():
    path = DATA / "skolverket" / "siris_xml" / "exp_pers_amne_gy_kommun_amne_2018.xml"

    assert "helttj_larare_leg" in read_file(path).measures["code"][1]


def test_the_workbook_and_the_csv_of_one_export_agree():
    folder = DATA / "skolverket" / "siris_csv"
    (workbook,) = folder.glob("*2025 Kommun.xlsx")
    columns = ["measure", "area_code", "scope", "period", "value", "status", "n"]

    twin = read_file(workbook).observations.select(columns)

    assert twin.equals(read_file(workbook.with_suffix(".csv")).observations.select(columns))


def test_the_quality_system_table_is_read_to_the_last_cell():
    (path,) = DATA.glob("skolverket/ufa/*.xlsx")

    reading = read_file(path)

    assert reading.report.rows == 49
    assert reading.report.cells == 293_608
    assert reading.report.by_status == {
        "not_applicable_or_missing": 137_605,
        "suppressed_near_all": 12_262,
        "suppressed_small_group": 25_225,
        "survey_rules_not_met": 3_243,
        "value": 115_273,
    }
    assert dict(reading.areas.group_by("area_type").len().iter_rows()) == {
        "country": 1,
        "organizer": 875,
        "school_unit": 5_116,
    }


def test_a_catalogue_of_two_pages_gives_every_measure():
    readings = [read_file(path) for path in sorted(DATA.glob("kolada/kpi_page*.json"))]

    assert [reading.report.rows for reading in readings] == [5_000, 1_099]
    assert kolada.missing_pages(readings) == []
    assert kolada.missing_pages(readings[:1]) != []


@pytest.mark.parametrize(("name", "cells"), [("N00945", 63), ("N03702_N03703", 48)])
def test_saved_answers_are_read_to_the_last_cell(name, cells):
    report = read_file(DATA / "kolada" / f"data_sample_{name}.json").report

    assert (report.cells, report.by_status) == (cells, {"value": cells})


@pytest.mark.parametrize(("name", "rows"), [("municipality", 312), ("municipality_groups", 1_538)])
def test_catalogues_of_areas(name, rows):
    reading = read_file(DATA / "kolada" / f"{name}.json")

    assert reading.areas.height == reading.report.rows == rows


def test_survey_rounds_that_only_repeat_are_marked():
    (path,) = DATA.glob("kolada/skolenkaten_municipality_values*.csv")

    reading = read_file(path)

    assert reading.report.cells == 11_565
    # 5 223 of the pairs are identical; 42 of those are single measures, not a whole round.
    assert reading.observations["carried_from"].count() == 5_181
