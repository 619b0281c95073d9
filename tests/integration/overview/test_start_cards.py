"""The start page's three cards: one is a test of the huvudman's own, when it has a number."""

import re

import pytest
from sqlalchemy import text as sql
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    ExpectationFactory,
)
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.indicator_values import unit_value
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1

from ska.access import Role

START = "/ekhult/oversikt"


@pytest.fixture
def place(db):
    return story_1()


SHIPPED = ("gr-behorighet", "gr-alla-amnen-ak6", "gr-meritvarde")


def own(organizer, name, *numbers, n=50):
    """Store an own test of the school's with values from 2025/26 backwards."""
    local = LocalIndicatorFactory(organizer=organizer, name=name)
    words = {"measure": name, "title": name, "source": "local", "is_own": True}
    years = ("2025/26", "2024/25", "2023/24")
    rows = [unit_value(year, it, n, **words) for year, it in zip(years, numbers, strict=False)]
    store_values(*rows, organizer=organizer)
    return local


def cards_in(page):
    return re.findall(r"/ekhult/resultat/([a-z0-9-]+)\?enhet=", page.partition("Era resultat")[2])


@pytest.fixture
def robin(db, place):
    person = PersonFactory(name="Robin Al")
    RoleAssignmentFactory(person=person, organizer=place[0], unit=place[1], role=Role.PRINCIPAL)
    for code in SHIPPED:
        words = {"measure": code, "title": code, "source": "local", "is_own": True}
        store_values(unit_value("2025/26", 80.0, 60, **words), organizer=place[0])
    return db.browse(person)


def test_one_of_three_cards_is_a_test_of_ones_own(place, robin):
    before = cards_in(robin.get(START).text)
    local = own(place[0], "Läsflyt, eget test", 72.0, 70.0)
    page = robin.get(START).text

    assert len(dict.fromkeys(before)) == 3
    assert not [one for one in before if one.startswith("egen-")]
    after = list(dict.fromkeys(cards_in(page)))
    assert after == [*list(dict.fromkeys(before))[:2], f"egen-{local.id}"]
    assert "36 av 50" in page.replace("\u00a0", " ")


@pytest.mark.parametrize("hidden", ["retired", "few", "other school"])
def test_no_card_is_of_an_own_test_without_a_number_to_tell(db, place, robin, hidden):
    before = cards_in(robin.get(START).text)
    local = own(place[0], "Läsflyt, eget test", 72.0, n=4 if hidden == "few" else 50)
    with db.as_owner() as session:
        if hidden == "retired":
            session.execute(sql("UPDATE local_indicator SET retired_on = '2026-10-01'"))
        if hidden == "other school":
            session.execute(sql("UPDATE school_unit SET school_unit_code = '87654321'"))
        session.commit()

    after = cards_in(robin.get(START).text)
    assert f"egen-{local.id}" not in after
    assert hidden == "other school" or after == before


def test_of_several_own_tests_the_one_that_an_insats_is_to_change_is_shown(
    place, robin, statements
):
    own(place[0], "A, eget test", 72.0)
    aimed = own(place[0], "Ö, eget test", 60.0)
    first = cards_in(robin.get(START).text)
    action = ActionFactory(organizer=place[0], state="draft", unit_id=place[1].id)
    ExpectationFactory(action=action, indicator=f"egen-{aimed.id}")
    with_draft = cards_in(robin.get(START).text)
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=place[0]))
    action = ActionFactory(
        organizer=place[0], area=area, state="in_force", unit_id=place[1].id, title="Läs mer"
    )
    ExpectationFactory(action=action, indicator=f"egen-{aimed.id}")
    statements.clear()
    page = robin.get(START)

    assert with_draft == first
    assert f"egen-{aimed.id}" not in first
    assert len(statements) <= 6
    assert f"egen-{aimed.id}" in cards_in(page.text)
