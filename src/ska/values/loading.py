"""Loading a file's values: compare first, then write only what is new or changed, or nothing."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from psycopg import sql
from sqlalchemy import Connection, func, insert, select, text, update

from ska.core.ids import new_id
from ska.errors import Conflict, Missing
from ska.values.importers.observations import Reading, Remark
from ska.values.naming import name_areas, name_measures, with_numbers
from ska.values.shelves import Shelf

CELL = ["series_id", "area_id", "period"]
COMPARED = ["value", "n", "status", "finality", "carried_from"]
_STORED = [*CELL, *COMPARED[:4], "raw_value", "carried_from", "import_id", "recorded_at"]
_COLUMNS = sql.SQL(", ").join(map(sql.Identifier, _STORED))
_CURRENT_SCHEMA = {
    "id": pl.Int64,
    "series_id": pl.Int64,
    "area_id": pl.Int64,
    "period": pl.String,
    "value": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
    "finality": pl.String,
    "carried_from": pl.String,
}
_LOCK = 0x534B4156
_FEW_AREAS = 400


@dataclass
class Outcome:
    """What a file changes: cells (or catalogue records) new, revised and unchanged."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    warnings: list[Remark] = field(default_factory=list)
    import_id: UUID | None = None


@dataclass(frozen=True)
class About:
    """What is remembered of a file beside its values."""

    file: str
    sha256: str
    report: dict[str, Any]
    person_name: str = ""


def load(
    connection: Connection, shelf: Shelf, reading: Reading, about: About, *, dry: bool = False
) -> Outcome:
    """Put a file on the shelf inside the connection's transaction and return what changed.

    Loads wait for one another. A file that changes nothing leaves no trace; *dry* only compares.
    """
    if not dry:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    measures = name_measures(connection, shelf, reading, dry=dry)
    areas = name_areas(connection, shelf, reading, dry=dry)
    outcome = Outcome(warnings=measures.warnings)
    if reading.is_catalogue:
        outcome.new = measures.new + areas.new
        outcome.revised = measures.changed + areas.changed
        outcome.unchanged = measures.unchanged + areas.unchanged
        changes = None
    else:
        numbered = with_numbers(connection, shelf, reading, dry=dry)
        changes = _compare(numbered, _current(connection, shelf, numbered))
        outcome.new = changes.filter(pl.col("id").is_null()).height
        outcome.revised = changes.height - outcome.new
        outcome.unchanged = numbered.height - changes.height
    if not dry and outcome.new + outcome.revised:
        warnings = [*about.report.get("warnings", []), *map(asdict, outcome.warnings)]
        counts: dict[str, Any] = {
            "new": outcome.new,
            "revised": outcome.revised,
            "unchanged": outcome.unchanged,
        }
        counts |= {"warnings": warnings}
        outcome.import_id = _remember(connection, shelf, reading, about, counts)
        if changes is not None:
            _write(connection, shelf, changes, outcome.import_id)
    return outcome


def _remember(
    connection: Connection, shelf: Shelf, reading: Reading, about: About, counts: dict[str, Any]
) -> UUID:
    import_id = new_id()
    connection.execute(
        insert(shelf.imports.__table__).values(
            id=import_id,
            file=about.file,
            sha256=about.sha256,
            source=str(reading.report.source),
            kind=reading.report.kind,
            title=reading.report.title,
            report=about.report | counts,
            source_url=reading.origin.url,
            fetched_at=reading.origin.fetched_at,
            source_published_at=reading.origin.published_at,
            person_name=about.person_name,
            recorded_at=text("clock_timestamp()"),
            **shelf.owner,
        )
    )
    return import_id


