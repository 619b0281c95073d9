"""A database is used by the next test only when it stands as it did when it was new."""

import pytest
from sqlalchemy import text
from tests.conftest import _new
from tests.factories.base import current
from tests.factories.organizers import OrganizerFactory
from tests.places import Clone, drop_database
from tests.washing import forget_what_is_kept

from ska.web import kept


@pytest.fixture
def used(server):
    one = _new(server)
    yield one
    one.close()
    drop_database(server, one.name)


def count(used, table="organizer"):
    with used.owner.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}"))


def test_rows_are_washed_away_and_the_rest_stays(used):
    with current.using(Clone(used.owner, used.app).as_owner):
        OrganizerFactory()
    assert count(used) == 1

    assert used.wash()

    assert (count(used), count(used, "alembic_version")) == (0, 1)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE organizer DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE organizer ALTER COLUMN name DROP NOT NULL",
        "DROP POLICY {policy} ON {table}",
        "CREATE TABLE left_behind (id int)",
        "GRANT UPDATE ON alembic_version TO ska_app",
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = '0009_limits'",
        "SELECT pg_advisory_lock(1)",
    ],
)
def test_what_stands_otherwise_is_thrown_away(used, change):
    with used.owner.connect() as connection:
        policy, table = connection.execute(
            text("SELECT polname, polrelid::regclass FROM pg_policy LIMIT 1")
        ).one()
        connection.execute(text(change.format(policy=policy, table=table)))
        connection.commit()

    assert not used.wash()


def test_a_database_that_somebody_is_still_in_is_thrown_away(used):
    with used.app.connect():
        assert not used.wash()
    assert used.wash()


def test_what_the_process_keeps_is_forgotten():
    kept._answers.get("key", lambda: b"kept")

    forget_what_is_kept()

    assert kept._answers.get("key", lambda: b"made anew") == b"made anew"
