"""A program gets the figure that the page draws, with the words and the table beside it."""

import json
import re
from html import unescape

import pytest
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2
from tests.the_demo import kim_of_the_demo

from ska.charts import Chart, Table, in_brief

ASKED = f"indicator={ITEM}&among=natverk:natverk-mellanslatt"
PAGE = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
SHAPES = {"dots": "prickar", "funnel": "tratt", "multiples": "sma"}
API = "/api/v1/organizers/ekhult"


def figures_in(page):
    found = re.findall(r"<script[^>]*data-figure>(.*?)</script>", page.text, re.DOTALL)
    return [json.loads(one) for one in found]


def tables_in(page):
    """Return the rows of every chart's table, as text."""
    found = []
    for figure in re.findall(r'<figure class="chart(?: brief)?".*?</figure>', page.text, re.DOTALL):
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", figure, re.DOTALL)
        found.append([re.sub(r"<[^>]+>", "|", row).replace("||", "|") for row in rows])
    return [[unescape(row).strip("|").split("|") for row in rows] for rows in found]


def numbers_in(figure):
    found = []
    for trace in figure["data"]:
        for key in ("x", "y"):
            found += [one for one in trace.get(key) or () if isinstance(one, int | float)]
    return found


@pytest.fixture
def browse(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa", "Sjövalla", "Mosslunda", "Norrforsa"))
    return db.browse(made["Ekhult"][1])


@pytest.mark.parametrize("shape", SHAPES)
def test_figure_table_and_sentence_are_those_of_the_page(browse, shape):
    page = browse.get(f"{PAGE}&som={SHAPES[shape]}")
    told = browse.api("GET", f"{API}/comparison?{ASKED}&shape={shape}").json()

    assert [told["figure"]] == figures_in(page)
    assert [told["table"]["rows"]] == tables_in(page)
    assert f"{told['sentence']}</p>" in unescape(page.text)
    cells = " ".join(cell for row in told["table"]["rows"] for cell in row)
    assert "77,3" in cells
    assert 77.3 in numbers_in(told["figure"])


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_gate_hides_is_in_no_figure(browse, shape):
    told = browse.api("GET", f"{API}/comparison?{ASKED}&shape={shape}").json()
    drawn = numbers_in(told["figure"])

    assert not {90.0, 57.1, 44.4} & set(drawn)  # Norrforsa's 18 of 20, Mosslunda's of 7 and 9
    assert not re.search(r"90,0|57,1|44,4", json.dumps(told, ensure_ascii=False))


@pytest.mark.parametrize("board", ["huvudman", "enhet"])
def test_a_tavlas_figures_are_those_of_its_page(db, demo, board):
    browse = db.browse(kim_of_the_demo(db))
    told = browse.api("GET", f"{API}/boards/{board}").json()
    found = [tile["chart"] for tile in told["tiles"] if tile["chart"]]
    charts = [one for one in found if one["figure"]]  # signals are a table of their own

    page = browse.get(f"/ekhult/tavlor/{board}")
    assert [one["figure"] for one in charts] == figures_in(page)
    assert [one["table"]["rows"] for one in charts] == tables_in(page)
    assert charts


def test_a_tavla_of_one_page_has_low_pictures_of_the_same_figures(db, demo):
    browse = db.browse(kim_of_the_demo(db))
    told = browse.api("GET", f"{API}/boards/namnd").json()
    charts = [tile["chart"] for tile in told["tiles"] if tile["chart"]]

    page = browse.get("/ekhult/tavlor/namnd")
    assert len(charts) == 4
    assert [one["table"]["rows"] for one in charts] == tables_in(page)
    for one in charts:
        chart = Chart("", "", "", "", "", one["figure"], Table("", (), ()), "", "")
        assert str(in_brief(chart).svg_small) in page.text
    # In a meeting the figures are those of the page of each.
    meeting = figures_in(browse.get("/ekhult/tavlor/namnd?visa=mote"))
    assert [one["data"] for one in meeting] == [one["figure"]["data"] for one in charts]


def test_too_few_places_are_not_steadied_and_keep_their_own_values(browse):
    page = browse.get(f"{PAGE}&som=utjamnat")
    told = browse.api("GET", f"{API}/comparison?{ASKED}&shape=steadied").json()

    assert "det behövs minst 5 platser där antalet elever är känt" in told["sentence"]
    assert unescape(told["sentence"]) in unescape(page.text)
    assert tables_in(page)[0] == told["table"]["rows"]
    assert any("77,3" in row[1] for row in told["table"]["rows"])
    assert told["figure"] is None


def test_where_nothing_can_be_drawn_the_table_stands_first(browse):
    page = browse.get(f"{PAGE}&som=utjamnat").text

    assert "Värdena kan inte utjämnas" in page
    assert re.findall(r'role="tab"[^>]*>([^<]+)<', page) == ["Tabell", "Om måttet"]
    assert "Så läser du diagrammet" not in page
    assert "Platserna står i bokstavsordning" in page
