"""An address with what no table can hold leads nowhere; it is no mistake of ours."""

from __future__ import annotations

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

KNOWN = {"organizer": "ekhult", "year": "2026-27"}
SOMETHING = "019a0000-0000-7000-8000-000000000000"
ODD = ["a%00b", "9" * 25, "9" * 5000, "%C2%B2", "a" * 3000, "%ED%A0%80"]


@pytest.fixture
def kim(db):
    load_shipped()
    ekhult, person = OrganizerFactory(slug="ekhult"), PersonFactory()
    SchoolUnitFactory(organizer=ekhult, name="Backskolan")
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


def filled(path, name="", value=""):
    """Return the address of a route's pattern, with *value* for the part of that *name*."""
    told = {**KNOWN, name: value} if name != "organizer" else KNOWN
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: told.get(part[1], SOMETHING), path)


def asked_of(app):
    """Return the pattern of every route that is read, with its parts and its questions' names."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if "GET" in handler.http_methods:
                given = handler.parsed_fn_signature.parameters.values()
                names = [one.kwarg_definition for one in given if one.kwarg_definition]
                asked = [one.query for one in names if getattr(one, "query", None)]
                plain = [
                    name for name, one in handler.parsed_fn_signature.parameters.items()
                    if name not in route.path_parameters and not one.kwarg_definition
                ]  # fmt: skip
                yield route.path, sorted(route.path_parameters), [*asked, *plain, "limit", "q"]


@pytest.mark.parametrize("sent", [b"[" * 100_000, b'{"name":' * 50_000, b"\xff\xfe", b"{"])
def test_what_cannot_be_read_is_told_so(db, kim, sent):
    kind = {"content-type": "application/json"}

    answer = kim.api("POST", "/api/v1/organizers/ekhult/units", content=sent, headers=kind)

    assert answer.status_code == 400
    assert answer.json()["title"] == "Det gick inte att läsa det som skickades"
    assert db.engine.pool.checkedout() == 0


@pytest.mark.parametrize("value", ODD, ids=["nul", "large", "endless", "raised", "long", "half"])
def test_no_odd_address_is_a_mistake_of_ours(db, kim, value):
    answers = {}
    for path, parts, asked in asked_of(db.app):
        for name in parts:
            address = filled(path, name, value)
            answers[address] = kim.send("GET", address).status_code
        query = "&".join(f"{name}={value}" for name in dict.fromkeys(asked))
        if len(query) < 60_000:
            answers[f"{path}?{query}"] = kim.send("GET", f"{filled(path)}?{query}").status_code

    assert {one[:90]: code for one, code in answers.items() if code >= 500} == {}
    assert len(answers) > 300
