"""Where values are kept: the published set, or one huvudman's own; the same acts on both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Connection, Table, select, text, update
from sqlalchemy.orm import Session

from ska.values.models import (
    Area,
    Measure,
    OwnArea,
    OwnImport,
    OwnMeasure,
    OwnSeries,
    OwnValue,
    Series,
    Value,
    ValueImport,
)

_LOCK = 0x534B4156


@dataclass(frozen=True)
class Shelf:
    """The tables of one set of values, and whose it is (None is published, for all)."""

    measure: Any
    area: Any
    series: Any
    value: Any
    imports: Any
    organizer_id: UUID | None = None

    @property
    def owner(self) -> dict[str, UUID]:
        """Return the owner's column, empty for the published set."""
        return {} if self.organizer_id is None else {"organizer_id": self.organizer_id}

    def rows(self, table: Any) -> Any:
        """Return the query of this shelf's rows of *table*."""
        query = select(table.__table__)
        if self.organizer_id is not None:
            query = query.where(table.organizer_id == self.organizer_id)
        return query


PUBLISHED = Shelf(Measure, Area, Series, Value, ValueImport)


def own_shelf(organizer_id: UUID) -> Shelf:
    """Return the shelf of one huvudman's own values."""
    return Shelf(OwnMeasure, OwnArea, OwnSeries, OwnValue, OwnImport, organizer_id)


# When anything published was last changed, as a part of somebody's question.
NEWEST = f"(SELECT max(GREATEST(recorded_at, undone_at)) FROM {ValueImport.__tablename__})"  # noqa: S608  # a constant


def version(session: Session, shelf: Shelf) -> str:
    """Return what changes whenever anything on the shelf does; the key of every cache.

    Of what is published the door has read it, in the question of who asks.
    """
    if shelf is PUBLISHED and "published" in session.info:
        return str(session.info["published"])
    query = f"SELECT max(GREATEST(recorded_at, undone_at)) FROM {shelf.imports.__tablename__}"  # noqa: S608  # a constant
    if shelf.organizer_id is not None:
        query += " WHERE organizer_id = %(organizer_id)s"
    with cursor_of(session.connection()) as cursor:
        return str(cursor.execute(query, shelf.owner).fetchone()[0])


def wait_for_turn(connection: Connection, shelf: Shelf) -> None:
    """Let one load or undo at a time change the shelf, until its transaction ends.

    Shelves do not wait for each other: a huvudman reads in its own while the country's is loaded.
    """
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:key, hashtext(:owner))"),
        {"key": _LOCK, "owner": str(shelf.organizer_id or "")},
    )


def cursor_of(connection: Connection, *, binary: bool = False) -> Any:
    """Return a cursor of the driver's own: for COPY, and arrays twice as fast with *binary*."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor(binary=binary)


def add_rows(connection: Connection, shelf: Shelf, table: Any, rows: pl.DataFrame) -> None:
    """Insert many rows on the shelf in one statement, column by column."""
    if rows.is_empty():
        return
    columns = table.__table__.c
    values = {name: rows[name].to_list() for name in rows.columns}
    kinds = {name: columns[name].type.compile(connection.dialect) for name in values}
    arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in kinds.items())
    names, owner = ", ".join([*shelf.owner, *values]), "".join(f"%({n})s, " for n in shelf.owner)
    connection.exec_driver_sql(
        f"INSERT INTO {table.__tablename__} ({names}) SELECT {owner}* FROM unnest({arrays})",  # noqa: S608  # names of our own columns
        values | shelf.owner,
    )


def change_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Update rows by their number, column by column as given."""
    for row in rows:
        values = {name: value for name, value in row.items() if name != "id"}
        connection.execute(update(table).where(table.c.id == row["id"]).values(**values))
