"""What the nämnd decided stands where it is looked for: on the year's röd tråd and at the need."""

import re
from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory, DevelopmentAreaFactory
from tests.factories.dialogues import AboutActionFactory, NeedFactory, ResultsDialogueFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

YEAR = "/ekhult/2026-27/rod-trad"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def need(ekhult):
    unit = SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")
    need = NeedFactory(dialogue=ResultsDialogueFactory(unit=unit))
    decided(need, "BUN 2026/1", need_id=need.id, concerns="Behov: psykolog")
    return need


def decided(thing, number, **about):
    about = {"registry_number": number, "organizer_id": thing.organizer_id, **about}
    return AboutActionFactory(action=None, action_id=None, **about)


def reader(db, ekhult, role):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=role)
    return db.browse(person)


def links(page):
    """Return where the decisions' concerns lead."""
    return re.findall(r'Gäller <a href="([^"]+)"', page)


def test_decisions_of_the_year_stand_on_its_thread_with_what_they_concern(db, ekhult, need):
    kim = reader(db, ekhult, Role.QUALITY_LEAD)
    analysis = AnalysisFactory(organizer=ekhult)
    area = DevelopmentAreaFactory(analysis=analysis)
    early = {"decided_on": date(2026, 9, 1)}
    decided(need, "BUN 2026/2", dialogue_id=need.dialogue_id, concerns="Resultatdialog", **early)
    decided(need, "BUN 2026/3", area_id=area.id, concerns="Område", decided_on=date(2026, 8, 1))
    decided(need, "BUN 2025/9", need_id=need.id, concerns="Behov", decided_on=date(2026, 6, 1))
    page = kim.get(YEAR).text

    assert re.findall(r"BUN 20\d\d/\d", page) == ["BUN 2026/1", "BUN 2026/2", "BUN 2026/3"]
    assert links(page) == [
        f"/ekhult/behov/{need.id}",
        f"/ekhult/resultatdialoger/{need.dialogue_id}",
        f"/ekhult/2026-27/analyser/{analysis.id}#{area.id}",
    ]
    assert "BUN 2025/9" in kim.get("/ekhult/2025-26/rod-trad").text


def test_the_need_and_its_dialogue_say_what_was_decided(db, ekhult, need, statements):
    kim = reader(db, ekhult, Role.QUALITY_LEAD)
    for address in (f"/ekhult/behov/{need.id}", f"/ekhult/resultatdialoger/{need.dialogue_id}"):
        statements.clear()
        page = kim.get(address).text
        assert len(statements) <= 6, address
        assert "BUN 2026/1" in page, address
        assert "Nämnden prioriterar läsningen." in page, address


def test_where_one_may_not_read_what_it_concerns_the_decision_is_told_without_a_link(
    db, ekhult, need
):
    alex = reader(db, ekhult, Role.POLITICIAN)
    for address in (YEAR, "/ekhult/namndbeslut"):
        page = alex.get(address).text
        assert "Behov: psykolog" in page, address
        assert "/behov/" not in page, address
