"""Story 3 word for word: the reminder in the årshjul, by Lindåsa's rektorer and skolchef."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.lindasa import UNITS, Lindasa, at

from ska.core.holidays import is_working_day
from ska.cycle.models import CycleStep, Reminder
from ska.notices.mail import Postman
from ska.scheduler import Scheduler

BJORKBACKA, ABY, *_OTHERS = UNITS
DONE = UNITS[2:4]
REASON = "väntar på kompletta NP-resultat"
HERE = re.compile(r"http://localhost:8000(/lindasa/\S+/steg/\S+)")


class Post(Postman):
    """The mail that went out, by the day and the address."""

    def __init__(self, db):
        self.db = db
        self.sent = []

    def deliver(self, message):
        if "årshjulet" in str(message["Subject"]) or "Påminnelse" in str(message["Subject"]):
            day = self.db.clock.now.date()
            self.sent.append((day, str(message["To"]), message.get_content()))

    def on(self, day):
        """Return what went out about the steps on a day, by address."""
        return {to: text for when, to, text in self.sent if when == day}


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 7, 20))
    return Lindasa()


@pytest.fixture
def post(db, lindasa):
    return Post(db)


def live(db, post, first, last):
    """Let the days pass: a server that is started anew each hour it is looked at."""
    day = first
    while day <= last:
        for hour in (5, 8, 20):
            db.clock.now = at(day, hour)
            for _restart in range(2):
                scheduler = Scheduler(db.engine, db.settings, db.clock, post)
                scheduler.plan()
                scheduler.send()
        db.clock.now = at(day, 9)
        day += timedelta(days=1)


def address(person):
    return str(person.email)


def _from_july_to_the_change_of_rektor(db, post, lindasa):
    live(db, post, date(2026, 7, 20), date(2026, 8, 10))
    old, new = lindasa.principals[BJORKBACKA], lindasa.newcomer
    first, second = post.on(date(2026, 8, 3)), post.on(date(2026, 8, 10))
    assert {when for when, _to, _text in post.sent} == {
        date(2026, 8, 3),
        date(2026, 8, 10),
    }
    assert set(first) == {address(one) for one in lindasa.principals.values()}
    assert address(old) in first
    assert address(new) in second
    assert address(old) not in second


def _the_new_rektor_follows_the_link_to_the_form(reader, post, lindasa, javascript):
    path = HERE.search(post.on(date(2026, 8, 10))[address(lindasa.newcomer)])[1]
    page = reader(lindasa.newcomer, javascript=javascript).open(path)
    assert page.get_by_role("heading", level=1).inner_text() == f"Enhetsanalys klar, {BJORKBACKA}"
    assert page.get_by_role("button", name="Markera som klart").is_visible()
    assert page.get_by_role("link", name="Öppna analyserna").is_visible()
    log = page.locator("ol.timeline").inner_text()
    assert f"3 augusti 2026 skickad till Rektor {BJORKBACKA}" in log
    assert "10 augusti 2026 skickad till Nya Rektorn" in log


def _two_units_finish(db, post, reader, lindasa, javascript):
    live(db, post, date(2026, 8, 11), date(2026, 8, 18))
    for name in DONE:
        page = reader(lindasa.principals[name], javascript=javascript).open(
            f"/lindasa/2026-27/arshjul/steg/{lindasa.steps[name].id}"
        )
        page.get_by_role("button", name="Markera som klart").click()
        page.get_by_text("Steget är klart. Påminnelserna upphör.").wait_for()


def _aby_puts_it_off(db, post, reader, lindasa, javascript):
    live(db, post, date(2026, 8, 19), date(2026, 8, 27))
    page = reader(lindasa.principals[ABY], javascript=javascript).open(
        f"/lindasa/2026-27/arshjul/steg/{lindasa.steps[ABY].id}"
    )
    page.get_by_text("Skjut upp påminnelserna").click()
    page.get_by_label("Till vilket datum?").fill("9/9 2026")
    page.get_by_label("Varför?", exact=True).fill(REASON)
    page.get_by_role("button", name="Skjut upp", exact=True).click()
    page.get_by_text(f"Uppskjutet till 9 september 2026: {REASON}").wait_for()


def _the_skolchef_hears_of_two_units(db, post, reader, lindasa, javascript):
    live(db, post, date(2026, 8, 28), date(2026, 9, 9))
    rektor = {name: address(one) for name, one in lindasa.principals.items()}
    new = address(lindasa.newcomer)
    assert set(post.on(date(2026, 8, 24))) == {new, rektor[ABY], rektor["Västerskolan"]}
    assert set(post.on(date(2026, 8, 28))) == {new, rektor["Västerskolan"]}
    (told,) = post.on(date(2026, 9, 7)).items()
    late, _said, put_off = told[1].partition("uppskjutna, med orsak")
    assert told[0] == address(lindasa.director)
    assert [name for name in UNITS if name in late] == [BJORKBACKA, "Västerskolan"]
    assert ABY in put_off
    assert f"Uppskjutet till 9 september 2026: {REASON}" in put_off
    assert len(HERE.findall(told[1])) == 3
    assert set(post.on(date(2026, 9, 9))) == {rektor[ABY]}
    page = reader(lindasa.director, javascript=javascript).open("/lindasa/notiser")
    notices = page.locator(".notice-list").first.inner_text()
    assert BJORKBACKA in notices
    assert "Västerskolan" in notices


def _every_send_is_logged_once_and_on_a_working_day(db):
    with db.as_owner() as session:
        rows = session.scalars(select(Reminder)).all()
    assert len({(one.step_id, one.due, one.rule) for one in rows}) == len(rows) == 5 + 5 + 3 + 2 + 3
    assert all(is_working_day(one.sent_on) and one.sent_on.month != 7 for one in rows)


def _the_wheel_is_copied(db, reader, lindasa, javascript):
    page = reader(lindasa.director, javascript=javascript).open("/lindasa/2026-27/arshjul")
    page.get_by_label("Bara huvudmannens").check()
    page.get_by_role("button", name="Skapa från mallen").click()
    page.get_by_label("Mötets datum").fill("26/11 2026")
    page.get_by_role("button", name="Lägg till mötet").click()
    page.get_by_text("Mötet är tillagt.").wait_for()
    page.get_by_role("button", name="Kopiera till 2027/28").click()
    page.get_by_text("6 årshjul är kopierade hit.").wait_for()
    listed = page.locator("main").inner_text()
    assert "Nämndens mötesdatum saknas. Datumet är preliminärt tills det finns." in listed
    assert "Steget blev inte klart förra året." in listed
    with db.as_owner() as session:
        steps = session.scalars(select(CycleStep).order_by(CycleStep.due)).all()
    new = {one.key: one.due for one in steps if one.due > date(2027, 7, 1)}
    assert new["enhetsanalys"] == date(2027, 8, 31)  # the last working day of August
    assert new["resultatdialog"] == date(2027, 10, 22)  # ISO week 42
    assert new["kvalitetsrapport"] == date(2027, 11, 16)  # ten working days before, no meeting yet
    page.get_by_label("Mötets datum").fill("2027-12-16")
    page.get_by_role("button", name="Lägg till mötet").click()
    page.get_by_text("Mötet är tillagt.").wait_for()
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.key == "kvalitetsrapport")
        reports = sorted(one.due for one in session.scalars(query))
        kept = session.get(CycleStep, lindasa.steps[DONE[0]].id)
    assert reports == [date(2026, 11, 12), date(2027, 12, 2)]
    assert kept.done_on == date(2026, 8, 18)  # last year's history stays


def _a_calendar_subscribes(reader, lindasa, javascript):
    seat = reader(lindasa.newcomer, javascript=javascript)
    page = seat.open("/lindasa/kalender")
    page.get_by_role("button", name="Skapa en adress").click()
    secret = page.locator("code.secret").inner_text().rsplit("/", 1)[1]
    read = page.request.get(f"{seat.site}/kalender/{secret}")
    text = read.text().replace("\r\n ", "")
    assert read.headers["content-type"].startswith("text/calendar")
    assert f"SUMMARY:Enhetsanalys klar\\, {BJORKBACKA}" in text
    assert "DTSTART;VALUE=DATE:20260831" in text
    assert "DTSTART;VALUE=DATE:20270831" in text


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_story_3(db, reader, post, lindasa, javascript):
    _from_july_to_the_change_of_rektor(db, post, lindasa)
    _the_new_rektor_follows_the_link_to_the_form(reader, post, lindasa, javascript)
    _two_units_finish(db, post, reader, lindasa, javascript)
    _aby_puts_it_off(db, post, reader, lindasa, javascript)
    _the_skolchef_hears_of_two_units(db, post, reader, lindasa, javascript)
    _every_send_is_logged_once_and_on_a_working_day(db)
    _the_wheel_is_copied(db, reader, lindasa, javascript)
    _a_calendar_subscribes(reader, lindasa, javascript)
