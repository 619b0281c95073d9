"""Coming in and going out: the cookie, the form token, the limits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Lock

import httpx
import pytest
from tests.administering import sign_in
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.accounts import roles, services
from ska.accounts.models import SignIn, SignInAttempt
from ska.core.secrets import csrf_token
from ska.errors import Conflict, TooMany
from ska.web.cookies import cookie_name


def test_a_sign_in_gets_a_new_cookie_and_sign_out_kills_it(db, kim):
    browse = db.browse()
    browse.get("/logga-in")
    before = browse.cookies["ska"]

    done = sign_in(browse)
    inside = browse.cookies["ska"]
    home = browse.get("/")
    browse.post("/logga-ut")
    browse.cookies.set("ska", inside)

    assert done.status_code == 303
    assert inside != before
    assert home.headers["location"] == "/ekhult/oversikt"
    assert browse.get("/").headers["location"].startswith("/logga-in")
    with db.as_owner() as session:
        assert session.query(SignIn).count() == 0


def test_a_wrong_password_and_an_unknown_person_look_the_same(db, kim):
    known = sign_in(db.browse(), password="fel lösenord helt")
    unknown = db.browse()
    unknown.get("/logga-in")
    stranger = unknown.post("/logga-in", {"email": "x@y.se", "password": "fel lösenord helt"})

    assert known.status_code == stranger.status_code == 422
    assert "hör inte ihop" in known.text
    assert "hör inte ihop" in stranger.text
    assert "fel lösenord helt" not in known.text


class Hasher:
    """Counts the checks, and how many are under way at once."""

    def __init__(self, hasher):
        self.hasher, self.lock, self.checks, self.now, self.most = hasher, Lock(), [], 0, 0

    def verify(self, kept, password):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.checks.append(kept.rsplit("$", 2)[0])
        try:
            return self.hasher.verify(kept, password)
        finally:
            with self.lock:
                self.now -= 1


@pytest.fixture
def hasher(monkeypatch):
    spy = Hasher(services._hasher)
    monkeypatch.setattr(services, "_hasher", spy)
    return spy


def test_the_same_work_is_done_for_an_unknown_person(db, kim, hasher):
    for email in (kim.email, "ingen@ekhult.se"):
        with db.session() as session:
            services.sign_in(
                session, email=email, password="fel lösenord helt", ip="192.0.2.7", now=db.clock()
            )

    known, unknown = hasher.checks
    assert known == unknown  # the same algorithm, memory, passes and lanes


def test_many_tries_from_many_addresses_do_not_take_the_memory(db, kim, hasher):
    form = {"password": "fel lösenord helt", "csrf_token": csrf_token("x")}

    async def attempt(number):
        door = httpx.ASGITransport(db.app, client=(f"192.0.2.{number}", 80))
        async with httpx.AsyncClient(transport=door, base_url="http://ska.local") as client:
            data = form | {"email": f"nagon{number}@ekhult.se"}
            return await client.post("/logga-in", data=data, headers={"cookie": "ska=x"})

    async def all_at_once():
        return await asyncio.gather(*(attempt(number) for number in range(16)))

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        answers = own.submit(lambda: asyncio.run(all_at_once())).result()

    assert {one.status_code for one in answers} == {422}
    assert len(hasher.checks) == 16
    assert hasher.most <= 4


def test_the_eleventh_failure_is_not_tried(db, kim):
    browse = db.browse()
    for _ in range(10):
        sign_in(browse, password="fel lösenord helt")

    stopped = sign_in(browse)
    db.clock.now += timedelta(minutes=6)
    later = sign_in(browse)

    assert stopped.status_code == 429
    assert later.status_code == 303


def test_the_form_token_of_another_session_is_refused(db, kim):
    browse, other = db.browse(kim), db.browse(kim)
    foreign = other.token

    answer = browse.send("POST", "/logga-ut", data={"csrf_token": foreign})
    elsewhere = browse.post("/logga-ut", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert elsewhere.status_code == 403
    assert browse.get("/").status_code == 303


@pytest.mark.parametrize(
    "written",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/x\r\nSet-Cookie: a=b",
        "https://evil.example",
    ],
)
def test_an_address_elsewhere_is_not_followed(db, kim, written):
    assert sign_in(db.browse(), next=written).headers["location"] == "/"


def test_an_address_of_ours_is_followed(db, kim):
    home = "/ekhult/2026-27/analyser?sida=2"
    assert sign_in(db.browse(), next=home).headers["location"] == home


def test_a_new_sign_in_ends_the_one_the_browser_had(db, kim):
    browse = db.browse(kim)
    before = browse.cookies["ska"]

    sign_in(browse)

    old = db.browse()
    old.cookies.set("ska", before)
    assert browse.get("/").headers["location"] == "/ekhult/oversikt"
    assert old.get("/").headers["location"].startswith("/logga-in")


def test_fifty_tries_at_once_from_one_address_are_counted_one_by_one(db, kim):
    def attempt(number):
        with db.session() as session:
            try:
                services.sign_in(
                    session,
                    email=f"nagon{number}@ekhult.se",
                    password="fel lösenord helt",
                    ip="192.0.2.7",
                    now=db.clock(),
                )
                session.commit()
            except TooMany:
                return 0
        return 1

    with ThreadPoolExecutor(25) as pool:
        tried = sum(pool.map(attempt, range(50)))

    assert tried == 10


@pytest.mark.parametrize(
    ("behind_proxy", "counted"), [(True, "198.51.100.9"), (False, "testclient")]
)
def test_only_our_own_proxy_is_believed_about_the_address(db, kim, behind_proxy, counted):
    db.settings.behind_tls_proxy = behind_proxy
    browse = db.browse()
    secret = "en egen kaka"
    browse.cookies.set(cookie_name(db.settings), secret)

    browse.send(
        "POST",
        "/logga-in",
        data={"csrf_token": csrf_token(secret), "email": "x@y.se", "password": "fel lösenord helt"},
        headers={"x-forwarded-for": "203.0.113.1, 198.51.100.9"},
    )

    with db.as_owner() as session:
        assert session.query(SignInAttempt).one().ip == counted


def test_an_idle_hour_ends_the_session(db, kim):
    browse = db.browse(kim)
    db.clock.now += timedelta(minutes=61)

    assert browse.get("/").headers["location"].startswith("/logga-in")


def test_a_role_that_ended_yesterday_opens_nothing(db, kim):
    lindasa = OrganizerFactory(name="Lindåsa")
    RoleAssignmentFactory(person=kim, organizer=lindasa, valid_to=date(2026, 9, 3))

    assert db.browse(kim).get("/lindasa/enheter").status_code == 404


def test_a_unit_has_one_rektor_on_any_day(session):
    unit = SchoolUnitFactory()
    old, new = PersonFactory(), PersonFactory()
    post = roles.Post(Role.PRINCIPAL, unit.organizer_id, unit.id)
    roles.give_role(
        session,
        person_id=old.id,
        post=post,
        valid_from=date(2024, 8, 1),
        valid_to=date(2026, 8, 9),
    )

    with pytest.raises(Conflict, match="redan en rektor"):
        roles.give_role(session, person_id=new.id, post=post, valid_from=date(2026, 8, 9))
    roles.give_role(session, person_id=new.id, post=post, valid_from=date(2026, 8, 10))


def test_demo_cards_exist_only_in_the_demo(db, kim):
    PersonFactory(is_demo=True, name="Demo Person")

    page = db.browse().get("/logga-in")
    tried = db.browse()
    tried.get("/logga-in")

    assert "Se det som" not in page.text
    assert tried.post("/logga-in/demo", {"person": str(kim.id)}).status_code == 404
