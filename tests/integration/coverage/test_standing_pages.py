""" "Var står vi?" as pages and for programs."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import (
    LocalTieFactory,
    WordingFactory,
    load_shipped,
)
from tests.factories.organizers import (
    OrganizerFactory,
    SchoolUnitFactory,
    UnitSchoolTypeFactory,
)
from tests.standing import NUMBER, chain

BASE = "/api/v1/organizers/ekhult"


@pytest.fixture
def there(db):
    load_shipped()
    organizer = OrganizerFactory(organisation_number=NUMBER)
    unit = SchoolUnitFactory(organizer=organizer, school_unit_code="12345678")
    UnitSchoolTypeFactory(unit=unit)
    chain(organizer, "sub_goal:gr-1", followed=True)
    WordingFactory(organizer=organizer, text="Alla når målen, enligt den påhittade sidan.")
    WordingFactory(
        organizer=organizer, item_id=None, school_type="compulsory_school", number=9, text="Nytt."
    )
    LocalTieFactory(goal__organizer=organizer, item_id="nks-2023/gr-1")
    return organizer


@pytest.fixture
def browse(db, there):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=there)
    return db.browse(person)


def test_the_system_is_browsed_from_top_to_indicator(browse):
    system = browse.get("/ekhult/malsattningar")
    goal = browse.get("/ekhult/malsattningar/nks-2023/gr-1")
    indicator = browse.get("/ekhult/malsattningar/nks-2023/gr-alla-amnen-ak9")
    objective = browse.get("/ekhult/malsattningar/nks-2023/mal-gr")

    assert "Delmål 2 – trygghet, studiero och arbete mot kränkningar" in system.text
    assert system.text.count("inte inlästa. Sidan visar våra egna rubriker") == 1
    assert "Klistra in från Skolverket" in system.text
    assert "Fler delmål (inte inlästa)" in system.text
    assert "Delmål 9" in system.text
    assert "Alla når målen, enligt den påhittade sidan." in goal.text
    assert "Kunskapsresultat i årskurs 9" in goal.text
    assert "Kartlägg nya elever inom två veckor" in goal.text
    assert "Uppföljd" in goal.text
    assert "Läsning är grunden för ämnet svenska." in goal.text
    assert "Av 100 elever i årskurs 9" in indicator.text
    assert "N15419" in indicator.text
    assert "/ekhult/resultat/gr-alla-amnen-ak9" in indicator.text
    assert "· vår rubrik" in " ".join(objective.text.split())
    assert "ordalydelsen är inte inläst" not in objective.text
    assert "bara en del är inläst" in objective.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("skr", "Styrkedja med tydlig ansvarsfördelning"),
        ("skr/skr-koll", "Koll på läget"),
        ("curriculum-areas", "Omsorg, utveckling och lärande"),
        ("curriculum-areas/lgr22-kunskaper", "Kunskaper"),
        ("skollagen-4", "Se alla krav i lagen"),
        ("nks-2023/kandidat-gr-meritvarde", "obekräftad"),
        ("nks-2023/gr-kostnad-per-elev", "första kalenderåret"),
        ("nks-2023/ff-ska-undervisning", "Frågor att samtala om"),
        ("nks-2023/sjalvskattning", "inte inläst"),
        ("nks-2023/likvardighet", "likvärdighet"),
    ],
)
def test_every_kind_of_item_has_a_page(browse, path, told):
    answer = browse.get(f"/ekhult/malsattningar/{path}")

    assert answer.status_code == 200
    assert told in answer.text


@pytest.mark.parametrize("path", ["hittepa", "nks-2023/hittepa", "skr/gr-1"])
def test_what_is_not_there_is_missing(browse, path):
    assert browse.get(f"/ekhult/malsattningar/{path}").status_code == 404


def test_the_page_shows_each_link_and_the_next_step(browse):
    page = browse.get("/ekhult/oversikt/var-star-vi")
    unit = browse.get("/ekhult/oversikt/var-star-vi?enhet=ekhults-centralskola&sedan=2026-27")

    assert "Var står vi?" in page.text
    assert "Delmål 1 – resultat i alla ämnen" in page.text
    assert "Nästa steg" in page.text
    assert "Eget mål: Alla elever läser säkert" in page.text
    assert unit.status_code == 200
    assert browse.get("/ekhult/oversikt/var-star-vi?enhet=hittepa").status_code == 404
    assert browse.get("/ekhult/oversikt/var-star-vi?sedan=hittepa").status_code == 404


def test_the_api_says_the_same(browse):
    answer = browse.api("GET", f"{BASE}/coverage").json()

    row = next(one for one in answer["rows"] if one["code"] == "gr-1")
    assert answer["since"] == "2025/26"
    assert (row["analyses"], row["actions"], row["followed_up"]) == (1, 1, 1)
    assert row["missing"] == "values"
    assert browse.api("GET", f"{BASE}/coverage?unit=hittepa").status_code == 404


def test_nothing_is_loaded_yet(db):
    organizer = OrganizerFactory()
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer)
    browse = db.browse(person)

    assert "inte inläst än" in browse.get("/ekhult/malsattningar").text
    assert browse.get("/ekhult/oversikt/var-star-vi").status_code == 200
    assert browse.get("/ekhult/malsattningar/klistra-in").status_code == 404
