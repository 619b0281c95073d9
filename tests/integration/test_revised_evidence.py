"""Evidence keeps the number as it was; when the source revises it, the analysis says so."""

import re

import orjson
import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_1 import story_1

SEEN = "/ekhult/resultat/gr-alla-amnen-ak9/underlag?enhet=ekhults-centralskola"
CLOSE = (
    "UPDATE value SET superseded_at = now() WHERE period = '2025/26' AND value = 61.8"
    " AND superseded_at IS NULL RETURNING series_id, area_id, import_id"
)
FREEZE = (
    "UPDATE analysis SET state = 'established', established_at = '2026-06-15',"
    " established_by = 'Kim Ek', established_role = 'rektor'"
)
SAYS_REVISED = re.compile(
    r'<div class="notice warn">(?:(?!</div></div>).)*Källan har.*?</div></div>\n', re.S
)
AGAIN = (
    "INSERT INTO value (series_id, area_id, period, value, n, status, finality, import_id,"
    " recorded_at) VALUES (:s, :a, '2025/26', :value, :n, :status, 'final', :i, now())"
)


@pytest.fixture
def browse(db):
    ekhult, _unit = story_1()
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    return db.browse(kim)


def revise(db, value, status="value"):
    with db.as_owner() as session:
        for series, area, import_id in session.execute(text(CLOSE)).all():
            row = {"s": series, "a": area, "i": import_id, "value": value, "n": 68}
            session.execute(text(AGAIN), row | {"status": status})


@pytest.mark.parametrize(
    ("value", "status", "sentence"),
    [
        (64.7, "value", "Källan har ändrat värdet för 2025/26: det är nu 64,7."),
        (
            None,
            "suppressed_small_group",
            "Källan har tagit bort värdet för 2025/26: för få elever.",
        ),
    ],
)
def test_a_revised_number_is_told_and_the_pinned_one_stands(db, browse, value, status, sentence):
    seen = {"text": "Färre når alla ämnen.", "analysis_id": ""}
    address = browse.post(SEEN, seen).headers["location"].partition("#")[0]
    before = browse.get(address).text

    revise(db, value, status)
    after = browse.get(address).text
    program = browse.api("GET", f"/api/v1/organizers/ekhult/analyses/{address.split('/')[-1]}")

    assert "Källan har" not in before
    assert sentence in after
    assert "61,8" in after
    (observation,) = program.json()["observations"]
    assert observation["revised"] == [sentence]
    assert [one["value"] for one in observation["values"]][-1] == 61.8


def test_a_frozen_analysis_shows_the_same_numbers_byte_for_byte(db, browse):
    seen = {"text": "Färre når alla ämnen.", "analysis_id": ""}
    address = browse.post(SEEN, seen).headers["location"].partition("#")[0]
    program = f"/api/v1/organizers/ekhult/analyses/{address.split('/')[-1]}"
    with db.as_owner() as session:
        session.execute(text(FREEZE))
    browse.get(address)  # says once that the numbers are saved
    before, told = browse.get(address).text, browse.api("GET", program).json()

    revise(db, 64.7)
    after, told_after = browse.get(address).text, browse.api("GET", program).json()

    (said,) = SAYS_REVISED.findall(after)
    assert "Källan har ändrat värdet för 2025/26: det är nu 64,7." in said
    assert "Siffran här står kvar som den var." in said
    assert SAYS_REVISED.sub("", after).encode() == before.encode()
    for one in (told, told_after):
        one["observations"][0].pop("revised")
    assert orjson.dumps(told_after) == orjson.dumps(told)
