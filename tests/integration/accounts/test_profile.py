"""My profile: keys shown once, ended at once; sign-ins that are mine to end; the look."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import STORY_DAY

from ska.access import Right, Role
from ska.accounts.keys import issue_key
from ska.accounts.models import ApiToken
from ska.accounts.queries import tokens_of
from ska.audit import AuditEvent
from ska.db.session import ScopedSession
from ska.errors import Invalid

UNITS = "/api/v1/organizers/ekhult/units"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def _key(db, kim, ekhult, **fields):
    form = {"name": "Nattlig hämtning", "organizer_id": str(ekhult.id), "days": "30", **fields}
    page = db.browse(kim).post("/profil/nycklar", form)
    found = re.search(r'<code id="secret">(ska_[\w-]+)</code>', page.text)
    return found[1] if found else page


def _with(db, secret, method="GET", path=UNITS, **options):
    headers = {"Authorization": f"Bearer {secret}"}
    return db.browse().send(method, path, headers=headers, **options)


def test_a_key_is_shown_once_and_opens_what_it_may(db, ekhult, kim):
    secret = _key(db, kim, ekhult, rights=["manage_units"])

    assert secret not in db.browse(kim).get("/profil").text
    assert _with(db, secret).status_code == 200
    body = {"name": "Solrosens förskola", "school_type": "preschool"}
    assert _with(db, secret, "POST", json=body).status_code == 201


def test_a_right_that_is_no_more_gives_nothing(db, ekhult, kim):
    secret = _key(db, kim, ekhult, rights=["manage_units"])
    with db.as_owner() as session:
        session.execute(text("UPDATE api_token SET rights = 'enter rule_the_world'"))

    assert _with(db, secret).status_code == 200
    body = {"name": "Solrosens förskola", "school_type": "preschool"}
    assert _with(db, secret, "POST", json=body).status_code == 403
    assert db.browse(kim).get("/profil").status_code == 200


def test_a_key_may_no_more_than_it_was_given(db, ekhult, kim):
    AnalysisFactory(organizer=ekhult, title="Utkast")
    secret = _key(db, kim, ekhult)

    refused = _with(db, secret, "POST", json={"name": "X", "school_type": "preschool"})

    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert _with(db, secret, path="/api/v1/organizers/ekhult/deficiencies").status_code == 403


def test_a_key_opens_one_huvudman_only(db, ekhult, kim):
    lindasa = OrganizerFactory(name="Lindåsa")
    RoleAssignmentFactory(person=kim, organizer=lindasa)
    secret = _key(db, kim, ekhult)

    assert _with(db, secret, path="/api/v1/organizers/lindasa/units").status_code == 404


@pytest.mark.parametrize("how", ["revoked", "expired", "unknown", "left"])
def test_a_key_that_does_not_hold_is_refused(db, ekhult, kim, how):
    secret = _key(db, kim, ekhult)
    if how == "revoked":
        with db.as_owner() as session:
            token = session.scalar(select(ApiToken))
        db.browse(kim).post(f"/profil/nycklar/{token.id}/aterkalla")
    if how == "expired":
        db.clock.now = STORY_DAY + timedelta(days=31)
    if how == "unknown":
        secret = "ska_" + "x" * 43
    if how == "left":
        with db.as_owner() as session:
            from ska.accounts.models import RoleAssignment

            session.query(RoleAssignment).delete()

    answer = _with(db, secret)

    assert answer.status_code == (404 if how == "left" else 401)
    assert answer.headers["content-type"] == "application/problem+json"
    if how != "left":
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_key_is_kept_as_a_hash_and_its_making_is_recorded(db, ekhult, kim):
    secret = _key(db, kim, ekhult)

    with db.as_owner() as session:
        token = session.scalar(select(ApiToken))
        event = session.scalar(select(AuditEvent))
    assert secret.encode() not in token.token_hash
    assert (event.act, event.object_id) == ("token.create", token.id)


def test_when_it_was_used_is_noted_once_an_hour(db, ekhult, kim):
    secret = _key(db, kim, ekhult)
    seen = []
    for minutes in (0, 30, 90):
        db.clock.now = STORY_DAY + timedelta(minutes=minutes)
        _with(db, secret)
        with db.as_owner() as session:
            seen.append(tokens_of(session, kim.id)[0].used_at)

    assert seen == [STORY_DAY, STORY_DAY, STORY_DAY + timedelta(minutes=90)]


def test_a_key_makes_no_keys_and_opens_no_profile(db, ekhult, kim):
    secret = _key(db, kim, ekhult)
    form = {"name": "Till", "organizer_id": str(ekhult.id), "days": "365"}

    assert _with(db, secret, "POST", "/profil/nycklar", data=form).status_code == 403
    assert _with(db, secret, "GET", "/profil").status_code == 403


def test_no_one_gives_a_key_more_than_they_may(db, ekhult):
    politician = PersonFactory()
    RoleAssignmentFactory(person=politician, organizer=ekhult, role=Role.POLITICIAN)

    page = _key(db, politician, ekhult, rights=["manage_units"])

    assert page.status_code == 422
    assert 'value="Nattlig hämtning"' in page.text


def test_a_key_for_a_foreign_huvudman_is_not_made(db, ekhult, kim):
    page = _key(db, kim, OrganizerFactory(name="Lindåsa"))

    assert page.status_code == 422
    assert "Lindåsa" not in page.text


@pytest.mark.parametrize("field", ["name", "organizer_id", "days"])
def test_a_form_that_is_off_is_shown_again(db, ekhult, kim, field):
    assert _key(db, kim, ekhult, **{field: ""}).status_code == 422


def test_only_my_own_keys_and_sign_ins_are_mine_to_end(db, ekhult, kim):
    _key(db, kim, ekhult)
    other = PersonFactory()
    RoleAssignmentFactory(person=other, organizer=ekhult)
    with db.as_owner() as session:
        token = session.scalar(select(ApiToken))
    theirs = db.browse(other)

    assert theirs.post(f"/profil/nycklar/{token.id}/aterkalla").status_code == 404
    assert "Nattlig hämtning" not in theirs.get("/profil").text


def test_a_sign_in_is_ended_from_elsewhere(db, kim):
    here, there = db.browse(kim), db.browse(kim)
    assert there.get("/profil").status_code == 200
    page = here.get("/profil").text
    mine = page.index("den här webbläsaren")
    ids = re.findall(r"/profil/inloggningar/([0-9a-f-]+)/avsluta", page)
    own = re.search(r"/profil/inloggningar/([0-9a-f-]+)/avsluta", page[mine:])[1]

    for one in ids:
        if one != own:
            assert here.post(f"/profil/inloggningar/{one}/avsluta").status_code == 303

    assert there.get("/profil").headers["location"].startswith("/logga-in")
    assert here.get("/profil").status_code == 200


def test_the_look_is_kept_without_javascript(db, kim):
    browse = db.browse(kim)

    browse.post("/profil/utseende", {"theme": "dark"})
    dark = browse.get("/profil").text
    elsewhere = db.browse(kim).get("/profil").text
    browse.post("/profil/utseende", {"theme": "device"})

    assert 'data-theme="dark"' in dark
    assert 'data-theme="dark"' in elsewhere
    assert "data-theme=" not in browse.get("/profil").text.partition("<body")[0]


def test_the_command_issues_a_key_that_works(db, ekhult, kim):
    with ScopedSession(db.owner, expire_on_commit=False) as session:
        key = issue_key(
            session,
            email=kim.email.upper(),
            slug="",
            rights=["read"],
            name="prov",
            until=STORY_DAY + timedelta(days=1),
            now=STORY_DAY,
        )
        session.commit()

    assert key["organizer"] == "ekhult"
    assert key["rights"] == [Right.ENTER, Right.READ]
    assert _with(db, key["token"]).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "ingen@example.se"}, "Ingen person"),
        ({"slug": "lindasa"}, "ekhult"),
        ({"rights": ["allt"]}, "Okänd rättighet"),
    ],
)
def test_the_command_says_what_is_wrong(db, ekhult, kim, wrong, says):
    asked = {"email": kim.email, "slug": "", "rights": [], "name": "prov", **wrong}
    with ScopedSession(db.owner) as session, pytest.raises(Invalid, match=says):
        issue_key(session, until=STORY_DAY, now=STORY_DAY, **asked)
