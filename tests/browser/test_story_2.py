"""Story 2 in a browser: a rektorsgrupp in front of one screen, with and without JavaScript."""

import re

import pytest
from tests.factories.borrowing import area_of, borrowed_hour, reading_hour
from tests.factories.indicator_values import value
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

PAGE = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
OTHERS = ("Lindåsa", "Sjövalla", "Norrforsa", "Mosslunda")


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    found = story_2()
    share_all(db, found, OTHERS)
    return found


@pytest.fixture
def shared(db, made):
    share_all(db, made, ("Ekhult",))
    return made


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_question_to_the_answer(reader, made, javascript):
    """Ekhult sees that others share, sees what it would share, shares, and reads the answer."""
    page = reader(made["Ekhult"][1], javascript=javascript).open("/ekhult/oversikt")

    page.get_by_role("link", name="Jämför", exact=True).click()
    page.get_by_role("link", name="Lägst betyget E i samtliga ämnen, årskurs 6").click()
    page.get_by_text("4 huvudmän delar den redan").wait_for()
    page.get_by_role("link", name="Se vad ni skulle dela").click()
    page.get_by_text("allmän handling").wait_for()
    assert page.get_by_role("cell", name="77,3").is_visible()
    page.get_by_role("button", name="Dela med nätverket").click()
    assert page.get_by_role("link", name="Skriv vad nätverket ska ha siffrorna till").is_visible()
    page.get_by_label("Vad ska nätverket ha siffrorna till?").fill("Rektorsgruppens möte")
    page.get_by_role("button", name="Dela med nätverket").click()

    title = page.get_by_role("heading", level=2).first.inner_text()
    assert title == "Ingen tydlig skillnad mot Ekhult 2025/26"
    said = page.locator("figure.chart .sentence").inner_text().replace("\u00a0", " ")
    assert "Inom vanlig variation: Lindåsa (83,1 %) och Sjövalla (74,0 %)" in said
    assert "Granåsa (har valt att inte dela)" in said
    assert "Mosslunda (för få elever" in said


