"""Tables of values: one published set that all read, and a twin of it for each huvudman's own.

Published values are written by the database's owner only (`ska load values`); a huvudman's own
stand under row-level security (decisions 11 and 22). Values are only ever added: a revision
closes the old row and adds a new one (decision 24).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Model, Owned, refers
from ska.values.rules import WHOLE

OWN_IDS_START = 1_000_000_000_000  # a value's number alone tells whose shelf it stands on
CURRENT = text("superseded_at IS NULL")
HISTORY = text("superseded_at IS NOT NULL")


class Numbered:
    """A row known by a number of its own; values are too many for UUIDs."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, sort_order=-10)


class MeasureColumns(Numbered):
    """What is measured, as its source spells it."""

    source: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    unit: Mapped[str] = mapped_column(server_default="")
    definition: Mapped[str] = mapped_column(server_default="")
    definition_version: Mapped[int] = mapped_column(Integer, server_default="1")
    nature: Mapped[str] = mapped_column(server_default="result")
    smallest_group: Mapped[int | None]
    scope_note: Mapped[str | None]
    next_publication: Mapped[str | None]


class AreaColumns(Numbered):
    """What a value is about: a country, municipality, huvudman, school unit or group."""

    area_type: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    municipality_code: Mapped[str | None]
    organizer_number: Mapped[str | None]
    unit_code: Mapped[str | None]
    members: Mapped[str | None]


class SeriesColumns(Numbered):
    """One combination of measure, definition, kind of area, scope, gender, group and period."""

    measure_id: Mapped[int] = mapped_column(BigInteger)
    definition_version: Mapped[int] = mapped_column(Integer, server_default="1")
    area_type: Mapped[str]
    scope: Mapped[str]
    gender: Mapped[str]
    pupil_group: Mapped[str] = mapped_column(server_default=WHOLE)
    period_type: Mapped[str]


class ValueColumns(Numbered):
    """One version of one cell; the current one has no ``superseded_at``."""

    series_id: Mapped[int] = mapped_column(BigInteger)
    area_id: Mapped[int] = mapped_column(BigInteger)
    period: Mapped[str]
    value: Mapped[float | None] = mapped_column(Double)
    n: Mapped[int | None]
    status: Mapped[str]
    finality: Mapped[str]
    raw_value: Mapped[str | None]
    carried_from: Mapped[str | None]
    import_id: Mapped[Any] = mapped_column(UUID(as_uuid=True))
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    superseded_by: Mapped[Any | None] = mapped_column(UUID(as_uuid=True))


class ImportColumns:
    """One file that was read in: the whole of it, or nothing."""

    file: Mapped[str]
    sha256: Mapped[str]
    digest: Mapped[str] = mapped_column(server_default="")  # of its cells and values
    source: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    source_url: Mapped[str] = mapped_column(server_default="")
    fetched_at: Mapped[datetime | None]
    source_published_at: Mapped[datetime | None]
    person_name: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


def _value_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint(
            "(value IS NOT NULL) = (status IN ('value', 'approximate'))", name="gap_has_status"
        ),
        CheckConstraint("finality IN ('final', 'preliminary')", name="finality"),
    )


_GENDER = "gender IN ('T', 'K', 'M')"
_CELL = ("series_id", "area_id", "period")
_BY_AREA = ("area_id", "period", "series_id")


class Measure(MeasureColumns, Model):
    """A published measure: a KPI of Kolada, a column or row of Skolverket's tables."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("source", "code"), Index("ix_measure_title", "title"))


class Area(AreaColumns, Model):
    """An area in published statistics."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("area_type", "code"),
        Index("ix_area_organizer_number", "organizer_number"),
        Index("ix_area_unit_code", "unit_code"),
    )


class Series(SeriesColumns, Model):
    """A published series, of all pupils together: those who read them know of no group."""

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint(
            "measure_id", "area_type", "scope", "gender", "period_type", "definition_version"
        ),
        CheckConstraint(_GENDER, name="gender"),
        CheckConstraint(f"pupil_group = '{WHOLE}'", name="of_the_whole"),
    )

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))


