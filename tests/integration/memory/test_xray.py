"""Röntgen av siffrorna: found, explained with a reason, back when the numbers change."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Role

PAGE = "/ekhult/rontgen"
API = "/api/v1/organizers/ekhult/xray"
OWN = {"source": "local", "measure": "Närvaro", "title": "Närvaro", "is_own": True}


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(organisation_number="2120001234")


@pytest.fixture
def browse(db, ekhult):
    kim = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(kim)


def ids(browse):
    return {one["id"]: one for one in browse.api("GET", API).json()}


def test_a_finding_is_explained_and_comes_back_when_the_numbers_change(browse, statements):
    store_values(value("2025/26", 101.0))
    ((key, found),) = ids(browse).items()
    statements.clear()
    page = browse.get(PAGE).text
    asked = len(statements)
    wrong = browse.post(f"{PAGE}/{key}", {"reason": ""})
    done = browse.post(f"{PAGE}/{key}", {"reason": "Källan räknar dubbelt."})
    closed = browse.get(PAGE).text
    store_values(value("2024/25", 102.0))

    assert asked <= 6
    assert found["rule"] == "range"
    assert "är utanför 0–100" in page.replace("\u00a0", " ")
    assert f"/ekhult/resultat/varde/{found['value_id']}" in page
    assert wrong.status_code == 422
    assert "Skriv varför värdet stämmer." in wrong.text
    assert done.status_code == 303
    assert "Källan räknar dubbelt." in closed
    assert "Kim Ek" in closed
    now = ids(browse)
    assert now[key]["reason"] == "Källan räknar dubbelt."
    assert [one["reason"] for one in now.values() if one["id"] != key] == [""]
    browse.post(f"{PAGE}/{key}")
    assert ids(browse)[key]["reason"] == ""
    assert browse.post(f"{PAGE}/finns-inte", {"reason": "x"}).status_code == 404


def test_what_the_gate_hides_is_not_examined(db, browse, ekhult):
    store_values(value("2025/26", 101.0, 3, **OWN), organizer=ekhult)

    assert ids(browse) == {}


def test_another_huvudmans_own_values_are_not_seen(db, browse, ekhult):
    other = OrganizerFactory(name="Lindåsa")
    store_values(value("2025/26", 101.0, 300, **OWN), organizer=other)

    assert ids(browse) == {}


def test_the_rules_are_readable(browse):
    page = browse.get(f"{PAGE}/regler").text

    assert len(re.findall("<section>", page)) == 11


def test_only_who_reads_values_in_sees_it(db, browse, ekhult):
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=ekhult, role=Role.TEACHER)

    assert db.browse(teacher).get(PAGE).status_code == 403


def test_the_imports_report_counts_what_was_found(db, browse):
    rows = "\n".join(f"Närvaro;Skola {n};;2024/25;alla;0;40;%" for n in range(12))
    file = f"mått;område;områdesnamn;period;kön;värde;antal;enhet\n{rows}\n".encode()
    made = browse.api(
        "POST", "/api/v1/organizers/ekhult/imports", files={"file": ("egna.csv", file)}
    ).json()
    page = browse.get(f"/ekhult/resultat/inlasningar/{made['import_id']}").text

    assert "har 1 fynd" in page.replace("\u00a0", " ").replace("&nbsp;", " ")
