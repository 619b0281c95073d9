"""A resultatdialog: prepared, written together, agreed in, closed, and remembered by the next."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory, DeficiencyFactory, DevelopmentAreaFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.db.session import Scope

LIST = "/ekhult/resultatdialoger"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def aby(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")


@pytest.fixture
def area(ekhult, aby):
    analysis = AnalysisFactory(organizer=ekhult, unit=aby, title="Läsningen i åk 6")
    return DevelopmentAreaFactory(analysis=analysis, title="Läsa varje dag")


def reader(db, organizer, role, unit=None, name="Kim Ek"):
    person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, unit=unit)
    return db.browse(person)


@pytest.fixture
def robin(db, ekhult, aby):
    return reader(db, ekhult, Role.PRINCIPAL, aby, "Robin Berg")


@pytest.fixture
def lo(db, ekhult):
    return reader(db, ekhult, Role.DIRECTOR, name="Lo Lind")


def opened(browse, unit, day="2026-09-04"):
    answer = browse.post(LIST, {"unit_id": str(unit.id), "held_on": day})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def seen_in(page):
    return re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]


def meet(browse, at, who="Rektor och skolchef", day="2026-09-04"):
    seen = seen_in(browse.get(at).text)
    return browse.post(at, {"held_on": day, "took_part": who, "seen": seen})


AGREED = {"text": "Läs högt varje dag", "owner_role": "rektor", "due": "2027-01-22"}


def test_from_preparing_to_the_next_dialogue(db, robin, lo, aby, area, statements):
    at = opened(robin, aby)
    statements.clear()
    page = lo.get(at).text
    asked = len(statements)
    robin.post(f"{at}/overenskommelser", {**AGREED, "ground": str(area.id)})
    robin.post(f"{at}/behov", {"need": "En psykolog en dag i veckan"})
    meet(lo, at)
    lo.post(f"{at}/avsluta")
    needs = lo.get("/ekhult/behov").text
    need = re.search(r"/ekhult/behov/[0-9a-f-]{36}", needs)[0]
    lo.post(need, {"answer_kind": "partly", "answer": "Varannan vecka från mars."})
    closed = robin.get(at).text
    following = robin.get(opened(robin, aby, "2026-09-05")).text

    assert asked <= 6
    assert "första dialog" in page
    assert "Läsningen i åk 6" in page
    assert "Avslutad av Lo Lind" in closed
    assert "Varannan vecka från mars." in closed
    for words in ("Sedan förra dialogen", "Läs högt varje dag", "Delvis", "Varannan vecka"):
        assert words in following


def test_an_agreement_is_a_draft_insats_with_its_ground_role_and_day(db, robin, aby, area):
    at = opened(robin, aby)
    wrong = robin.post(f"{at}/overenskommelser", {**AGREED, "ground": ""})
    past = robin.post(f"{at}/overenskommelser", {**AGREED, "due": "2026-09-01", "ground": area.id})
    robin.post(f"{at}/overenskommelser", {**AGREED, "ground": str(area.id)})
    with db.as_owner() as session:
        rows = session.execute(
            text(
                "SELECT a.state, a.unit_id, a.area_id, a.owner_role, f.planned_on FROM action a"
                " JOIN follow_up f ON f.action_id = a.id"
            )
        ).all()
    page = robin.get(at).text
    insats = re.search(r"/ekhult/insatser/[0-9a-f-]{36}", page)[0]
    in_force = robin.post(f"{insats}/galler")

    assert wrong.status_code == past.status_code == 422
    assert "skollagen 4 kap. 3 §" in wrong.text
    assert "Läs högt varje dag" in wrong.text
    assert "Dagen har varit" in past.text
    assert [tuple(row) for row in rows] == [("draft", aby.id, area.id, "rektor", date(2027, 1, 22))]
    assert in_force.status_code == 303


def test_an_agreement_may_mend_a_brist_but_not_another_units(db, robin, ekhult, aby):
    at = opened(robin, aby)
    own = DeficiencyFactory(organizer=ekhult, unit_id=aby.id)
    other = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    foreign = DeficiencyFactory(organizer=ekhult, unit_id=other.id)

    taken = robin.post(f"{at}/overenskommelser", {**AGREED, "ground": str(own.id)})
    refused = robin.post(f"{at}/overenskommelser", {**AGREED, "ground": str(foreign.id)})

    assert taken.status_code == 303
    assert refused.status_code == 422
    assert "Välj ett område eller en brist" in refused.text


def test_what_two_write_at_once_is_kept_and_shown_to_both(robin, lo, aby):
    at = opened(robin, aby)
    page = robin.get(f"{at}/skriv").text
    was = re.search(r'name="was_results" value="([0-9a-f]+)"', page)[1]
    form = {"version_results": "0", "was_results": was}
    first = robin.post(f"{at}/skriv", {**form, "text_results": "Läsningen har vänt."})
    second = lo.post(f"{at}/skriv", {**form, "text_results": "Vi ser olika på läsningen."})
    seen = re.search(r'name="seen_results" value="(\d+)"', second.text)[1]
    settled = lo.post(
        f"{at}/skriv",
        {
            "choice_results": "mine",
            "mine_results": "Vi ser olika på läsningen.",
            "seen_results": seen,
        },
    )
    history = robin.get(f"{at}/skriv/results/historik").text

    assert (first.status_code, second.status_code, settled.status_code) == (303, 412, 303)
    assert "Läsningen har vänt." in second.text
    assert "Vi ser olika på läsningen." in second.text
    assert "vänt" in history
    assert "Vi ser olika på läsningen." in robin.get(at).text


def test_day_and_people_written_at_once_are_not_lost(robin, lo, aby):
    at = opened(robin, aby)
    seen = seen_in(robin.get(at).text)
    meet(robin, at, "Rektor")
    late = lo.post(at, {"held_on": "2026-09-04", "took_part": "Skolchefen med", "seen": seen})

    assert late.status_code == 422
    assert "Någon annan har ändrat" in late.text
    assert "Skolchefen med" in late.text


def test_what_is_closed_stands(db, robin, lo, ekhult, aby, area):
    at = opened(robin, aby)
    early = robin.post(f"{at}/avsluta")
    meet(robin, at)
    robin.post(f"{at}/avsluta")
    before = lo.get(at).text
    with db.as_owner() as session:
        session.execute(text("UPDATE development_area SET title = 'Något annat'"))
        session.execute(text("UPDATE analysis SET title = 'Ny titel'"))
    refused = [
        meet_again.status_code
        for meet_again in (
            lo.post(f"{at}/behov", {"need": "Mer"}),
            lo.post(f"{at}/overenskommelser", {**AGREED, "ground": str(area.id)}),
            lo.post(f"{at}/avsluta"),
        )
    ]

    assert early.status_code == 422
    assert "Skriv vilka som deltog" in early.text
    assert "Läsningen i åk 6" in lo.get(at).text
    assert refused == [422, 422, 422]
    assert 'href="' + at + "/skriv" not in before
    with (
        db.session(Scope(frozenset({ekhult.id}), ekhult.id)) as session,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        session.execute(text("UPDATE dialogue_pack SET content = '{}'"))


def test_one_dialogue_at_a_time_and_only_where_one_may(db, robin, lo, ekhult, aby):
    other = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    opened(robin, aby)
    again = lo.post(LIST, {"unit_id": str(aby.id), "held_on": "2026-09-09"})
    elsewhere = robin.post(LIST, {"unit_id": str(other.id), "held_on": "2026-09-09"})

    assert again.status_code == 422
    assert "redan en öppen dialog" in again.text
    assert elsewhere.status_code == 403


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.POLITICIAN, Role.TEACHER], ids=str)
def test_others_see_nothing_of_it(db, ekhult, aby, lo, role):
    at = opened(lo, aby)
    lo.post(f"{at}/behov", {"need": "En psykolog"})
    unit = None
    if role is not Role.POLITICIAN:
        unit = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    other = reader(db, ekhult, role, unit)

    assert other.get(at).status_code in (403, 404)
    assert "En psykolog" not in other.get("/ekhult/behov").text
    assert other.post(f"{at}/avsluta").status_code in (403, 404)


def test_only_the_huvudman_answers_and_an_answer_stands(robin, lo, aby):
    at = opened(robin, aby)
    robin.post(f"{at}/behov", {"need": "En psykolog"})
    need = re.search(r"/ekhult/behov/[0-9a-f-]{36}", robin.get("/ekhult/behov").text)[0]
    own = robin.post(need, {"answer_kind": "yes", "answer": "Ja tack"})
    later = lo.post(need, {"answer_kind": "later", "answer": "Efter budgeten"})
    final = lo.post(need, {"answer_kind": "no", "answer": "Det blev inget"})
    again = lo.post(need, {"answer_kind": "yes", "answer": "Jo ändå"})

    assert own.status_code == 403
    assert (later.status_code, final.status_code, again.status_code) == (303, 303, 422)
    assert "Jo ändå" in again.text
    assert "Det blev inget" in robin.get(need).text


def test_of_eight_who_write_of_the_same_meeting_one_is_kept(db, ekhult, robin, aby):
    at = opened(robin, aby)
    people = [reader(db, ekhult, Role.DIRECTOR, name=f"Person {number}") for number in range(8)]
    seen = seen_in(robin.get(at).text)

    def write(number):
        form = {"held_on": "2026-09-04", "took_part": f"Grupp {number}", "seen": seen}
        return people[number].post(at, form)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(8)))

    kept = [number for number, answer in enumerate(answers) if answer.status_code == 303]
    assert len(kept) == 1
    assert f"Grupp {kept[0]}" in robin.get(at).text
    for number, answer in enumerate(answers):
        assert number in kept or f"Grupp {number}" in answer.text
