"""From a comparison to an analysis: numbers are pinned, and what others lent stays theirs."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

from ska.access import Role

NETWORK = f"?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
QUESTION = "I vilka ämnen och grupper syns det"
LIKE = "?vad=gr-alla-amnen-ak9&vilka=liknande"


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


@pytest.fixture
def kim(db):
    """Kim in Hjo, with Skolverket's figures for it and one like it."""
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    store_values(
        value("2025/26", 61.8, 68, area="Hjo", area_code="2120001710"),
        value("2025/26", 88.0, 150, area="Karlsborg", area_code="2120001637"),
        value("2025/26", 80.5, 200, area="Mullsjö", area_code="2120000589"),
        country_value("2025/26", 73.9),
    )
    person = PersonFactory(name="Kim i Hjo")
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    return db.browse(person)


@pytest.fixture
def ekhult(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa", "Sjövalla"))
    return db.browse(made["Ekhult"][1])


def test_a_comparison_becomes_an_underlag_with_its_numbers(kim):
    form = kim.get(f"/hjo/jamfor/underlag{LIKE}")
    answer = kim.post(f"/hjo/jamfor/underlag{LIKE}", {"text": "Vi ligger lägre än riket"})
    kept = plain(kim.get(answer.headers["location"].partition("#")[0]).text)

    assert "Hjo: 61,8 % (42 av 68 elever) 2025/26." in plain(form.text)
    assert answer.status_code == 303
    assert "Vi ligger lägre än riket" in kept
    assert "Hjo 2025/26" in kept
    assert "ökade" not in kept  # places beside each other are no change
    # The page of the indicator and of the comparison tell that it is under way.
    assert "Analys: Lägst betyget E" in kim.get(f"/hjo/jamfor{LIKE}").text
    assert "Analys: Lägst betyget E" in kim.get("/hjo/resultat/gr-alla-amnen-ak9").text


def test_causes_are_asked_about_when_a_difference_is_clear(kim):
    clear = kim.get(f"/hjo/jamfor{LIKE}").text
    own = kim.get("/hjo/resultat/gr-alla-amnen-ak9").text

    assert QUESTION in clear
    assert QUESTION in own


def test_nothing_is_asked_about_what_chance_explains(ekhult):
    page = ekhult.get(f"/ekhult/jamfor{NETWORK}").text

    assert "Inom vanlig variation" in page
    assert QUESTION not in page


@pytest.mark.parametrize("page", [f"jamfor{LIKE}", "resultat/gr-alla-amnen-ak9?enhet="])
def test_pupils_are_stepped_without_javascript(kim, page):
    three = plain(kim.get(f"/hjo/{page}").text)
    five = plain(kim.get(f"/hjo/{page}&elever=5").text)
    wild = kim.get(f"/hjo/{page}&elever=99999999999")

    assert "Om tre elever till …" in three
    assert "Med tre elever till hade andelen varit 66,2 %." in three
    assert "Om fem elever till …" in five
    assert "&amp;elever=4#om-elever" in five
    assert "Om 20 elever till …" in plain(wild.text)


def test_in_a_network_only_the_own_number_is_pinned(ekhult):
    form = plain(ekhult.get(f"/ekhult/jamfor/underlag{NETWORK}").text)
    answer = ekhult.post(f"/ekhult/jamfor/underlag{NETWORK}", {"text": "Se siffran"})
    kept = plain(ekhult.get(answer.headers["location"].partition("#")[0]).text)

    assert "Ekhult: 77,3 % (51 av 66 elever) 2025/26. Jämfört i Nätverk Mellanslätt." in form
    for other in ("83,1", "74,0"):
        assert other not in form
        assert other not in kept


def test_programs_pin_as_people_do(kim):
    api = (
        "/api/v1/organizers/hjo/comparison/observations?indicator=gr-alla-amnen-ak9&among=liknande"
    )
    out = kim.api("POST", api, json={"text": "Vi ligger lägre än riket"})

    assert out.status_code == 201
    empty = kim.api("POST", api.partition("?")[0], json={"text": "Vi ligger lägre"})
    assert empty.status_code == 422


def test_grades_beside_tests_are_compared_by_their_own_address(kim):
    page = kim.get("/hjo/jamfor?vad=np-betyg-ak9-ma-lagre&vilka=liknande")

    assert page.status_code == 200
    assert "Lägre betyg än provbetyg i matematik, årskurs 9" in page.text
    assert "Lägre betyg än provbetyg i engelska" not in page.text


def test_who_has_no_analysis_to_pin_in_is_led_to_one_before_they_write(db, ekhult):
    unit = SchoolUnitFactory(organizer=OrganizerFactory(name="Åsele"))
    rektor = PersonFactory(email="rektor@example.se")
    RoleAssignmentFactory(
        person=rektor, organizer_id=unit.organizer_id, unit=unit, role=Role.PRINCIPAL
    )
    browse = db.browse(rektor)

    page = browse.get(f"/asele/jamfor/underlag?vad={ITEM}&vilka=enheter")

    assert "Det finns ingen påbörjad analys" in page.text
    assert "<textarea" not in page.text
    assert 'href="/asele/2026-27/analyser/ny">Börja en analys' in page.text
