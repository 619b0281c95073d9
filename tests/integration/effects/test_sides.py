"""Both sides' change where an effect is answered, and a shift in what programs are told."""

import re

import pytest
from tests.factories.effects import NEXT, started
from tests.integration.effects.test_ledger import ANSWER, ITEM, written


@pytest.fixture
def begun(db):
    return started()


@pytest.fixture
def kim(db, begun):
    return db.browse(begun.person)


def table_in(page):
    """Return the rows of the table of both sides' change, empty without it."""
    table = page.partition("Ändringen hos er och hos dem som liknar er")[2].partition("</table>")[0]
    return re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", table)


def test_where_effect_is_answered_both_sides_change_can_be_unfolded(kim, begun):
    at = written(kim, begun)
    follow_up = f"/ekhult/uppfoljningar/{begun.follow_up.id}"
    waiting = kim.get(follow_up).text
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    ledger, page = kim.get(at).text, kim.get(follow_up).text
    kim.post(follow_up, ANSWER)
    answered = kim.get(follow_up).text

    assert table_in(waiting) == []
    assert len(table_in(page)) == 12
    assert table_in(page) == table_in(ledger)
    folded = page.partition("<summary>Visa ändringen på båda sidor</summary>")[2]
    assert table_in(folded.partition("</details>")[0]) == table_in(page)
    assert table_in(answered) == []  # what was said that day stands in words


def test_programs_are_told_an_accepted_shift_while_it_holds(kim, begun):
    at = written(kim, begun).partition("?")[0].rpartition("/")[2]
    program = f"/api/v1/organizers/ekhult/expectations/{at}"
    before = kim.api("GET", program).json()
    here = f"/ekhult/resultat/{ITEM}/nivaskiften?enhet={begun.unit.slug}"
    kim.post(here, {"period": "2023/24", "reason": "Nya lokaler"})
    kim.post(here.partition("=")[0] + "=", {"period": "2023/24", "reason": "Hela kommunen"})
    (told,) = kim.api("GET", program).json()["shifts"]
    take = re.findall(r'action="([^"]+/aterta[^"]*)"', kim.get(here).text)[0].replace("&amp;", "&")
    kim.post(take, {"reason": "Fel läsår"})

    assert before["shifts"] == []
    assert told.startswith("Nivåskifte från 2023/24 godtaget")
    assert told.endswith("Nya lokaler.")
    after = kim.api("GET", program).json()
    assert after["shifts"] == []
    assert after["verdict"] == before["verdict"]