def _compare(numbered: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """Return the cells that are not stored as they stand; ``id`` is the version to close."""
    joined = numbered.join(current, on=CELL, how="left", suffix="_now")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_now")) for name in COMPARED)
    return joined.filter(pl.col("id").is_null() | ~same)


def _current(connection: Connection, shelf: Shelf, numbered: pl.DataFrame) -> pl.DataFrame:
    """Return the stored current versions of the series and periods in the file."""
    wanted: dict[str, list[Any]] = {
        name: numbered[name].drop_nulls().unique().to_list() for name in CELL
    }
    if not wanted["series_id"]:
        return pl.DataFrame(schema=_CURRENT_SCHEMA)
    columns = sql.SQL(", ").join(map(sql.Identifier, _CURRENT_SCHEMA))
    query = sql.SQL(
        "COPY (SELECT {columns} FROM {table} WHERE superseded_at IS NULL"
        " AND series_id = ANY({series_id}) AND period = ANY({period}){areas}{owner})"
        " TO STDOUT (FORMAT csv)"
    ).format(
        columns=columns,
        table=sql.Identifier(shelf.value.__tablename__),
        series_id=sql.Literal(wanted["series_id"]),
        period=sql.Literal(wanted["period"]),
        areas=sql.SQL(" AND area_id = ANY({})").format(sql.Literal(wanted["area_id"]))
        if 0 < len(wanted["area_id"]) <= _FEW_AREAS
        else sql.SQL(""),
        owner=_owned(shelf),
    )
    buffer = io.BytesIO()
    with _cursor(connection) as cursor, cursor.copy(query) as copy:
        for part in copy:
            buffer.write(part)
    if not buffer.getbuffer().nbytes:
        return pl.DataFrame(schema=_CURRENT_SCHEMA)
    buffer.seek(0)
    return pl.read_csv(buffer, has_header=False, schema=_CURRENT_SCHEMA)


def _write(connection: Connection, shelf: Shelf, changes: pl.DataFrame, import_id: UUID) -> None:
    recorded_at = _recorded_at(connection, shelf, import_id)
    closed = changes["id"].drop_nulls().to_list()
    if closed:
        values = shelf.value.__table__
        connection.execute(
            update(values)
            .where(values.c.id == func.any(closed))
            .values(superseded_at=recorded_at, superseded_by=import_id)
        )
    rows = (
        changes.with_columns(
            import_id=pl.lit(str(import_id)), recorded_at=pl.lit(recorded_at.isoformat())
        )
        .select(_STORED)
        .sort(CELL)
        .write_csv(include_header=False)
    )
    with _cursor(connection) as cursor:
        if shelf.organizer_id is None:
            _copy(cursor, sql.Identifier(shelf.value.__tablename__), rows)
        else:
            _copy_by_staging(cursor, shelf, import_id, rows)


def _copy_by_staging(cursor: Any, shelf: Shelf, import_id: UUID, rows: str) -> None:
    """Add rows where COPY is not allowed, under row-level security, by way of our own table."""
    table = sql.Identifier(shelf.value.__tablename__)
    staging = sql.Identifier(f"staging_{import_id.hex}")
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
        ).format(staging, _COLUMNS, table)
    )
    _copy(cursor, staging, rows)
    cursor.execute(
        sql.SQL("INSERT INTO {} (organizer_id, {}) SELECT {}, {} FROM {}").format(
            table, _COLUMNS, sql.Literal(shelf.organizer_id), _COLUMNS, staging
        )
    )
    cursor.execute(sql.SQL("DROP TABLE {}").format(staging))


def _copy(cursor: Any, table: sql.Identifier, rows: str) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, _COLUMNS)
    with cursor.copy(query) as copy:
        copy.write(rows)


def _recorded_at(connection: Connection, shelf: Shelf, import_id: UUID) -> datetime:
    imports = shelf.imports
    moment: datetime = connection.execute(
        select(imports.recorded_at).where(imports.id == import_id)
    ).scalar_one()
    return moment


def _owned(shelf: Shelf) -> sql.Composable:
    if shelf.organizer_id is None:
        return sql.SQL("")
    return sql.SQL(" AND organizer_id = {}").format(sql.Literal(shelf.organizer_id))


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def undo(connection: Connection, shelf: Shelf, import_id: UUID) -> int:
    """Take a whole import back and restore what it replaced; return how many cells changed.

    Raises Missing when there is no such import, Conflict when it is already undone, when it is
    a catalogue, or when a later import has replaced some of its values: undo that one first.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    _refuse_when_settled(connection, shelf, import_id)
    table = sql.Identifier(shelf.value.__tablename__)
    with _cursor(connection) as cursor:
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
    owner = ("organizer_id",) if shelf.organizer_id is not None else ()
    columns = sql.SQL(", ").join(map(sql.Identifier, (*owner, *kept)))
    cursor.execute(
        sql.SQL(
            "INSERT INTO {table} ({columns}, recorded_at) SELECT DISTINCT ON"
            " (series_id, area_id, period) {columns}, {now} FROM {table}"
            " WHERE superseded_by = {id} ORDER BY series_id, area_id, period, id DESC"
        ).format(table=table, columns=columns, now=sql.Literal(now), id=sql.Literal(import_id))
    )
