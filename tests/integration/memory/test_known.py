"""Any page and export as it was known on a day: the number of then, a banner, the same gate."""

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.indicator_values import unit_value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1
from tests.factories.values import own_table
from tests.integration.values.test_own import read_in

from ska.access import Role
from ska.values import queries, services
from ska.values.own import own_cells

JUNE, AUGUST = datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 8, 20, tzinfo=UTC)
PAGE = "/ekhult/resultat/gr-alla-amnen-ak9"
UNIT = "enhet=ekhults-centralskola"
API = "/api/v1/organizers/ekhult"
THEN, NOW, NEVER = "kant=2026-06-15", "", "kant=2026-06-09"


def revised_value(**more):
    return (
        unit_value("2022/23", 58.0, 60, recorded_at=JUNE, superseded_at=AUGUST, **more),
        unit_value("2022/23", 63.0, 60, recorded_at=AUGUST, **more),
    )


@pytest.fixture
def ekhult(db):
    organizer = story_1()[0]
    store_values(*revised_value())
    return organizer


@pytest.fixture
def ekhult_alone(session):
    return OrganizerFactory()


@pytest.fixture
def browse(db, ekhult):
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    return db.browse(kim)


def numbers(browse, query):
    sheet = browse.send("GET", f"{PAGE}/varden.csv?{UNIT}&{query}")
    rows = csv.DictReader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";")
    mine = [row for row in rows if row["Plats"] == "Ekhults centralskola"]
    return [row["Värde"] for row in mine if row["Period"] == "2022/23"], sheet


def test_the_page_shows_what_was_known_and_says_so(browse):
    then = browse.get(f"{PAGE}?{UNIT}&{THEN}").text
    now = browse.get(f"{PAGE}?{UNIT}").text

    assert "58,0" in then
    assert "63,0" not in then
    assert "så som de var kända den 15 juni 2026" in then
    assert 'name="kant" type="text"' in then
    assert 'value="2026-06-15"' in then
    assert "63,0" in now
    assert "58,0" not in now
    assert "så som de var kända" not in now
    assert "Vad ser vi?" in now
    assert "Vad ser vi?" not in then  # today's numbers are pinned, never those of then


def test_the_sheets_carry_the_day(browse):
    then, sheet = numbers(browse, THEN)
    now, _sheet = numbers(browse, NOW)
    book = browse.send("GET", f"{PAGE}/varden.xlsx?{UNIT}&{THEN}")

    assert (then, now) == (["58"], ["63"])
    assert "så som det var känt den 15 juni 2026" in sheet.content.decode()
    assert "-kant-2026-06-15.csv" in sheet.headers["content-disposition"]
    assert "-kant-2026-06-15.xlsx" in book.headers["content-disposition"]


def test_before_the_first_import_the_page_is_empty_and_still_a_page(browse):
    assert numbers(browse, NEVER)[0] == []
    assert browse.get(f"{PAGE}?{UNIT}&{NEVER}").status_code == 200


def test_results_and_coverage_take_the_day(browse):
    for path in ("/ekhult/resultat", "/ekhult/oversikt/var-star-vi"):
        then = browse.get(f"{path}?{UNIT}&{THEN}")
        assert then.status_code == 200
        assert "så som de var kända den 15 juni 2026" in then.text
        assert 'name="kant"' in browse.get(path).text
    listed = browse.get(f"/ekhult/resultat?{UNIT}&{THEN}").text
    assert f"{PAGE}?{UNIT}&amp;kant=2026-06-15" in listed
    assert "58,0" in listed
    assert "2025/26" not in listed
    covered = browse.get(f"/ekhult/oversikt/var-star-vi?{UNIT}&{THEN}").text
    assert "senast 2022/23" in covered
    assert "senast 2022/23" not in browse.get(f"/ekhult/oversikt/var-star-vi?{UNIT}").text


