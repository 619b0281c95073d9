"""The year's pages: make wheels, read them, move and finish steps, copy to next year."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.cycle.models import AnnualCycle, CycleStep

WHEEL = "/ekhult/2026-27/arshjul"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def school(db, ekhult):
    return SchoolUnitFactory(organizer=ekhult)


def person_in(ekhult, role, unit=None, name="Kim Ek"):
    person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=ekhult, role=role, unit=unit)
    return person


@pytest.fixture
def kim(db, ekhult, school):
    return person_in(ekhult, Role.QUALITY_LEAD)


def step_of(db, key, unit=None):
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.key == key)
        where = CycleStep.unit_id.is_(None) if unit is None else CycleStep.unit_id == unit.id
        return session.scalar(query.where(where).order_by(CycleStep.due))


def at(step):
    return f"{WHEEL}/steg/{step.id}"


@pytest.fixture
def browse(db, kim):
    browse = db.browse(kim)
    browse.post(WHEEL, {"wheels": "both"})
    return browse


def test_wheels_are_made_from_the_template_in_one_act(db, kim):
    browse = db.browse(kim)

    empty = browse.get(WHEEL)
    done = browse.post(WHEEL, {"wheels": "both"})
    page = browse.get(done.headers["location"])

    assert "Här samlas årets steg" in empty.text
    assert "2 årshjul är skapade." in page.text
    assert page.text.count("<h3>") == 19
    assert "Enhetsanalys klar" in page.text
    assert '<svg class="year-wheel"' in page.text
    assert "Nämndens mötesdatum saknas" in page.text


def test_asking_again_makes_nothing_new(db, browse):
    again = browse.post(WHEEL, {"wheels": "both"})

    assert "0 årshjul" in browse.get(again.headers["location"]).text
    with db.as_owner() as session:
        assert len(session.scalars(select(AnnualCycle)).all()) == 2


def test_the_report_follows_the_boards_meeting(db, browse):
    done = browse.post(f"{WHEEL}/namndmoten", {"day": "26/11 2026", "name": "Nämnden"})
    page = browse.get(done.headers["location"])

    assert step_of(db, "kvalitetsrapport").due == date(2026, 11, 12)
    assert step_of(db, "namnden-behandlar").due == date(2026, 11, 26)
    assert "26 november 2026" in page.text
    twice = browse.post(f"{WHEEL}/namndmoten", {"day": "2026-11-26", "name": ""})
    assert twice.status_code == 422
    assert "Det datumet finns redan." in twice.text


def test_a_meeting_that_is_taken_away_moves_the_report_again(db, browse):
    browse.post(f"{WHEEL}/namndmoten", {"day": "2026-12-17"})
    assert step_of(db, "kvalitetsrapport").due == date(2026, 12, 3)
    page = browse.get(WHEEL).text
    address = next(part.split('"')[0] for part in page.split('action="')[1:] if "ta-bort" in part)

    browse.post(address)

    assert step_of(db, "kvalitetsrapport").due == date(2026, 11, 16)


def test_a_step_shows_who_holds_the_role_today(db, browse, ekhult, school):
    vacant = browse.get(at(step_of(db, "enhetsanalys", school)))
    person_in(ekhult, Role.PRINCIPAL, school, "Robin Rektor")
    held = browse.get(at(step_of(db, "enhetsanalys", school)))

    assert "Ingen. Påminnelserna går till" in vacant.text
    assert "Robin Rektor" in held.text
    assert "skollagen 4:4" in held.text


def test_a_step_is_begun_done_and_opened_again(db, browse, school):
    address = at(step_of(db, "enhetens-plan", school))

    browse.post(f"{address}/borja")
    begun = browse.get(address)
    browse.post(f"{address}/klart", {"note": "Beslutad på ledningsmötet."})
    done = browse.get(address)
    again = browse.post(f"{address}/klart")
    browse.post(f"{address}/oppna")

    assert "Pågår" in begun.text
    assert "Beslutad på ledningsmötet." in done.text
    assert again.status_code == 422
    assert "Steget är klart. Öppna det igen först." in again.text
    assert step_of(db, "enhetens-plan", school).done_on is None


def test_a_step_is_moved_with_a_reason_and_reminders_follow(db, browse, school):
    step = step_of(db, "enhetens-plan", school)

    missing = browse.post(f"{at(step)}/flytta", {"due": "30/9 2026", "because": ""})
    done = browse.post(f"{at(step)}/flytta", {"due": "30/9 2026", "because": "Ny rektor"})
    page = browse.get(done.headers["location"])

    assert "Skriv varför datumet flyttas" in missing.text
    assert 'value="30/9 2026"' in missing.text
    assert "Ny rektor" in page.text
    assert "23 september 2026" in page.text
    assert step_of(db, "enhetens-plan", school).due == date(2026, 9, 30)


def test_a_step_is_put_off_with_a_reason_that_names_nobody(db, browse, school):
    step = step_of(db, "enhetsanalys", school)

    person = browse.post(
        f"{at(step)}/skjut-upp", {"until": "2026-09-09", "reason": "väntar på 19121212-1212"}
    )
    past = browse.post(f"{at(step)}/skjut-upp", {"until": "2026-09-01", "reason": "väntar"})
    done = browse.post(
        f"{at(step)}/skjut-upp",
        {"until": "9/9 2026", "reason": "väntar på kompletta NP-resultat"},
    )

    assert person.status_code == 422
    assert "ett personnummer" in person.text
    assert "Välj ett datum efter i dag." in past.text
    page = browse.get(done.headers["location"]).text
    assert "Uppskjutet till 9 september 2026: väntar på kompletta NP-resultat" in page


def test_who_is_responsible_and_when_it_is_said_can_be_changed(db, browse, school):
    step = step_of(db, "enhetens-plan", school)

    wrong = browse.post(f"{at(step)}/installningar", {"responsible": "x", "lead_days": "sju"})
    browse.post(
        f"{at(step)}/installningar",
        {"responsible": "lead_teacher", "lead_days": "5, 10", "escalate_after": ""},
    )

    assert "Välj vilken roll som ansvarar" in wrong.text
    assert "Skriv antal dagar med komma emellan" in wrong.text
    changed = step_of(db, "enhetens-plan", school)
    assert changed.responsible == "lead_teacher"
    assert changed.reminders.lead_days == (10, 5)
    assert changed.reminders.last_working_day is False
    assert changed.reminders.escalate_after is None


def test_the_year_is_copied_with_dates_computed_anew_and_what_to_look_at(db, browse, school):
    browse.post(f"{WHEEL}/namndmoten", {"day": "2026-11-26"})
    step = step_of(db, "enhetens-plan", school)
    browse.post(f"{at(step)}/flytta", {"due": "30/9 2026", "because": "Ny rektor"})
    browse.post(f"{at(step)}/klart")

    done = browse.post(f"{WHEEL}/kopiera")
    page = browse.get(done.headers["location"])

    assert done.headers["location"] == "/ekhult/2027-28/arshjul"
    assert "2 årshjul är kopierade hit." in page.text
    assert "Steget var flyttat förra året, till onsdag 30 september 2026." in page.text
    with db.as_owner() as session:
        dues = dict(
            session.execute(
                select(CycleStep.key, CycleStep.due)
                .join(AnnualCycle, AnnualCycle.id == CycleStep.cycle_id)
                .where(AnnualCycle.school_year == 2027)
            ).all()
        )
        old = session.get(CycleStep, step.id)
    assert dues["enhetsanalys"] == date(2027, 8, 31)
    assert dues["enhetens-plan"] == date(2027, 9, 15)
    assert dues["resultatdialog"] == date(2027, 10, 22)
    assert dues["kvalitetsrapport"] == date(2027, 11, 16)
    assert old.done_on == date(2026, 9, 4)
    assert "0 årshjul" in browse.get(browse.post(f"{WHEEL}/kopiera").headers["location"]).text


def test_a_rektor_handles_the_own_unit_only(db, browse, ekhult, school):
    other = SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    browse.post(WHEEL, {"wheels": "units"})
    robin = db.browse(person_in(ekhult, Role.PRINCIPAL, school, "Robin"))
    foreign = at(step_of(db, "enhetsanalys", other))

    assert robin.get(foreign).status_code == 404
    assert robin.post(f"{foreign}/klart").status_code == 404
    assert "Norra skolan" not in robin.get(WHEEL).text
    own = at(step_of(db, "enhetsanalys", school))
    assert robin.post(f"{own}/klart").status_code == 303
    whole = at(step_of(db, "kvalitetsrapport"))
    assert robin.get(whole).status_code == 200
    assert robin.post(f"{whole}/klart").status_code == 403


def test_a_lead_teacher_finishes_the_step_of_the_own_role(db, browse, ekhult, school):
    lead = db.browse(person_in(ekhult, Role.LEAD_TEACHER, school, "Lo"))

    assert lead.post(f"{at(step_of(db, 'nationella-prov', school))}/klart").status_code == 303
    assert lead.post(f"{at(step_of(db, 'enhetsanalys', school))}/klart").status_code == 403


def test_the_page_asks_few_questions_however_many_units(db, ekhult, browse, statements):
    statements.clear()
    browse.get(WHEEL)
    few = len(statements)
    for number in range(12):
        SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}")
    browse.post(WHEEL, {"wheels": "units"})
    statements.clear()
    page = browse.get(WHEEL)

    assert "0 av 13 klara" in page.text
    assert len(statements) == few <= 6


def test_one_unit_can_be_shown_alone(db, browse, ekhult, school):
    page = browse.get(f"{WHEEL}?enhet={school.slug}")

    assert f"2026/27, {school.name}" in page.text
    assert browse.get(f"{WHEEL}?enhet=finns-inte").status_code == 404
