"""Röntgen av siffrorna: found, explained with a reason, back when the numbers change."""

import re

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Role
from ska.values.xrays import queries

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


HEAD = "mått;område;områdesnamn;period;kön;värde;antal;enhet"


def read_in(browse, *rows, head=HEAD):
    file = "\n".join([head, *rows, ""]).encode()
    address = "/api/v1/organizers/ekhult/imports"
    return browse.api("POST", address, files={"file": ("egna.csv", file)}).json()


def test_the_imports_report_counts_what_was_found(db, browse):
    made = read_in(browse, *[f"Närvaro;Skola {n};;2024/25;alla;0;40;%" for n in range(12)])
    page = browse.get(f"/ekhult/resultat/inlasningar/{made['import_id']}").text

    assert "har 1 fynd" in page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Alla 12 värden för Närvaro 2024/25 är 0,0." in page
    assert '/ekhult/resultat/las-in">Läs in på nytt' in page


def test_a_finding_leads_to_its_import_and_to_the_page_that_mends_it(db, browse):
    made = read_in(browse, *[f"Närvaro;Skola {n};;2024/25;alla;0;40;%" for n in range(12)])
    page = browse.get(PAGE).text

    assert f'href="/ekhult/resultat/inlasningar/{made["import_id"]}">Se inläsningen' in page
    assert 'href="/ekhult/resultat/las-in">Läs in på nytt' in page
    assert re.search(r'href="/ekhult/resultat/varde/\d+">Se värdet', page)


def test_a_measure_described_anew_leads_to_the_import_that_did(db, browse):
    row = "Närvaro;Ekskolan;;2024/25;alla;{value};40;%;{words}"
    head = f"{HEAD};definition"
    read_in(browse, row.format(value=90, words="Andel närvarande"), head=head)
    made = read_in(browse, row.format(value=91, words="Andel frånvarande"), head=head)

    (found,) = [one for one in ids(browse).values() if one["rule"] == "renamed"]
    assert found["measure"] == "Närvaro"
    assert f"/inlasningar/{made['import_id']}" in browse.get(PAGE).text


def test_numbers_whose_day_has_passed_lead_to_the_page_of_fetches(db, browse):
    store_values(value("2024/25", 50.0), value("2025/26", 51.0))
    with db.owner.begin() as connection:
        connection.execute(text("UPDATE measure SET next_publication = '2026-01-01'"))

    assert [one["rule"] for one in ids(browse).values()] == ["stale"]
    assert 'href="/ekhult/resultat/hamta">Hämta nya siffror' in browse.get(PAGE).text


def test_numbers_that_come_tomorrow_are_not_late(db, browse):
    store_values(value("2024/25", 50.0), value("2025/26", 51.0))
    with db.owner.begin() as connection:
        connection.execute(text("UPDATE measure SET next_publication = '2099-01-01'"))

    assert ids(browse) == {}


def test_a_report_asks_few_questions_however_many_imports_and_examines_its_own_measures(
    db, browse, statements, monkeypatch
):
    counts, seen = [], []
    monkeypatch.setattr(queries, "examine", lambda frame: seen.append(frame) or [])
    for round_ in range(2):
        for number in range(1 + 5 * round_):
            made = read_in(browse, f"Mått {round_}{number};Ekskolan;;2024/25;alla;101;40;antal")
        statements.clear()
        browse.get(f"/ekhult/resultat/inlasningar/{made['import_id']}")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6
    assert set(seen[-1]["measure"]) == {"Mått 15"}


def test_a_large_import_is_examined_when_asked_for(db, browse, monkeypatch):
    monkeypatch.setattr(queries, "MOST_AT_ONCE", 1)
    made = read_in(browse, *[f"Närvaro;Skola {n};;2024/25;alla;0;40;%" for n in range(12)])

    page = browse.get(f"/ekhult/resultat/inlasningar/{made['import_id']}").text
    assert "Inläsningen är stor." in page
    assert "Alla 12 värden" not in page
