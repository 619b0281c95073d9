"""Taking an import back: its values are closed and what they replaced stands again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from sqlalchemy import Connection, update

from ska.errors import Conflict, Missing
from ska.values.contents import COMPARED, SPREAD
from ska.values.shelves import Shelf, cursor_of, wait_for_turn


def undo(connection: Connection, shelf: Shelf, import_id: UUID) -> int:
    """Take a whole import back and restore what it replaced; return how many cells changed.

    Raises Missing when there is no such import, Conflict when it is already undone, when it is
    a catalogue, or when a later import has replaced some of its values: undo that one first.
    """
    wait_for_turn(connection, shelf)
    _refuse_when_settled(connection, shelf, import_id)
    table = sql.Identifier(shelf.value.__tablename__)
    with cursor_of(connection) as cursor:
        _refuse_when_replaced(cursor, shelf, table, import_id)
        now = cursor.execute("SELECT clock_timestamp()").fetchone()[0]
        closed = cursor.execute(
            sql.SQL(
                "UPDATE {} SET superseded_at = {} WHERE import_id = {} AND superseded_at IS NULL"
            ).format(table, sql.Literal(now), sql.Literal(import_id))
        ).rowcount
        _restore(cursor, shelf, table, (import_id, now))
    connection.execute(
        update(shelf.imports.__table__)
        .where(shelf.imports.__table__.c.id == import_id)
        .values(undone_at=now)
    )
    return int(closed)


def _refuse_when_settled(connection: Connection, shelf: Shelf, import_id: UUID) -> None:
    row = connection.execute(
        shelf.rows(shelf.imports).where(shelf.imports.id == import_id)
    ).one_or_none()
    if row is None:
        raise Missing
    if row.undone_at is not None:
        raise Conflict("Inläsningen är redan ångrad.")
    if row.kind not in ("table", "data"):
        raise Conflict("En katalog ångras inte, den läses in på nytt.")


def _refuse_when_replaced(
    cursor: Any, shelf: Shelf, table: sql.Identifier, import_id: UUID
) -> None:
    later = cursor.execute(
        sql.SQL(
            "SELECT i.file FROM {value} mine JOIN {value} now USING (series_id, area_id, period)"
            " JOIN {imports} i ON i.id = now.import_id WHERE mine.import_id = {id}"
            " AND mine.superseded_at IS NOT NULL AND now.superseded_at IS NULL"
            " AND now.import_id <> {id} LIMIT 1"
        ).format(
            value=table,
            imports=sql.Identifier(shelf.imports.__tablename__),
            id=sql.Literal(import_id),
        )
    ).fetchone()
    if later:
        raise Conflict(f"{later[0]} har ändrat några av värdena. Ångra den inläsningen först.")


def _restore(
    cursor: Any, shelf: Shelf, table: sql.Identifier, undone: tuple[UUID, datetime]
) -> None:
    import_id, now = undone
    kept = ("series_id", "area_id", "period", *COMPARED, "raw_value", "import_id")
    owner = ("organizer_id", SPREAD) if shelf.organizer_id is not None else ()
    columns = sql.SQL(", ").join(map(sql.Identifier, (*owner, *kept)))
    cursor.execute(
        sql.SQL(
            "INSERT INTO {table} ({columns}, recorded_at) SELECT DISTINCT ON"
            " (series_id, area_id, period) {columns}, {now} FROM {table}"
            " WHERE superseded_by = {id} ORDER BY series_id, area_id, period, id DESC"
        ).format(table=table, columns=columns, now=sql.Literal(now), id=sql.Literal(import_id))
    )
