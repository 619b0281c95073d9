"""Story 10 word for word: the leaver, the tf rektor, the new rektor and the huvudman."""

from datetime import date, datetime

import pytest
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.story_10 import LAST, story_10
from tests.places import STOCKHOLM

from ska.access import Role
from ska.scheduler import Scheduler

PAGE = "/lindasa/enheter/aby/overlamning"
ASKED, ANSWERED = "Varför slutade ni med läsveckorna?", "De tog tid från matematiken."


def _day(db, *when):
    db.clock.now = datetime(*when, 9, tzinfo=STOCKHOLM)


def _main(reader, person, path, javascript):
    """Return what *person* reads at *path* on this day."""
    at = reader(person, javascript=javascript)
    page = at.open(path)
    return at, page, page.locator("main").inner_text().replace("\u00a0", " ")


def _rektor(story, person, since, until=None, **more):
    RoleAssignmentFactory(
        person=person, organizer=story.organizer, unit=story.unit, role=Role.PRINCIPAL,
        valid_from=since, valid_to=until, **more,
    )  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_story_10(db, reader, javascript):
    story = story_10(db)
    _thirty_days_before(db, reader, story, javascript)
    _nothing_is_left_on_the_leaver(db, reader, story, javascript)
    _a_question_to_the_leaver(reader, story, javascript)
    _the_leaver_is_out_and_the_acting_is_in(db, reader, story, javascript)
    _the_new_rektor(db, reader, story, javascript)
    _the_huvudman_sees_the_risk(reader, story, javascript)


def _thirty_days_before(db, reader, story, javascript):
    """The role's end date triggers the handover, for the leaver and the huvudman."""
    _day(db, 2026, 11, 30)
    before = _main(reader, story.sara, "/lindasa/oversikt", javascript)[2]
    _day(db, 2026, 12, 1)
    Scheduler(db.engine, db.settings, db.clock).plan()
    for person in (story.sara, story.kim):
        _at, page, words = _main(reader, person, "/lindasa/oversikt", javascript)
        assert "Lämna över: Åby byskola" in words
        page.goto(page.url.replace("oversikt", "notiser"))
        told = page.locator("main").inner_text()
        assert "Åby byskola ska lämnas över till en ny rektor" in told
    assert "Lämna över" not in before


def _nothing_is_left_on_the_leaver(db, reader, story, javascript):
    """What has the leaver's name is told and given away; all else goes with the role."""
    at, page, words = _main(reader, story.sara, PAGE, javascript)
    assert "Sara Ek är rektor till och med 31 december 2026" in words
    assert "Ingen tar över dagen efter: 2 insatser, 1 uppföljning och 2 steg" in words
    if javascript:
        assert at.axe() == []
    at.shoot("overlamning-sara")
    page.locator("section[aria-labelledby=leaving]").get_by_role("link", name="Räknestuga").click()
    page.get_by_role("link", name="Ändra").first.click()
    page.get_by_label("Vilken roll ansvarar?").fill("rektor")
    page.get_by_role("button", name="Spara").first.click()
    _rektor(story, story.tove, date(2027, 1, 1), date(2027, 3, 31), acting=True)
    _rektor(story, story.nils, date(2027, 4, 1))
    words = _main(reader, story.sara, PAGE, javascript)[2]
    assert "Dagen efter går allt över till Tove Lind, tf rektor: 2 insatser" in words
    assert "Inget är skrivet på Sara Ek själv." in words


def _a_question_to_the_leaver(reader, story, javascript):
    """The huvudman asks while the leaver is there; the leaver finds it and answers."""
    page = _main(reader, story.kim, PAGE, javascript)[1]
    page.get_by_label("Vad undrar du?").fill(ASKED)
    page.get_by_label("Den som slutar").check()
    page.get_by_role("button", name="Ställ frågan").click()
    page.get_by_text("Frågan är ställd och ligger kvar här.").wait_for()
    page = _main(reader, story.sara, "/lindasa/oversikt", javascript)[1]
    page.get_by_role("link", name=f"Svara på: {ASKED}").click()
    page.get_by_label("Svar", exact=True).fill(ANSWERED)
    page.get_by_role("button", name="Spara svaret").click()
    page.get_by_text("Svaret är sparat.").wait_for()


def _the_leaver_is_out_and_the_acting_is_in(db, reader, story, javascript):
    """Access ends by itself, and the acting rektor's rights begin and end with the days."""
    _day(db, LAST.year, LAST.month, LAST.day)
    assert "Åby byskola" in _main(reader, story.sara, PAGE, javascript)[2]
    _day(db, 2027, 1, 1)
    assert "Sidan finns inte" in _main(reader, story.sara, PAGE, javascript)[2]
    words = _main(reader, story.tove, "/lindasa/oversikt", javascript)[2]
    assert "Läs de första 30 dagarna på: Åby byskola" in words
    assert "tf rektor" in words
    _day(db, 2027, 4, 1)
    assert "Sidan finns inte" in _main(reader, story.tove, PAGE, javascript)[2]


PACK = (
    "De första 30 dagarna",
    "Tove Lind, tf rektor",
    "Enkäter",
    "Halvårsavstämning",
    "Fasta rastvakter",
    "Nästa uppföljning 22 januari 2027",
    "Fem av sju klarar provet",
    "Läsåret 2024/25",
    "Läsveckorna tog tid från matematiken.",
    "Läsåret 2025/26",
    "Rastvakterna byttes varje dag",
    "Delvis. Fortsätt: Det fungerar. Lärdom: Samma vuxna hela terminen",
    "Läsåret 2026/27",
    "Hur var det i 3:an?",
    ASKED,
    ANSWERED,
)


def _the_new_rektor(db, reader, story, javascript):
    """The pack, the first thirty days, a question to the huvudman; history stands."""
    page = _main(reader, story.nils, "/lindasa/oversikt", javascript)[1]
    page.get_by_role("link", name="Läs de första 30 dagarna på").click()
    words = page.locator("main").inner_text().replace("\u00a0", " ")
    assert [part for part in PACK if part not in words] == []
    page.get_by_label("Vad undrar du?").fill("Hur många timmar har elevhälsan?")
    page.get_by_label("Huvudmannen").check()
    page.get_by_role("button", name="Ställ frågan").click()
    page.get_by_text("Frågan är ställd och ligger kvar här.").wait_for()
    answering = _main(reader, story.kim, "/lindasa/oversikt", javascript)[1]
    answering.get_by_role("link", name="Svara på: Hur många timmar").click()
    answering.get_by_label("Svar", exact=True).fill("Åtta i veckan.")
    answering.get_by_role("button", name="Spara svaret").click()
    page.reload()
    page.get_by_text("Åtta i veckan.").wait_for()
    page.get_by_role("link", name="Rasterna var oroliga").first.click()
    assert "Fastställd" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Ändra").count() == 0
    analysis = page.url.partition("/lindasa")[2]
    written = {"kind": "strength", "text": "Något annat"}
    refused = db.browse(story.nils).post(f"/lindasa{analysis}/ny/fynd", written)
    assert refused.status_code == 422
    assert "Analysen är fastställd och kan inte ändras." in refused.text


def _the_huvudman_sees_the_risk(reader, story, javascript):
    words = _main(reader, story.kim, "/lindasa/rontgen/arbetet", javascript)[2]
    assert "Åby byskola har haft 4 rektorer på fem år. Där väntar 1 uppföljning." in words
