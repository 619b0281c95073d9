"""Röntgen av arbetet: what is found leads to the form that mends it; what is known is explained."""

import re
from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

START = "/ekhult/oversikt"
WORTH = f"{START}/att-se-over"
PAGE = "/ekhult/rontgen/arbetet"
API = "/api/v1/organizers/ekhult/work-xray"


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory(organisation_number="2120001234")


@pytest.fixture
def aby(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")


@pytest.fixture
def bjork(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")


def reader(db, organizer, role, unit=None):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, unit=unit)
    return db.browse(person)


@pytest.fixture
def kim(db, ekhult):
    return reader(db, ekhult, Role.QUALITY_LEAD)


def rules_found(browse):
    return [one for one in browse.api("GET", API).json() if not one["reason"]]


def rules(browse):
    return {one["rule"]: one for one in rules_found(browse)}


def test_a_late_follow_up_leads_to_its_form_and_is_gone_when_mended(kim, ekhult, aby, statements):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult, unit=aby))
    action = ActionFactory(area=area, unit_id=aby.id, state="in_force", starts=date(2026, 1, 8))
    follow_up = FollowUpFactory(action=action, planned_on=date(2026, 2, 2))
    statements.clear()
    page = kim.get(PAGE).text
    asked = len(statements)

    assert asked <= 6
    found = rules(kim)["follow-up-overdue"]
    assert found["address"] == f"/ekhult/uppfoljningar/{follow_up.id}"
    assert found["severity"] == "must"
    assert f'href="{found["address"]}"' in page
    assert kim.get(found["address"]).status_code == 200


def test_every_way_out_of_the_page_leads_somewhere(kim, ekhult, aby):
    FindingFactory(analysis=AnalysisFactory(organizer=ekhult, unit=aby, title="Läsningen"))
    ways = re.findall(r'<a href="(/ekhult/[^"#]+)', kim.get(PAGE).text)

    assert len(ways) > 5
    assert {way: kim.get(way).status_code for way in ways if "/personer" not in way} == {
        way: 200 for way in ways if "/personer" not in way
    }


def test_what_is_as_it_should_is_closed_with_a_reason_and_opened_again(kim, ekhult):
    key = rules(kim)["no-wheel"]["id"]
    wrong = kim.post(f"{PAGE}/{key}", {"reason": " "})
    done = kim.post(f"{PAGE}/{key}", {"reason": "Vi använder kommunens hjul."})

    assert wrong.status_code == 422
    assert "Skriv varför det är som det ska." in wrong.text
    assert done.status_code == 303
    assert "no-wheel" not in rules(kim)
    assert "Vi använder kommunens hjul." in kim.get(PAGE).text
    kim.post(f"{PAGE}/{key}")
    assert "no-wheel" in rules(kim)
    assert kim.post(f"{PAGE}/finns-inte", {"reason": "x"}).status_code == 404


def test_a_rektor_sees_the_own_unit_and_nothing_of_the_others(db, ekhult, aby, bjork):
    for unit in (aby, bjork):
        FindingFactory(analysis=AnalysisFactory(organizer=ekhult, unit=unit, title=unit.name))
    robin = reader(db, ekhult, Role.PRINCIPAL, aby)
    page = robin.get(PAGE).text

    assert "Åby byskola" in page
    assert "Björkbacka" not in page
    assert "no-wheel" not in rules(robin)
    assert {one["unit_id"] for one in robin.api("GET", API).json()} == {str(aby.id)}


def test_those_who_only_read_close_nothing(db, kim, ekhult):
    key = rules(kim)["no-wheel"]["id"]
    auditor = reader(db, ekhult, Role.AUDITOR)

    assert "Stäng fyndet" not in auditor.get(PAGE).text
    assert auditor.post(f"{PAGE}/{key}", {"reason": "Nej"}).status_code == 403


def test_the_rules_are_a_page_to_read(kim):
    page = kim.get(f"{PAGE}/regler").text

    assert page.count("<h3>") >= 60
    assert "Skollagen (2010:800), 4 kap. 7 §" in page


def test_the_start_page_asks_for_the_five_and_a_rektor_reads_them_as_help(db, kim, ekhult, aby):
    FindingFactory(analysis=AnalysisFactory(organizer=ekhult, unit=aby, title="Läsningen"))
    robin = reader(db, ekhult, Role.PRINCIPAL, aby)
    asked = 'hx-get="/ekhult/oversikt/att-se-over/'
    leads = kim.get(START).text
    part = kim.get(f"{WORTH}/arbetet", headers={"HX-Target": "div#worth_work"}).text
    own = robin.get(f"{WORTH}/arbetet").text

    assert leads.count(asked) == 2
    assert robin.get(START).text.count(asked) == 1
    assert "<h1" not in part
    assert "&lt;" not in part
    assert 1 <= part.count('class="tag') <= 5
    assert f"Visa alla {len(rules_found(kim))}" in " ".join(part.split())
    assert "Det här kan göra din enhets arbete starkare." in own
    assert "Saknar årshjul" not in own
    assert "Alla kontroller av siffrorna" in kim.get(f"{WORTH}/siffrorna").text
    assert robin.get(f"{WORTH}/siffrorna").status_code == 403


def test_a_late_follow_up_that_waits_for_me_is_told_once_on_the_start_page(db, kim, ekhult):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult))
    action = ActionFactory(organizer=ekhult, area=area, state="in_force")
    for month in range(4, 9):
        FollowUpFactory(action=action, planned_on=date(2026, month, 1))
    start = kim.get(START).text
    beside = kim.get(f"{WORTH}/arbetet").text

    mine = set(re.findall(r"/ekhult/uppfoljningar/[^\"]+", start))
    others = set(re.findall(r"/ekhult/uppfoljningar/[^\"]+", beside))
    assert (len(mine), len(others)) == (3, 1)
    assert not mine & others
    assert "1&nbsp;till av samma slag" in beside


def test_those_who_do_not_write_are_not_told_what_to_mend(db, ekhult):
    politician = reader(db, ekhult, Role.POLITICIAN)

    assert "att-se-over" not in politician.get(START).text
    assert politician.get(f"{WORTH}/arbetet").status_code == 403
