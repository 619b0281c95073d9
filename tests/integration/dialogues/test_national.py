"""The state's kvalitetsdialog: gathered, answered by each voice, kept, agreed in, remembered."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
)
from tests.factories.cycle import BoardDateFactory
from tests.factories.dialogues import SelfAssessmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import (
    OrganizerFactory,
    SchoolUnitFactory,
    UnitSchoolTypeFactory,
)

from ska.access import Role

PAGE = "/norrforsa/kvalitetsdialog"
FACTOR = "ff-ska-undervisning"


@pytest.fixture
def norrforsa(db):
    load_shipped()
    return OrganizerFactory(name="Norrforsa")


@pytest.fixture
def school(norrforsa):
    unit = SchoolUnitFactory(organizer=norrforsa, name="Forsskolan", slug="forsskolan")
    for kind in ("compulsory_school", "school_age_educare", "adapted_compulsory_school"):
        UnitSchoolTypeFactory(unit=unit, school_type=kind)
    return unit


def reader(db, organizer, role, unit=None, name="Elin Fors"):
    person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, unit=unit)
    return db.browse(person)


@pytest.fixture
def elin(db, norrforsa):
    return reader(db, norrforsa, Role.QUALITY_LEAD)


def opened(browse, day="2027-02-10"):
    answer = browse.post(PAGE, {"held_on": day, "took_part": "Skolchef"})
    assert answer.status_code == 303, answer.text
    return re.search(rf"{PAGE}/[0-9a-f-]{{36}}", browse.get(PAGE).text)[0]


def assess(browse, at, voice, rating, ground="Därför", seen=""):
    form = {"voice": voice, "factor": FACTOR, "rating": rating, "ground": ground, "seen": seen}
    return browse.post(f"{at}/skattning", form)


def test_before_anyone_has_begun_the_page_says_what_is_missing(elin, school, statements):
    statements.clear()
    page = elin.get(PAGE).text

    assert len(statements) <= 6
    for words in (
        "Grundskola", "Fritidshem", "Anpassad grundskola", "Forsskolan",
        "indikatorer har inga värden", "Huvudmannens utvecklingsområden med orsaker",
        "Medverkan: elever", "Dagen för dialogen",
    ):  # fmt: skip
        assert words in page


def test_each_voice_answers_for_itself_and_differences_are_told(db, norrforsa, school, elin):
    at = opened(elin)
    board = reader(db, norrforsa, Role.POLITICIAN, name="Nina Nord")
    head = reader(db, norrforsa, Role.DIRECTOR, name="Sam Chef")
    karl = reader(db, norrforsa, Role.PRINCIPAL, school, "Karl Nord")
    done = [
        assess(board, at, "board", "fully", "Vi får en rapport varje år."),
        assess(head, at, "director", "some", "Orsaker saknas i hälften."),
        assess(karl, at, "principals", "some", "Vi hinner inte."),
    ]
    wrong = assess(karl, at, "director", "fully")
    page = head.get(PAGE).text

    assert [one.status_code for one in done] == [303, 303, 303]
    assert wrong.status_code == 422
    assert "Du kan bara svara för den roll du har." in wrong.text
    for words in ("Vi får en rapport varje år.", "Orsaker saknas i hälften.", "Vi hinner inte."):
        assert words in page
    assert "Nämnden helt och hållet, skolchefen till viss del och rektorerna" in page
    assert "Självskattning: " not in page


def test_a_rektors_own_answer_is_never_told_to_others(db, norrforsa, elin):
    units = [SchoolUnitFactory(organizer=norrforsa, name=f"Skola {n}") for n in range(5)]
    rektorer = [reader(db, norrforsa, Role.PRINCIPAL, unit, f"R {unit.name}") for unit in units]
    at = opened(elin)
    for rektor in rektorer[:4]:
        assess(rektor, at, "principals", "not_yet", "hemligt")
    before = elin.get(PAGE).text
    assess(rektorer[4], at, "principals", "mostly", "hemligt")
    after = elin.get(PAGE).text
    kept = elin.post(f"{at}/spara").headers["location"]

    assert "4 av 5 har svarat" in before
    assert "”inte än” och" not in before.lower()
    assert "mellan ”inte än” och ”till stor del”" in after.lower()
    for page in (before, after, elin.get(f"{at}/skattning").text, elin.get(kept).text):
        assert "hemligt" not in page
    assert "hemligt" in rektorer[0].get(f"{at}/skattning").text
    assert "Nu står: till stor del" not in rektorer[0].get(f"{at}/skattning").text


def test_two_who_answer_for_the_same_voice_at_once_lose_nothing(db, norrforsa, elin):
    at = opened(elin)
    nina = reader(db, norrforsa, Role.POLITICIAN, name="Nina Nord")
    assess(nina, at, "board", "some", "Ninas ord")
    late = assess(elin, at, "board", "fully", "Elins ord")

    assert late.status_code == 422
    assert "Någon annan har svarat för samma roll" in late.text
    assert "Ninas ord" in late.text
    assert "Elins ord" in late.text


def test_what_is_agreed_becomes_an_insats_and_the_next_begins_with_it(db, norrforsa, elin):
    analysis = AnalysisFactory(organizer=norrforsa, title="Huvudmannens analys")
    area = DevelopmentAreaFactory(analysis=analysis, title="Orsaksanalys i rapporterna")
    cause = CauseFactory(analysis=analysis, text="Ingen frågar efter orsaker")
    AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=cause.id)
    at = opened(elin, "2026-09-04")
    agreed = {"text": "Dela orsaksanalys", "owner_role": "skolchef", "due": "2027-01-22"}
    saved = elin.post(f"{at}/overenskommelser", {**agreed, "ground": str(area.id)})
    closed = elin.post(f"{at}/avsluta")
    versions = elin.get(closed.headers["location"]).text
    kept = re.search(rf"{PAGE}/versioner/[0-9a-f-]{{36}}", versions)[0]
    with db.as_owner() as session:
        session.execute(text("UPDATE development_area SET title = 'Något annat'"))
    later = elin.get(PAGE).text
    nina = reader(db, norrforsa, Role.POLITICIAN, name="Nina Nord")

    assert (saved.status_code, closed.status_code) == (303, 303)
    assert "Sedan förra dialogen" in later
    assert "Dela orsaksanalys" in later
    assert "Orsaksanalys i rapporterna" in elin.get(kept).text
    assert "Ingen frågar efter orsaker" in nina.get(kept).text
    assert "Dela orsaksanalys" in nina.get(PAGE).text


def test_own_texts_are_written_together_and_stand_on_the_page(elin, norrforsa):
    at = opened(elin)
    page = elin.get(f"{at}/skriv").text
    was = re.search(r'name="was_questions" value="([0-9a-f]+)"', page)[1]
    form = {"version_questions": "0", "was_questions": was}
    first = elin.post(f"{at}/skriv", {**form, "text_questions": "Hur delar vi orsaker?"})
    second = elin.post(f"{at}/skriv", {**form, "text_questions": "En annan fråga"})

    assert (first.status_code, second.status_code) == (303, 412)
    assert "Hur delar vi orsaker?" in elin.get(PAGE).text


def test_what_the_namnd_decided_stands_on_one_of_its_days(db, norrforsa, elin):
    BoardDateFactory(organizer=norrforsa, day=date(2026, 9, 1))
    at = opened(elin)
    decisions = elin.get("/norrforsa/namndbeslut").text
    concerns = re.search(r'<option value="([0-9a-f-]{36})">Kvalitetsdialog', decisions)[1]
    form = {"registry_number": "BUN 2026/0147", "text": "Läsningen först", "concerns": concerns}
    wrong = elin.post("/norrforsa/namndbeslut", {**form, "decided_on": "2026-09-02"})
    right = elin.post("/norrforsa/namndbeslut", {**form, "decided_on": "2026-09-01"})
    page = elin.get(PAGE).text
    strike = re.search(
        r"/norrforsa/namndbeslut/[0-9a-f-]{36}/stryk", elin.get("/norrforsa/namndbeslut").text
    )[0]
    elin.post(strike)

    assert at
    assert wrong.status_code == 422
    assert "Nämnden sammanträder inte den dagen" in wrong.text
    assert right.status_code == 303
    assert "BUN 2026/0147" in page
    assert "BUN 2026/0147" not in elin.get(PAGE).text
    assert elin.post(strike.replace("stryk", "ta-tillbaka")).status_code == 303
    assert "BUN 2026/0147" in elin.get(PAGE).text


def test_an_own_answer_belongs_to_its_unit_in_every_list(db, norrforsa, school, elin):
    at = opened(elin)
    with db.as_owner() as session:
        national = session.execute(text("SELECT id, organizer_id FROM national_quality_dialogue"))
        row = national.one()
    SelfAssessmentFactory(
        national=row, voice="principals", unit_id=school.id, ground="hemligt", rating="some"
    )

    assert "hemligt" not in elin.get(PAGE).text
    assert "hemligt" not in elin.get(f"{at}/skattning").text
