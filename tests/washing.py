"""A database that a test has used is washed and used again, when it then stands as when new.

To make a database and a pool for each of nine hundred tests, and to warm them up, took longer
than the tests themselves. What cannot be washed for certain is thrown away.
"""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from ska.core.kept import Kept

_TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition
"""
# Every definition has a new xmin when it is changed; what autovacuum notes is written in place.
_SHAPE = """
SELECT sum(one) FROM (
    SELECT oid::bigint * xmin::text::bigint AS one FROM pg_class
    UNION ALL SELECT (attrelid::bigint + attnum) * xmin::text::bigint FROM pg_attribute
    UNION ALL SELECT oid::bigint * xmin::text::bigint FROM pg_policy
    UNION ALL SELECT oid::bigint * xmin::text::bigint FROM pg_trigger
    UNION ALL SELECT oid::bigint * xmin::text::bigint FROM pg_proc
    UNION ALL SELECT oid::bigint * xmin::text::bigint FROM pg_constraint
    UNION ALL SELECT setdatabase::bigint * xmin::text::bigint FROM pg_db_role_setting
) AS definitions
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
"""
_LOCKS = """
SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
WHERE locktype = 'advisory' AND datname = current_database()
"""


def _rows(connection: Connection, tables: set[str]) -> list[str]:
    asked = (f"SELECT '{one}' || t::text FROM {one} t" for one in tables)
    return sorted(connection.scalars(text(" UNION ALL ".join(asked))))


def _size(pool: Any) -> int:
    """Return how many connections wait in the pool; -1 when some are lent out."""
    return -1 if pool.checkedout() else int(pool.checkedin())


def _filled(connection: Connection, tables: list[str]) -> list[str]:
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in tables)
    return list(connection.scalars(text(" UNION ALL ".join(asked))))


class Used:
    """The two pools of one database, and how it stood when it was new."""

    def __init__(self, owner: Engine, app: Engine) -> None:
        self.owner, self.app = owner, app
        with owner.connect() as connection:
            self._tables = list(connection.scalars(text(_TABLES)))
            self._from_the_start = set(_filled(connection, self._tables))
            self._rows = _rows(connection, self._from_the_start)
            self._shape = connection.scalar(text(_SHAPE))

    @property
    def name(self) -> str:
        """Return the name of the database."""
        return str(self.owner.url.database)

    def close(self) -> None:
        """Let go of all connections."""
        self.owner.dispose()
        self.app.dispose()

    def wash(self) -> bool:
        """Empty what was filled and return whether all stands as it did when it was new."""
        waiting = _size(self.owner.pool), _size(self.app.pool)
        if min(waiting) < 0:
            return False
        try:
            with self.owner.begin() as connection:
                return self._emptied(connection, max(1, waiting[0]) + waiting[1])
        except DBAPIError:  # somebody holds a lock, or there is too much to empty in a moment
            return False

    def _emptied(self, connection: Connection, ours: int) -> bool:
        connection.execute(text("SET LOCAL lock_timeout = '200ms'"))
        connection.execute(text("SET LOCAL statement_timeout = '1s'"))
        if connection.scalar(text(_OTHERS)) != ours or connection.scalar(text(_LOCKS)):
            return False
        filled = set(_filled(connection, self._tables))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in filled - self._from_the_start:
            connection.execute(text(f"DELETE FROM {table}"))
        shape, rows = connection.scalar(text(_SHAPE)), _rows(connection, self._from_the_start)
        return (shape, rows) == (self._shape, self._rows)


def forget_what_is_kept() -> None:
    """Empty the caches of the process: the next test's database has the same name and clock."""
    ours = [vars(one) for name, one in sys.modules.items() if name.startswith("ska.")]
    for kept in (one for names in ours for one in names.values() if isinstance(one, Kept)):
        kept._things.clear()
        kept._bytes = 0
