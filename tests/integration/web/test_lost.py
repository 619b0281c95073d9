"""Where nothing stands the reader still has the huvudman's menu; to others it tells nothing."""

from __future__ import annotations

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

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


@pytest.mark.parametrize("address", ["/lindasa/nagot", "/lindasa/insatser/abc", "/x/y", "/x"])
def test_elsewhere_nothing_is_told_of_any_huvudman(db, kim, address):
    mine, nobodys = kim.get(address), db.browse().get(address)

    for answer in (mine, nobodys):
        assert answer.status_code == 404
        assert "Lindåsa" not in answer.text
        assert "insatser" not in answer.text


def test_an_unknown_address_is_asked_for_by_head_too(kim):
    assert kim.send("HEAD", "/ekhult/insatser/abc").status_code == 404
