"""Loading a file's values: compare first, then write only what is new or changed, or nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from psycopg import sql
from sqlalchemy import Connection, func, insert, select, text, update

from ska.core.ids import new_id
from ska.values.contents import COMPARED, SPREAD, Contents
from ska.values.importers.observations import Remark
from ska.values.naming import Numbers, name_areas, name_measures
from ska.values.shelves import Shelf, cursor_of, wait_for_turn

CELL = ["series_id", "area_id", "period"]
_STORED = [*CELL, *COMPARED[:4], "raw_value", "carried_from", "import_id", "recorded_at"]
_SHARED = {
    "series_id": pl.Int64,
    "period": pl.String,
    "status": pl.String,
    "finality": pl.String,
    "carried_from": pl.String,
}
_OF_CELL = {"id": pl.Int64, "area_id": pl.Int64, "value": pl.Float64, "n": pl.Int64}
_OF_OWN = {**_OF_CELL, SPREAD: pl.Float64}
# Arrays come four times as fast as rows: a million cells are a few thousand rows.
_CURRENT = """
SELECT {shared}, {of_cell} FROM {table}
WHERE superseded_at IS NULL AND series_id = ANY(%(series_id)s) AND period = ANY(%(period)s)
  AND area_id = ANY(%(area_id)s){owner}
