"""Headings lead to the parts of a report; promises are candidates, no more."""

import time

import pytest
from tests.factories.reports import PASTED, with_bold_lines, with_headings
from tests.unit.history.test_every_paragraph import blocks_of

from ska.core.school_year import SchoolYear
from ska.history.catalogue import shipped
from ska.history.content import Content
from ska.history.rules.blocks import Block, Kind
from ska.history.rules.guessing import title_in, unit_in, year_in
from ska.history.rules.pasted import read_pasted
from ska.history.rules.promises import promises_in
from ska.history.rules.sorting import part_of
from ska.history.rules.word import read_word

UNIT = shipped().unit


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("1 Sammanfattning", "summary"),
        ("2. Enhetens förutsättningar", "conditions"),
        ("UPPFÖLJNING AV FÖRRA ÅRETS INSATSER", "last-year"),
        ("Trygghet och studiero", "results-norms"),
        ("4.2 Nationella prov i årskurs 6", "results-knowledge"),
        ("Analys av resultaten", "causes"),
        ("Vad beror det på?", "causes"),
        ("Prioriterade utvecklingsområden 2025/26", "areas"),
        ("Åtgärder för utveckling", "actions"),
        ("Insatser nästa läsår", "actions"),
        ("Elevhälsans arbete", "health"),
        ("Studie- och yrkesvägledning", "results-world"),
        ("Idéer", ""),
        ("", ""),
    ],
)
def test_a_heading_belongs_to_the_part_whose_words_it_holds(heading, part):
    assert part_of(heading, UNIT) == part


def parts(report, level="unit"):
    content = Content(level, blocks_of(report))
    return [(one.title, one.part) for one in content.sections]


def test_real_headings_split_a_report():
    assert parts(read_word(with_headings())) == [
        ("Kvalitetsrapport Åby byskola", "other"),
        ("Innehåll", "other"),
        ("1 Sammanfattning", "summary"),
        ("2 Enhetens förutsättningar", "conditions"),
        ("3 Uppföljning av förra årets insatser", "last-year"),
        ("4 Resultat", "results"),
        ("Normer och värden", "results-norms"),
        ("Kunskaper", "results-knowledge"),
        ("5 Analys", "causes"),
        ("6 Prioriterade utvecklingsområden", "areas"),
        ("7 Åtgärder nästa läsår", "actions"),
        ("Tack", "other"),
    ]


def test_bold_lines_split_a_report_and_the_unknown_stays_with_what_is_above():
    assert parts(read_word(with_bold_lines())) == [
        ("KVALITETSREDOVISNING 2024/25", "other"),
        ("Så har arbetet gått till", "process"),
        ("Trygghet och studiero", "results-norms"),
        ("Kunskapsresultat", "results-knowledge"),
        ("Årskurs 1–3", "results-knowledge"),
        ("Vad beror det på?", "causes"),
        ("Styrkor", "strengths"),
        ("Insatser nästa år", "actions"),
        ("Behov", "needs"),
    ]


def test_pasted_text_is_split_by_what_looks_like_a_heading():
    assert parts(read_pasted(PASTED)) == [
        ("", "other"),
        ("Sammanfattning", "summary"),
        ("Förra årets insatser", "last-year"),
        ("Resultat", "results"),
        ("Analys av orsaker", "causes"),
        ("Utvecklingsområden", "areas"),
        ("Planerade insatser", "actions"),
        ("Övrigt", "other"),
    ]


def test_cells_between_tabs_are_a_table_and_contents_are_no_headings():
    told = blocks_of(
        read_pasted("Ämne\tNådde\tAv\nSvenska\t7\t7\n1 Inledning.......3\n2 Resultat … 4")
    )

    assert [one.kind for one in told] == [Kind.ROW, Kind.ROW, Kind.TEXT, Kind.TEXT]
    assert [one.opens for one in told] == [True, False, False, False]