@pytest.mark.parametrize("javascript", [True, False])
def test_the_group_leaves_with_one_joint_question(reader, shared, javascript):
    """Written by Ekhult in front of the screen, told to Lindåsa, answered there, read by both."""
    page = reader(shared["Ekhult"][1], javascript=javascript).open(PAGE)
    asked, answer = "Vad gör ni när en elev inte läser flytande?", "Lästimme varje dag."

    page.get_by_role("link", name="Ställ en fråga om det här").click()
    assert page.get_by_label("Vem frågar ni?").locator("option").first.inner_text() == (
        "Alla i Nätverk Mellanslätt: en gemensam fråga"
    )
    page.get_by_role("button", name="Ställ frågan").click()
    assert page.get_by_role("link", name="Skriv frågan").is_visible()
    page.get_by_label("Vad undrar ni?").fill(asked)
    page.get_by_label("Till vilket möte?").fill("2026-11-12")
    page.get_by_role("button", name="Ställ frågan").click()
    page.get_by_text("Frågan är ställd.").wait_for()

    page = reader(shared["Lindåsa"][1], javascript=javascript)
    page = page.open(PAGE.replace("/ekhult/", "/lindasa/"))
    assert page.get_by_role("heading", name=asked).is_visible()
    page.locator("article.card summary").click()
    page.get_by_label("Ert svar").fill(answer)
    page.get_by_role("button", name="Spara svaret").click()
    page.get_by_text(answer).wait_for()

    page = reader(shared["Ekhult"][1], javascript=javascript).open(PAGE)
    page.get_by_text(answer).wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_sjovalla_borrows_lindasas_reading_hour(reader, shared, javascript):
    """Lent by Lindåsa, found by Sjövalla under the comparison, taken home as a draft."""
    action, area = reading_hour(shared["Lindåsa"][0]), area_of(shared["Sjövalla"][0])
    page = reader(shared["Lindåsa"][1], javascript=javascript)
    page = page.open(f"/lindasa/insatser/{action.id}")
    page.get_by_role("link", name="Låna ut arbetssättet till ett nätverk").click()
    assert page.get_by_label("Vad har det gett?").input_value() == "Delvis. Läsflyt i mars."
    page.get_by_label("Hur gör ni?").fill("")
    page.get_by_role("button", name="Låna ut").click()
    assert page.get_by_role("link", name="Skriv hur ni gör").is_visible()
    page.get_by_label("Hur gör ni?").fill("Hela skolan läser samtidigt, efter lunch.")
    page.get_by_label("Vilken indikator handlar det om?").select_option(ITEM)
    page.get_by_role("button", name="Låna ut").click()
    page.get_by_text("Arbetssättet lånas ut.").wait_for()

    sjovalla = reader(shared["Sjövalla"][1], javascript=javascript, width=320)
    page = sjovalla.open(PAGE.replace("/ekhult/", "/sjovalla/"))
    page.get_by_role("link", name="Se arbetssätt att låna").click()
    page.get_by_text("Det ni jämförde").wait_for()
    sjovalla.shoot("arbetssatt-320")
    assert not javascript or sjovalla.axe() == []
    page.get_by_role("link", name="Ha en lästimme varje dag").click()
    sjovalla.shoot("arbetssatt-ett-320")
    assert not javascript or sjovalla.axe() == []
    page.get_by_role("link", name=area.title).click()
    assert page.get_by_label("Hur ska det gå till?").input_value().endswith("efter lunch.")
    assert not javascript or sjovalla.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("När börjar den?").fill("2027-01-11")
    page.get_by_role("button", name="Spara insatsen").click()
    page.get_by_text("Insatsen är sparad.").wait_for()
    assert page.get_by_text("Lindåsa, Lindåsaskolan").is_visible()
    assert page.get_by_text("Utkast").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_sjovalla_tells_lindasa_what_it_gave_and_takes_it_back(reader, shared, db, javascript):
    """From the follow-up to words written for others, read by Lindåsa, gone when taken back."""
    insats, at = borrowed_hour(shared)
    sjovalla = reader(shared["Sjövalla"][1], javascript=javascript, width=320, dark=True)
    page = sjovalla.open(f"/sjovalla/insatser/{insats.id}")
    assert not javascript or sjovalla.axe() == []
    page.get_by_role("link", name="10 november 2026").click()
    page.get_by_role("link", name="Berätta för Lindåsa, Lindåsaskolan vad det gav").click()
    page.get_by_text("Det ni svarade vid uppföljningen").click()
    assert page.get_by_text("Lisa i 4B").is_visible()
    assert page.get_by_label("Hur säkert är det?").input_value() == ""
    sjovalla.shoot("beratta-320")
    assert not javascript or sjovalla.axe() == []
    page.get_by_label("Det går inte att bedöma än").check()
    page.get_by_label("Vad gjorde ni, och vad gav det?").fill("Lugnare efter lunch.")
    page.get_by_role("button", name="Berätta för Lindåsa").click()
    page.get_by_role("link", name="Skriv vad svaret bygger på och vad ni inte vet").click()
    page.get_by_label("Hur säkert är det?").fill("Inget är mätt än.")
    page.get_by_role("button", name="Berätta för Lindåsa").click()
    page.get_by_text("Det är berättat. Lindåsa läser det nu.").wait_for()
    sjovalla.shoot("berattat-320")
    assert not javascript or sjovalla.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    lindasa = reader(shared["Lindåsa"][1], javascript=javascript, width=320, dark=True)
    told = lindasa.open(f"/lindasa/arbetssatt/{at}")
    assert "1 har berättat vad det gav." in told.locator("main").inner_text()
    assert told.get_by_text("Inget är mätt än.").is_visible()
    lindasa.shoot("berattat-hos-lindasa-320")
    assert not javascript or lindasa.axe() == []
    assert told.evaluate("document.documentElement.scrollWidth") <= 320

    page.get_by_role("button", name="Ta tillbaka det").click()
    page.get_by_text("Ingen annan läser det längre.").wait_for()
    told = lindasa.open(f"/lindasa/arbetssatt/{at}")
    assert "ingen har berättat vad det gav." in told.locator("main").inner_text()
    assert told.get_by_text("Inget är mätt än.").count() == 0


