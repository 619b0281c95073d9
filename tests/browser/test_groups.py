"""A kvalitetsutvecklare starts a rektorsgrupp, its leader fixes a view, a member opens it."""

import pytest
from tests.the_demo import person_of_the_demo

HOME = "/storlunda/rektorsgrupper"
DEMO = f"{HOME}/rektorsgruppen-f6"
WAYS = pytest.mark.parametrize(("javascript", "width"), [(True, 320), (False, 1366), (False, 320)])


def sits(reader, db, name, **how):
    return reader(person_of_the_demo(db, f"{name}@storlunda.example"), **how)


def is_clean(at, page):
    sideways = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return not sideways and at.axe() == [] and at.problems == []


@WAYS
def test_a_group_is_started_led_and_met_in(reader, db, demo, javascript, width):
    how = {"javascript": javascript, "width": width, "dark": width == 320}
    vera, yusuf, siri = (sits(reader, db, one, **how) for one in ("vera", "yusuf", "siri"))

    page = vera.open(HOME)
    page.get_by_text("Starta en rektorsgrupp").click()
    page.get_by_label("Vad heter gruppen?").fill("Rektorsgruppen 7–9")
    page.get_by_label("Solbackaskolan", exact=True).check()
    page.get_by_role("button", name="Starta gruppen").click()
    page.get_by_role("heading", name="Det finns fel att rätta").wait_for()
    assert page.get_by_label("Vad heter gruppen?").input_value() == "Rektorsgruppen 7–9"
    page.get_by_label("Ängsskolan", exact=True).check()
    page.get_by_label("Vem leder gruppen?").select_option(label="Rektorn på Ängsskolan")
    page.get_by_role("button", name="Starta gruppen").click()
    page.get_by_role("heading", name="Rektorsgruppen 7–9").wait_for()

    page = yusuf.open("/storlunda/oversikt")
    page.get_by_role("link", name="Rektorsgruppen 7–9").click()
    page.get_by_role("link", name="Jämför gruppens enheter").click()
    page.get_by_label("Vad vill du jämföra?").select_option("gr-alla-amnen-ak9")
    page.locator("form.filters").get_by_role("button", name="Visa").first.click()
    page.get_by_role("link", name="Spara som vy").click()
    page.get_by_label("Vad ska vyn heta?").fill("Åk 9, alla ämnen")
    page.get_by_label("Alla i Rektorsgruppen 7–9").check()
    page.get_by_label("Till vilket möte?").fill("4 dec 2026")
    page.get_by_role("button", name="Spara vyn").click()
    page.get_by_text("Vyn är sparad.").wait_for()

    page = siri.open(f"{HOME}/rektorsgruppen-79")
    page.get_by_role("heading", name="Nästa möte: 4 december 2026").wait_for()
    assert not page.get_by_role("link", name="Byt eller släpp").is_visible()
    page.get_by_role("link", name="Öppna i mötesvyn").click()
    page.get_by_role("link", name="Lämna mötesvyn").wait_for()
    page.get_by_role("heading", name="Lägst betyget E").first.wait_for()

    page = yusuf.open(f"{HOME}/rektorsgruppen-79")
    page.get_by_role("link", name="Byt eller släpp").click()
    page.get_by_role("button", name="Släpp vyn").click()
    page.get_by_text("Vyn är släppt. Du kan ångra det.").wait_for()
    page.get_by_text("Släppta vyer").click()
    page.get_by_role("button", name="Ångra").click()
    page.get_by_role("heading", name="Nästa möte: 4 december 2026").wait_for()


@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_on_any_page_of_a_group(reader, db, demo, width):
    amira = sits(reader, db, "amira", width=width, dark=width == 320)
    page = amira.open(DEMO)
    change = page.get_by_role("link", name="Byt eller släpp").first.get_attribute("href")
    opened = page.get_by_role("link", name="Öppna i mötesvyn").first.get_attribute("href")

    for path in (HOME, DEMO, f"{DEMO}/vyer/ny", change, opened, opened.removesuffix("&visa=mote")):
        page = amira.open(path)
        for fold in page.locator("main details.fold > summary").all():
            if fold.is_visible():
                fold.click()
        amira.shoot(f"grupp-{width}-{path.rsplit('/', 1)[-1][:12]}")
        assert is_clean(amira, page), (path, amira.axe(), amira.problems)
    vera = sits(reader, db, "vera", width=width)
    page = vera.open(HOME)
    page.locator("main details.fold > summary").first.click()
    page.get_by_role("button", name="Starta gruppen").click()
    page.get_by_role("heading", name="Det finns fel att rätta").wait_for()
    assert is_clean(vera, page)
