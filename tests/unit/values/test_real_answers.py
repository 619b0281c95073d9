"""The real saved answers: every symbol counted again by the test itself."""

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from ska.values.importers.recognise import read_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
PLANNED = DATA / "skolverket" / "planned_educations_v4"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
WORDS = {
    "MISSING": "not_applicable_or_missing",
    "OMITTED_DUE_TO_BASED_ON_FEW_PUPILS": "suppressed_small_group",
    "ROUNDED_OFF_DUE_TO_FEW_PUPILS_NOT_ELIGIBLE": "rounded_near_100",
    "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION": "not_applicable_licence",
}


def counted(body):
    counts = Counter()
    for measure in body.values():
        for one in measure if isinstance(measure, list) else ():
            about = "approximate" if str(one["value"]).startswith("cirka") else "value"
            counts[WORDS.get(one["valueType"], about)] += 1
    return counts


def test_every_cell_of_940_schools_is_accounted_for():
    path = PLANNED / "statistics_gr.jsonl.gz"
    expected = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            expected += counted(json.loads(line)["response"]["body"])

    report = read_file(path).report

    assert report.by_status == dict(sorted(expected.items()))
    assert (report.rows, report.cells, report.rejections) == (940, 48_916, [])


@pytest.mark.parametrize("path", sorted(PLANNED.glob("sample_*.json")), ids=lambda path: path.stem)
def test_every_cell_of_one_school_is_accounted_for(path):
    expected = counted(json.loads(path.read_text(encoding="utf-8"))["body"])

    assert read_file(path).report.by_status == dict(sorted(expected.items()))


def test_every_number_of_a_survey_is_accounted_for():
    path = PLANNED / "survey_nested_pupilsgr.json"
    expected = Counter()
    for group in json.loads(path.read_text(encoding="utf-8"))["schoolYearMetrics"]:
        expected["value"] += 3  # answers, group and share of answers
        for block in group.values():
            for name, text in block.items() if isinstance(block, dict) else ():
                if not name.startswith("question"):
                    gap = "suppressed_small_group" if text == "-" else "value"
                    expected["not_asked" if text is None else gap] += 1

    assert read_file(path).report.by_status == dict(sorted(expected.items()))


def test_the_recorded_table_of_one_school():
    path = DATA / "skolverket" / "pxweb" / "ufa_grundskola_one_school.json"

    reading = read_file(path)

    assert reading.report.by_status == {"not_applicable_or_missing": 3, "value": 3}
    assert reading.observations["period"].to_list() == ["2022/23", "2023/24", "2024/25"] * 2


@pytest.mark.parametrize(
    ("name", "cells", "rejected"),
    [
        ("skolenkaten/national_index_series_2015_2026.json", 1_772, 0),
        ("skolkarta/data.json", 50_205, 9_402),
    ],
)
def test_second_hand_files_load_under_their_own_name(name, cells, rejected):
    report = read_file(DATA / name).report

    assert (report.cells, len(report.rejections)) == (cells, rejected)
    assert report.is_complete


def test_pages_of_units_lose_whom_to_contact():
    files = [*PLANNED.glob("*_page_*.json"), PLANNED / "school_units_stockholm_county.jsonl.gz"]

    rows = [read_file(path).areas.height for path in files]

    assert sum(rows) == 3 * 50 + 21 + 5 + 50 + 218
