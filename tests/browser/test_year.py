"""The year in a browser: the wheel is made, a step is done, a calendar address comes and goes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import BoardDateFactory, NoticeFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.cycle.models import CycleStep

NOVEMBER = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def kim(db):
    person = PersonFactory(name="Kim Åkesson")
    ekhult = OrganizerFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    for name, principal in (("Ekhults centralskola", "Robin Holm"), ("Solrosens förskola", "Alva")):
        unit = SchoolUnitFactory(organizer=ekhult, name=name)
        RoleAssignmentFactory(
            person=PersonFactory(name=principal), organizer=ekhult, unit=unit, role=Role.PRINCIPAL
        )
    BoardDateFactory(organizer=ekhult, name="Barn- och utbildningsnämnden")
    for number, read in enumerate((None, None, NOVEMBER)):
        NoticeFactory(
            organizer=ekhult,
            person=person,
            told_at=NOVEMBER.replace(day=24 - number * 6),
            read_at=read,
            href="/ekhult/2026-27/arshjul",
        )
    return person


def lived(db):
    """Let the autumn have happened: what was due is done, but for one unit."""
    with db.as_owner() as session:
        steps = session.scalars(select(CycleStep).order_by(CycleStep.id)).all()
        for number, step in enumerate(steps):
            if step.due < date(2026, 11, 20) and not (step.unit_id and number % 9 == 0):
                step.started_on, step.done_on = step.starts, step.due


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_the_wheel_is_made_and_a_step_is_done(reader, db, kim, javascript):
    db.clock.now = NOVEMBER
    at = reader(kim, javascript=javascript)
    page = at.open("/ekhult/2026-27/arshjul")

    page.get_by_role("button", name="Skapa från mallen").click()
    page.get_by_text("3 årshjul är skapade.").wait_for()
    page.get_by_role("link", name="Huvudmannens analys och kvalitetsrapport").last.click()
    page.get_by_label("Något att minnas?").fill("Rapporten ligger i ärendet.")
    page.get_by_role("button", name="Markera som klart").click()

    page.get_by_text("Steget är klart. Påminnelserna upphör.").wait_for()
    page.get_by_text("Rapporten ligger i ärendet.").wait_for()


def test_a_calendar_address_answers_until_it_is_closed(reader, db, kim):
    at = reader(kim)
    page = at.open("/ekhult/kalender")

    page.get_by_role("button", name="Skapa en adress").click()
    address = page.locator("code.secret").inner_text()
    path = "/kalender/" + address.rsplit("/", 1)[1]
    first = page.request.get(at.site + path)
    page.get_by_role("button", name="Stäng adressen").click()
    page.get_by_text("Adressen är stängd.").wait_for()
    after = page.request.get(at.site + path)

    assert first.status == 200
    assert first.text().startswith("BEGIN:VCALENDAR")
    assert after.status == 404


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True), (1366, True)])
def test_axe_finds_nothing_on_the_years_pages(reader, db, kim, width, dark):
    db.clock.now = NOVEMBER
    browse = db.browse(kim)
    at = reader(kim, width=width, dark=dark)
    shade = "dark" if dark else "light"
    at.open("/ekhult/2026-27/arshjul")
    at.shoot(f"year-empty-{width}-{shade}")
    assert at.axe() == []
    browse.post("/ekhult/2026-27/arshjul", {"wheels": "both"})
    lived(db)
    with db.as_owner() as session:
        step = session.scalar(select(CycleStep.id).where(CycleStep.key == "namnden-behandlar"))
    for name, path in {
        "wheel": "/ekhult/2026-27/arshjul",
        "unit": "/ekhult/2026-27/arshjul?enhet=ekhults-centralskola",
        "step": f"/ekhult/2026-27/arshjul/steg/{step}",
        "notices": "/ekhult/notiser",
        "channels": "/ekhult/notiser/installningar",
        "calendar": "/ekhult/kalender",
    }.items():
        at.open(path)
        for fold in at.page.locator("details.fold > summary").all():
            fold.click()
        at.shoot(f"year-{name}-{width}-{shade}")
        assert at.axe() == [], path
        wide = at.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{path} scrolls sideways at {width}"