def test_programs_ask_the_same_by_as_known_on(browse):
    def asked(path):
        return browse.api("GET", f"{API}/{path}&as_known_on=2026-06-15").json()

    series = asked("indicators/gr-alla-amnen-ak9/series?unit=ekhults-centralskola")
    (measure,) = browse.api("GET", f"{API}/measures?q=årskurs").json()
    cells = asked(f"measures/{measure['id']}/values?area=12345678")

    assert [one["value"] for one in series["values"]] == [58.0]
    assert series["as_known_on"] == "2026-06-15"
    assert [one["value"] for one in cells] == [58.0]
    assert asked("coverage?unit=ekhults-centralskola")["rows"]
    answer = browse.api("GET", f"{API}/values?as_known_on=2027-01-01")
    assert answer.status_code == 422
    assert answer.json()["invalid-params"][0]["name"] == "as_known_on"


@pytest.mark.parametrize("query", ["kant=snart", "kant=2027-01-01"])
def test_a_day_that_cannot_be_is_refused_with_a_sentence(browse, query):
    answer = browse.get(f"{PAGE}?{query}")

    assert answer.status_code == 422
    assert "har varit" in answer.text or "Skriv datumet" in answer.text


def test_own_values_of_then_never_show_what_is_hidden_today(db, browse, ekhult):
    local = LocalIndicatorFactory(organizer=ekhult)
    own = {"measure": local.name, "title": local.name, "source": "local", "is_own": True}
    shown, now_few = {**own, "gender": "T"}, {**own, "n": 4}
    store_values(
        unit_value("2024/25", 71.5, 50, recorded_at=JUNE, superseded_at=AUGUST, **shown),
        unit_value("2024/25", 72.5, 50, recorded_at=AUGUST, **shown),
        unit_value("2025/26", 81.5, 52, recorded_at=JUNE, superseded_at=AUGUST, **own),
        unit_value("2025/26", 82.5, recorded_at=AUGUST, **now_few),
        organizer=ekhult,
    )
    page = browse.get(f"/ekhult/resultat/egen-{local.id}?{UNIT}&{THEN}").text
    sheet = browse.send("GET", f"/ekhult/resultat/ladda-ner/egna/csv?{THEN}")
    program = browse.api("GET", f"{API}/values?as_known_on=2026-06-15").text

    for text in (page, sheet.content.decode(), program):
        assert "71,5" in text or "71.5" in text
        for secret in ("81,5", "81.5", "82,5", "82.5", "72,5", "72.5"):
            assert secret not in text
    assert "-kant-2026-06-15.csv" in sheet.headers["content-disposition"]


def test_an_undone_import_was_known_while_it_stood(session, acting, ekhult_alone):
    kim = acting(Role.QUALITY_LEAD, ekhult_alone)
    table = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10")
    moments = []

    def value():
        frame = own_cells(session, kim, ekhult_alone.id)
        moments.append(datetime.now(UTC))
        return frame["value"].to_list()

    read_in(session, kim, ekhult_alone, table)
    first = value()
    changed = read_in(session, kim, ekhult_alone, table.replace(b"8,2", b"8,4"))
    second = value()
    made = queries.import_by_id(session, kim, ekhult_alone.id, UUID(changed.import_id))
    services.undo_import(session, kim, made=made)
    third = value()

    assert (first, second, third) == ([8.2], [8.4], [8.2])
    again = [
        own_cells(session, kim, ekhult_alone.id, known=moment)["value"].to_list()
        for moment in moments
    ]
    assert again == [first, second, third]


def test_a_day_costs_no_more_questions(browse, statements):
    def asked(path):
        statements.clear()
        assert browse.get(path).status_code == 200
        return len(statements)

    for path in (f"{PAGE}?{UNIT}", f"/ekhult/resultat?{UNIT}", "/ekhult/oversikt/var-star-vi?x=y"):
        assert asked(f"{path}&{THEN}") == asked(path)
