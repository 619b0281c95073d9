"""A Word file gives every paragraph with text, in order; other files say what to do."""

import io
import re
import zipfile

import pytest
from tests.factories.reports import with_bold_lines, with_headings
from tests.factories.word import (
    inserted,
    item,
    noted,
    packed,
    paragraph,
    run,
    struck,
    table,
    text_box,
    word,
)

from ska.history.rules.blocks import Kind, Unreadable
from ska.history.rules.package import LARGEST_FILE, LARGEST_PART
from ska.history.rules.word import read_word


def texts(content):
    return [one.text for one in read_word(content).lines]


def test_insertions_count_and_what_was_struck_does_not():
    report = read_word(
        word(
            paragraph("Läsningen ", inside=struck("sjönk") + inserted("ökade")),
            paragraph("", inside=struck("Hela stycket ströks")),
        )
    )

    assert [one.text for one in report.lines] == ["Läsningen ökade"]
    assert report.found == 1
    assert report.left_out == ("Text som var struken med spårade ändringar är inte med.",)


def test_a_text_box_is_read_once_after_its_paragraph():
    content = word(paragraph("Före", inside=text_box("I rutan", "Mer i rutan")), paragraph("Efter"))

    assert texts(content) == ["Före", "I rutan", "Mer i rutan", "Efter"]
    assert read_word(content).found == 4


def test_a_footnote_follows_the_paragraph_that_names_it():
    content = word(
        paragraph("Ett", inside=noted(2)), paragraph("Två"), notes=("Utan märke", "Fotnoten")
    )

    assert texts(content) == ["Ett", "Fotnoten", "Två", "Utan märke"]
    assert [one.kind for one in read_word(content).lines][1] is Kind.NOTE


def test_headers_and_footers_come_first_the_same_words_once_and_every_paragraph_counts():
    top = paragraph("Åby byskola, kvalitetsrapport 2024/25")
    content = word(
        paragraph("Inledning", "Rubrik1"),
        paragraph("Vi är nöjda."),
        headers=(top, top + table(("Ekhults kommun", "Barn och utbildning")), paragraph("")),
        footers=(paragraph("Sida 1 av 9"), paragraph("", inside=struck("Gammalt"))),
    )
    report = read_word(content)

    assert [(one.text, one.kind, one.stands_for) for one in report.lines[:3]] == [
        ("Åby byskola, kvalitetsrapport 2024/25", Kind.NOTE, 2),
        ("Ekhults kommun\tBarn och utbildning", Kind.ROW, 2),
        ("Sida 1 av 9", Kind.NOTE, 1),
    ]
    assert report.found == sum(one.stands_for for one in report.lines) == 7
    assert report.left_out == ()


def test_a_report_that_is_nothing_but_its_header_has_no_text():
    with pytest.raises(Unreadable, match="ingen text"):
        read_word(word(headers=(paragraph("Ekhults kommun"),)))


def test_a_table_is_rows_and_one_that_only_frames_is_its_paragraphs():
    rows = read_word(word(table(("Åtgärd", "Klart"), ("Läs\nvarje dag", "Maj")))).lines
    frame = texts(word(table(("En ruta\nmed två stycken",))))

    assert [(one.text, one.kind, one.opens, one.stands_for) for one in rows] == [
        ("Åtgärd\tKlart", Kind.ROW, True, 2),
        ("Läs\nvarje dag\tMaj", Kind.ROW, False, 3),
    ]
    assert frame == ["En ruta", "med två stycken"]


def test_a_table_in_a_table_loses_nothing():
    inner = table(("a", "b"))
    cells = f"<w:tc>{paragraph('c')}{inner}</w:tc><w:tc>{paragraph('d')}</w:tc>"
    outer = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    (row,) = read_word(word(outer)).lines

    assert row.text == "c\na b\td"
    assert row.stands_for == 4


def test_headings_are_known_by_what_styles_say_and_rest_on():
    report = read_word(
        word(
            paragraph("Ett", "Rubrik1"),
            paragraph("Två", "Egen"),
            '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + run("Tre") + "</w:p>",
            paragraph("Text", "Saknas"),
        )
    )

    assert [one.level for one in report.lines] == [1, 2, 3, 0]


def test_an_earlier_style_in_a_tracked_change_is_not_the_style():
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr></w:pPrChange>'
    report = read_word(word(f"<w:p><w:pPr>{change}</w:pPr>{run('Text')}</w:p>"))

    assert report.lines[0].level == 0


def test_lines_breaks_tabs_and_soft_hyphens():
    words = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"
    tabbed = f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{words}</w:p>"
    report = read_word(word(paragraph("Orsaker\nVi tror"), tabbed, paragraph("mate\u00admatik ")))

    assert [one.text for one in report.lines] == ["Orsaker", "Vi tror", "a b", "matematik"]
    assert report.found == sum(one.stands_for for one in report.lines) == 3


def test_a_list_and_a_control_are_read():
    inside = f"<w:sdt><w:sdtContent>{paragraph('I kontrollen')}</w:sdtContent></w:sdt>"
    report = read_word(word(item("Ett"), inside))

    assert [(one.text, one.kind) for one in report.lines] == [
        ("Ett", Kind.ITEM),
        ("I kontrollen", Kind.TEXT),
    ]


def _words(content):
    """All text of the body that is not struck, by another way than the reader's."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(f"word/{one}.xml").decode() for one in ("document", "footnotes")]
    bare = [re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", part, flags=re.S) for part in parts]
    told = "".join("".join(re.findall(r"<w:t[ >][^<]*", part)) for part in bare)
    return sorted(re.sub(r"<w:t[^>]*>|\s|\u00ad", "", told))


@pytest.mark.parametrize("content", [with_headings(), with_bold_lines()])
def test_no_letter_of_a_whole_report_is_lost(content):
    assert sorted(re.sub(r"\s", "", "".join(texts(content)))) == _words(content)


ODT = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
REFUSED = {
    "pdf": (b"%PDF-1.7", "PDF"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "äldre Word-fil"),
    "rtf": (b"{\\rtf1", "RTF"),
    "odt": (ODT, "OpenDocument"),
    "xlsx": (packed({"xl/workbook.xml": "<a/>"}), "Excel"),
    "pptx": (packed({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
    "another zip": (packed({"a.txt": "hej"}), "ingen Word-fil"),
    "a picture": (b"\x89PNG", "ingen Word-fil"),
    "nothing": (b"", "ingen Word-fil"),
    "half a file": (with_headings()[:900], "går inte att öppna"),
    "not xml": (packed({"word/document.xml": "hej"}), "går inte att öppna"),
    "entities": (packed({"word/document.xml": DOCTYPE}), "går inte att öppna"),
    "depth": (packed({"word/document.xml": "<a>" * 3000}), "går inte att öppna"),
    "a bomb": (packed({"word/document.xml": b"<a>" + b" " * LARGEST_PART}), "för stor"),
    "too large": (b"PK" + b"\0" * LARGEST_FILE, "för stor"),
    "no text": (word(paragraph("")), "ingen text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_word_file_says_what_to_do(name):
    content, words = REFUSED[name]

    with pytest.raises(Unreadable, match=words) as refused:
        read_word(content)
    assert re.search(r"[Ss]para|[Kk]opiera|[Kk]listra|Ta bort", str(refused.value))