GROUP BY {shared}
"""


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

    def with_counts(self, outcome: Outcome) -> dict[str, Any]:
        """Return the account with what the file changed."""
        warnings = [*self.report.get("warnings", []), *map(asdict, outcome.warnings)]
        counts = ("new", "revised", "unchanged")
        return self.report | {"warnings": warnings} | {n: getattr(outcome, n) for n in counts}


def load(
    connection: Connection, shelf: Shelf, contents: Contents, about: About, *, dry: bool = False
) -> Outcome:
    """Put a file on the shelf inside the connection's transaction and return what changed.

    Loads of one shelf wait for one another. A file that changes nothing leaves no trace; *dry*
    only compares.
    """
    if not dry:
        wait_for_turn(connection, shelf)
    loading = _Loading(connection, shelf, contents, about, dry)
    loading.put_names()
    if not contents.reading.is_catalogue:
        loading.put_cells()
    return loading.outcome


@dataclass
class _Loading:
    connection: Connection
    shelf: Shelf
    contents: Contents
    about: About
    dry: bool
    outcome: Outcome = field(default_factory=Outcome)

    def put_names(self) -> None:
        """Bring measures and areas up to date; in a catalogue they are what is loaded."""
        reading, outcome = self.contents.reading, self.outcome
        measures = name_measures(self.connection, self.shelf, reading, dry=self.dry)
        areas = name_areas(self.connection, self.shelf, reading, dry=self.dry)
        outcome.warnings = measures.warnings
        if reading.is_catalogue:
            outcome.new = measures.new + areas.new
            outcome.revised = measures.changed + areas.changed
            outcome.unchanged = measures.unchanged + areas.unchanged
            if outcome.new + outcome.revised and not self.dry:
                self._remember()

    def put_cells(self) -> None:
        """Compare the file with what is stored, part by part, and write what differs."""
        if self._stands():
            self.outcome.unchanged = self.contents.cells
            return
        source = str(self.contents.reading.report.source)
        wanted = self.contents.series
        numbers = Numbers(self.connection, self.shelf, wanted, source, dry=self.dry)
        told = self.outcome
        for part in self.contents.parts:
            numbered = numbers.of(part.observations)
            current = self._current(numbered, numbers)
            changes = _compare(numbered, current, self._is_own)
            revised = changes["id"].count()
            self.outcome.new += changes.height - revised
            self.outcome.revised += revised
            self.outcome.unchanged += numbered.height - changes.height
            if changes.height and not self.dry:
                if self.outcome.import_id is None:
                    self._remember()
                    told = replace(self.outcome)
                self._write(changes)
        if self.outcome.import_id and told != self.outcome:
            self._remember_counts()

    def _stands(self) -> bool:
        """Tell whether one import wrote these very cells and all of them are still current."""
        imports, values = self.shelf.imports, self.shelf.value
        earlier = self.connection.scalar(
            self.shelf.rows(imports)
            .with_only_columns(imports.id)
            .where(imports.source == str(self.contents.reading.report.source))
            .where(imports.digest == self.contents.digest)
            .order_by(imports.recorded_at.desc())
            .limit(1)
        )
        if earlier is None:
            return False
        current = (
            self.shelf.rows(values)
            .with_only_columns(func.count())
            .where(values.import_id == earlier, values.superseded_at.is_(None))
        )
        return bool(self.connection.scalar(current) == self.contents.cells)

    def _remember(self) -> None:
        reading = self.contents.reading
        self.outcome.import_id = new_id()
        self.connection.execute(
            insert(self.shelf.imports.__table__).values(
                id=self.outcome.import_id,
                file=self.about.file,
                sha256=self.about.sha256,
                digest=self.contents.digest,
                source=str(reading.report.source),
                kind=reading.report.kind,
                title=reading.report.title,
                report=self.about.with_counts(self.outcome),
                source_url=reading.origin.url,
                fetched_at=reading.origin.fetched_at,
                source_published_at=reading.origin.published_at,
                person_name=self.about.person_name,
                recorded_at=text("clock_timestamp()"),
                **self.shelf.owner,
            )
        )

    def _remember_counts(self) -> None:
        """Tell what all parts changed; the import itself had to stand there before its values."""
        imports = self.shelf.imports.__table__
        self.connection.execute(
            update(imports)
            .where(imports.c.id == self.outcome.import_id)
            .values(report=self.about.with_counts(self.outcome))
        )

    def _current(self, numbered: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
        """Return the stored current versions of the series, areas and periods in *numbered*."""
        wanted = {name: numbered[name].drop_nulls().unique() for name in CELL}
        wanted["series_id"] = wanted["series_id"].filter(wanted["series_id"].is_in(numbers.known))
        of_cell = _OF_OWN if self._is_own else _OF_CELL
        schema = _SHARED | {name: pl.List(kind) for name, kind in of_cell.items()}
        rows: list[Any] = []
        if len(wanted["series_id"]):
            query = sql.SQL(_CURRENT).format(
                shared=_named(_SHARED),
                of_cell=sql.SQL(", ").join(
                    sql.SQL("array_agg({})").format(sql.Identifier(name)) for name in of_cell
                ),
                table=sql.Identifier(self.shelf.value.__tablename__),
                owner=_owned(self.shelf),
            )
            asked = {name: found.to_list() for name, found in wanted.items()}
            with cursor_of(self.connection, binary=True) as cursor:
                rows = cursor.execute(query, asked).fetchall()
        return pl.DataFrame(rows, schema=schema, orient="row").explode(*of_cell)

    def _write(self, changes: pl.DataFrame) -> None:
        import_id, recorded_at = self.outcome.import_id, self._recorded_at()
        closed = changes["id"].drop_nulls().to_list()
        if closed:
            values = self.shelf.value.__table__
            self.connection.execute(
                update(values)
                .where(values.c.id == func.any(closed))
                .values(superseded_at=recorded_at, superseded_by=import_id)
            )
        rows = io.BytesIO()
        (
            changes.with_columns(
                import_id=pl.lit(str(import_id)), recorded_at=pl.lit(recorded_at.isoformat())
            )
            .select([*_STORED, SPREAD] if self._is_own else _STORED)
            .sort(CELL)
            .write_csv(rows, include_header=False)
        )
        with cursor_of(self.connection) as cursor:
            if self.shelf.organizer_id is None:
                _copy(cursor, sql.Identifier(self.shelf.value.__tablename__), rows, _STORED)
            else:
                _copy_by_staging(cursor, self.shelf, rows)

    @property
    def _is_own(self) -> bool:
        return self.shelf.organizer_id is not None

    def _recorded_at(self) -> datetime:
        imports = self.shelf.imports
        moment: datetime = self.connection.execute(
            select(imports.recorded_at).where(imports.id == self.outcome.import_id)
        ).scalar_one()
        return moment


def _compare(numbered: pl.DataFrame, current: pl.DataFrame, is_own: bool) -> pl.DataFrame:
    """Return the cells that are not stored as they stand; ``id`` is the version to close."""
    compared = [*COMPARED, SPREAD] if is_own else COMPARED
    joined = numbered.join(current, on=CELL, how="left", suffix="_now")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_now")) for name in compared)
    return joined.filter(pl.col("id").is_null() | ~same)


def _copy_by_staging(cursor: Any, shelf: Shelf, rows: io.BytesIO) -> None:
    """Add rows where COPY is not allowed, under row-level security, by way of our own table."""
    table = sql.Identifier(shelf.value.__tablename__)
    staging = sql.Identifier(f"staging_{new_id().hex}")
    stored = [*_STORED, SPREAD]
    columns = _named(stored)
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
        ).format(staging, columns, table)
    )
    _copy(cursor, staging, rows, stored)
    cursor.execute(
        sql.SQL("INSERT INTO {} (organizer_id, {}) SELECT {}, {} FROM {}").format(
            table, columns, sql.Literal(shelf.organizer_id), columns, staging
        )
    )
    cursor.execute(sql.SQL("DROP TABLE {}").format(staging))


def _copy(cursor: Any, table: sql.Identifier, rows: io.BytesIO, columns: list[str]) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, _named(columns))
    with cursor.copy(query) as copy:
        copy.write(rows.getbuffer())


def _named(columns: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _owned(shelf: Shelf) -> sql.Composable:
    if shelf.organizer_id is None:
        return sql.SQL("")
    return sql.SQL(" AND organizer_id = {}").format(sql.Literal(shelf.organizer_id))
