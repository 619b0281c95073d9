"""Many requests at one moment never wait for each other's threads: nothing stops the server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import Clone

from ska.access import Role
from ska.accounts.models import SignIn
from ska.db.session import make_engine

MANY = 24  # more than the threads that handlers have
WAIT = {"options": "-c lock_timeout=4000"}  # what waits for a row is told so: the test ends


@pytest.fixture
def place(db):
    """Give the application on connections that do not wait for ever."""
    engine = make_engine(db.engine.url.render_as_string(False), connect_args=WAIT)
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


def statuses(place, secret, path="/ekhult/insatser"):
    async def ask():
        door = httpx.ASGITransport(place.app)
        cookies = {"ska": secret}
        async with httpx.AsyncClient(
            transport=door, base_url="http://ska.local", cookies=cookies, timeout=60
        ) as client:
            return await asyncio.gather(*(client.get(path) for _ in range(MANY)))

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        answers = own.submit(lambda: asyncio.run(ask())).result()
    return {answer.status_code for answer in answers}


def test_a_person_who_opens_many_tabs_after_a_pause_is_answered_in_all(place, kim):
    secret = place.sign_in(kim)
    for _morning in range(3):
        place.clock.now += timedelta(minutes=5)
        assert statuses(place, secret) == {200}
        with place.as_owner() as session:
            assert session.scalars(select(SignIn.seen_at)).one() == place.clock.now


def test_nobody_waits_to_be_noted_as_seen(place, kim):
    secret = place.sign_in(kim)
    before = place.clock.now
    place.clock.now += timedelta(minutes=5)
    with place.as_owner() as session:
        session.execute(update(SignIn).values(expires_at=SignIn.expires_at))  # holds the row
        assert statuses(place, secret) == {200}
        assert session.scalars(select(SignIn.seen_at)).one() == before
