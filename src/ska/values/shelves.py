"""Where values are kept: the published set, or one huvudman's own; the same acts on both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select, update
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


def version(session: Session, shelf: Shelf) -> str:
    """Return what changes whenever anything on the shelf does; the key of every cache."""
    imports = shelf.imports
    newest = select(func.max(func.greatest(imports.recorded_at, imports.undone_at)))
    if shelf.organizer_id is not None:
        newest = newest.where(imports.organizer_id == shelf.organizer_id)
    return str(session.scalar(newest))


def add_rows(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert many rows in few statements."""
    for start in range(0, len(rows), 2_000):
        connection.execute(insert(table.__table__), rows[start : start + 2_000])


def change_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Update rows by their number, column by column as given."""
    for row in rows:
        values = {name: value for name, value in row.items() if name != "id"}
        connection.execute(update(table).where(table.c.id == row["id"]).values(**values))
