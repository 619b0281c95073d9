"""Writing an analysis by forms: nobody's words are lost, and it has begun before one begins."""

import pytest
from tests.editing import YEAR, form_of, person_of, text_in
from tests.factories.organizers import SchoolUnitFactory

from ska.access import Role
from ska.analyses.models import Observation
from ska.writing.models import TextVersion

API = "/api/v1/organizers/ekhult"


@pytest.fixture
def robin(db, ekhult):
    return db.browse(person_of(ekhult, Role.DIRECTOR, "Robin Berg"))


def _kept(db):
    with db.as_owner() as session:
        return {(one.reason, one.text) for one in session.query(TextVersion)}


def test_all_sections_are_saved_by_one_button(db, kim, address):
    page = kim.get(address)
    done = kim.post(
        address, {**form_of("Färre når målen.", key="results"), **form_of("Sen kartläggning.")}
    )

    assert page.text.count("<textarea") == 4
    assert done.status_code == 303
    assert text_in(db).text == "Sen kartläggning."
    assert text_in(db, "results").writer_name == "Kim Ek"
    assert "Sen kartläggning." in kim.get(address).text


def test_an_untouched_section_is_never_in_the_way(db, kim, robin, address):
    robin.post(address, form_of("Robins text."))

    done = kim.post(address, {**form_of("", version=0, was=""), **form_of("Nytt.", key="results")})

    assert done.status_code == 303
    assert text_in(db).text == "Robins text."


def test_two_who_wrote_at_once_see_both_texts(db, kim, robin, address):
    kim.post(address, form_of("Sent. Stökigt. Okänt."))
    robin.post(address, form_of("Sent. Stökigt. Frånvaro.", version=1, was="Sent. Stökigt. Okänt."))

    met = kim.post(
        address, form_of("Fem veckor. Stökigt. Okänt.", version=1, was="Sent. Stökigt. Okänt.")
    )

    assert met.status_code == 412
    assert "Robin Berg" in met.text
    assert "Fem veckor. Stökigt. Frånvaro." in met.text  # a proposal with both changes
    assert text_in(db).text == "Sent. Stökigt. Frånvaro."


@pytest.mark.parametrize(
    ("choice", "stands", "kept"),
    [
        ("mine", "Kims.", ("replaced", "Robins.")),
        ("theirs", "Robins.", ("set_aside", "Kims.")),
        ("merged", "Båda.", ("set_aside", "Kims.")),
        ("merged", "Båda.", ("replaced", "Robins.")),
    ],
)
def test_the_text_that_is_not_chosen_is_kept(db, kim, robin, address, choice, stands, kept):
    robin.post(address, form_of("Robins."))
    settled = {
        "choice_causes": choice,
        "mine_causes": "Kims.",
        "merged_causes": "Båda.",
        "seen_causes": 1,
    }

    done = kim.post(f"{address}/krock", settled)

    assert done.status_code == 303
    assert text_in(db).text == stands
    assert kept in _kept(db)


def test_a_third_text_in_between_is_not_overwritten_either(db, kim, robin, address):
    robin.post(address, form_of("Robins."))
    robin.post(address, form_of("Robins andra.", version=1, was="Robins."))
    settled = {"choice_causes": "mine", "mine_causes": "Kims.", "seen_causes": 1}

    met = kim.post(f"{address}/krock", settled)

    assert met.status_code == 412
    assert "Kims." in met.text
    assert "Robins andra." in met.text
    assert text_in(db).text == "Robins andra."


def test_a_personal_number_is_refused_and_the_rest_is_saved(db, kim, address):
    answer = kim.post(
        address, {**form_of("Eleven 850101-1236."), **form_of("Färre når målen.", key="results")}
    )
    sure = kim.post(address, form_of("Eleven 850101-1236.", sure_causes="1"))

    assert answer.status_code == 422
    assert "personnummer" in answer.text
    assert "Eleven 850101-1236." in answer.text
    assert text_in(db, "results").text == "Färre når målen."
    assert sure.status_code == 303
    assert text_in(db).text == "Eleven 850101-1236."


