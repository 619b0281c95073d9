"""What is found in published values is kept, and made anew when what it stands on changes."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Role
from ska.scheduler import Scheduler
from ska.values.xrays import controllers, kept

PAGE = "/ekhult/rontgen"
API = "/api/v1/organizers/ekhult/xray"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(organisation_number="2120001234")


@pytest.fixture
def browse(db, ekhult):
    kim = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(kim)


@pytest.fixture
def examined(monkeypatch):
    """Return the measures of each frame that is examined to be kept."""
    seen, examine = [], kept.examine

    def note(frame):
        seen.append(sorted(set(frame["measure"])))
        return examine(frame)

    monkeypatch.setattr(kept, "examine", note)
    return seen


def wrong(measure, amount=101.0, **more):
    return value("2025/26", amount, measure=measure, title=measure, **more)


def subjects(browse):
    return sorted(one["measure"] for one in browse.api("GET", API).json())


def test_only_what_an_import_touched_is_examined_again(browse, examined):
    store_values(wrong("A"), wrong("B"))
    assert subjects(browse) == ["A", "B"]
    assert subjects(browse) == ["A", "B"]
    assert examined == [["A", "B"]]

    store_values(wrong("C"))

    assert subjects(browse) == ["A", "B", "C"]
    assert examined == [["A", "B"], ["C"]]


def test_what_is_mended_is_found_no_more(db, browse):
    store_values(wrong("A"), wrong("B"))
    assert subjects(browse) == ["A", "B"]

    with db.owner.begin() as connection:
        connection.execute(text("UPDATE value SET value = 50 WHERE value = 101"))
    store_values(value("2024/25", 50.0, measure="A", title="A"))

    assert subjects(browse) == ["B"]


def test_an_import_that_is_taken_back_is_examined_again(db, browse):
    store_values(wrong("A"))
    assert subjects(browse) == ["A"]

    with db.owner.begin() as connection:
        connection.execute(text("UPDATE value SET superseded_at = now()"))
        connection.execute(text("UPDATE value_import SET undone_at = now()"))

    assert subjects(browse) == []


@pytest.mark.parametrize("change", ["another area", "another name", "other rules"])
def test_another_ground_makes_all_of_it_anew(db, browse, examined, monkeypatch, change):
    store_values(wrong("A"), wrong("B"))
    assert subjects(browse) == ["A", "B"]

    with db.owner.begin() as connection:
        if change == "another area":
            connection.execute(text("UPDATE area SET organizer_number = '9'"))
        if change == "another name":
            connection.execute(text("UPDATE area SET name = 'Nyköping'"))
    if change == "other rules":
        monkeypatch.setattr(kept, "EDITION", 2)

    assert subjects(browse) == ([] if change == "another area" else ["A", "B"])
    assert examined[1:] == ([] if change == "another area" else [["A", "B"]])


def test_measures_are_examined_some_at_a_time(browse, examined, monkeypatch):
    monkeypatch.setattr(kept, "AT_ONCE", 2)
    store_values(*[wrong(name) for name in "ABCDE"])

    assert subjects(browse) == list("ABCDE")
    assert examined == [["A", "B"], ["C", "D"], ["E"]]


def test_the_scheduler_has_it_ready_for_each_huvudman(db, browse, ekhult, examined):
    other = OrganizerFactory(name="Lindåsa", organisation_number="2120009999")
    RoleAssignmentFactory(person=PersonFactory(), organizer=other, role=Role.QUALITY_LEAD)
    store_values(wrong("A"), wrong("B", organizer_number="2120009999", area_code="9"))

    Scheduler(db.engine, db.settings, db.clock).plan()

    assert sorted(examined) == [["A"], ["B"]]
    assert subjects(browse) == ["A"]
    assert len(examined) == 2


def test_the_page_asks_as_little_and_shows_as_much_however_much_is_found(
    browse, statements, monkeypatch
):
    monkeypatch.setattr(controllers, "MOST", 3)
    counts = []
    for number in range(1, 3):
        store_values(*[wrong(f"M{number}{place}") for place in range(4 * number)])
        browse.get(PAGE)
        statements.clear()
        page = browse.get(PAGE).text
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6
    assert page.count('<article class="card"') == 3
    assert "12 fynd att titta på" in page.replace("&nbsp;", " ")
    assert "De 3 viktigaste visas." in page


def test_the_gravest_is_shown_first_whether_own_or_published(db, browse, ekhult):
    own = {"source": "local", "measure": "Närvaro", "title": "Närvaro", "is_own": True}
    store_values(value("2025/26", 102.0, 300, **own), organizer=ekhult)
    line = [61, 63, 60, 64, 12, 61, 63, 62]
    years = [f"{2010 + at}/{11 + at}" for at in range(len(line))]
    far = [value(*one, measure="L", title="L") for one in zip(years, line, strict=True)]
    store_values(wrong("A"), *far)

    found = browse.api("GET", API).json()

    assert [(one["rule"], one["measure"]) for one in found] == [
        ("range", "A"), ("range", "Närvaro"), ("outlier", "L"),
    ]  # fmt: skip
