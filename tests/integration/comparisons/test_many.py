"""A municipality among others in many measures: its value, and where half of the others lie."""

from __future__ import annotations

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Role
from ska.comparisons import many
from ska.overview.queries.peers import similar_to

PAGE = "/ekhult/jamfor/manga"
API = "/api/v1/organizers/ekhult/comparison/measures"
HERE = "1497"  # Hjo, whose like are known


@pytest.fixture
def browse(db):
    ekhult = OrganizerFactory(municipality_code=HERE)
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(kim)


def of(code, amount, measure="N1", title="Behöriga lärare", **more):
    return value(
        "2025", amount, measure=measure, title=title, source="kolada", area_type="municipality",
        area_code=code, scope="by_measure", period_type="calendar_year", **more,
    )  # fmt: skip


def plain(page):
    text = re.sub(r"<[^>]+>", " ", page.text).replace("\u00a0", " ").replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", text)


def test_the_own_value_stands_beside_the_others_quartiles(browse):
    peers = [one.code for one in similar_to(HERE)][:5]
    store_values(of(HERE, 61.0), *[of(code, 70.0 + at) for at, code in enumerate(peers)])

    (told,) = browse.api("GET", f"{API}?among=liknande&period=2025").json()["measures"]

    assert {name: told[name] for name in ("code", "value", "word", "n")} == {
        "code": "N1", "value": 61.0, "word": "", "n": 5,
    }  # fmt: skip
    assert (told["lower"], told["median"], told["upper"]) == (71.0, 72.0, 73.0)
    assert "Behöriga lärare 61,0 72,0 71,0–73,0 5" in plain(browse.get(f"{PAGE}?nar=2025"))


def test_quartiles_between_values_are_read_with_one_decimal(browse):
    amounts = zip(similar_to(HERE), (79.6, 79.8, 70.0, 85.7, 85.8, 90.1), strict=False)
    store_values(*[of(one.code, amount) for one, amount in amounts])

    page = plain(browse.get(f"{PAGE}?nar=2025"))

    assert re.search(r"\b\d\d,\d–\d\d,\d 6\b", page)
    assert not re.search(r",\d\d", page)


def test_why_there_is_no_own_value_is_said_in_words(browse):
    peer = similar_to(HERE)[0].code
    store_values(
        of(HERE, None, status="suppressed_small_group"), of(peer, 70.0),
        of(peer, 70.0, measure="N2", title="Elever per lärare"),
    )  # fmt: skip

    words = [one["word"] for one in browse.api("GET", API).json()["measures"]]

    assert words == ["för få elever", "uppgift saknas"]


def test_measures_are_found_by_words_and_cut_when_too_many(browse, monkeypatch):
    monkeypatch.setattr(many, "MOST_ON_A_PAGE", 2)
    store_values(*[of(HERE, 61.0, measure=f"N{at}", title=f"Mått {at} 100%_") for at in range(4)])

    assert "Bara de första måtten visas." in plain(browse.get(PAGE))
    found = browse.api("GET", f"{API}?q=mått%203").json()
    assert [one["code"] for one in found["measures"]] == ["N3"]
    assert not found["is_cut"]
    assert len(browse.api("GET", f"{API}?q=0%25_").json()["measures"]) == 4
    assert browse.api("GET", f"{API}?q=9%25_").json()["measures"] == []


def test_it_asks_as_little_however_many_measures(browse, statements):
    peers = [one.code for one in similar_to(HERE)]
    counts = []
    for size in (1, 20):
        store_values(
            *[of(code, 7.0, f"N{size}-{at}") for code in (HERE, *peers) for at in range(size)]
        )
        statements.clear()
        browse.get(PAGE)
        counts.append(len(statements))
        statements.clear()
        browse.get(PAGE)
        counts.append(len(statements))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 6


def test_what_is_not_there_is_not_found(db, browse):
    assert browse.get(f"{PAGE}?vilka=nagra").status_code == 404
    assert browse.get(f"{PAGE}?nar=1850").status_code == 404
    fristaende = OrganizerFactory(name="Lindskolan", municipality_code=None)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=fristaende, role=Role.PRINCIPAL)

    page = db.browse(person).get(f"/{fristaende.slug}/jamfor/manga")

    assert "Bara kommuner jämförs så här" in page.text
