"""The framework's pages: requirements, pasting, local goals; and that others see nothing."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import (
    LocalGoalFactory,
    LocalIndicatorFactory,
    LocalTieFactory,
    WordingFactory,
    load_shipped,
)
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.framework.models import FrameworkWording, LocalGoal, LocalIndicator, LocalTie

PAGE = "Grundskolan\nDelmål 1: Alla når målen.\nDelmål 9: Ett nytt delmål.\n"


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


@pytest.fixture
def browse(db, kim):
    return db.browse(kim)


def rows(db, table):
    with db.as_owner() as session:
        return session.query(table).order_by(table.id).all()


def test_the_requirements_are_listed_and_each_has_its_source(browse):
    listed = browse.get("/ekhult/krav")
    one = browse.get("/ekhult/krav/skollagen-4-3")

    assert "Huvudmannens kvalitetsarbete" in listed.text
    assert "4 kap. 3 §" in listed.text
    assert "Plan mot kränkande behandling" in listed.text
    assert "Det här visar att kravet är uppfyllt" in one.text
    assert "riksdagen.se" in one.text
    assert browse.get("/ekhult/krav/hittepa").status_code == 404


def test_a_page_is_pasted_compared_accepted_and_withdrawn(db, browse):
    head = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
    }

    compared = browse.post("/ekhult/malsattningar/klistra-in", {**head, "text": PAGE})
    fields = dict(re.findall(r'name="([a-z_]+-\d+)"[^>]*value="([^"]*)"', compared.text))
    texts = dict(
        re.findall(r'<textarea[^>]*name="(text-\d+)"[^>]*>\s*(.*?)</textarea>', compared.text)
    )
    done = browse.post(
        "/ekhult/malsattningar/klistra-in/spara",
        {
            **head,
            **fields,
            **texts,
            "item_id-0": "nks-2023/gr-1",
            "school_type-1": "compulsory_school",
        },
    )
    after = browse.get(done.headers["location"])
    patch = browse.get("/ekhult/malsattningar/klistra-in/tillagg.yaml")

    assert compared.status_code == 200
    assert "2&nbsp;delar hittades" in compared.text
    assert done.status_code == 303
    assert "2 ordalydelser är sparade." in after.text
    assert "Alla når målen." in after.text
    assert "Delmål 9 – grundskola" in after.text
    assert "id: gr-1" in patch.text
    kept = rows(db, FrameworkWording)
    assert [(one.item_id, one.number) for one in kept] == [("nks-2023/gr-1", 1), (None, 9)]
    assert browse.post(f"/ekhult/malsattningar/klistra-in/{kept[0].id}/angra").status_code == 303
    assert "Alla når målen." not in browse.get("/ekhult/malsattningar/klistra-in").text


def test_only_what_is_ticked_is_kept(db, browse):
    done = browse.post(
        "/ekhult/malsattningar/klistra-in/spara",
        {
            "edition": "nks-2023",
            "source_url": "https://www.skolverket.se/sida",
            "seen_on": "2026-09-03",
            "kind-0": "sub_goal",
            "item_id-0": "nks-2023/gr-1",
            "text-0": "Alla når målen.",
        },
    )

    assert done.status_code == 303
    assert rows(db, FrameworkWording) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "Ingenting här."}, "Ta med rubrikerna"),
        ({"text": ""}, "Klistra in sidans text"),
        ({"source_url": "skolverket"}, "Klistra in sidans adress"),
        ({"seen_on": "i går"}, "Skriv datumet som"),
    ],
)
def test_what_is_off_is_told_and_kept(browse, change, told):
    right = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
        "text": PAGE,
    }

    answer = browse.post("/ekhult/malsattningar/klistra-in", {**right, **change})

    assert answer.status_code == 422
    assert told in answer.text


def test_a_part_that_is_off_is_told(browse):
    answer = browse.post(
        "/ekhult/malsattningar/klistra-in/spara",
        {
            "edition": "nks-2023",
            "source_url": "https://www.skolverket.se/sida",
            "seen_on": "2026-09-03",
            "accept-0": "1",
            "kind-0": "sub_goal",
            "text-0": "Alla når målen.",
        },
    )

    assert answer.status_code == 422
    assert "Välj var texten hör hemma." in answer.text


def test_a_goal_is_set_tied_changed_and_the_tie_taken_away(db, browse):
    empty = browse.get("/ekhult/egna-mal")
    done = browse.post(
        "/ekhult/egna-mal/nytt",
        {
            "title": "Alla läser i årskurs 3",
            "description": "",
            "decided_by": "Nämnden 2026-06-10",
            "valid_from": "2026-07-01",
            "valid_to": "",
        },
    )
    address = done.headers["location"]
    tied = browse.post(
        f"{address}/koppla", {"item_id": "nks-2023/gr-5", "reason": "Läsning bär svenskan."}
    )
    again = browse.post(f"{address}/koppla", {"item_id": "nks-2023/gr-5", "reason": "Igen."})
    page = browse.get(address)
    [tie] = rows(db, LocalTie)
    gone = browse.post(f"/ekhult/egna-mal/kopplingar/{tie.id}/ta-bort")

    assert "Här samlas era egna mål" in empty.text
    assert tied.status_code == 303
    assert again.status_code == 422
    assert "Kopplingen finns redan." in again.text
    assert "Läsning bär svenskan." in page.text
    assert "Delmål 5 – svenska och svenska som andraspråk" in page.text
    assert gone.headers["location"] == address
    assert rows(db, LocalTie) == []
    form = browse.get(f"{address}/andra")
    assert 'value="Alla läser i årskurs 3"' in form.text


def test_a_goal_that_is_off_keeps_what_was_written(db, browse, ekhult):
    LocalGoalFactory(organizer=ekhult, title="Taget")
    sent = {"title": "Taget", "decided_by": "Nämnden", "valid_from": "2026-07-01"}

    answer = browse.post("/ekhult/egna-mal/nytt", sent)

    assert answer.status_code == 422
    assert 'value="Taget"' in answer.text
    assert "Det finns redan ett med det namnet" in answer.text
    assert len(rows(db, LocalGoal)) == 1


def test_an_indicator_is_set_and_changed(db, browse, ekhult):
    goal = LocalGoalFactory(organizer=ekhult)
    sent = {
        "name": "Läsflyt",
        "unit": "%",
        "better": "higher",
        "definition": "Elever som läser med flyt.",
        "caution": "Läraren bedömer själv.",
        "smallest_group": "10",
        "local_goal_id": str(goal.id),
        "retired_on": "",
    }

    done = browse.post("/ekhult/egna-indikatorer/ny", sent)
    address = done.headers["location"]
    page = browse.get(address)
    changed = browse.post(f"{address}/andra", {**sent, "smallest_group": "15"})
    off = browse.post(f"{address}/andra", {**sent, "smallest_group": "3"})

    assert goal.title in page.text
    assert "Läraren bedömer själv." in page.text
    assert changed.status_code == 303
    assert off.status_code == 422
    assert "minst 5" in off.text
    assert rows(db, LocalIndicator)[0].smallest_group == 15
    tied = browse.post(f"{address}/koppla", {"item_id": "nks-2023/gr-5", "reason": "Mäter det."})
    assert tied.status_code == 303
    assert browse.get(f"{address}/andra").status_code == 200


def test_those_who_may_not_change_see_no_buttons(db, ekhult):
    robin = PersonFactory()
    RoleAssignmentFactory(person=robin, organizer=ekhult, role=Role.PRINCIPAL)
    goal = LocalGoalFactory(organizer=ekhult)
    browse = db.browse(robin)

    assert "Lägg till mål" not in browse.get("/ekhult/egna-mal").text
    assert "Spara kopplingen" not in browse.get(f"/ekhult/egna-mal/{goal.id}").text
    assert browse.get("/ekhult/malsattningar/klistra-in").status_code == 403
    assert browse.post(f"/ekhult/egna-mal/{goal.id}/koppla", {}).status_code == 403


def test_to_others_the_pages_do_not_exist(db, ekhult):
    goal = LocalGoalFactory(organizer=ekhult)
    foreign = PersonFactory()
    RoleAssignmentFactory(person=foreign, organizer=OrganizerFactory(name="Lindåsa"))
    browse = db.browse(foreign)

    for path in ("krav", "egna-mal", f"egna-mal/{goal.id}", "malsattningar/klistra-in"):
        assert browse.get(f"/ekhult/{path}").status_code == 404
    assert browse.get(f"/lindasa/egna-mal/{goal.id}").status_code == 404


@pytest.mark.parametrize("path", ["krav", "egna-mal", "malsattningar/klistra-in"])
def test_the_number_of_statements_does_not_grow_with_the_rows(db, browse, ekhult, statements, path):
    browse.get(f"/ekhult/{path}")
    statements.clear()
    browse.get(f"/ekhult/{path}")
    few = len(statements)
    for number in range(12):
        goal = LocalGoalFactory(organizer=ekhult, title=f"Mål {number}")
        LocalIndicatorFactory(organizer=ekhult, name=f"Mått {number}")
        LocalTieFactory(goal=goal)
        WordingFactory(organizer=ekhult, item_id=None, number=number + 1, school_type="preschool")

    statements.clear()
    browse.get(f"/ekhult/{path}")

    assert len(statements) == few
    assert few <= 6 + 3  # sign-in, roles and huvudman come before the page's own six
