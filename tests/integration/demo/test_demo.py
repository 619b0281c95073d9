"""The demo is seeded through the services, whole, once, and each huvudman by itself."""

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import text
from tests.the_demo import NOW, kim_of_the_demo, network, person_of_the_demo

from ska.demo import services
from ska.demo.definitions import read_demo
from ska.demo.rules import years_from_base
from ska.framework.services import load_framework
from ska.settings import bundled


def test_again_it_is_left_as_people_made_it(db, demo):
    assert services.seed_demo(db.owner, db.engine, demo, NOW.date()) == 0
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM organizer WHERE is_demo")) == 8
        chain = [
            session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("analysis", "finding", "cause", "action", "follow_up", "decision")
        ]
    assert chain == [13, 14, 14, 14, 22, 10]


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
    assert len({one.email for one in told}) == len(told) == 45


def test_sjovalla_tells_lindasa_what_the_borrowed_reading_hour_gave(db, demo):
    ida = db.browse(person_of_the_demo(db, "ida@lindasa.example"))
    listed = ida.get("/lindasa/arbetssatt").text.replace("\u00a0", " ")
    page = ida.get(re.search(r"/lindasa/arbetssatt/[0-9a-f-]{36}", listed)[0]).text

    assert "Lånat av 1 huvudman, 1 har berättat vad det gav." in listed
    assert "Det går inte att bedöma än." in page
    assert "om fler läser bättre vet vi inte än." in page
    assert "Ha en läskvart varje dag" not in page  # what they made of it is theirs


def test_what_is_told_of_many_places_only_is_told_of_the_large_huvudman(db, demo):
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    units = "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter"

    steadied = vera.get(f"{units}&som=utjamnat").text
    assert "Hultskolan: 61,5\u00a0% (8 av 13\u00a0elever) blir 65,0\u00a0% utjämnat." in steadied
    small = vera.get(f"{units}&som=sma").text
    assert "Inom vanlig variation: 23 enheter." in small.replace("\u00a0", " ")
    assert "Skillnaden är tydlig mot Storlunda, men siffran säger inte varför." in small
    conditions = "&bakgrund=gr-utlandsk-bakgrund&bakgrund=gr-foraldrar-eftergymnasial"
    expected = vera.get(f"{units}&mot=kvarnskolan{conditions}").text
    assert (
        "Kvarnskolan: utifrån andelen elever med utländsk bakgrund och andelen elever" in expected
    )
    assert "ligger utanför de gränserna" in expected
    split = vera.get("/storlunda/resultat/gr-alla-amnen-ak6").text
    assert "−3,5 av enheternas värden och −1,7 av hur många elever de har" in split
    assert "Påhittad demo" in split
    model = vera.get("/storlunda/jamfor/salsa").text
    assert "Av 6\u00a0skolor ligger 1 över och 5 under modellens värde." in model
    assert "Källa: egna värden" in model
    grades = vera.get("/storlunda/np-betyg?enhet=solbackaskolan").text
    assert "Betyget är oftare högre än provbetyget – Solbackaskolan" in grades


def test_the_demo_tells_of_grades_beside_tests_where_the_story_is_told(db, demo):
    robin = db.browse(person_of_the_demo(db, "robin@ekhult.example"))

    maths = robin.get("/ekhult/np-betyg?enhet=ekhults-centralskola").text
    assert "Betyget är oftare lägre än provbetyget – Ekhults centralskola" in maths
    assert "Av 64\u00a0elever fick 21 (32,8\u00a0%) lägre betyg än provbetyget" in maths
    held = robin.get("/ekhult/np-betyg?enhet=ekhults-centralskola&amne=sv").text
    assert "28\u00a0elevtexter" in held
    assert "26\u00a0elevtexter" in held


def test_a_huvudman_that_is_new_in_the_demo_comes_to_what_stands(db):
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=NOW.date())
    whole = network()
    granasa, storlunda = (
        next(one for one in whole.organizers if one.name == name)
        for name in ("Granåsa", "Storlunda")
    )
    storlunda = storlunda.model_copy(update={"meetings": []})
    alone = {"organizers": [granasa], "coordinator": "Granåsa", "others": []}
    before = whole.model_copy(update=alone)

    assert services.seed_demo(db.owner, db.engine, before, NOW.date()) == 1
    after = before.model_copy(update={"organizers": [granasa, storlunda]})
    assert services.seed_demo(db.owner, db.engine, after, NOW.date()) == 1
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM network")) == 1
        assert session.scalar(text("SELECT count(*) FROM network_member")) == 1


def test_what_the_network_reads_is_no_older_than_the_values(db, demo):
    browse = db.browse(kim_of_the_demo(db))
    shared = browse.get("/ekhult/jamfor?vad=gr-alla-amnen-ak6&vilka=natverk:natverk-mellanslatt")
    assert "Ni delar till och med" in shared.text
    assert "Era egna siffror har ändrats" not in shared.text


@pytest.mark.parametrize(
    ("who", "huvudman", "network", "view"),
    [
        ("amira", "storlunda", "Nätverk Storbygd", "Åk 6 i de egna skolorna, alla ämnen"),
        ("lovisa", "bredasa", "Nätverk Storbygd", "Åk 6 i de egna skolorna, alla ämnen"),
        ("jonas", "lindasa", "Nätverk Mellanslätt", "Åk 6 i nätverket, alla ämnen"),
        ("kim", "ekhult", "Nätverk Mellanslätt", "Åk 6 i nätverket, alla ämnen"),
    ],
)
def test_the_next_meeting_of_the_network_is_on_the_start_page(
    db, demo, who, huvudman, network, view
):
    browse = db.browse(person_of_the_demo(db, f"{who}@{huvudman}.example"))
    start = unescape(browse.get(f"/{huvudman}/oversikt").text)
    meetings = start.partition('id="meeting-title"')[2].partition("</section>")[0]
    link = re.search(rf'href="([^"]+)">{view}<', meetings)

    assert f">{network}</a>" in meetings
    assert link
    page = browse.get(browse.get(link[1]).headers["location"])
    assert page.status_code == 200
    assert 'class="sentence"' in page.text
    others = {"bredasa": "Almskolan", "storlunda": "Alängsskolan"}
    assert others.get(huvudman, "Almskolan") not in page.text


@pytest.mark.parametrize("day", [date(2027, 7, 1), date(2027, 8, 20), date(2027, 8, 21)])
def test_it_is_seeded_in_summer_too(db, day):
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=day)
    whole = read_demo(bundled("seeds") / "demo", years=years_from_base(day))

    assert services.seed_demo(db.owner, db.engine, whole, day) == len(whole.organizers)


def test_the_networks_day_is_ahead_whatever_day_the_demo_is_seeded(db):
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=NOW.date())
    late = date(2027, 5, 6)
    whole = read_demo(bundled("seeds") / "demo", years=years_from_base(late))
    services.seed_demo(db.owner, db.engine, whole, late)
    with db.as_owner() as session:
        days = session.execute(
            text("SELECT meeting_on FROM saved_view WHERE network_id IS NOT NULL ORDER BY 1")
        ).scalars().all()  # fmt: skip
    assert days == [date(2027, 5, 17), date(2027, 5, 19)]
