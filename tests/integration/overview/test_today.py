"""Tisdagskvarten on the demo: at most three things, each leading to the page where it is done."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.the_demo import kim_of_the_demo

from ska.access import Role


@pytest.fixture
def kim(db, demo):
    return db.browse(kim_of_the_demo(db))


def things(page):
    return re.findall(r'<li class="card"><h2><a href="([^"]+)">([^<]+)', page)


def test_three_things_that_lead_to_their_pages(kim, statements):
    statements.clear()
    page = kim.get("/ekhult/idag").text
    asked = len(statements)
    found = things(page)

    assert asked <= 6
    assert 1 <= len(found) <= 3
    assert len({href.partition("#")[0] for href, _ in found}) == len(found)
    assert [kim.get(href).status_code for href, _ in found] == [200] * len(found)


def test_where_all_is_done_the_page_says_so(db):
    organizer = OrganizerFactory(slug="lugna")
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=organizer, role=Role.QUALITY_LEAD)
    page = db.browse(teacher).get("/lugna/idag").text

    assert things(page) == []
    assert "Klart för i dag" in page


def test_those_who_only_read_what_is_decided_have_no_quarter(db):
    organizer = OrganizerFactory(slug="lugna")
    politician = PersonFactory()
    RoleAssignmentFactory(person=politician, organizer=organizer, role=Role.POLITICIAN)
    browse = db.browse(politician)

    assert browse.get("/lugna/idag").status_code == 403
    assert "/lugna/idag" not in browse.get("/lugna/oversikt").text
