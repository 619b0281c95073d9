"""Who is signed out while they write loses nothing: what they sent is kept until they are back."""

import re
from datetime import timedelta
from html import unescape

import pytest
from tests.administering import PASSWORD
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.accounts import services
from ska.analyses.models import Analysis

OWN = {"sec-fetch-site": "same-origin"}
NEW = "/ekhult/2026-27/analyser/ny"
LONG = 'Lektionerna börjar sent. <b>Vi "vet" inte varför.</b>'
WRITTEN = {"title": LONG, "level": "organizer"}


@pytest.fixture
def kim(db):
    person = PersonFactory(password_hash=services._hasher.hash(PASSWORD), email="kim@ekhult.se")
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return person


def send_on(browse, page):
    """Send the form that the page holds up."""
    action = unescape(re.search(r'<form method="post" action="([^"]+)"', page.text)[1])
    form = page.text.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return action, {unescape(name): unescape(value) for name, value in fields}


def titles(db):
    with db.as_owner() as session:
        return [one.title for one in session.query(Analysis)]


def test_what_was_written_is_saved_after_a_new_sign_in(db, kim):
    browse = db.browse(kim)
    browse.get(NEW)
    db.clock.now += timedelta(minutes=61)

    late = browse.post(NEW, WRITTEN, headers=OWN)
    action, fields = send_on(browse, late)
    wrong = browse.post(action, fields | {"email": kim.email, "password": "fel lösenord helt"})
    action, fields = send_on(browse, wrong)
    back = browse.post(action, fields | {"email": kim.email, "password": PASSWORD})
    action, fields = send_on(browse, back)
    saved = browse.send("POST", action, data=fields)

    assert late.status_code == 401
    assert "Det du skrev är inte sparat än" in late.text
    assert wrong.status_code == 422
    assert "hör inte ihop" in wrong.text
    assert action == NEW
    assert saved.status_code == 303
    assert titles(db) == [LONG]


def test_who_signed_in_in_another_window_sends_it_at_once(db, kim):
    browse = db.browse(kim)
    old = browse.token
    browse.cookies.set("ska", db.sign_in(kim))

    late = browse.post(NEW, WRITTEN | {"csrf_token": old}, headers=OWN)
    action, fields = send_on(browse, late)

    assert late.status_code == 403
    assert titles(db) == []
    assert browse.send("POST", action, data=fields).status_code == 303
    assert titles(db) == [LONG]


def test_what_another_site_sends_and_passwords_are_not_held(db, kim):
    browse = db.browse(kim)
    elsewhere = browse.post(
        NEW, WRITTEN | {"csrf_token": "x"}, headers={"sec-fetch-site": "cross-site"}
    )
    secret = browse.post(
        "/logga-in", {"email": "x@y.se", "password": "hemligt", "csrf_token": "x"}, headers=OWN
    )

    for answer in (elsewhere, secret):
        assert answer.status_code == 403
        assert "Formuläret hann bli för gammalt" in answer.text
        assert "hemligt" not in answer.text
        assert "Lektionerna" not in answer.text


@pytest.mark.parametrize(
    "line", ["x", "[]", '["//evil.se", ["a", "b"]]', '["x", ["a"]]', "[1]", "[" * 100_000]
)
def test_what_we_did_not_pack_is_not_sent_on(db, kim, line):
    browse = db.browse()
    browse.get("/logga-in")

    done = browse.post("/logga-in", {"email": kim.email, "password": PASSWORD, "held": line})

    assert done.status_code == 303


def test_the_sign_in_leads_on_to_the_whole_address(db, kim):
    asked = db.browse().get("/ekhult/2026-27/analyser/ny?om=backskolan")

    assert asked.headers["location"].endswith("analyser/ny%3Fom%3Dbackskolan")
