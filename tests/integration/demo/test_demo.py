"""The demo is seeded through the services, whole, once, and each huvudman by itself."""

from sqlalchemy import text
from tests.the_demo import NOW, kim_of_the_demo

from ska.demo import services


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
