"""A huvudman's places are its units, and what is called a place in a name stays so."""

import pytest

from ska.charts.places import units_in

NAMES = ("Barn som fått plats på önskat datum", "Platsen", "Nya Platsen")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Platsernas värden, 3 av 4 platser.", "Enheternas värden, 3 av 4 enheter."),
        ("Barn som fått plats på önskat datum på 2 platser", None),
        ("Platsen och Nya Platsen skiljer sig från andra platser", None),
        ("Arbetsplatser på en plats", "Arbetsplatser på en enhet"),
    ],
)
def test_places_are_units_but_for_names(text, told):
    expected = told or text.removesuffix("platser") + "enheter"

    assert units_in({"y": [text]}, NAMES) == {"y": [expected]}


def test_without_names_every_place_is_a_unit():
    assert units_in(("Plats", "platsens")) == ("Enhet", "enhetens")
