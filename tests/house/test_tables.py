"""Every table keeps the two locks: composite references, row-level security, no lazy loads."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from ska.db.base import Model, Owned
from ska.tables import metadata

OWNED = sorted(name for name, table in metadata.tables.items() if "organizer_id" in table.columns)
# Outside row-level security, each with its reason (decision 22); one module each reaches them.
OUTSIDE = {
    "role_assignment": "sign-in reads roles before it knows the huvudman (accounts)",
    "api_token": "a token is looked up before its huvudman is known (accounts)",
    "invitation": "a link is looked up before anyone is signed in (accounts)",
    "network_member": "who is in a network is public (organizers)",
}


@pytest.fixture(scope="module")
def template(server):
    from tests.conftest import TEMPLATE

    from ska.db import embedded

    engine = create_engine(embedded.address(server, user="postgres", database=TEMPLATE))
    yield engine
    engine.dispose()


def test_migrations_and_models_say_the_same(template: Engine):
    with template.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("table", [name for name in OWNED if name not in OUTSIDE])
def test_an_owned_table_is_guarded_even_from_its_owner(template: Engine, table: str):
    with template.connect() as connection:
        row = connection.execute(
            text(
                "SELECT relrowsecurity, relforcerowsecurity, "
                "(SELECT count(*) FROM pg_policies WHERE tablename = :table) "
                "FROM pg_class WHERE relname = :table"
            ),
            {"table": table},
        ).one()
    assert row[0]
    assert row[1]
    assert row[2] >= 1


def test_no_owned_table_has_a_policy_of_its_own_making(template: Engine):
    """A wider policy on one table would pass every test that finds no foreign row in it."""
    with template.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT tablename, cmd, coalesce(qual, with_check) FROM pg_policies "
                "WHERE tablename = ANY (:owned)"
            ),
            {"owned": [name for name in OWNED if name not in OUTSIDE]},
        ).all()
    kinds = {
        (command, "app.organizers" in rule, "app.organizer'" in rule) for _t, command, rule in rows
    }
    assert kinds == {
        ("SELECT", True, False),
        ("INSERT", False, True),
        ("UPDATE", False, True),
        ("DELETE", False, True),
    }


USUAL = {"reading", "adding", "changing", "removing"}
# Wider policies, each with its reason (decision 0072): members read what is shared with them.
WIDER = {
    "share_grant": {"receiving": "members of the network see what is shared with it"},
    "shared_value": {"receiving": "those who share the same thing read each other's copies"},
    "saved_view": {"meeting": "members of the network open the view fixed for its meeting"},
    "dashboard": {"arranged": "members of the network read its board as whoever leads it wants it"},
    "asked_question": {"asked": "members of the network read what is put to it or to them"},
    "given_answer": {
        "asked": "those who see a question see its answers",
        "answering": "who is asked adds an answer to another's question, and changes nothing",
    },
    "lent_practice": {"lent": "members of the network read what is lent to it"},
    "practice_loan": {
        "lent": "who borrowed reads that, with what was lent",
        "borrowing": "a borrower leaves a trace with the lender, and changes nothing",
        "borrowed": "who borrowed reads its own loans, also of what is lent no more",
    },
    "practice_telling": {
        "told": "the lender and its network read what a borrower tells, while both are in it",
        "borrowed": "narrower: only whoever borrowed tells of it",
    },
    "share_viewing": {"viewing": "a reader leaves a trace with the giver, and reads it not"},
}


def test_a_wider_policy_is_on_the_list(template: Engine):
    with template.connect() as connection:
        rows = connection.execute(text("SELECT tablename, policyname FROM pg_policies")).all()
    named: dict[str, set[str]] = {}
    for table, policy in rows:
        named.setdefault(table, set()).add(policy)
    guarded = {table for table in OWNED if table not in OUTSIDE}
    assert {table: named[table] - USUAL for table in guarded if named[table] != USUAL} == {
        table: set(more) for table, more in WIDER.items()
    }


@pytest.mark.parametrize("table", OWNED)
def test_references_between_owned_tables_cannot_cross_huvudman(table: str):
    for key in metadata.tables[table].foreign_key_constraints:
        target = key.referred_table
        if target.name in OWNED and target.name not in OUTSIDE:
            assert "organizer_id" in {column.name for column in key.columns}, key.name


@pytest.mark.parametrize("mapper", sorted(Model.registry.mappers, key=str), ids=str)
def test_nothing_loads_by_surprise(mapper):
    for relation in inspect(mapper.class_).relationships:
        assert relation.lazy in {"raise", "raise_on_sql"}, relation


def test_an_owned_class_is_known_by_its_column():
    owned = {m.local_table.name for m in Model.registry.mappers if issubclass(m.class_, Owned)}
    assert owned == set(OWNED) - set(OUTSIDE)
