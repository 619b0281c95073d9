"""A page pasted from Skolverket is split into parts. The texts here are invented by us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.framework.rules import Pasted, same_words, split_pasted


def test_an_objective_and_its_numbered_sub_goals_are_found():
    page = """
    Nationell målsättning för grundskolan
    Alla barn i den påhittade skolan lär sig
    så långt det går.

    Delmål 1
    Alla når målen i varje ämne.

    Indikatorer
    • Andel (%) elever som har lägst betyget E i samtliga ämnen

    Delmål 2: Skolan är trygg.
    """

    assert split_pasted(page) == [
        Pasted(
            "objective",
            "Alla barn i den påhittade skolan lär sig så långt det går.",
            "compulsory_school",
        ),
        Pasted("sub_goal", "Alla når målen i varje ämne.", "compulsory_school", 1),
        Pasted("sub_goal", "Skolan är trygg.", "compulsory_school", 2),
    ]


def test_sub_goals_without_numbers_are_counted_in_their_order():
    page = (
        "Förskola\nDelmål:\n- Barnen leker.\n- Barnen lär.\n\n"
        "Gymnasieskolan\nDelmål\n– Eleverna tar examen."
    )

    assert [(p.school_type, p.number, p.text) for p in split_pasted(page)] == [
        ("preschool", 1, "Barnen leker."),
        ("preschool", 2, "Barnen lär."),
        ("upper_secondary_school", 1, "Eleverna tar examen."),
    ]


def test_labels_of_measures_are_not_taken_for_the_sentence_of_the_sub_goal():
    table = (
        "Delmål 1: Andel (%) elever som har lägst betyget E i samtliga ämnen efter årskurs 6\n"
        "Delmål 2: Elevers upplevelse av trygghet i årskurs 5 (medelvärde)*\n"
        "Delmål 4: Pedagogiska personalens uppfattning om stöd (medelvärde)*"
    )

    assert split_pasted(table) == []


def test_success_factors_come_with_their_headings():
    page = (
        "Faktorer för framgångsrik skolutveckling\n"
        "Ett påhittat område\nSkolan arbetar tillsammans.\nDet gör skillnad.\n"
        "Ännu ett område\nLedningen leder."
    )

    assert split_pasted(page) == [
        Pasted(
            "success_factor",
            "Skolan arbetar tillsammans. Det gör skillnad.",
            heading="Ett påhittat område",
        ),
        Pasted("success_factor", "Ledningen leder.", heading="Ännu ett område"),
    ]


def test_without_a_skolform_the_place_is_left_for_a_person_to_say():
    found = split_pasted("Målsättning\nEn mening utan skolform.")

    assert [(p.kind, p.school_type, p.number) for p in found] == [("objective", None, None)]


def test_the_rest_of_the_page_is_left_out():
    page = "Kontakt\nring oss\nDelmål 1: Kort.\nSenast granskad 3 mars\nmer text\nLäs mer\nlänk"

    assert [p.text for p in split_pasted(page)] == ["Kort."]


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "Skolan är rolig.", "Delmålen följs upp varje år."]
)
def test_text_without_parts_gives_nothing(text):
    assert split_pasted(text) == []


@given(st.text(max_size=400))
def test_any_text_can_be_split_and_no_part_is_empty(text):
    for part in split_pasted(text):
        assert part.text.strip()


LINES = [
    "Delmål 3",
    "Delmål",
    "Grundskola",
    "En mening.",
    "",
    "Indikatorer",
    "Målsättning",
    "Framgångsfaktorer",
    "- punkt",
    "Andel (%) elever",
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_order_of_headings_can_be_split(lines):
    for part in split_pasted("\n".join(lines)):
        assert part.text.strip()


def test_spaces_alone_make_no_difference():
    assert same_words("Alla  når\nmålen.", " Alla når målen. ")
    assert not same_words("Alla når målen.", "Alla når målet.")
    assert same_words(None, "")
