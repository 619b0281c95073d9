"""On paper nothing scrolls: the picture begins where it stands, and every column is there."""

from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

PAGE = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt&som=sma"
A4 = {"width": 673, "height": 950}  # what is left of an A4 page inside its margins, in CSS pixels
WIDEST = """() => [...document.querySelectorAll('figure.chart .table-region')].map(region =>
    region.querySelector('table').getBoundingClientRect().right
    - region.getBoundingClientRect().right)"""
CUT = "getComputedStyle(document.querySelector('figure.chart')).breakInside"


def test_a_chart_with_a_wide_table_is_printed_whole(reader, db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa", "Sjövalla", "Mosslunda", "Norrforsa"))
    page = reader(made["Ekhult"][1]).open(PAGE)

    page.set_viewport_size(A4)
    page.emulate_media(media="print")

    assert page.evaluate(CUT) == "auto"
    assert max(page.evaluate(WIDEST)) <= 1
    assert page.locator("figure.chart table tbody tr").last.is_visible()
    assert not page.locator("body > footer").is_visible()
