"""Story 6 word for word: NP och betyg, with and without JavaScript."""

import re

import pytest
from tests.factories.story_6 import STORY_6_DAY, story_6

PAGE = "/ekhult/np-betyg"
LEARNED = "Läsförståelse blev utvecklingsområde."
ACTION = "Sambedöm matematik i alla grupper före jul"


@pytest.fixture
def made(db):
    db.clock.now = STORY_6_DAY
    return story_6()


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def cells_of(table, place):
    return table.locator("tr", has_text=place).locator("td").all_text_contents()


def _moderate(page, held_on, texts, hours):
    page.get_by_role("link", name="Spara en sambedömning").click()
    page.get_by_label("När sambedömde ni?").fill(held_on)
    page.get_by_label("Hur många elevtexter läste ni?").fill(texts)
    page.get_by_label("Samma bedömning före samtalet").fill("86")
    page.get_by_label("Samma bedömning efter samtalet").fill("96")
    page.get_by_label("Tid för rättning").fill(hours[0])
    page.get_by_label("Tid för analys").fill(hours[1])
    page.get_by_label("Vad ledde samtalet till?").fill(LEARNED)
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_text("Sambedömningen är sparad.").wait_for()


def _see(page):
    """Shares both ways, net, n, the country and the own group; the lower way weighs as much."""
    page.get_by_role("link", name="Betyg och nationella prov").first.click()
    page.get_by_label("Egen grupp").select_option("enheter")
    page.get_by_role("button", name="Visa", exact=True).click()
    title = page.get_by_role("heading", level=2).first.inner_text()
    assert title == "Betyget är oftare lägre än provbetyget – Ekhults centralskola"
    said = plain(page.locator("figure.chart .sentence").first.inner_text())
    assert "Av 64 elever fick 21 (32,8 %) lägre betyg än provbetyget och 5 (7,8 %) högre." in said
    assert "Övervikten åt det lägre hållet är en tydlig skillnad: 25,0 procentenheter" in said
    assert "Jämfört med riket: lägre betyg än prov tydlig skillnad (+18,8 procentenheter)" in said
    rows = page.locator("figure.chart table").first
    mine = [plain(one) for one in cells_of(rows, "Ekhults centralskola")]
    assert mine[:6] == ["32,8 %", "59,4 %", "7,8 %", "−25,0", "64", "tydlig skillnad"]
    assert "Riket" in rows.text_content()
    assert "Norra skolan" in rows.text_content()
    # Four pupils are never told, nor their shares.
    assert not re.search(r"\d", "".join(cells_of(rows, "Lilla skolan")))


def _the_other_way(page):
    """In svenska the grades are higher instead, and it is told in the very same words."""
    here = page.url
    page.locator("#amne").select_option(label="Svenska")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_role("heading", name="Betyget är oftare högre än provbetyget").first.wait_for()
    said = plain(page.locator("figure.chart .sentence").first.inner_text())
    assert "Av 74 elever fick 3 (4,1 %) lägre betyg än provbetyget och 27 (36,5 %) högre." in said
    assert "Övervikten åt det högre hållet är en tydlig skillnad: 32,4 procentenheter" in said
    page.goto(here)


def _years(page):
    history = page.locator("figure.chart").nth(1)
    words = plain(history.text_content())
    for spring in range(2022, 2027):
        assert f"våren {spring}" in words
    assert "våren 2026: proven skrevs på papper, som ersättning." in words
    assert "proven var inte som året före" in words


def _ask(page):
    words = page.locator("main").inner_text()
    for about in ("Undervisningsgrupper", "Provdeltagande", "Vikarier", "Sambedömning",
                  "Prov i annan form"):  # fmt: skip
        assert about in words
    assert "betygsinflation" not in page.content().lower()
    for role in ("Huvudmannen", "Rektorn", "Läraren"):
        assert role in page.locator("main").text_content()


def _moderate_twice(page):
    _moderate(page, "2025-05-13", "26", ("18", "1"))
    page.go_back()
    page.go_back()
    _moderate(page, "2026-05-12", "28", ("14", "3"))


def _into_the_analysis(page):
    page.get_by_role("link", name="Vad ser vi?").first.click()
    page.get_by_label(re.compile("^Har undervisningen eller bedömningen")).check()
    page.get_by_role("button", name="Spara som underlag").click()
    page.get_by_text("Siffrorna är sparade som underlag.").wait_for()
    kept = plain(page.locator("#underlag").text_content())
    assert "32,8 % (21 av 64 elever)" in kept
    assert "Frågor att ta reda på: Har undervisningen" in kept


def _act(page):
    page.get_by_role("link", name="Lägg till styrka eller utmaning").first.click()
    page.get_by_label("Utmaning").check()
    page.get_by_label("Vad visar underlaget?").fill("Betygen är lägre än provbetygen i matematik")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="Lägg till orsak").first.click()
    page.get_by_label("Vad beror det på?").fill("Vi har inte sambedömt i matematik")
    page.locator("input[name=certainty][value=possible]").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="Lägg till utvecklingsområde").first.click()
    page.get_by_label("Vad ska utvecklas?").fill("Lika bedömning i matematik")
    page.get_by_label("Vi har inte sambedömt i matematik").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="Planera insats").first.click()
    page.get_by_label("Vad ska göras?").fill(ACTION)
    page.locator("input[name=level][value=preventive]").check()
    page.get_by_label("Vilken nivå i styrkedjan gör den?").select_option("principals")
    page.get_by_label("Vilken roll ansvarar?").fill("rektor")
    page.get_by_label("När börjar den?").fill("2026-11-16")
    page.get_by_role("button", name="Spara insatsen").click()
    page.get_by_text("Insatsen är sparad.").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_story_6(reader, made, javascript):
    at = reader(made[2], javascript=javascript)
    page = at.open("/ekhult/resultat")

    _see(page)
    _the_other_way(page)
    _years(page)
    _ask(page)
    here = page.url
    _moderate_twice(page)
    page.goto(here)
    held = plain(page.locator("section[aria-labelledby=held]").inner_text())
    told = f"28 elevtexter, 86 % samma bedömning före samtal, 96 % efter. {LEARNED}"
    assert told in held
    assert "Läsåret 2025/26: 14 timmar rättning och 3 timmar analys." in held
    assert "Läsåret 2024/25: 18 timmar rättning och 1 timme analys." in held
    _into_the_analysis(page)
    analysis = page.url
    # The sambedömning lies in the analysis too, and the insats answers it.
    page.goto(here)
    page.get_by_role("link", name="12 maj 2026").click()
    page.get_by_label("Lägg som underlag i analysen").select_option(index=1)
    page.get_by_role("button", name="Lägg som underlag").click()
    page.get_by_text("Ligger som underlag i analysen").wait_for()
    page.goto(analysis)
    assert "Sambedömning i matematik, årskurs 9." in page.locator("#underlag").text_content()
    _act(page)
    page.goto(here)
    assert page.get_by_role("link", name=f"Insats: {ACTION}").is_visible()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_and_nothing_is_cut(reader, made, width, dark):
    robin = reader(made[2], width=width, dark=dark)
    for name, path in {
        "np-betyg": f"{PAGE}?grupp=enheter",
        "np-betyg-tomt": f"{PAGE}?prov=np-betyg-ak6",
        "np-betyg-underlag": f"{PAGE}/underlag",
        "sambedomning": "/ekhult/sambedomning",
        "sambedomning-ny": "/ekhult/sambedomning/ny",
    }.items():
        page = robin.open(path)
        if name == "np-betyg" and width > 600:
            page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
        robin.shoot(f"{name}-{width}")
        assert robin.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