def test_a_refused_text_survives_a_meeting_in_another_section(db, kim, robin, address):
    robin.post(address, form_of("Robins."))

    met = kim.post(address, {**form_of("Kims."), **form_of("Nr 850101-1236.", key="needs")})
    settled = {
        "choice_causes": "mine",
        "mine_causes": "Kims.",
        "seen_causes": 1,
        **form_of("Inget nummer.", key="needs"),
    }
    done = kim.post(f"{address}/krock", settled)

    assert met.status_code == 412
    assert "Nr 850101-1236." in met.text
    assert done.status_code == 303
    assert (text_in(db).text, text_in(db, "needs").text) == ("Kims.", "Inget nummer.")


def test_an_older_version_is_put_back_from_the_history(db, kim, robin, address):
    robin.post(address, form_of("Robins."))
    kim.post(address, form_of("Kims.", version=1, was="Robins."))
    history = f"{address}/causes/historik"

    page = kim.get(history)
    with db.as_owner() as session:
        version = session.query(TextVersion).one()
    done = kim.post(history, {"version_id": str(version.id), "seen": 2})

    assert "Robins" in page.text
    assert "Robin Berg" in page.text
    assert done.status_code == 303
    assert text_in(db).text == "Robins."
    assert ("replaced", "Kims.") in _kept(db)


def test_a_section_that_does_not_exist_has_no_history(kim, address):
    assert kim.get(f"{address}/annat/historik").status_code == 404


def test_the_page_asks_few_questions(kim, address, statements):
    statements.clear()
    kim.get(address)

    assert len(statements) <= 6


def _established_last_year(kim):
    """Live through a school year by the API, and leave loose ends."""
    started = kim.api(
        "POST", f"{API}/analyses?year=2025-26", json={"title": "Förra", "level": "organizer"}
    )
    assert started.status_code == 201, started.text
    base = f"{API}/analyses/{started.json()['id']}"
    finding = kim.api("POST", f"{base}/findings", json={"kind": "challenge", "text": "Sent."})
    assert finding.status_code == 201, finding.text
    cause = kim.api(
        "POST",
        f"{base}/causes",
        json={
            "finding_id": finding.json()["id"],
            "text": "Har frånvaron ökat?",
            "certainty": "unknown",
            "is_open": True,
            "owner_role": "skolchef",
            "answer_by": "2026-10-01",
        },
    )
    assert cause.status_code == 201, cause.text
    area = kim.api(
        "POST", f"{base}/areas", json={"title": "Närvaro", "causes": [cause.json()["id"]]}
    )
    effect = kim.api(
        "POST",
        f"{base}/effects",
        json={
            "area_id": area.json()["id"],
            "text": "Fler är i skolan.",
            "expected_by": "2026-06-01",
        },
    )
    assert effect.status_code == 201, effect.text


def test_an_analysis_has_already_begun(db, kim):
    _established_last_year(kim)

    done = kim.post(f"{YEAR}/ny", {"title": "Kunskapsresultat", "level": "organizer"})

    assert done.status_code == 303
    with db.as_owner() as session:
        found = {one.origin: one for one in session.query(Observation)}
    assert "Har frånvaron ökat? (skolchef)" in found["open_question"].text
    assert "Fler är i skolan." in found["promise"].text
    assert "senast 1 juni 2026" in found["promise"].text
    assert found["promise"].source == "Er analys 2025/26"
    assert all(one.is_kept for one in found.values())


def test_a_writer_may_say_that_a_number_is_not_a_person_in_any_form(db, kim, address):
    form = f"{address.removesuffix('/skriv')}/ny/underlag"
    written = {"kind": "voice", "text": "Ärende 850101-1236 om schemat."}

    refused = kim.post(form, written)
    sure = kim.post(form, {**written, "not_personal_data": "1"})

    assert refused.status_code == 422
    assert 'name="not_personal_data"' in refused.text
    assert sure.status_code == 303


def test_a_preschool_is_asked_in_its_own_words(db, ekhult, kim):
    unit = SchoolUnitFactory(organizer=ekhult, name="Solrosen", kind="preschool_unit")
    started = kim.post(
        f"{YEAR}/ny", {"title": "Lek och språk", "level": "unit", "unit_id": str(unit.id)}
    )

    page = kim.get(f"{started.headers['location']}/skriv")

    assert "Vad säger barnen?" in page.text
    assert "Skriv inte namn eller annat som kan peka ut ett barn." in page.text
