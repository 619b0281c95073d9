"""For every route and role: nothing of another huvudman is seen, not even that it exists."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.dialogues import national_parts
from tests.factories.groups import group_parts
from tests.factories.organizers import OrganizerFactory
from tests.house.test_routes import EVERY
from tests.isolation import (
    ASKED,
    CANARY,
    FILLERS,
    FIXED,
    NEEDS_A_QUESTION,
    chain_parts,
    people_parts,
    share_parts,
    unit_parts,
)
from tests.sizes import PROVE

from ska.access import RIGHTS, Right, Role
from ska.db.session import Scope
from ska.web.lost import NOWHERE

FOREIGN_WORDS = re.compile(rf"{CANARY}\w* lindasa")
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
# No measure is loaded, what waits for a yes is its own person's, and nowhere is nothing. Where a
# picture needs values that are not there, it has no files.
FILES = r"/(?:ar|amnen|rutor/\{at:int\}|effekter/\{expectation_id:uuid\})/(?:varden|bild)\."
NOT_MADE = re.compile(rf"\{{(measure|upload|waiting_id):|{NOWHERE}$|{FILES}")
ROUTES = sorted(
    {
        (path, method)
        for path, handler in EVERY
        for method in handler.http_methods
        if method != "OPTIONS"
        and "{organizer" in path
        and not (method == "GET" and path in NEEDS_A_QUESTION)
    }
    | {(f"{path}?{question}", "GET") for path, question in ASKED},
    key=lambda route: (route[1] != "GET", route),  # all is read before anything is changed
)
ROLES = [role for role in Role if role is not Role.SYSTEM_ADMIN]
# Every route meets these roles in each run; the others share the routes in turn (decision 25).
EVERY_TIME = {Role.QUALITY_LEAD, Role.TEACHER}


def _routes_for(role: Role | None) -> list[tuple[str, str]]:
    if PROVE or role in EVERY_TIME:
        return ROUTES
    turn = 0 if role is None else list(Role).index(role)
    return [route for place, route in enumerate(ROUTES) if (place + turn) % 6 == 0]


def _fill(path: str, organizer: str, parts: dict[str, str]) -> str:
    values = {**FIXED, **parts, "organizer": organizer}
    return PARAMETER.sub(lambda match: values[match[1]], path)


def _parts(organizer) -> dict[str, str]:
    made = {name: fill(organizer) for name, fill in FILLERS.items()}
    of = (unit_parts, chain_parts, people_parts, share_parts)
    made |= national_parts(organizer, CANARY) | group_parts(CANARY, organizer)
    return made | {name: part for one in of for name, part in one(organizer).items()}


def _ask(browse, method: str, address: str):
    """Send what the route can read, so that the answer is about who asks."""
    if address.endswith(("/imports", "/waiting/file")):
        return browse.api(method, address, files={"file": ("x.csv", b"")})
    return browse.api(method, address, json={} if "/api/" in address else None)


@pytest.fixture
def two(db):
    """Two huvudmän with the same kinds of things, and their addresses' parts."""
    own, foreign = OrganizerFactory(name="Ekhult"), OrganizerFactory(name="Lindåsa")
    return own, foreign, _parts(own), _parts(foreign)


def test_every_parameter_can_be_filled(db):
    names = {name for path, _ in ROUTES for name in PARAMETER.findall(path)}
    assert names - {"organizer"} <= {*_parts(OrganizerFactory()), *FIXED}
    assert len(ROUTES) > 150


@pytest.mark.parametrize("role", [None, Role.SYSTEM_ADMIN, *ROLES], ids=str)
def test_nothing_foreign_exists(db, two, role):
    own, foreign, _, theirs = two
    person = None
    if role is not None:
        person = PersonFactory()
        home = None if role is Role.SYSTEM_ADMIN else own
        RoleAssignmentFactory(person=person, organizer=home, role=role)
    browse = db.browse(person)
    wrong = []
    for path, method in _routes_for(role):
        foreign_address = _fill(path, foreign.slug, theirs)
        inside_own = _fill(path, own.slug, theirs)
        for address in {foreign_address, inside_own}:
            answer = _ask(browse, method, address)
            if FOREIGN_WORDS.search(answer.text):
                wrong.append(("foreign words", method, address))
            allowed = {401, 403, 303} if role is None else {404}
            if address == foreign_address and answer.status_code not in allowed:
                wrong.append((answer.status_code, method, address))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_role_opens_what_its_rights_say(db, two, role):
    own, _, mine, _ = two
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=own, role=role)
    browse = db.browse(person)
    needs = {
        (path, method): handler.opt["needs"]
        for path, handler in EVERY
        for method in handler.http_methods
    }
    wrong = []
    for path, method in _routes_for(role):
        address = _fill(path, own.slug, mine)
        answer = _ask(browse, method, address)
        allowed = set(range(200, 500))
        if Right.ENTER not in RIGHTS[role]:
            allowed = {404}
        elif needs[path.partition("?")[0], method] not in RIGHTS[role]:
            allowed = {403}
        elif method == "GET":
            sees_all = role is Role.QUALITY_LEAD and not NOT_MADE.search(path)
            allowed = {200, 303} if sees_all else {200, 303, 404}
        if answer.status_code not in allowed:
            wrong.append((answer.status_code, method, address, answer.text[:200]))
    assert wrong == []


def test_with_the_first_lock_gone_the_second_gives_no_row(db, two):
    own, foreign, _, _ = two
    from tests.house.test_tables import OUTSIDE, OWNED

    with db.session(Scope(frozenset({own.id}), own.id)) as session:
        for table in OWNED:
            if table in OUTSIDE:
                continue
            seen = session.scalar(
                text(f'SELECT count(*) FROM "{table}" WHERE organizer_id = :them'),
                {"them": foreign.id},
            )
            assert seen == 0, table
        session.limit_to(Scope())
        for table in OWNED:
            if table not in OUTSIDE:
                assert session.scalar(text(f'SELECT count(*) FROM "{table}"')) == 0, table


WRITES = {
    "changed": "UPDATE {table} SET organizer_id = organizer_id WHERE organizer_id = :them",
    "taken": "UPDATE {table} SET organizer_id = :own WHERE organizer_id = :them",
    "given away": "UPDATE {table} SET organizer_id = :them WHERE organizer_id = :own",
    "removed": "DELETE FROM {table} WHERE organizer_id = :them",
    "added": "INSERT INTO {table} (organizer_id) VALUES (:them)",
}


@pytest.mark.parametrize("reads_both", [False, True], ids=["a stranger", "who may read there"])
def test_with_the_first_lock_gone_the_second_lets_nothing_be_written(db, two, reads_both):
    """Raw SQL as the app's role: no row is touched, or PostgreSQL says no (42501)."""
    own, foreign, _, _ = two
    from tests.house.test_tables import OUTSIDE, OWNED

    readable = {own.id, foreign.id} if reads_both else {own.id}
    touched = []
    with db.session(Scope(frozenset(readable), own.id)) as session:
        for table in OWNED:
            for act, statement in WRITES.items() if table not in OUTSIDE else ():
                point = session.begin_nested()
                try:
                    done = session.execute(
                        text(statement.format(table=f'"{table}"')),
                        {"own": own.id, "them": foreign.id},
                    )
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", "") != "42501":
                        touched.append((table, act, str(error.orig)))
                else:
                    if done.rowcount:
                        touched.append((table, act, done.rowcount))
                point.rollback()
    assert touched == []