def _told(page, **chosen):
    """Choose in the form, show, and return the figure's words and table as one line of text."""
    page.get_by_text("Ändra vad som jämförs").click()
    for label, option in chosen.items():
        page.locator(f"#{label}").select_option(option)
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url(lambda address: all(f"{key}={value}" in address.replace("%2F", "/")
                                          for key, value in chosen.items()))  # fmt: skip
    return _read(page)


def _read(page):
    rows = page.locator("figure.chart tr").all()
    cells = [" ".join(row.locator("th, td").all_text_contents()) for row in rows]
    said = [page.locator("figure.chart").inner_text(), *cells]
    return " ".join(" ".join(said).replace("\u00a0", " ").split())


@pytest.mark.parametrize("javascript", [True, False])
def test_few_other_and_several_years_are_told_for_what_they_are(reader, shared, db, javascript):
    share_all(db, shared, ("Granåsa",), definition="hemkommun")
    page = reader(shared["Ekhult"][1], javascript=javascript).open(PAGE)

    latest = _read(page)
    assert "Granåsa står för sig: annan definition: hemkommun." in latest
    assert "Platserna står i bokstavsordning" in latest
    assert re.search(r"Mosslunda för få elever[^%]* inte känt", latest), latest
    names = page.locator("figure.chart table tbody th").all_text_contents()
    assert names[:-1] == sorted(names[:-1])  # who is apart comes last
    small = _told(page, nar="2023/24")
    assert "Norrforsa: få elever – enskilda elever påverkar mycket." in small
    assert "Norrforsa 75,0 % 20 53–89 % inom vanlig variation" in small
    by_value = _told(page, ordning="varde")
    assert "Platserna står efter värde, som du har valt." in by_value
    assert "Ordningen är ingen rangordning." in by_value
    _told(page, nar="2025/26")
    pooled = _told(page, ar="3")
    assert "Ekhult: 76,7 % (148 av 193 elever) 2023/24–2025/26" in pooled
    assert "Norrforsa 2024/25: ≈100, färre än fem nådde inte nivån" in pooled
    for seven in ("57,1", "55,6", "44,4"):
        assert seven not in latest + small + by_value + pooled


def test_a_break_in_the_series_is_drawn_as_one(reader, made):
    organizer, kim = made["Ekhult"]
    store_values(
        value(
            "2026/27", 40.0, 66, source="local", measure=ITEM, title=ITEM, area="Ekhult",
            area_code=organizer.organisation_number, definition_version=2,
            organizer_number=organizer.organisation_number,
        ),
        organizer=organizer,
    )  # fmt: skip
    page = reader(kim).open(f"/ekhult/resultat/{ITEM}")

    page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
    assert "tydlig skillnad" not in page.locator("figure.chart .sentence").first.inner_text()
    assert "brott" in page.locator("figure.chart").first.inner_text()
    assert page.locator("figure.chart .main-svg .shapelayer path").count() > 0


