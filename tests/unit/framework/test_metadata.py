"""Skolverket's table today beside what the edition knows. The answers here are written by hand."""

import json

import pytest

from ska.errors import Invalid
from ska.framework.definitions import read_edition
from ska.framework.services import compare_labels, read_labels
from ska.settings import bundled

KNOWN = ["Delmål 1: Andel (%) elever med lägst E", "Elever: Antal elever"]


def saved(tmp_path, answer):
    path = tmp_path / "metadata.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def test_both_shapes_of_the_answer_are_read_in_the_tables_order(tmp_path):
    variables = {"variables": [{"code": "variable", "values": ["9", "2"], "valueTexts": KNOWN}]}
    category = {"index": {"7": 1, "3": 0}, "label": {"7": KNOWN[1], "3": KNOWN[0]}}
    stat = {"dimension": {"variable": {"category": category}}}

    assert read_labels(saved(tmp_path, variables)) == KNOWN
    assert read_labels(saved(tmp_path, stat)) == KNOWN


@pytest.mark.parametrize("answer", [[], {}, {"variables": []}, {"dimension": {}}, "x", None, 3])
def test_anything_else_is_refused_in_words(tmp_path, answer):
    with pytest.raises(Invalid, match="inte ett sparat svar"):
        read_labels(saved(tmp_path, answer))


def test_a_file_that_is_not_json_or_not_there_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("<html>", encoding="utf-8")

    for name in ("a.json", "b.json"):
        with pytest.raises(Invalid, match=name):
            read_labels(tmp_path / name)


def test_nothing_is_told_when_nothing_differs():
    edition = read_edition(bundled("indicators") / "nks-2023")
    labels = [one.published_label for one in edition.indicators]

    assert compare_labels(labels, reversed(labels)) == []


def test_what_is_new_gone_or_a_new_delmal_is_told():
    told = compare_labels(KNOWN, [KNOWN[0], "Delmål 7: Andel (%) elever som trivs"])

    assert told == [
        "Nytt mått i tabellen: Delmål 7: Andel (%) elever som trivs",
        "Måttet finns inte längre i tabellen: Elever: Antal elever",
        "Nytt delmål i tabellen: delmål 7",
    ]


def test_the_table_of_another_skolform_takes_nothing_away():
    told = compare_labels(KNOWN, ["Delmål 1: Andel (%) barn som trivs"])

    assert told == [
        "Nytt mått i tabellen: Delmål 1: Andel (%) barn som trivs",
        "Nytt delmål i tabellen: delmål 1",
    ]
