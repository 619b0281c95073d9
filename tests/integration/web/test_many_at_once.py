"""Many requests at one moment never wait for each other's threads: nothing stops the server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import Clone

from ska.access import Role
from ska.accounts.models import SignIn
from ska.core.secrets import csrf_token
from ska.db.session import make_engine
from ska.organizers.models import SchoolUnit

MANY = 24  # more than the threads that handlers have
ACTS = 90  # more than the threads that let people in


@pytest.fixture
def place(db):
    """Give the application on connections that do not wait for ever, so that a test ends."""
    engine = make_engine(db.engine.url.render_as_string(False), patience=4)
    clone = Clone(db.owner, engine)
    yield clone
    clone.close()
    engine.dispose()


@pytest.fixture
def narrow(db):
    """Give the application on three connections, fewer than there are threads."""
    address = db.engine.url.render_as_string(False)
    engine = make_engine(address, pool_size=3, max_overflow=0, pool_timeout=4)
    clone = Clone(db.owner, engine)
    yield clone
    clone.close()
    engine.dispose()


@pytest.fixture
def kim(db):
    person = PersonFactory()
    ekhult = OrganizerFactory(slug="ekhult")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return person


def statuses(place, asks):
    """Return the statuses of the answers, asked all at once: each of *asks* is told a client."""

    async def ask():
        door = httpx.ASGITransport(place.app)
        async with httpx.AsyncClient(
            transport=door, base_url="http://ska.local", timeout=60
        ) as client:
            return await asyncio.gather(*(one(client) for one in asks))

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        answers = own.submit(lambda: asyncio.run(ask())).result()
    return {answer.status_code for answer in answers}


def pages(secret):
    headers = {"cookie": f"ska={secret}"}
    return [lambda client: client.get("/ekhult/insatser", headers=headers)] * MANY


def acts(secret):
    """Return what adds a unit, as often as there are threads for the door and more."""
    headers = {"cookie": f"ska={secret}", "x-csrf-token": csrf_token(secret)}

    def adding(number):
        body = {"name": f"Skola {number}", "school_type": "preschool"}
        key = {"idempotency-key": f"skola-{number}"}
        address = "/api/v1/organizers/ekhult/units"
        return lambda client: client.post(address, json=body, headers=headers | key)

    return [adding(number) for number in range(ACTS)]


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
