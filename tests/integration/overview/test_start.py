"""The start page, and how a number becomes an underlag."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FollowUpFactory,
)
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.indicator_values import unit_value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1

from ska.access import Role
from ska.analyses.models import Analysis, Observation, ObservationValue
from ska.overview.models import PutAway
from ska.values.models import OWN_IDS_START, OwnValue

START = "/ekhult/oversikt"
SEEN = "/ekhult/resultat/gr-alla-amnen-ak9/underlag?enhet=ekhults-centralskola"


@pytest.fixture
def place(db):
    return story_1()


@pytest.fixture
def kim(db, place):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=place[0])
    return person


def kept(db, table):
    with db.as_owner() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def test_the_first_page_says_who_where_and_what_next(db, kim):
    page = db.browse(kim).get(START).text

    for text in (
        "Hej Kim. Du är kvalitetsutvecklare i Ekhult.",
        "Att göra nu",
        "Året just nu",
        "Börja analysera",
        "Kom igång",
        "Inget väntar på dig just nu",
        "Se alla resultat",
    ):
        assert text in page, text  # fmt: skip


def test_a_unit_leader_meets_the_units_own_results(db, place):
    ekhult, unit = place
    robin = PersonFactory(name="Robin Al")
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=unit, role=Role.PRINCIPAL)

    page = db.browse(robin).get(START).text

    assert "Du är rektor på Ekhults centralskola." in page
    assert "61,8\u00a0%" in page
    assert "42 av 68\u00a0elever" in page


def test_what_waits_is_shown_late_first(db, place, kim):
    ekhult, _unit = place
    analysis = AnalysisFactory(organizer=ekhult)
    area = DevelopmentAreaFactory(analysis=analysis)
    action = ActionFactory(organizer=ekhult, area=area, state="in_force")
    FollowUpFactory(action=action, planned_on=date(2026, 9, 1))
    FollowUpFactory(action=action, planned_on=date(2027, 6, 11))

    page = db.browse(kim).get(START).text

    assert page.index("Kartlägg nya elever") < page.index("Kunskapsresultat i årskurs 9")
    assert "3\u00a0dagar sen" in page
    assert page.count('class="todo"') == 1


def test_what_only_the_huvudman_may_answer_does_not_wait_for_a_unit_leader(db, place):
    ekhult, unit = place
    robin = PersonFactory(name="Robin Al")
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=unit, role=Role.PRINCIPAL)
    analysis = AnalysisFactory(organizer=ekhult)
    area = DevelopmentAreaFactory(analysis=analysis)
    whole = ActionFactory(
        organizer=ekhult, area=area, title="Anställ en fast lärare", state="in_force"
    )
    FollowUpFactory(action=whole, planned_on=date(2026, 9, 1))

    page = db.browse(robin).get(START).text

    assert "Anställ en fast lärare" not in page


def test_kom_igang_is_put_away_and_taken_out_by_each_for_themselves(db, place, kim):
    browse = db.browse(kim)
    other = PersonFactory(name="Sam Bo", email="sam@example.se")
    RoleAssignmentFactory(person=other, organizer=place[0])

    for _twice in range(2):
        assert browse.post(f"{START}/kom-igang").status_code == 303
    away = browse.get(START).text
    others = db.browse(other).get(START).text
    browse.post(f"{START}/kom-igang", {"visa": "ja"})

    assert "Visa Kom igång igen" in away
    assert "Lägg undan" in others
    assert "Lägg undan" in browse.get(START).text
    assert kept(db, PutAway) == []


def test_a_number_becomes_an_underlag_in_a_new_analysis(db, kim):
    browse = db.browse(kim)

    form = browse.get(SEEN).text
    done = browse.post(SEEN, {"text": "Färre når alla ämnen.", "analysis_id": ""})

    assert "68,1" in form
    (analysis,) = kept(db, Analysis)
    (observation,) = kept(db, Observation)
    assert done.headers["location"] == f"/ekhult/2026-27/analyser/{analysis.id}#underlag"
    assert (analysis.level, analysis.title) == (
        "unit",
        "Lägst betyget E i samtliga ämnen, årskurs 9",
    )
    assert observation.origin == "indicator:gr-alla-amnen-ak9"
    assert observation.source.startswith("Skolverket")
    pinned = sorted(kept(db, ObservationValue), key=lambda one: one.position)
    values = [(float(one.value), one.n, one.period) for one in pinned]
    assert values == [(71.4, 63, "2023/24"), (68.1, 69, "2024/25"), (61.8, 68, "2025/26")]
    assert all(one.value_id for one in pinned)


def test_it_joins_an_analysis_that_is_open_and_is_then_flagged_on_the_page(db, place, kim):
    ekhult, unit = place
    browse = db.browse(kim)
    analysis = AnalysisFactory(organizer=ekhult, unit=unit, title="Läget i nian")
    area = DevelopmentAreaFactory(analysis=analysis)
    ActionFactory(organizer=ekhult, area=area, state="in_force")

    browse.post(SEEN, {"text": "Färre når alla ämnen.", "analysis_id": str(analysis.id)})
    page = browse.get("/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola").text

    assert len(kept(db, Analysis)) == 1
    assert f"/ekhult/2026-27/analyser/{analysis.id}" in page
    assert "Analys: Läget i nian" in page
    assert "Insats: Kartlägg nya elever inom två veckor" in page


def test_without_words_or_with_personal_data_nothing_is_kept(db, kim):
    browse = db.browse(kim)

    empty = browse.post(SEEN, {"text": " "})
    personal = browse.post(SEEN, {"text": "Skriv till elev.elevsson@example.se om det."})

    assert (empty.status_code, personal.status_code) == (422, 422)
    assert "Skriv vad ni ser" in empty.text
    assert kept(db, Observation) == []


def test_an_analysis_of_others_does_not_exist(db, kim):
    foreign = AnalysisFactory(organizer=OrganizerFactory(name="Lindåsa"))

    answer = db.browse(kim).post(SEEN, {"text": "Vi ser.", "analysis_id": str(foreign.id)})

    assert answer.status_code == 404
    assert kept(db, Observation) == []


def test_the_start_page_asks_few_questions_however_much_waits(db, place, kim, statements):
    browse = db.browse(kim)

    def asked(path):
        statements.clear()
        assert browse.get(path).status_code == 200
        return len(statements)

    few = [asked(START), asked(SEEN)]
    for number in range(12):
        analysis = AnalysisFactory(organizer=place[0], title=f"Analys {number}")
        area = DevelopmentAreaFactory(analysis=analysis)
        action = ActionFactory(organizer=place[0], area=area, state="in_force")
        FollowUpFactory(action=action, planned_on=date(2026, 9, 1))

    assert [asked(START), asked(SEEN)] == few
    assert max(few) <= 6


def test_the_api_pins_and_tells_the_same(db, place, kim):
    browse = db.browse(kim)
    base = "/api/v1/organizers/ekhult"

    made = browse.api(
        "POST",
        f"{base}/indicators/gr-alla-amnen-ak9/observations?unit=ekhults-centralskola",
        json={"text": "Färre når alla ämnen."},
    )
    wrong = browse.api("POST", f"{base}/indicators/gr-alla-amnen-ak9/observations", json={})
    start = browse.api("GET", f"{base}/overview").json()

    assert made.status_code == 201
    assert wrong.status_code == 422
    (observation,) = kept(db, Observation)
    assert made.json()["observation_id"] == str(observation.id)
    assert start["greeting"] == "Hej Kim. Du är kvalitetsutvecklare i Ekhult."
    assert [one["verb"] for one in start["todo"]] == ["Fortsätt med"]
    assert start["todo"][0]["href"].endswith(made.json()["analysis_id"])


def test_a_number_of_the_huvudmans_own_becomes_an_underlag_too(db, place, kim):
    ekhult, _unit = place
    local = LocalIndicatorFactory(organizer=ekhult)
    own = {"measure": local.name, "title": local.name, "source": "local", "is_own": True}
    store_values(unit_value("2025/26", 72.0, 50, **own), organizer=ekhult)
    browse = db.browse(kim)
    seen = f"/ekhult/resultat/egen-{local.id}/underlag?enhet=ekhults-centralskola"

    done = browse.post(seen, {"text": "Fler läser med flyt.", "analysis_id": ""})
    page = browse.get(done.headers["location"].partition("#")[0])

    assert done.status_code == 303
    assert page.status_code == 200
    (pinned,) = kept(db, ObservationValue)
    (number,) = kept(db, OwnValue)
    assert pinned.value_id == number.id >= OWN_IDS_START