HTML = """<!--[if gte mso 9]><xml>x</xml><![endif]--><style>p {margin:0}</style>
<h2>Resultat<o:p></o:p></h2><p class=MsoNormal>De flesta trivs&nbsp;bra &amp; l&auml;r.</p>
<p><b>Insatser</b></p><ul><li>Läsa<br>mer</li></ul>
<table><tr><td>Insats</td><td>N&auml;r</td></tr><tr><td>R&auml;kna</td><td>Maj</td></tr></table>"""


def test_what_word_leaves_on_the_clipboard_is_read_with_its_tags():
    read = [(one.kind, one.text) for one in read_pasted(HTML).lines]

    assert read == [
        (Kind.TEXT, "Resultat"),
        (Kind.TEXT, "De flesta trivs bra & lär."),
        (Kind.TEXT, "Insatser"),
        (Kind.ITEM, "Läsa"),
        (Kind.TEXT, "mer"),
        (Kind.ROW, "Insats\tNär"),
        (Kind.ROW, "Räkna\tMaj"),
    ]


def test_a_tag_that_is_never_closed_hides_nothing():
    told = read_pasted("<p>Ett</p>\n<p>Två</p>\n<style>\nTre")

    assert "Tre" in [one.text for one in told.lines]


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![CDATA[", '<a b="', "</", "<p>x"])
def test_much_that_never_ends_takes_time_that_grows_with_the_text(piece):
    def taken(characters):
        text = "<p>Ett</p><p>Två</p>" + piece * (characters // len(piece))
        started = time.process_time()
        read_pasted(text)
        return time.process_time() - started

    assert taken(400_000) < 12 * max(taken(100_000), 0.1)  # four times; sixteen when it is squared


def promises(report):
    return [one.title for one in promises_in(Content("unit", blocks_of(report)).sections)]


def test_promises_are_found_in_tables_lists_and_sentences_but_not_in_last_year():
    assert promises(read_word(with_headings())) == [
        "Samma rutin för lektionsstart i alla klasser",
        "Två lärare i matematik på tisdagar",
        "Vi ska följa upp åtgärderna i januari",
    ]
    assert promises(read_word(with_bold_lines())) == [
        "Fasta rastvakter som eleverna känner",
        "Skolan ska ha ett samtal med varje elev om rasterna före höstlovet",
    ]
    assert promises(read_pasted(PASTED)) == [
        "Vi kommer att ha samma lärare i matematik hela läsåret",
        "Repetition varje fredag",
        "Räknestuga efter skolan",
    ]


def test_a_long_promise_is_cut_between_words():
    (one,) = promises(read_pasted("Vi ska " + "arbeta mer " * 40))

    assert len(one) <= 200
    assert one.endswith((" arbeta…", " mer…"))


def test_a_part_that_a_person_chose_stands_and_one_of_another_level_does_not():
    blocks = [Block(Kind.HEADING, "Resultat", 1), Block(Kind.TEXT, "Bra.")]

    assert Content("unit", blocks, parts={0: "health"}).sections[0].part == "health"
    assert Content("organizer", blocks, parts={0: "health"}).sections[0].part == "results"


def test_the_year_the_unit_and_the_title_are_guessed():
    now = SchoolYear(2026)

    assert year_in(["rapport_2023-2024.docx", "Läsåret 2022/23"], now) == SchoolYear(2023)
    assert year_in(["Kvalitet 24/25"], now) == SchoolYear(2024)
    assert year_in(["Läsåret 2031/32", "Inget år"], now) == SchoolYear(2025)
    assert unit_in(["Åby byskola, Lindåsa"], [(1, "Åby"), (2, "Åby byskola"), (3, "Ek")]) == 2
    assert unit_in(["Ingen"], [(1, "Åby")]) is None
    assert title_in("Rapport_Åby.docx", "", "Läsåret") == "Rapport Åby"
    assert title_in("x.docx", "Kvalitetsrapport", "Läsåret") == "Kvalitetsrapport"
    assert title_in("", "", "Vår " + "långa " * 30 + "rapport") == "Vår" + " långa" * 19 + "…"
