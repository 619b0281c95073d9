"""An expectation on a huvudman's own measure: judged like the others, and none of it is kept."""

import pytest
from sqlalchemy import text
from tests.factories.effects import CODES, NEXT, OWN, YEARS, started
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.indicator_values import unit_value
from tests.factories.shelves import store_values
from tests.integration.effects.test_ledger import ANSWER, choose
from tests.written_forms import form_with

NAME = "Läsflyt, eget test"
MANY = CODES[:45]


def store(begun, year, numbers, n=40):
    rows = [
        unit_value(year, number, n, source="local", measure=NAME, title=NAME, is_own=True)
        | {"area_code": code, "unit_code": code, "area": f"Skola {code}"}
        for code, number in numbers.items()
    ]
    store_values(*rows, organizer=begun.organizer)


def level(code, at):
    """Return a share of forty pupils that moves by a few from year to year."""
    return 50 + 2.5 * (CODES.index(code) * 7 % 9) + 2.5 * ((CODES.index(code) + 3 * at) % 4)


@pytest.fixture
def begun(db):
    made = started()
    LocalIndicatorFactory(organizer=made.organizer, name=NAME)
    return made


@pytest.fixture
def kim(db, begun):
    return db.browse(begun.person)


@pytest.fixture
def item(db, begun):
    with db.as_owner() as session:
        return "egen-" + str(session.execute(text("SELECT id FROM local_indicator")).scalar_one())


def written(kim, begun, item, **more):
    form = form_with(choose(kim, begun, indikator=item), "size") | {"size": "30", **more}
    form.pop("csrf_token")
    answer = kim.post(f"{begun.path}/effekt", form)
    assert answer.status_code == 303
    return answer.headers["location"]


def given(begun, codes, years=YEARS):
    for at, year in enumerate(years):
        store(begun, year, {code: level(code, at) for code in codes})


def hide(db, code):
    """Make one unit's value of an earlier year one of few pupils, as a corrected file would."""
    with db.as_owner() as session:
        session.execute(
            text(
                "UPDATE own_value SET n = 3 WHERE period = :year AND area_id ="
                " (SELECT id FROM own_area WHERE code = :code)"
            ),
            {"year": YEARS[1], "code": code},
        )


def test_own_values_of_many_units_give_a_verdict_and_stay_behind_the_gate(db, kim, begun, item):
    given(begun, MANY)
    assert "Bredvid 10 liknande skolenheter" in choose(kim, begun, indikator=item)
    where = written(kim, begun, item)
    with db.as_owner() as session:
        kept = session.execute(text("SELECT content FROM frozen_ground")).scalar_one()
    assert set(kept) == {"units", "periods", "matches", "names"}

    store(begun, NEXT, {code: level(code, 5) for code in MANY} | {OWN: 87.5})
    assert "Pekar mot förbättring." in kim.get(where).text
    kim.post(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}", ANSWER)
    page = kim.get(where).text
    assert "De står på effektens sida så länge de får visas." in page.split("Så visste ni")[1]

    hide(db, MANY[7])
    page = kim.get(where).text
    assert "Ett av de egna värden som valet vilade på har ändrats" in page
    assert "Pekar mot förbättring." in page.split("Så visste ni")[1]


def test_with_few_units_the_page_shows_the_own_years_and_says_why_not(kim, begun, item):
    given(begun, (OWN, "10000031", "10000032"))
    page = choose(kim, begun, indikator=item)
    assert "det finns för få enheter att jämföra med" in page
    where = written(kim, begun, item, accept_small="1")
    store(begun, NEXT, {OWN: 87.5})
    page = kim.get(where).text

    assert "Kan inte avgöras." in page
    assert "Det finns för få enheter att jämföra med." in page
    assert "Till nästa insats: välj en siffra som minst 40 enheter har" in page
    assert "Era egna år: 2026/27 ligger utanför" in page
    assert "Källa: egna värden" in page
    own = page.split('id="own"')[1].split("</section>")[0]
    assert '<figure class="chart"' in own
    assert "Gränserna räknas ur åren före 2026/27." in own
    assert f"<caption>{item}" not in own  # its name, not its code


def test_three_years_of_ones_own_are_too_few(kim, begun, item):
    given(begun, (OWN,), YEARS[2:])

    page = choose(kim, begun, indikator=item)
    assert "det finns färre än fyra tidigare värden" in page
