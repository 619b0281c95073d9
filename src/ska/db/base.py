"""Base classes of every table, and the one way to refer from one owned table to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Text,
    UniqueConstraint,
    event,
    func,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

from ska.core.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """A table with keys of its own; catalogues and values keep their natural keys."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text(), datetime: DateTime(timezone=True)}  # noqa: RUF012  # only read


class Base(Model):
    """A table whose rows have a UUIDv7 and remember when they were made and changed."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=91
    )


class Reader(Protocol):
    """One role of one person, as far as reading needs to know it."""

    @property
    def organizer_id(self) -> UUID | None:
        """Return the huvudman in which the role is held."""

    @property
    def unit_id(self) -> UUID | None:
        """Return the unit that the role is limited to; None is the whole huvudman."""

    @property
    def sees_drafts(self) -> bool:
        """Tell whether the role reads texts that are not yet fastställda."""


class Owned:
    """A row that belongs to one huvudman; guarded by `visible()` and by row-level security."""

    organizer_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"), sort_order=-9)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the rows that *reader* may see: the huvudman's own, the unit's when limited.

        A table with ``unit_id`` shows a unit's people its own rows and those of the huvudman as
        a whole. Rooms with drafts override this.
        """
        mine: ColumnElement[bool] = cls.organizer_id == reader.organizer_id
        unit = getattr(cls, "unit_id", None)
        if reader.unit_id is None or unit is None:
            return mine
        return mine & or_(unit.is_(None), unit == reader.unit_id)


@event.listens_for(Owned, "instrument_class", propagate=True)
def _key_with_owner(mapper: Mapper[Any], class_: type) -> None:
    """Give each owned table the key that composite references point at."""
    table = mapper.local_table
    table.append_constraint(UniqueConstraint("organizer_id", "id"))  # type: ignore[attr-defined]  # always a Table here


def refers(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """Return a reference to an owned table that cannot cross from one huvudman to another.

    Row-level security does not guard foreign keys (decision 23), so the owner is part of the key.
    """
    return ForeignKeyConstraint(
        ["organizer_id", column], [f"{table}.organizer_id", f"{table}.id"], ondelete=ondelete
    )
