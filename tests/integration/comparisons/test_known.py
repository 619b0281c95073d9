"""A comparison as it was known on a day, and in each of its shapes, for people and programs."""

from datetime import datetime

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2
from tests.places import STOCKHOLM

from ska.access import Role

PAGE = "/hjo/jamfor?vad=gr-alla-amnen-ak9&vilka=liknande"
API = "/api/v1/organizers/hjo/comparison?indicator=gr-alla-amnen-ak9&among=liknande"
BEFORE, REVISED = (datetime(2026, 10, day, 12, tzinfo=STOCKHOLM) for day in (1, 20))


@pytest.fixture
def kim(db):
    """Hjo, whose 61.8 of the first of October was revised to 66.0 on the twentieth."""
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001728", municipality_code="1497")
    here = {"area": "Hjo", "area_code": "2120001728"}
    store_values(
        value("2025/26", 61.8, 68, recorded_at=BEFORE, superseded_at=REVISED, **here),
        value("2025/26", 66.0, 68, recorded_at=REVISED, **here),
        value("2025/26", 88.0, 150, area="Karlsborg", area_code="2120001637", recorded_at=BEFORE),
    )
    person = PersonFactory(name="Kim i Hjo")
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    return db.browse(person)


def test_the_day_stands_in_the_address_and_in_the_source(kim):
    pages = (kim.get(PAGE).text, kim.get(f"{PAGE}&kant=2026-10-05").text)
    now, then = (page.replace("\u00a0", " ") for page in pages)

    assert "66,0 % (ungefär 45 av 68 elever)" in now
    assert "61,8 % (42 av 68 elever)" not in now
    assert "61,8 % (42 av 68 elever)" in then
    assert "66,0 % (ungefär 45 av 68 elever)" not in then
    assert 'value="2026-10-05"' in then
    assert "kant=2026-10-05" in then.split("jamfor/vyer/ny")[1][:200]
    assert "5 oktober 2026" in then


def test_a_day_to_come_is_refused_in_words(kim):
    refused = kim.get(f"{PAGE}&kant=2099-01-01")

    assert refused.status_code == 422
    assert "Välj en dag som har varit" in refused.text


@pytest.mark.parametrize("shape", ["dots", "funnel", "multiples", "map", "steadied"])
def test_programs_read_every_shape_on_any_day(kim, shape):
    told = kim.api("GET", f"{API}&shape={shape}&as_known_on=2026-10-05").json()
    cells = [cell for row in told["table"]["rows"] for cell in row]

    assert any("61,8" in cell for cell in cells)
    assert told["title"]
    assert {len(row) for row in told["table"]["rows"]} == {len(told["table"]["head"])}


def test_a_networks_copies_have_no_history_and_the_day_is_left_out(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa"))
    page = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt&kant=2026-10-05"
    text = db.browse(made["Ekhult"][1]).get(page).text

    assert "83,1" in text
    assert "kant=" not in text


def test_a_board_is_read_arranged_and_taken_back_by_programs(kim):
    at = "/api/v1/organizers/hjo/boards"
    assert "huvudman" in [one["id"] for one in kim.api("GET", at).json()]
    board = kim.api("GET", f"{at}/huvudman").json()
    trend = next(one for one in board["tiles"] if one["indicator"] == "gr-alla-amnen-ak9")
    assert "66,0" in trend["chart"]["title"]
    assert trend["page"].startswith("/hjo/resultat/gr-alla-amnen-ak9")

    order = kim.api("GET", f"{at}/huvudman/arrangement")
    tiles = {"tiles": order.json()["tiles"][:1]}
    match = {"if-match": order.headers["etag"]}
    changed = kim.api("PUT", f"{at}/huvudman/arrangement", json=tiles, headers=match)
    assert (changed.status_code, changed.json()["is_own"]) == (200, True)
    assert (
        kim.api("PUT", f"{at}/huvudman/arrangement", json=tiles, headers=match).status_code == 412
    )
    assert len(kim.api("GET", f"{at}/huvudman").json()["tiles"]) == 1
    gone = kim.api(
        "DELETE", f"{at}/huvudman/arrangement", headers={"if-match": changed.headers["etag"]}
    )
    assert gone.status_code == 204
    assert kim.api("GET", f"{at}/hittepa").status_code == 404
