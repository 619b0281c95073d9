"""A page is fixed for a network, and its members find the meeting where they look."""

import pytest
from tests.the_demo import person_of_the_demo

NETWORK = "natverk/natverk-mellanslatt"
PAGES = ("oversikt", "2026-27/arshjul", NETWORK, "sok?q=mellanslätt", "jamfor/vyer")
WAYS = pytest.mark.parametrize(("javascript", "width"), [(True, 320), (False, 1366), (False, 320)])


def is_clean(at, page):
    sideways = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return not sideways and at.axe() == [] and at.problems == []


@WAYS
def test_what_is_fixed_for_a_network_is_found_by_a_rektor_elsewhere(
    reader, db, demo, javascript, width
):
    how = {"javascript": javascript, "width": width, "dark": width == 320}
    kim, ida = (
        reader(person_of_the_demo(db, one), **how)
        for one in ("kim@ekhult.example", "ida@lindasa.example")
    )
    page = kim.open("/ekhult/resultat/gr-alla-amnen-ak6")
    page.get_by_role("link", name="Spara som vy").click()
    page.get_by_text("Fästs vyn för ett nätverk: Var och en ser").wait_for()
    page.get_by_label("Vad ska vyn heta?").fill("Åk 6 var för sig")
    page.get_by_label("Alla i Nätverk Mellanslätt").check()
    page.get_by_label("Till vilket möte?").fill("4 dec 2026")
    page.get_by_role("button", name="Spara vyn").click()
    page.get_by_text("Vyn är sparad.").wait_for()

    page = ida.open("/lindasa/oversikt")
    page.get_by_role("heading", name="Nästa möte", exact=True).wait_for()
    page.get_by_role("link", name="Åk 6 var för sig").click()
    page.get_by_role("heading", name="Lägst betyget E").first.wait_for()
    assert "/lindasa/resultat/gr-alla-amnen-ak6" in page.url
    page = ida.open(f"/lindasa/{NETWORK}")
    page.get_by_role("heading", name="Nästa möte: 4 december 2026").wait_for()
    page.get_by_text("Var och en ser sin egen huvudmans siffror.").wait_for()

    for path in PAGES if javascript else ():
        page = ida.open(f"/lindasa/{path}")
        assert is_clean(ida, page), (path, ida.axe(), ida.problems)


@pytest.mark.parametrize("width", [320, 1366])
def test_the_meeting_of_a_group_is_on_its_members_pages(reader, db, demo, width):
    amira = reader(
        person_of_the_demo(db, "amira@storlunda.example"), width=width, dark=width == 320
    )
    for path in ("oversikt", "2026-27/arshjul", "sok?q=rektorsgruppen"):
        page = amira.open(f"/storlunda/{path}")
        page.get_by_text("Åk 6 i våra skolor, alla ämnen").first.wait_for()
        assert is_clean(amira, page), (path, amira.axe(), amira.problems)
