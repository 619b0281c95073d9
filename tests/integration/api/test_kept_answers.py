"""What is kept of an answer hides nothing: values, roles and keys count from their moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Right, Role
from ska.accounts.keys import create_token, revoke_token
from ska.accounts.models import ApiToken, RoleAssignment
from ska.accounts.queries import actor_of_person
from ska.organizers.models import Organizer
from ska.overview.queries.peers import in_county_of
from ska.values.models import Measure, Value

HERE, AWAY = "1497", "0180"  # Hjo and Stockholm: in two counties
LINES = "/api/v1/organizers/ekhult/measures/{}/lines"
MANY = "/api/v1/organizers/ekhult/comparison/measures?among=lan&period=2025"


def of(code, amount):
    return value(
        "2025", amount, measure="N1", title="Behöriga lärare", source="kolada",
        area_type="municipality", area_code=code, scope="by_measure", period_type="calendar_year",
    )  # fmt: skip


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(slug="ekhult", municipality_code=HERE)


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return person


@pytest.fixture
def lines(db, kim):
    """Return the address of a measure that has been asked for: its answer is kept."""
    county = [one.code for one in in_county_of(HERE)[1]]
    store_values(of(HERE, 61.0), of(county[0], 70.0), of(AWAY, 50.0))
    with db.as_owner() as session:
        address = LINES.format(session.scalars(select(Measure.id)).one())
    browse = db.browse(kim)
    for path in (address, MANY):
        assert browse.api("GET", path).json() == browse.api("GET", path).json()
    return address


def test_a_revised_value_is_told_at_once(db, kim, lines):
    browse = db.browse(kim)
    old = browse.api("GET", MANY).json()
    with db.as_owner() as session:
        gone = update(Value).where(Value.value == 61.0)
        session.execute(gone.values(superseded_at=db.clock.now))
    store_values(of(HERE, 64.0))

    told = {one["area_code"]: one["values"] for one in browse.api("GET", lines).json()["lines"]}

    assert told[HERE] == [64.0]
    assert [one["value"] for one in old["measures"]] == [61.0]
    assert [one["value"] for one in browse.api("GET", MANY).json()["measures"]] == [64.0]


@pytest.mark.parametrize("ended", ["role", "changed", "sign_in"])
def test_who_may_no_longer_ask_is_refused_at_once(db, kim, lines, ended):
    browse = db.browse(kim)
    before = [browse.api("GET", path).status_code for path in (lines, MANY)]
    with db.as_owner() as session:
        mine = update(RoleAssignment).where(RoleAssignment.person_id == kim.id)
        if ended == "role":
            session.execute(mine.values(valid_to=db.clock.now.date() - timedelta(days=1)))
        elif ended == "changed":
            session.execute(mine.values(role=Role.NETWORK_CHAIR))
        else:
            session.execute(text("DELETE FROM sign_in"))

    after = [browse.api("GET", path).status_code for path in (lines, MANY)]

    assert before == [200, 200]
    assert after == ([401, 401] if ended == "sign_in" else [404, 404])


def test_another_huvudman_gets_nothing_of_what_is_kept(db, lines):
    eva = PersonFactory()
    grannby = OrganizerFactory(slug="grannby", municipality_code=AWAY)
    RoleAssignmentFactory(person=eva, organizer=grannby, role=Role.QUALITY_LEAD)
    browse = db.browse(eva)

    assert [browse.api("GET", path).status_code for path in (lines, MANY)] == [404, 404]
    theirs = browse.api("GET", MANY.replace("ekhult", "grannby")).json()
    assert [one["value"] for one in theirs["measures"]] == [50.0]


def test_a_huvudman_that_gets_another_code_stands_beside_others_at_once(db, kim, ekhult, lines):
    with db.as_owner() as session:
        changed = update(Organizer).where(Organizer.id == ekhult.id)
        session.execute(changed.values(municipality_code=AWAY))

    (told,) = db.browse(kim).api("GET", MANY).json()["measures"]

    assert (told["value"], told["n"]) == (50.0, None)


def test_a_key_that_is_taken_back_opens_nothing_more(db, kim, ekhult, lines):
    now = db.clock.now
    with db.as_owner() as session:
        actor = actor_of_person(session, kim, date(2026, 9, 4))
        about = {"name": "kalkyl", "rights": frozenset({Right.ENTER})}
        until = now + timedelta(days=1)
        secret = create_token(session, actor, organizer_id=ekhult.id, expires_at=until, **about)
        key = session.scalars(select(ApiToken.id)).one()
    program, asked = db.browse(), {"headers": {"Authorization": f"Bearer {secret}"}}
    before = program.send("GET", lines, **asked)
    with db.as_owner() as session:
        revoke_token(session, actor, token_id=key, now=now)

    assert before.json()["lines"]
    assert program.send("GET", lines, **asked).status_code == 401


def test_what_is_kept_goes_out_as_every_answer_does(db, kim, lines):
    browse = db.browse(kim)
    first, again = (browse.api("GET", lines) for _ in range(2))
    head = browse.send("HEAD", lines)

    traces = {answer.headers.pop("traceparent") for answer in (first, again, head)}
    assert len(traces) == 3
    assert again.headers.multi_items() == first.headers.multi_items()
    assert (again.content, head.content) == (first.content, b"")
    assert again.headers["cache-control"] == "no-store"
    assert "content-security-policy" in again.headers


def test_a_year_that_is_no_longer_offered_is_not_found_in_what_is_kept(db, kim, lines):
    oldest = MANY.replace("2025", str(db.clock.now.year - 10))
    before = db.browse(kim).api("GET", oldest).status_code

    db.clock.now += timedelta(days=366)

    assert (before, db.browse(kim).api("GET", oldest).status_code) == (200, 404)


def test_what_was_not_found_is_not_kept(db, kim, lines):
    unknown = LINES.format(10**9)
    assert [db.browse(kim).api("GET", unknown).status_code for _ in range(2)] == [404, 404]


def test_connections_that_were_ended_are_not_used_again(db, kim, lines):
    browse = db.browse(kim)
    with db.owner.connect() as connection:
        others = "FROM pg_stat_activity WHERE datname = current_database()"
        ended = connection.execute(
            text(f"SELECT pg_terminate_backend(pid, 5000) {others} AND pid <> pg_backend_pid()")
        ).all()

    assert ended
    assert [browse.api("GET", lines).status_code for _ in range(3)] == [200, 200, 200]
