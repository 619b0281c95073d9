"""Whatever stands in a report comes out exactly once, in order, and in one part of it."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.reports import PASTED, with_bold_lines, with_headings
from tests.factories.word import item, packed, paragraph, table, word
from tests.sizes import size

from ska.history.catalogue import shipped
from ska.history.content import Content, content_of
from ska.history.rules.blocks import Report, Unreadable
from ska.history.rules.headings import as_blocks
from ska.history.rules.pasted import as_text, read_pasted
from ska.history.rules.sorting import is_usual
from ska.history.rules.sorting import with_headings as marked
from ska.history.rules.word import read_word

MANY = size(150, 3_000)
USUAL = [*shipped().unit, *shipped().organizer]
WORDS = st.text(alphabet="abcåäöÅÄÖ 12.,:–ABC", min_size=1, max_size=90).filter(
    lambda text: any(map(str.isalpha, text))
)
HEADINGS = st.sampled_from([one.name for one in USUAL]) | WORDS
CELLS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3)
PIECES = st.one_of(
    st.tuples(st.just("h"), HEADINGS),
    st.tuples(st.just("b"), HEADINGS),
    st.tuples(st.just("p"), WORDS),
    st.tuples(st.just("i"), WORDS),
    st.tuples(st.just("t"), CELLS),
)


def blocks_of(report: Report):
    return as_blocks(report.lines, lambda line: is_usual(line, USUAL))


def said(blocks) -> list[str]:
    return [part for one in blocks for part in re.split(r"[\t\n]", one.text)]


def tidied(text: str) -> str:
    return " ".join(text.split())


def _written(kind, what) -> str:
    if kind == "t":
        return table(*what)
    if kind == "i":
        return item(what)
    return paragraph(what, "Rubrik1" if kind == "h" else "", bold=kind == "b")


def _texts(pieces) -> list[str]:
    parts = [cell for kind, what in pieces for cell in _each(kind, what)]
    return [tidied(text) for text in parts]


def _each(kind, what):
    return [cell for row in what for cell in row] if kind == "t" else [what]


def _holds(blocks, texts, found) -> None:
    """Every text once and in order: in the blocks, in the sections, and after it was stored."""
    for level in ("unit", "organizer"):
        content = Content(level, blocks)
        placed = [one for section in content.sections for _place, one in section.all_blocks]
        assert placed == blocks
        assert said(placed) == texts
        assert content.paragraphs == found
        assert content_of(content.as_kept(), level).sections == content.sections


@settings(max_examples=MANY)
@given(
    st.lists(PIECES, min_size=1, max_size=25),
    st.sets(st.integers(0, 30)),
    st.lists(WORDS, max_size=3),
)
def test_any_word_file_comes_out_whole(pieces, places, edges):
    body = [_written(*one) for one in pieces]
    report = read_word(word(*body, headers=tuple(map(paragraph, edges)), footers=("<w:p/>",)))
    blocks = blocks_of(report)
    texts = [*dict.fromkeys(map(tidied, edges)), *_texts(pieces)]

    assert report.found == len(edges) + len(_texts(pieces))
    _holds(blocks, texts, report.found)
    _holds(marked(blocks, places), texts, report.found)


@settings(max_examples=MANY)
@given(st.lists(WORDS | st.just("") | HEADINGS, min_size=1, max_size=25))
def test_any_pasted_text_comes_out_whole(lines):
    report = read_pasted("\r\n".join(lines))
    texts = [tidied(line) for line in lines if line.strip()]
    blocks = blocks_of(report)

    assert said(blocks) == [re.sub(r"^– (?=\S)", "", text) for text in texts]
    _holds(blocks, said(blocks), len(texts))


@settings(max_examples=MANY)
@given(st.text(max_size=400))
def test_no_letter_of_any_text_is_lost(text):
    told = "".join(said(blocks_of(read_pasted(text))))

    assert [c for c in told if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize("report", [with_headings, with_bold_lines, PASTED], ids=lambda _: "")
def test_what_goes_back_to_be_mended_is_read_the_same(report):
    read = read_pasted(report) if isinstance(report, str) else read_word(report())
    blocks = blocks_of(read)
    again = blocks_of(read_pasted(as_text(blocks)))

    assert [one.text for one in again] == [one.text.replace("\n", " / ") for one in blocks]


TAGS = st.sampled_from(
    ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:del", "w:ins", "w:pPr",
     "w:rPr", "w:b", "w:numPr", "w:footnote", "w:delText", "mc:Fallback", "w:br", "w:sdt"]
)  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["ord ", "&#160;", ""]),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=MANY)
@given(TREES)
def test_any_order_of_elements_is_read_or_refused(tree):
    try:
        report = read_word(word(paragraph("Ett"), tree))
    except Unreadable:
        return
    assert report.found == sum(one.stands_for for one in report.lines)


@settings(max_examples=MANY)
@given(st.binary(max_size=60), st.integers(0, 3_000), st.booleans())
def test_a_damaged_file_is_read_or_refused(put_in, at, is_part):
    whole = word(paragraph("Ett", "Rubrik1"), paragraph("Två"))
    content = packed({"word/document.xml": put_in}) if is_part else whole[:at] + put_in + whole[at:]
    with suppress(Unreadable):
        assert read_word(content).lines
