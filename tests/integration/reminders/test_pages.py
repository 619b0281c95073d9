"""Notices and channels."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.factories.cycle import NoticeFactory
from tests.lindasa import UNITS, Lindasa, at

from ska.cycle.models import CycleStep
from ska.notices.mail import Folder
from ska.notices.models import Notice
from ska.scheduler import Scheduler

PAGE = "/lindasa/notiser"


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 12))
    return Lindasa()


@pytest.fixture
def browse(db, lindasa):
    return db.browse(lindasa.director)


def notice(db, lindasa, days_ago=0, **values):
    return NoticeFactory(
        organizer=lindasa.organizer,
        person=values.pop("person", lindasa.director),
        told_at=db.clock() - timedelta(days=days_ago),
        **values,
    )


def test_notices_are_grouped_and_only_ones_own(db, lindasa, browse):
    assert "Här samlas dina notiser" in browse.get(PAGE).text
    notice(db, lindasa, title="I dags")
    notice(db, lindasa, days_ago=1, title="Veckans")
    notice(db, lindasa, days_ago=40, title="Gammal", read_at=db.clock())
    notice(db, lindasa, title="Någon annans", person=lindasa.newcomer)

    page = browse.get(PAGE).text

    assert page.index("I dags") < page.index("Veckans") < page.index("Gammal")
    assert page.index("<h2>I dag") < page.index("<h2>Denna vecka") < page.index("<h2>Tidigare")
    assert "2&nbsp;olästa notiser" in page
    assert '<span class="unread">2<span class="hidden-text"> olästa' in page
    assert "Någon annans" not in page


def test_a_notice_is_read_when_it_is_opened_and_leads_to_its_step(db, lindasa, browse):
    one, other = notice(db, lindasa), notice(db, lindasa, person=lindasa.newcomer)

    opened = browse.post(f"{PAGE}/{one.id}")

    assert opened.headers["location"] == "/lindasa/2026-27/arshjul"
    assert browse.post(f"{PAGE}/{other.id}").status_code == 404
    with db.as_owner() as session:
        assert session.get(Notice, one.id).read_at is not None
        assert session.get(Notice, other.id).read_at is None


def test_all_can_be_marked_as_read(db, lindasa, browse):
    notice(db, lindasa)
    notice(db, lindasa)
    notice(db, lindasa, person=lindasa.newcomer)

    page = browse.get(browse.post(PAGE).headers["location"]).text

    assert "Alla notiser är lästa." in page
    assert "Du har läst allt." in page
    with db.as_owner() as session:
        unread = session.scalars(select(Notice).where(Notice.read_at.is_(None))).all()
    assert [one.person_id for one in unread] == [lindasa.newcomer.id]


def test_channels_are_chosen_and_remembered(db, browse):
    address = f"{PAGE}/installningar"

    wrong = browse.post(address, {"reminder": "duva", "escalation": "app"})
    done = browse.post(address, {"reminder": "app", "escalation": "off"})
    browse.post(address, {"reminder": "app", "escalation": "mail"})
    page = browse.get(done.headers["location"]).text

    assert "Välj hur du får påminnelser" in wrong.text
    assert 'value="app" checked' in page
    assert page.count(" checked") == 9


def test_a_step_says_in_the_log_what_went_out(db, lindasa, browse, tmp_path):
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).plan()
    step = lindasa.steps[UNITS[0]]

    page = browse.get(f"/lindasa/2026-27/arshjul/steg/{step.id}").text

    assert "12 augusti 2026" in page
    assert "skickad till Nya Rektorn" in page
    assert "24 augusti 2026</time> planerad" in page
    with db.as_owner() as session:
        assert session.get(CycleStep, step.id).done_on is None