# What a rektor asks in front of the page, what the page is asked for, and the words that answer.
PANEL = [
    ("Är Norrforsas 90 % bättre än Sjövallas 74 %?", "&mot={Norrforsa}",
     "Norrforsa kan inte jämföras: ≈100, färre än fem nådde inte nivån."),
    ("Är Lindåsas 83 % bättre än våra 77 %?", "", "Inom vanlig variation: Lindåsa"),
    ("Är Sjövallas 74 % sämre än våra?", "", "Lindåsa (83,1 %) och Sjövalla (74,0 %)"),
    ("Är Lindåsa högre än Sjövalla?", "&mot={Sjövalla}", "Inom vanlig variation: Ekhult (77,3 %)"),
    ("Vad har Granåsa?", "", "Granåsa (har valt att inte dela)"),
    ("Har Norrforsa 90 % i år?", "", "Norrforsa (≈100, färre än fem nådde inte nivån)"),
    ("Hur många elever är det hos oss?", "", "51 av 66 elever"),
    ("Är Norrforsas 75 % lägre än Lindåsas 82 %?", "&nar=2023/24&mot={Lindåsa}",
     "Inom vanlig variation: Ekhult (76,9 %), Norrforsa (75,0 %)"),
    ("Var Sjövalla tydligt lägre än Lindåsa då?", "&nar=2023/24&mot={Lindåsa}",
     "Inom vanlig variation: Ekhult (76,9 %), Norrforsa (75,0 %) och Sjövalla (76,4 %)"),
    ("Vem är bäst?", "&ordning=varde", "Inom vanlig variation"),
    ("Hur låg vi förra året?", "&nar=2024/25", "Ekhult: 75,8 % (47 av 62 elever) 2024/25"),
]  # fmt: skip


def test_the_panel_is_answered_by_the_pages_own_sentence(reader, shared):
    kim = reader(shared["Ekhult"][1], javascript=False)
    wrong = []
    for question, asked, answer in PANEL:
        named = {name: organizer.id for name, (organizer, _person) in shared.items()}
        said = kim.open(PAGE + asked.format(**named)).locator("figure.chart .sentence").inner_text()
        if answer not in said.replace("\u00a0", " "):
            wrong.append((question, said))
    assert wrong == []


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_and_nothing_is_cut(reader, shared, width, dark):
    kim = reader(shared["Ekhult"][1], width=width, dark=dark)
    for name, path in {
        "jamfor": PAGE,
        "jamfor-tratt": f"{PAGE}&som=tratt",
        "jamfor-sma": f"{PAGE}&som=sma",
        "jamfor-utjamnat": f"{PAGE}&som=utjamnat",
        "natverkstavla": "/ekhult/tavlor/natverk/natverk-mellanslatt",
        "jamfor-tomt": "/ekhult/jamfor",
        "jamfor-underlag": PAGE.replace("jamfor?", "jamfor/underlag?"),
        "jamfor-vy": PAGE.replace("jamfor?", "jamfor/vyer/ny?"),
        "jamfor-vyer": "/ekhult/jamfor/vyer",
        "fragor": "/ekhult/fragor",
        "jamfor-salsa": "/ekhult/jamfor/salsa",
        "jamfor-bakgrund": f"{PAGE}&bakgrund=gr-utlandsk-bakgrund&bakgrund=gr-antal-elever",
        "fragor-ny": f"/ekhult/fragor/ny?vad={ITEM}&vilka=natverk:natverk-mellanslatt",
        "jamfor-valda": f"/ekhult/jamfor?vad={ITEM}&kommun=1497&lagg=Ha",
        "jamfor-enheter": f"/ekhult/jamfor?vad={ITEM}&vilka=enheter",
        "dela": f"/ekhult/jamfor/dela?vad={ITEM}",
        "natverk": "/ekhult/natverk",
        "ett-natverk": "/ekhult/natverk/natverk-mellanslatt",
    }.items():
        page = kim.open(path)
        if name == "jamfor" and width > 600:
            page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
        kim.shoot(f"{name}-{width}")
        assert kim.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_by_keyboard_alone_another_place_is_chosen_to_compare_with(reader, shared):
    page = reader(shared["Ekhult"][1]).open(PAGE)
    # The number is met first: what is chosen is a line of text, and how it is changed lies folded.
    assert not page.get_by_label("Jämför med").is_visible()
    assert page.locator("figure.chart").bounding_box()["y"] < 0.6 * page.viewport_size["height"]

    page.get_by_text("Ändra vad som jämförs").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Jämför med").focus()
    page.keyboard.type("Sjö")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**mot=*")

    title = page.get_by_role("heading", level=2).first.inner_text()
    assert title == "Ingen tydlig skillnad mot Sjövalla 2025/26"
