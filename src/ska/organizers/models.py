"""Tables of the organisation. Huvudmän are public reference data; units belong to one of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    SQLColumnExpression,
    UniqueConstraint,
    case,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.core.prints import print_of
from ska.db.base import Base, Owned, refers


class Organizer(Base):
    """A huvudman: the municipality, region, state or private body behind the schools."""

    __tablename__ = "organizer"
    __table_args__ = (
        CheckConstraint(
            "organizer_type IN ('municipal', 'private', 'region', 'state')", name="organizer_type"
        ),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organizer_type: Mapped[str]
    municipality_code: Mapped[str | None] = mapped_column(unique=True)
    organisation_number: Mapped[str | None] = mapped_column(index=True)
    county_code: Mapped[str | None]
    county_name: Mapped[str | None]
    skr_group: Mapped[str | None]
    skr_group_name: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    source: Mapped[str]
    source_date: Mapped[date | None]


class SchoolUnit(Owned, Base):
    """A skolenhet or förskoleenhet: has its own rektor and, for schools, a national code."""

    __tablename__ = "school_unit"
    __table_args__ = (
        UniqueConstraint("organizer_id", "slug"),
        CheckConstraint("kind IN ('school_unit', 'preschool_unit')", name="kind"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="from_before_to"),
    )

    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=text("'school_unit'"), default="school_unit")
    school_unit_code: Mapped[str | None] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(server_default=text("'active'"), default="active")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    predecessor_code: Mapped[str | None]
    source: Mapped[str]

    school_types: Mapped[list[UnitSchoolType]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="UnitSchoolType.school_type"
    )

    def is_open(self, day: date) -> bool:
        """Tell whether the unit is at work on *day*: only then is anything new begun on it."""
        return self.status != "ended" if self.valid_to is None else self.valid_to >= day

    @classmethod
    def open_on(cls, day: SQLColumnExpression[date]) -> ColumnElement[bool]:
        """Return the units that are at work on *day*, as `is_open` tells, for the database."""
        return case((cls.valid_to.is_(None), cls.status != "ended"), else_=cls.valid_to >= day)

    @property
    def print(self) -> str:
        """Return the version of what is said of the unit; its school types must be loaded."""
        types = sorted(one.school_type for one in self.school_types)
        return print_of(self.name, *types, self.valid_to)


class UnitSchoolType(Owned, Base):
    """A skolform that a unit runs, and since when."""

    __tablename__ = "unit_school_type"
    __table_args__ = (
        refers("unit_id", "school_unit", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "unit_id", "school_type", "valid_from"),
    )

    unit_id: Mapped[UUID]
    school_type: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Network(Base):
    """Huvudmän that work together; what it is called and who is in it is public.

    The coordinator is the huvudman that invites; a network from a seed may have none.
    """

    __tablename__ = "network"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    coordinator_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizer.id"))


class NetworkMember(Base):
    """A huvudman in a network: a member from *valid_from* on, before that only invited."""

    __tablename__ = "network_member"
    __table_args__ = (
        UniqueConstraint("network_id", "organizer_id"),
        Index("ix_network_member_organizer_id", "organizer_id"),
    )

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    organizer_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @classmethod
    def is_member(cls) -> ColumnElement[bool]:
        """Return the memberships in force."""
        return cls.valid_from.is_not(None) & cls.valid_to.is_(None)

    @classmethod
    def is_invited(cls) -> ColumnElement[bool]:
        """Return the invitations that wait for an answer."""
        return cls.valid_from.is_(None) & cls.valid_to.is_(None)
