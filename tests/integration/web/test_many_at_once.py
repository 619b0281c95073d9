"""Many requests at one moment never wait for each other's threads: nothing stops the server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select, text, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import answering_on

from ska.access import Role
from ska.accounts.models import SignIn
from ska.core.secrets import csrf_token, new_secret
from ska.organizers.models import SchoolUnit

MANY = 24  # more than the threads that handlers have
ACTS = 90  # more than the threads that let people in


@pytest.fixture
def place(db):
    """Give the application on connections that do not wait for ever, so that a test ends."""
    with answering_on(db, patience=4) as clone:
        yield clone


@pytest.fixture
def hasty(db):
    """Give the application on connections that give up after a second."""
    with answering_on(db, patience=1) as clone:
        yield clone


@pytest.fixture
def narrow(db):
    """Give the application on three connections, fewer than there are threads."""
    with answering_on(db, pool_size=3, max_overflow=0, pool_timeout=4) as clone:
        yield clone


@pytest.fixture
def kim(db):
    person = PersonFactory()
    ekhult = OrganizerFactory(slug="ekhult")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return person


def asked(place, ask):
    """Return what *ask* returns of a client."""

    async def on_client():
        door = httpx.ASGITransport(place.app)
        async with httpx.AsyncClient(
            transport=door, base_url="http://ska.local", timeout=60
        ) as client:
            return await ask(client)

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        return own.submit(lambda: asyncio.run(on_client())).result()


async def statuses_of(answers):
    return {answer.status_code for answer in await asyncio.gather(*answers)}


def statuses(place, asks):
    """Return the statuses of the answers, asked all at once: each of *asks* is told a client."""
    return asked(place, lambda client: statuses_of(one(client) for one in asks))


def pages(secret):
    headers = {"cookie": f"ska={secret}"}
    return [lambda client: client.get("/ekhult/insatser", headers=headers)] * MANY


def acts(secret, name="Skola {}", key="skola", times=ACTS):
    """Return what adds a unit, as often as there are threads for the door and more."""
    headers = {"cookie": f"ska={secret}", "x-csrf-token": csrf_token(secret)}

    def adding(number):
        body = {"name": name.format(number), "school_type": "preschool"}
        once = {"idempotency-key": f"{key}-{number}"}
        address = "/api/v1/organizers/ekhult/units"
        return lambda client: client.post(address, json=body, headers=headers | once)

    return [adding(number) for number in range(times)]


def test_a_person_who_opens_many_tabs_after_a_pause_is_answered_in_all(place, kim):
    secret = place.sign_in(kim)
    for _morning in range(3):
        place.clock.now += timedelta(minutes=5)
        assert statuses(place, pages(secret)) == {200}
        with place.as_owner() as session:
            assert session.scalars(select(SignIn.seen_at)).one() == place.clock.now


def test_nobody_waits_to_be_noted_as_seen(place, kim):
    secret = place.sign_in(kim)
    before = place.clock.now
    place.clock.now += timedelta(minutes=5)
    with place.as_owner() as session:
        session.execute(update(SignIn).values(expires_at=SignIn.expires_at))  # holds the row
        assert statuses(place, pages(secret)) == {200}
        assert session.scalars(select(SignIn.seen_at)).one() == before


def test_acts_that_come_at_once_are_all_done_on_few_connections(narrow, kim):
    assert statuses(narrow, acts(narrow.sign_in(kim))) == {201}
    assert narrow.engine.pool.checkedout() == 0
    with narrow.as_owner() as session:
        assert session.scalar(select(func.count()).select_from(SchoolUnit)) == ACTS


def test_of_many_with_one_name_one_is_made_and_the_others_are_told(place, kim):
    secret = place.sign_in(kim)
    for number in range(5):
        asks = acts(secret, name=f"Skola nummer {number}", key=f"{number}", times=12)
        assert statuses(place, asks) == {201, 409}
    with place.as_owner() as session:
        assert session.scalar(select(func.count()).select_from(SchoolUnit)) == 5


def sign_ins(browser):
    """Return what tries to sign in, with an account that nobody has."""
    form = {"email": "nobody@example.se", "password": "x" * 20, "csrf_token": csrf_token(browser)}
    headers = {"cookie": f"ska={browser}"}
    return [lambda client: client.post("/logga-in", data=form, headers=headers)] * MANY


def hold_the_line(session):
    """Let all who sign in from this address wait until *session* ends."""
    key = {"key": "ip 127.0.0.1"}
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)


def test_who_signs_in_waits_in_line_longer_than_an_act_does(hasty):
    with hasty.as_owner() as turn:

        async def let_go_late(client):
            crowd = [asyncio.create_task(one(client)) for one in sign_ins(new_secret())]
            await asyncio.sleep(1.5)
            turn.rollback()
            return await statuses_of(crowd)

        hold_the_line(turn)
        assert asked(hasty, let_go_late) == {422, 429}


def test_pages_are_read_while_a_whole_school_signs_in(place, kim):
    """Sign-ins from one address wait for each other, each with its slow hash."""
    secret = place.sign_in(kim)
    with place.as_owner() as turn:

        async def read_meanwhile(client):
            crowd = [asyncio.create_task(one(client)) for one in sign_ins(new_secret())]
            await asyncio.sleep(0.2)
            page = await asyncio.wait_for(pages(secret)[0](client), 3)
            turn.rollback()
            return page.status_code, await statuses_of(crowd)

        hold_the_line(turn)
        assert asked(place, read_meanwhile) == (200, {422, 429})
