"""Story 6 with a rektorsgrupp as "own group": who stands beside, and nothing more of them."""

from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.groups import GroupMemberFactory, PrincipalsGroupFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.story_6 import STORY_6_DAY, story_6

from ska.access import Role
from ska.organizers.models import SchoolUnit

API = "/api/v1/organizers/ekhult/grade-relation?subject=ma&group="
KEY = "rektorsgrupp:rektorsgruppen-79"


@pytest.fixture
def robin(db):
    """Return the rektor of Ekhults centralskola, whose group has one more and the small school."""
    db.clock.now = STORY_6_DAY
    ekhult, unit, robin = story_6()
    group = PrincipalsGroupFactory(organizer=ekhult, name="Rektorsgruppen 7–9")
    with db.as_owner() as session:
        others = session.query(SchoolUnit).filter(SchoolUnit.id != unit.id).all()
        session.expunge_all()
    small = next(one for one in others if one.name == "Lilla skolan")
    for one in (unit, small):
        GroupMemberFactory(group=group, unit=one)
    alex = PersonFactory()
    RoleAssignmentFactory(person=alex, organizer=ekhult, role=Role.POLITICIAN)
    return db.browse(robin), db.browse(alex)


def told(browse, key):
    return {one["name"]: one for one in browse.api("GET", API + key).json()["places"]}


def test_the_group_is_chosen_and_its_units_stand_there_as_among_all(robin):
    browse = robin[0]
    page = browse.get(f"/ekhult/np-betyg?amne=ma&grupp={KEY}").text
    every, some = told(browse, "enheter"), told(browse, KEY)

    assert f'<option value="{KEY}" selected>Rektorsgruppen 7–9</option>' in page
    assert set(some) < set(every)
    assert some == {name: every[name] for name in some}
    assert "Lilla skolan" in some


def test_the_few_of_a_group_are_told_nowhere(robin):
    sheet = robin[0].get(f"/ekhult/np-betyg/varden.csv?amne=ma&grupp={KEY}").text
    small = [line for line in sheet.splitlines() if line.startswith("Lilla skolan")]

    assert len(small) == 3
    assert all(line.split(";")[2:5] == ["", "%", ""] for line in small)


def test_who_does_not_read_the_work_is_offered_no_group(robin):
    page = robin[1].get(f"/ekhult/np-betyg?amne=ma&grupp={KEY}")

    assert page.status_code == 200
    assert "Rektorsgruppen" not in page.text


def test_the_page_asks_six_questions_at_most(robin, statements):
    robin[0].get(f"/ekhult/np-betyg?grupp={KEY}")
    statements.clear()
    robin[0].get(f"/ekhult/np-betyg?grupp={KEY}")

    assert len(statements) <= 6


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("rektorsgrupp:okand", "Gruppen ”okand” finns inte här, eller så får du inte se den."),
        ("skaneregionen", "Gruppen ”skaneregionen” finns inte här, eller så får du inte se den."),
        ("grupp", "Kommunerna i SKR:s grupp visas inte på den här sidan."),
    ],
)
def test_a_group_that_is_not_here_is_told_with_what_is_shown_instead(robin, asked, why):
    said = f"{why} I stället visas ”Våra enheter”."
    page = read(robin[0].get(f"/ekhult/np-betyg?amne=ma&grupp={asked}"))
    answer = robin[0].api("GET", API + asked).json()

    assert said in page
    assert answer["group"] == "enheter"
    assert said in answer["charts"][0]["notes"]
    assert "I stället visas" not in read(robin[0].get(f"/ekhult/np-betyg?amne=ma&grupp={KEY}"))
    assert "I stället visas" not in read(robin[0].get("/ekhult/np-betyg?amne=ma"))


def test_a_group_of_another_huvudman_is_as_unknown_as_one_that_is_not(db, robin):
    group = PrincipalsGroupFactory(organizer=OrganizerFactory(name="Grannby"), name="Hemlig grupp")
    page = read(robin[0].get(f"/ekhult/np-betyg?amne=ma&grupp=rektorsgrupp:{group.slug}"))

    assert f"Gruppen ”{group.slug}” finns inte här, eller så får du inte se den." in page
    assert "Hemlig grupp" not in page