class Value(ValueColumns, Model):
    """A published value; foreign keys would double the time of a load (decision 24)."""

    __tablename__ = "value"
    __table_args__ = (
        Index("uq_value_current", *_CELL, unique=True, postgresql_where=CURRENT),
        Index("ix_value_area", *_BY_AREA, postgresql_include=["value"], postgresql_where=CURRENT),
        Index("ix_value_history", *_CELL, postgresql_where=HISTORY),
        Index("ix_value_import", "import_id", postgresql_using="brin"),
        *_value_checks(),
    )


class ValueImport(ImportColumns, Base):
    """A file read into the published set."""

    __tablename__ = "value_import"
    __table_args__ = (Index("ix_value_import_changed", text("GREATEST(recorded_at, undone_at)")),)


class OwnMeasure(MeasureColumns, Owned, Model):
    """A measure of the huvudman's own, or a published one that the huvudman read in itself."""

    __tablename__ = "own_measure"
    __table_args__ = (UniqueConstraint("organizer_id", "source", "code"),)


class OwnArea(AreaColumns, Owned, Model):
    """An area in the huvudman's own values; units without a national code have their name."""

    __tablename__ = "own_area"
    __table_args__ = (UniqueConstraint("organizer_id", "area_type", "code"),)


class OwnSeries(SeriesColumns, Owned, Model):
    """A series of the huvudman's own; by a group of the pupils only of it or a unit, as a whole."""

    __tablename__ = "own_series"
    __table_args__ = (
        refers("measure_id", "own_measure"),
        UniqueConstraint(
            "organizer_id",
            "measure_id",
            "area_type",
            "scope",
            "gender",
            "pupil_group",
            "period_type",
            "definition_version",
        ),
        CheckConstraint(_GENDER, name="gender"),
        CheckConstraint(
            f"pupil_group = '{WHOLE}'"
            " OR (area_type IN ('organizer', 'school_unit') AND scope = 'all' AND gender = 'T')",
            name="divided_as_a_whole",
        ),
    )


class OwnImport(ImportColumns, Owned, Base):
    """A file that a huvudman read in: an inläsning."""

    __tablename__ = "own_import"


class OwnValue(ValueColumns, Owned, Model):
    """A value of the huvudman's own; shown only through the gate."""

    __tablename__ = "own_value"
    __table_args__ = (
        refers("series_id", "own_series"),
        refers("area_id", "own_area"),
        refers("import_id", "own_import"),
        Index(
            "uq_own_value_current", "organizer_id", *_CELL, unique=True, postgresql_where=CURRENT
        ),
        Index("ix_own_value_history", "organizer_id", *_CELL, postgresql_where=HISTORY),
        Index("ix_own_value_import", "organizer_id", "import_id"),
        *_value_checks(),
        CheckConstraint("spread IS NULL OR (value IS NOT NULL AND spread >= 0)", name="spread"),
    )

    spread: Mapped[float | None] = mapped_column(Double)
    id: Mapped[int] = mapped_column(
        BigInteger, Identity(start=OWN_IDS_START), primary_key=True, sort_order=-10
    )


class OwnLimit(Owned, Base):
    """A huvudman's own, stricter smallest groups; never lower than the house's (decision 27)."""

    __tablename__ = "own_limit"
    __table_args__ = (
        UniqueConstraint("organizer_id"),
        CheckConstraint("inside >= 5 AND outside >= 10", name="never_lower"),
    )

    inside: Mapped[int]
    outside: Mapped[int]


class Upload(Owned, Base):
    """A file that waits between the trial reading and the yes; taken away with the answer."""

    __tablename__ = "upload"

    file: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    person_id: Mapped[Any] = mapped_column(UUID(as_uuid=True))
    dropped: Mapped[int] = mapped_column(Integer, server_default="0", default=0)
    has_people: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class TableLesson(Owned, Base):
    """A tolkning: how the huvudman reads a table with this header, taught once by a person."""

    __tablename__ = "table_lesson"
    __table_args__ = (UniqueConstraint("organizer_id", "header"),)

    name: Mapped[str]
    header: Mapped[str]  # the header's names as they are compared, one a line
    lesson: Mapped[dict[str, Any]] = mapped_column(JSONB)
    person_name: Mapped[str]


class AreaName(Owned, Base):
    """How a unit's name is written in files, and which unit a person said that it is."""

    __tablename__ = "area_name"
    __table_args__ = (UniqueConstraint("organizer_id", "written"),)

    written: Mapped[str]
    area_code: Mapped[str]
