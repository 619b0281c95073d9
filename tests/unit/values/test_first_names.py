"""Persons are told from units by their names."""

import csv

import pytest

from ska.settings import bundled
from ska.values.importers.first_names import are_persons


@pytest.mark.parametrize(
    "names",
    [
        ["Alva Ek", "Elias Lund", "Maja-Stina Berg"],
        ["Ek, Alva", "Lund, Elias", "Berg, Maja"],
        ["ALVA EK", "elias lund", "Maja von Berg", "Zlatomira Ek", "Xerxes Ek", "Ovanlig Ek"],
    ],
)
def test_names_of_persons(names):
    assert are_persons(names)


@pytest.mark.parametrize(
    "names",
    [
        ["Ekskolan", "Lundens förskola", "Norra Ekbacken", "Lilla Björken", "Totalt"],
        ["Elsa Brändströms skola", "Anna Whitlocks gymnasium", "Karl Johans rektorsområde"],
        ["Alva Ek", "Elias Lund"],  # two may be anything
        ["Alva", "Elias", "Maja", "Noah"],  # so may a word alone
        ["Alva Ek har 3 svar", "Elias sa att det var bra", "Maja vill inte svara på frågan alls"],
    ],
)
def test_names_of_units_and_other_words(names):
    assert not are_persons(names)


def test_no_municipality_is_a_person():
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        assert not are_persons(row["municipality_name"] for row in csv.DictReader(file))
