"""Words, marks and pages of the search, without a database."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.access import Right
from ska.search.definitions import PAGES, pages_for
from ska.search.rules import marked, prefix_query, snippet, words_in

EVERYWHERE = frozenset(page.path for page in PAGES)


def _hits(parts):
    return [part.text for part in parts if part.hit]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Årskurs 9", ["årskurs", "9"]),
        ("  matte-läxa  ", ["matte", "läxa"]),
        ("a & b | !c:* <-> ')", ["a", "b", "c"]),
        ("\x00'; DROP TABLE", ["drop", "table"]),
        ("…", []),
        ("ord ord ORD", ["ord"]),
    ],
)
def test_words_are_letters_and_figures(query, words):
    assert words_in(query) == words


@given(st.text(max_size=400))
def test_a_question_to_the_database_holds_no_signs_of_its_own(query):
    words = words_in(query)

    assert len(words) <= 8
    assert all(re.fullmatch(r"[^\W_]{1,40}", word) for word in words)
    assert prefix_query(words).count(":*") == len(words)


def test_a_word_is_marked_whole_by_its_stem():
    parts = marked("Frånvaron ökar, frånvaro minskar inte", ["frånvar"])

    assert _hits(parts) == ["Frånvaron", "frånvaro"]


def test_a_compound_is_marked_by_what_is_inside():
    assert _hits(marked("Matematikundervisning", ["undervisning"])) == ["Matematikundervisning"]


def test_a_short_word_marks_only_beginnings():
    assert _hits(marked("ett nytt sätt", ["ett"])) == ["ett"]


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_parts_put_together_are_the_text(text, stems):
    assert "".join(part.text for part in marked(text, stems)) == text


@given(st.text(max_size=3000), st.text(min_size=1, max_size=5))
def test_a_snippet_is_short_and_from_the_text(text, stem):
    plain = " ".join(text.split())
    piece = "".join(part.text for part in snippet(text, [stem]))

    assert len(piece) <= 190
    assert piece.removeprefix("… ").removesuffix(" …") in plain


def test_the_snippet_shows_the_hit_far_into_a_text():
    text = "ord " * 500 + "vikarier saknas " + "ord " * 500

    assert _hits(snippet(text, ["vikari"])) == ["vikarier"]


def test_pages_are_found_by_what_they_are_for():
    rights = [Right.ENTER, Right.ANALYSE]

    assert [page.title for page in pages_for(["ny", "ana"], EVERYWHERE, rights)] == ["Ny analys"]
    assert pages_for(["ny", "ana"], EVERYWHERE, [Right.ENTER]) == []
    assert pages_for(["ny", "ana"], frozenset(), rights) == []


def test_marks_carry_no_markup():
    parts = marked("<b>betyg</b>", ["betyg"])

    assert [part.text for part in parts] == ["<b>", "betyg", "</b>"]
    assert "<" not in escape(parts[0].text)
