"""The demo is seeded through the services, whole, once, and each huvudman by itself."""

from datetime import datetime

import pytest
from sqlalchemy import text
from tests.places import STOCKHOLM

from ska.accounts.models import Person
from ska.demo import services
from ska.demo.definitions import read_demo
from ska.framework.services import load_framework
from ska.settings import bundled

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def demo(db):
    network = read_demo(bundled("seeds") / "demo", years=0)
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=NOW.date())
    added = services.seed_demo(db.owner, db.engine, network, NOW.date())
    assert added == 6
    db.clock.now = NOW
    return network


def kim_of_the_demo(db):
    with db.as_owner() as session:
        return session.query(Person).filter_by(email="kim@ekhult.example").one()


def test_again_it_is_left_as_people_made_it(db, demo):
    assert services.seed_demo(db.owner, db.engine, demo, NOW.date()) == 0
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM organizer WHERE is_demo")) == 6
        chain = [
            session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("analysis", "finding", "cause", "action", "follow_up", "decision")
        ]
    assert chain == [7, 8, 8, 8, 12, 4]


def test_every_main_page_opens_and_is_marked_as_invented(db, demo):
    browse = db.browse(kim_of_the_demo(db))
    for path in (
        "/ekhult/enheter",
        "/ekhult/2026-27/analyser",
        "/ekhult/2025-26/analyser",
        "/ekhult/insatser",
        "/ekhult/resultat",
        "/ekhult/resultat/gr-alla-amnen-ak9",
        "/ekhult/2026-27/arshjul",
    ):
        page = browse.get(path)
        assert page.status_code == 200, path
        assert "Påhittad demo" in page.text, path


def test_everyone_can_sign_in_with_the_demo_password(db, demo):
    told = services.sign_ins(demo)
    browse = db.browse()
    browse.get("/logga-in")
    done = browse.post("/logga-in", {"email": told[0].email, "password": told[0].password})

    assert done.status_code == 303
    assert len({one.email for one in told}) == len(told) == 22
