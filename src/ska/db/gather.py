"""Several small queries as one question, for pages that show a thing with all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, inspect, literal, literal_column, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ska.db.base import Model

T = TypeVar("T", bound=Model)
_READ: dict[type, Any] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: lambda number: Decimal(str(number)),
}


class Gathered:
    """The rows of several tables, oldest first; copies for reading, never written back."""

    def __init__(self, rows: dict[type[Model], list[Any]]) -> None:
        self._rows = rows

    def of(self, table: type[T]) -> list[T]:
        """Return the rows of *table*."""
        return self._rows.get(table, [])

    def hang(
        self, parent: type[Model], name: str, child: type[Model], key: str, *, order: str = "id"
    ) -> None:
        """Hang the rows of *child* on their parents as the list *name*, by their *key*."""
        by_parent: dict[Any, list[Any]] = {}
        for row in sorted(self._rows.get(child, []), key=attrgetter(order)):
            by_parent.setdefault(getattr(row, key), []).append(row)
        for row in self._rows.get(parent, []):
            set_committed_value(row, name, by_parent.get(row.id, []))

    def hang_one(self, parent: type[Model], name: str, child: type[Model], key: str) -> None:
        """Hang the one row of *child* on its parent as *name*, None where there is none."""
        by_parent = {getattr(row, key): row for row in self._rows.get(child, [])}
        for row in self._rows.get(parent, []):
            set_committed_value(row, name, by_parent.get(row.id))


def gather(session: Session, statements: Sequence[Select[Any]]) -> Gathered:
    """Return the rows of *statements*, each a query of one table, in one question.

    A page that would ask fifteen small questions asks one; each part keeps its own `visible()`.
    """
    tables: dict[str, type[Model]] = {}
    parts = []
    for statement in statements:
        table: type[Model] = statement.column_descriptions[0]["entity"]
        name = str(table.__tablename__)
        tables[name] = table
        row = func.to_jsonb(literal_column(f'"{name}"'), type_=JSONB)
        parts.append(statement.with_only_columns(literal(name).label("name"), row.label("row")))
    rows: dict[type[Model], list[Any]] = {table: [] for table in tables.values()}
    for name, row in session.execute(union_all(*parts)):
        rows[tables[name]].append(_copy(tables[name], row))
    for found in rows.values():
        found.sort(key=lambda one: one.id)
    return Gathered(rows)


def _copy(table: type[T], row: dict[str, Any]) -> T:
    values = {}
    for column in inspect(table).columns:
        value = row[column.name]
        read = _READ.get(column.type.python_type)
        values[column.key] = value if value is None or read is None else read(value)
    return table(**values)
