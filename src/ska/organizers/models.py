"""Tables of the organisation. Huvudmän are public reference data; units belong to one of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    SQLColumnExpression,
    UniqueConstraint,
    case,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.core.prints import print_of
from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.rules import GROUP, NETWORK


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


class PrincipalsGroup(Owned, Base):
    """A rektorsgrupp: rektorer of one huvudman who meet about their units, for as long as it lasts.

    It is of units: who meets is whoever holds the rektor role there on the day. Read by those who
    read the huvudman's work, as its networks are.
    """

    __tablename__ = "principals_group"
    __table_args__ = (UniqueConstraint("organizer_id", "slug"),)

    slug: Mapped[str]
    name: Mapped[str]
    ended_at: Mapped[datetime | None]

    members: Mapped[list[GroupMember]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="GroupMember.id"
    )

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's groups, for those who read its work."""
        return cls.organizer_id == reader.organizer_id if reader.sees_drafts else false()

    @property
    def leading_unit(self) -> UUID | None:
        """Return the unit whose rektor leads the group; its members must be loaded."""
        return next((one.unit_id for one in self.members if one.leads), None)

    @property
    def print(self) -> str:
        """Return the version of what is said of the group; its members must be loaded."""
        units = sorted(str(one.unit_id) for one in self.members)
        return print_of(self.name, self.leading_unit, self.ended_at is None, *units)


class GroupMember(Owned, Base):
    """A unit in a rektorsgrupp; the rektor of at most one of them *leads* the group."""

    __tablename__ = "group_member"
    __table_args__ = (
        refers("group_id", "principals_group", ondelete="CASCADE"),
        refers("unit_id", "school_unit"),
        UniqueConstraint("group_id", "unit_id"),
        Index("ix_group_member_unit_id", "organizer_id", "unit_id"),
        Index("uq_group_member_leads", "group_id", unique=True, postgresql_where=text("leads")),
    )

    group_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    leads: Mapped[bool] = mapped_column(server_default=text("false"), default=False)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the members of the huvudman's groups, whichever unit the reader is of."""
        return cls.organizer_id == reader.organizer_id if reader.sees_drafts else false()


class SavedView(Owned, Base):
    """A sparad vy: what was asked for in a comparison, and never what it answered.

    *question* has the names of the page's address. A view that is fixed for a network's meeting is
    read by its members, each with their own "våra enheter" and their own place; one that is fixed
    for a rektorsgrupp by those who read the huvudman's work.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("whose IN ('mine', 'all', 'network', 'group')", name="whose"),
        CheckConstraint("(whose = 'network') = (network_id IS NOT NULL)", name="network_has_one"),
        CheckConstraint("(whose = 'group') = (group_id IS NOT NULL)", name="group_has_one"),
        refers("group_id", "principals_group"),
        Index("ix_saved_view_network_id", "network_id"),
        Index("ix_saved_view_group_id", "organizer_id", "group_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_by: Mapped[str]
    name: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(JSONB)
    whose: Mapped[str]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    group_id: Mapped[UUID | None]
    meeting_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]

    @classmethod
    def is_of_some(cls) -> ColumnElement[bool]:
        """Return the views of a network or a rektorsgrupp, or that compare in one."""
        among = func.coalesce(cls.question["vilka"].astext, "")
        fixed = or_(cls.network_id.is_not(None), cls.group_id.is_not(None))
        return or_(fixed, among.startswith(NETWORK), among.startswith(GROUP))

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own views, and those fixed for the meetings of its networks.

        What is of a network or a rektorsgrupp is for those who read the work, drafts too.
        """
        here = cls.organizer_id == reader.organizer_id
        if not reader.sees_drafts:
            return here & ~cls.is_of_some()
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        fixed = cls.removed_at.is_(None) & cls.network_id.in_(ours)
        return or_(here, fixed)
