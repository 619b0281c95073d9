"""Who sends too slowly is told, and who goes away in the middle is no error in the log."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.web import slow

UNITS = "/api/v1/organizers/ekhult/units"
PAGE = "/ekhult/enheter"


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(slow, "WITHIN", 0.2)
    monkeypatch.setattr(slow, "SLOWEST", 100)


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return db.browse(person)


def answer(db, browse, path, parts, *, last):
    """Return status and text of the answer to parts of a body, one each tenth of a second."""
    kind = b"application/json" if path == UNITS else b"application/x-www-form-urlencoded"
    told = {
        b"host": b"ska.local",
        b"cookie": f"ska={browse.cookies['ska']}".encode(),
        b"x-csrf-token": browse.token.encode(),
        b"content-type": kind,
    }
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": list(told.items()), "server": ("ska.local", 80),
        "client": ("127.0.0.1", 1), "app": db.app, "litestar_app": db.app, "state": {},
    }  # fmt: skip
    waiting, sent = iter(parts), []

    async def receive():
        part = next(waiting, None)
        if part is not None:
            await asyncio.sleep(0.1)
            return {"type": "http.request", "body": part, "more_body": True}
        if last is None:
            await asyncio.sleep(60)
        return last

    async def send(message):
        sent.append(message)

    async def ask():
        await asyncio.wait_for(slow.in_time(db.app.asgi_handler)(scope, receive, send), 20)

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        own.submit(asyncio.run, ask()).result()
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]).decode()


@pytest.mark.parametrize("path", [UNITS, PAGE])
def test_a_body_that_never_ends_is_given_up(db, kim, hurried, path):
    status, told = answer(db, kim, path, [b"n"] * 3, last=None)

    assert status == 408
    assert "Inget är sparat. Försök igen" in told
    assert db.engine.pool.checkedout() == 0


def test_a_slow_body_that_comes_steadily_is_waited_for(db, kim, hurried):
    whole = b'{"name": "Solrosens", "school_type": "preschool"}'
    parts = [whole[at : at + 12] for at in range(0, len(whole), 12)]

    status, _told = answer(db, kim, UNITS, parts, last={"type": "http.request", "body": b""})

    assert status == 201


@pytest.mark.parametrize("path", [UNITS, PAGE])
def test_who_goes_away_in_the_middle_has_done_nothing_and_is_no_error(db, kim, caplog, path):
    caplog.set_level(logging.INFO)
    whole = b'{"name": "Solrosens", "school_type": "preschool"}' if path == UNITS else b"name=x"

    status, _told = answer(db, kim, path, [whole], last={"type": "http.disconnect"})

    assert status == 400
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []
    assert kim.api("GET", UNITS).json() == []
