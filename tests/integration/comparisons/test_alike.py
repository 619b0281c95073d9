"""Municipalities like one's own in chosen measures: found by name, weighed, shown with why."""

import re
from datetime import datetime

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.alike import (
    FACTOR,
    HERE,
    HJO,
    HJO_PAGE,
    OTHERS,
    hjo_among_twenty,
    people,
    share,
)
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.places import STOCKHOLM

from ska.access import Role
from ska.organizers.models import Organizer
from ska.overview.queries.peers import everyone

NAME = "Elever med utländsk bakgrund, andel"
PAGE = f"{HJO_PAGE}&vilka=lika"
API = "/api/v1/organizers/hjo/comparison?indicator=gr-alla-amnen-ak9&among=lika"


@pytest.fixture
def kim(db):
    return db.browse(hjo_among_twenty(db))


def table(text):
    """Return the rows of the table of likeness as text."""
    part = text.split('id="alike"')[1].split("</section>")[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", part, flags=re.DOTALL)
    told = [re.findall(r"<td[^>]*>(.*?)</td>", cells) for _name, cells in rows]
    return [(row[0], *cells) for row, cells in zip(rows, told, strict=True)]


def plain(text):
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " ")
    )


def test_the_least_unlike_stand_with_their_index_and_why(kim):
    text = kim.get(f"{PAGE}&lik={FACTOR}:3&antal=5").text.replace("\u00a0", " ")

    rows = table(text)
    assert rows[0] == ("Hjo", "0,00", "20,0 % (0,00)")
    assert [row[0] for row in rows[1:]] == [one.name for one in reversed(OTHERS[-5:])]
    shares = [row[2].split(" (")[0] for row in rows[1:]]
    assert shares == ["20,0 %", "19,0 %", "18,0 %", "17,0 %", "16,0 %"]
    assert "De minst olika först" in text
    assert "20 kommuner har värde i alla mått" in plain(text)
    assert "Skolverket, nationella kvalitetssystemet" in text.split('id="alike"')[1]


def test_weights_move_who_is_alike(kim):
    """With people alone, those with about 9 000; with both, those in between by their weights."""
    alone = table(kim.get(f"{PAGE}&lik=N01951:3&antal=5").text)
    shares = table(kim.get(f"{PAGE}&lik=N01951:1&lik={FACTOR}:5&antal=5").text)
    numbers = table(kim.get(f"{PAGE}&lik=N01951:5&lik={FACTOR}:1&antal=5").text)

    assert [row[0] for row in alone[1:]] == [OTHERS[at].name for at in (8, 7, 9, 6, 10)]
    assert [row[0] for row in shares[1:]] != [row[0] for row in numbers[1:]]
    assert "9 000 (0,00)" in alone[1][2].replace("\u00a0", " ")


def test_a_measure_is_added_by_its_name_without_javascript(kim):
    added = kim.get(f"{PAGE}&lagg_matt=utländsk+bakgrund").text
    kolada = kim.get(f"{PAGE}&lik={FACTOR}:4&lagg_matt=invånare").text

    assert f'value="{FACTOR}:3" selected' in added
    assert 'name="lagg_matt" type="text" list="matten" autocomplete="off" value=""' in added
    assert f'value="{FACTOR}:4" selected' in kolada
    assert 'value="N01951:3" selected' in kolada
    assert "Invånare totalt, antal" in kolada


def test_what_may_be_several_is_asked_about_and_what_is_none_is_said(kim):
    several = kim.get(f"{PAGE}&lik={FACTOR}:2&lagg_matt=kostnad").text
    none = kim.get(f"{PAGE}&lik={FACTOR}:2&lagg_matt=qwerty").text
    full = "".join(f"&lik=N{at}:1" for at in range(8))
    many = kim.get(f"{PAGE}{full}&lagg_matt=qwerty").text

    assert "Vilket menar ni?" in several
    assert re.search(rf'href="[^"]*lik={FACTOR}%3A2[^"]*&(amp;)?lik=gr-kostnad-[a-z]+:3"', several)
    assert "Inget mått passar ”qwerty”" in none
    assert 'value="qwerty"' in none
    assert "Högst åtta mått. Ta bort ett" in many


def test_whoever_lacks_a_value_is_not_alike_and_it_is_said(kim):
    hidden = next(one for one in everyone() if one not in OTHERS and one.code != HERE)
    store_values(share(hidden, None, status="suppressed_small_group"), people(hidden, 9000.0))

    text = kim.get(f"{PAGE}&lik=N01951:3&lik={FACTOR}:1").text

    assert hidden.name not in [row[0] for row in table(text)]
    assert "20 kommuner har värde i alla mått" in plain(text)
    assert f"I Invånare totalt, antal saknar 268 värde. I {NAME} saknar 269 värde." in plain(text)


def test_the_least_unlike_of_a_giant_are_not_called_alike(kim):
    store_values(people(HJO, 60.0, "2026"), *[people(one, 9.0 + at, "2026")
        for at, one in enumerate(OTHERS)])  # fmt: skip

    far = plain(kim.get(f"{PAGE}&lik=N01951:3&antal=5").text)

    assert "5 av kommunerna har ett index över 1. De är minst olika er, men lika är de inte." in far
    assert "index över 1." not in kim.get(f"{PAGE}&lik={FACTOR}:3&antal=5").text


