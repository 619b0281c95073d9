"""Every chart on every page may be taken along: as CSV, as a workbook and as a picture."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO
from xml.etree import ElementTree

import polars as pl
import pytest
from tests.chart_pages import KINDS, LEDGER, somebody_at

from ska.web.files import INVENTED

FIGURE = re.compile(r'<figure class="chart.*?</figure>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)" download')
TITLE = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)


@pytest.fixture
def browse(db, demo):
    return db.browse(somebody_at(db))


def page_of(browse, kind):
    """Return the page of a kind; the ledger's chart stands one click further in."""
    text = browse.get(KINDS[kind]).text
    if KINDS[kind] != LEDGER:
        return text
    return browse.get(re.search(rf'href="({LEDGER}/[0-9a-f-]{{36}})"', text)[1]).text


def test_every_chart_of_every_kind_is_taken_along_whole(browse):
    taken = 0
    for kind in KINDS:
        page = page_of(browse, kind)
        figures = FIGURE.findall(page)
        assert figures, kind
        for figure in figures:
            sheet, book, picture = (unescape(one) for one in LINK.findall(figure))
            title = unescape(TITLE.search(figure)[1]).strip()
            is_demo = not sheet.startswith("/hjo")
            looked_at_sheet(browse.get(sheet), title, is_demo=is_demo)
            looked_at_book(browse.get(book))
            looked_at_picture(browse.get(picture), title, is_demo=is_demo)
            assert "data-png" in figure
            assert "data-copied" in figure
            taken += 1
    assert taken == len(KINDS) + 2  # three of grades beside test grades


@pytest.mark.parametrize(
    "board", ["/storlunda/tavlor/huvudman", "/ekhult/tavlor/enhet?enhet=ekhults-centralskola"]
)
def test_a_tile_is_taken_along_as_it_stands_and_led_from_to_an_analysis(browse, board):
    page = browse.get(board).text
    figures = FIGURE.findall(page)
    assert len(figures) >= 2
    for figure in figures:
        sheet, book, picture = (unescape(one) for one in LINK.findall(figure))
        title = unescape(TITLE.search(figure)[1]).strip()
        looked_at_sheet(browse.get(sheet), title, is_demo=True)
        looked_at_book(browse.get(book))
        looked_at_picture(browse.get(picture), title, is_demo=True)
        assert re.search(r'data-link="/\w+/(resultat|jamfor)', figure)
    seen = re.findall(r'href="([^"]+)">Vad ser vi\?', page)
    assert len(seen) == len(figures)
    for one in seen:
        form = browse.get(unescape(one))
        assert form.status_code == 200
        assert "Siffrorna som sparas" in form.text
    assert browse.get(f"{board.partition('?')[0]}/rutor/99/varden.csv").status_code == 404


def looked_at_sheet(answer, title, *, is_demo):
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows, title
    for row in rows:
        assert row["Värde"] or row["Förklaring"], "what may not be shown has its word"
        assert bool(row["Nedre gräns"]) is bool(row["Gränsernas metod"])
        assert (INVENTED in row["Källa"]) is is_demo


def looked_at_book(answer):
    assert answer.status_code == 200
    about = pl.read_excel(BytesIO(answer.content), sheet_name="Om måttet", has_header=False)
    terms = about[:, 0].to_list()
    assert {"Mått", "I ord", "Källa"} <= set(terms)
    values = pl.read_excel(BytesIO(answer.content), sheet_name="Värden")
    assert values.height > 0


def looked_at_picture(answer, title, *, is_demo):
    assert answer.status_code == 200
    made = ElementTree.fromstring(answer.content)
    told = " ".join("".join(one.itertext()) for one in made.iter() if one.tag.endswith("text"))
    told = " ".join(told.split())
    assert " ".join(title.split()) in told
    assert ("Påhittad demo" in told) is is_demo
    assert len(list(made.iter())) > 15, "a picture, and not its words alone"
