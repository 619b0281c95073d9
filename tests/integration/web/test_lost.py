"""Where nothing can be read the huvudman's menu stays; to others it tells nothing of them."""

from __future__ import annotations

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

KNOWN = {"organizer": "ekhult", "year": "2026-27"}
SOMETHING = "01a216af-1383-764a-8310-e85d1f6a61b0"
NOT_THERE = (
    "finns-inte",
    "insatser/abc",
    "insatser/01a216af-1383-764a-8310-e85d1f6a61b0",
    "2099-03/analyser",
    "2026-27/xx",
    "oversikt/x/y/z",
)


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    OrganizerFactory(name="Lindåsa")
    return db.browse(person)


@pytest.mark.parametrize("address", NOT_THERE)
def test_inside_a_huvudman_the_menu_stays(kim, address):
    answer = kim.get(f"/ekhult/{address}")

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text
    assert 'href="/ekhult/insatser"' in answer.text


@pytest.mark.parametrize(
    "address", ["/lindasa/nagot", "/lindasa/insatser/abc", "/x/y", "/x", "/lindasa", "/lindasa/"]
)
def test_elsewhere_nothing_is_told_of_any_huvudman(db, kim, address):
    mine, nobodys = kim.get(address), db.browse().get(address)

    for answer in (mine, nobodys):
        assert answer.status_code == 404
        assert "Lindåsa" not in answer.text
        assert "insatser" not in answer.text


@pytest.mark.parametrize("address", ["/ekhult", "/ekhult/"])
def test_the_huvudman_alone_is_its_first_page(kim, address):
    answer = kim.get(address)

    assert answer.status_code == 200
    assert "Du är kvalitetsutvecklare i Ekhult" in answer.text


def test_an_unknown_address_is_asked_for_by_head_too(kim):
    assert kim.send("HEAD", "/ekhult/insatser/abc").status_code == 404


def only_sent_to(app):
    """Return an address for each route inside a huvudman that takes forms and shows no page."""
    for route in app.routes:
        taken = {one for way in getattr(route, "route_handlers", ()) for one in way.http_methods}
        if route.path.startswith("/{organizer:str}/") and "POST" in taken and "GET" not in taken:
            yield re.sub(r"\{(\w+):\w+\}", lambda part: KNOWN.get(part[1], SOMETHING), route.path)


def test_where_only_forms_are_sent_the_menu_stays_with_a_way_to_the_form(db, kim):
    addresses = list(only_sent_to(db.app))

    assert len(addresses) > 50
    for address in addresses:
        answer = kim.get(address)
        way = re.search(r'class="button primary" href="(.+?)">Till sidan', answer.text)

        assert answer.status_code == 405, address
        assert answer.headers["allow"], address
        assert "Hit skickas bara formulär." in answer.text, address
        assert 'href="/ekhult/insatser"' in answer.text, address
        assert way, address
        assert address.startswith(f"{way[1]}/"), address


def test_outside_any_huvudman_there_is_a_way_on_too(db):
    assert 'href="/logga-in">Till sidan' in db.browse().get("/logga-in/demo").text
    assert 'href="/">Till översikten' in db.browse().get("/logga-ut").text