def test_the_period_is_the_newest_of_ours_until_the_year_that_is_chosen(kim):
    store_values(
        *[people(one, 500.0, "2024") for one in OTHERS[:15]], people(HJO, 400.0, "2024"),
        *[people(one, 9.0, "2026") for one in OTHERS],
        people(HJO, 9000.0, "2026", carried_from="2025"),
    )  # fmt: skip

    newest = kim.get(f"{PAGE}&lik=N01951:3&lik={FACTOR}:3").text
    earlier = kim.get(f"{PAGE}&lik=N01951:3&senast=2024").text

    assert "Invånare totalt, antal, 2025, vikt 3" in newest
    assert f"{NAME}, 2024/25, vikt 3" in newest
    assert "kommunerna skiljer sig för lite åt i måttet" not in newest
    assert "2024, vikt 3" not in earlier  # all but Hjo have the same
    assert "kommunerna skiljer sig för lite åt i måttet" in earlier
    assert '<option value="2024" selected>' in earlier


def test_what_cannot_count_says_why_and_leaves_the_rest(kim):
    text = kim.get(f"{PAGE}&lik=N99999:3&lik=gr-antal-elever:2&lik={FACTOR}:1").text
    nothing = kim.get(f"{PAGE}&lik=N99999:3").text

    assert text.count("Räknas inte: det finns inget publicerat värde för er.") == 2
    assert table(text)[0] == ("Hjo", "0,00", "20,0\u00a0% (0,00)")
    assert "Inget av måtten kan räknas" in nothing
    empty = kim.get(PAGE).text
    assert "I vad ska de vara lika er?" in empty
    assert f"&amp;lik={FACTOR}:3" in empty


def test_it_asks_as_little_however_many_measures(kim, statements):
    """One question more the first time; who is alike is kept while nothing published changes."""
    counts = []
    for asked in (f"&lik={FACTOR}:3", f"&lik={FACTOR}:3&lik=N01951:2&lik=gr-antal-elever:1"):
        for _time in range(2):
            statements.clear()
            kim.get(f"{PAGE}{asked}&antal=9")
            counts.append(len(statements))

    assert counts == [6, 5, 6, 5]


def test_own_values_are_no_part_of_it(kim, db):
    hjo = HJO.organisation_number
    own = share(HJO, 99.0, "2025/26", source="local", is_own=True)
    with db.as_owner() as session:
        organizer = session.query(Organizer).filter_by(organisation_number=hjo).one()
    store_values(own, organizer=organizer)

    assert "99,0" not in kim.get(f"{PAGE}&lik={FACTOR}:3").text


def test_who_is_no_municipality_has_no_such_set(db):
    db.clock.now = STORY_2_DAY
    person = PersonFactory()
    other = OrganizerFactory(name="Lindskolan", municipality_code=None)
    RoleAssignmentFactory(person=person, organizer=other, role=Role.QUALITY_LEAD)

    page = db.browse(person).get(f"/{other.slug}/jamfor")

    assert "lagg_matt" not in page.text
    assert db.browse(person).get(f"/{other.slug}/jamfor?vilka=lika").status_code == 404


def test_it_stands_as_it_was_known_on_a_day(kim):
    early, late = (datetime(2026, 10, day, 12, tzinfo=STOCKHOLM) for day in (1, 20))
    here = next(one for one in everyone() if one not in OTHERS and one.code != HERE)
    store_values(
        share(here, 20.0, recorded_at=early, superseded_at=late), share(here, 1.0, recorded_at=late)
    )
    asked = f"{PAGE}&lik={FACTOR}:3&antal=5"

    now, then = (table(kim.get(asked + day).text) for day in ("", "&kant=2026-10-05"))

    assert here.name not in [row[0] for row in now]
    assert here.name in [row[0] for row in then]


@pytest.mark.parametrize(
    "asked",
    [
        "&lik=%00:3",
        "&lagg_matt=%00x",
        "&lik=%27;--:9",
        "&antal=9e9&senast=0000",
        "&lik=" + "a" * 900,
    ],
)
def test_whatever_the_address_holds_there_is_a_page(kim, asked):
    assert kim.get(f"{PAGE}{asked}").status_code == 200
    assert kim.get(f"/hjo/jamfor/manga?vilka=lika&sok=%00{asked}").status_code == 200


def test_another_definition_is_another_series(kim):
    """Who is only counted in another way in that year lacks a value, and is not beside."""
    other = next(one for one in everyone() if one not in OTHERS and one.code != HERE)
    store_values(share(other, 20.0, definition_version=2))

    assert other.name not in [row[0] for row in table(kim.get(f"{PAGE}&lik={FACTOR}:3").text)]


def test_a_round_that_is_only_repeated_is_no_value_of_another(kim):
    other = next(one for one in everyone() if one not in OTHERS and one.code != HERE)
    store_values(people(other, 9000.0, carried_from="2024"))

    assert other.name not in [row[0] for row in table(kim.get(f"{PAGE}&lik=N01951:3").text)]
