"""Names of units as people write them are met with the unit they mean, first."""

import pytest

from ska.core.likeness import plain, ranked

UNITS = [
    "Ekskolan", "Lillskolan F-6", "Storskolan", "Förskolan Kotten", "Norra skolan",
    "Södra skolan 7-9", "Ängsskolan",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ekskola", "Ekskolan"),
        ("Lill skolan", "Lillskolan F-6"),
        ("Lillskolan", "Lillskolan F-6"),
        ("Kottens förskola", "Förskolan Kotten"),
        ("Norraskolan", "Norra skolan"),
        ("Södra 7-9", "Södra skolan 7-9"),
        ("Angsskolan", "Ängsskolan"),
        ("EKSKOLAN F-9", "Ekskolan"),
    ],
)
def test_the_unit_that_is_meant_comes_first(written, meant):
    assert ranked(written, UNITS)[0] == meant


def test_what_is_like_nothing_has_no_suggestion():
    assert ranked("Tallbacken", UNITS) == []


def test_case_blanks_and_punctuation_do_not_make_another_name():
    assert plain(" Södra  skolan, 7–9 ") == plain("södra skolan 7-9")
