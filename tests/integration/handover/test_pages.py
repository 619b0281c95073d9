"""Överlämning: the new rektor reads, asks and is answered; it stays for the next one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory, CauseFactory, FindingFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

PAGE = "/ekhult/enheter/aby/overlamning"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def aby(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")


def reader(db, organizer, role, unit=None, **period):
    person = PersonFactory(**({"name": period.pop("name")} if "name" in period else {}))
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, unit=unit, **period)
    return db.browse(person)


@pytest.fixture
def robin(db, ekhult, aby):
    return reader(db, ekhult, Role.PRINCIPAL, aby, name="Robin Berg")


def test_the_page_tells_what_was_written_and_who_leads(robin, aby, ekhult, statements):
    analysis = AnalysisFactory(organizer=ekhult, unit=aby, title="Läsningen i åk 6")
    finding = FindingFactory(analysis=analysis, text="Färre når målen")
    CauseFactory(analysis=analysis, finding_id=finding.id, text="Många vikarier")
    statements.clear()
    page = robin.get(PAGE).text
    asked = len(statements)

    assert asked <= 6
    for words in ("Läsningen i åk 6", "Färre når målen", "Många vikarier", "Robin Berg"):
        assert words in page


def test_a_question_is_asked_answered_and_kept(db, robin, ekhult, aby):
    wrong = robin.post(PAGE, {"question": " "})
    robin.post(PAGE, {"question": "Varför slutade ni med läsveckorna?"})
    kim = reader(db, ekhult, Role.QUALITY_LEAD, name="Kim Ek")
    page = kim.get(PAGE).text
    address = page.split(f'action="{PAGE}/')[1].split('"')[0]
    empty = kim.post(f"{PAGE}/{address}", {"answer": ""})
    kim.post(f"{PAGE}/{address}", {"answer": "De tog tid från matematiken."})
    again = kim.post(f"{PAGE}/{address}", {"answer": "Något annat"})
    told = robin.get(PAGE).text

    assert wrong.status_code == 422
    assert "Skriv din fråga." in wrong.text
    assert empty.status_code == 422
    assert "Skriv ett svar." in empty.text
    assert again.status_code == 422
    assert "redan besvarad" in again.text
    assert "Något annat" in again.text  # what was written is not lost
    assert "De tog tid från matematiken." in told
    assert "Kim Ek" in told
    assert "Något annat" not in told


def test_a_rektor_of_another_unit_sees_nothing(db, ekhult, aby):
    other = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    neighbour = reader(db, ekhult, Role.PRINCIPAL, other)

    assert neighbour.get(PAGE).status_code in (403, 404)
    assert neighbour.post(PAGE, {"question": "Får jag?"}).status_code in (403, 404)


def test_who_has_left_reads_no_more(db, ekhult, aby):
    gone = reader(
        db, ekhult, Role.PRINCIPAL, aby, valid_from=date(2020, 8, 1), valid_to=date(2021, 6, 30)
    )

    assert gone.get(PAGE).status_code == 404


def test_of_six_who_answer_at_once_one_answer_stands(db, robin, ekhult, aby):
    robin.post(PAGE, {"question": "Varför slutade ni med läsveckorna?"})
    people = [reader(db, ekhult, Role.QUALITY_LEAD, name=f"Person {one}") for one in range(6)]
    asked = people[0].get(PAGE).text.split(f'action="{PAGE}/')[1].split('"')[0]

    def answer(number):
        return people[number].post(f"{PAGE}/{asked}", {"answer": f"Svar {number}."})

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(answer, range(6)))

    kept = [number for number, one in enumerate(told) if one.status_code == 303]
    assert len(kept) == 1
    assert f"Svar {kept[0]}." in robin.get(PAGE).text
    assert all(f"Svar {at}." in one.text for at, one in enumerate(told) if at not in kept)


def test_programs_ask_read_and_answer_as_on_the_page(db, robin, ekhult, aby):
    api = "/api/v1/organizers/ekhult/units/aby/handover-questions"
    kim = reader(db, ekhult, Role.QUALITY_LEAD, name="Kim Ek")
    asked = robin.api("POST", api, json={"question": "Varför slutade ni?", "asked_of": "organizer"})
    at = f"{api}/{asked.json()['id']}"
    read = kim.api("GET", at)
    blind = kim.api("POST", f"{at}/answer", json={"answer": "Det tog tid."})
    seen = {"If-Match": read.headers["etag"]}
    told = kim.api("POST", f"{at}/answer", json={"answer": "Det tog tid."}, headers=seen)
    stale = kim.api("POST", f"{at}/answer", json={"answer": "Nej."}, headers=seen)
    again = {"If-Match": told.headers["etag"]}
    twice = kim.api("POST", f"{at}/answer", json={"answer": "Nej."}, headers=again)

    assert asked.status_code == 201
    assert (read.json()["asked_by"], read.json()["answer"]) == ("Robin Berg", None)
    assert [blind.status_code, told.status_code, stale.status_code, twice.status_code] == [
        428, 200, 412, 409,
    ]  # fmt: skip
    assert "Det tog tid." in robin.get(PAGE).text
    assert [one["answered_by"] for one in robin.api("GET", api).json()] == ["Kim Ek"]
    neighbour = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    other = reader(db, ekhult, Role.PRINCIPAL, neighbour)
    assert other.api("GET", at).status_code == 404
