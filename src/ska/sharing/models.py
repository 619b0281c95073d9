"""Tables of sharing: the grant, the copy that others read, and who read it.

They stand under row-level security like every owned table, with one policy more each: the members
of the network read what is shared with it, and what they share themselves (decision 0072).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Double, ForeignKey, Index, or_, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column

from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.models import NetworkMember


class ShareGrant(Owned, Base):
    """A huvudman's consent that a network reads one thing, for a purpose, until a day."""

    __tablename__ = "share_grant"
    __table_args__ = (
        CheckConstraint("kind IN ('indicator')", name="kind"),
        Index(
            "uq_share_grant_live", "organizer_id", "network_id", "kind", "item",
            unique=True, postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_share_grant_network", "network_id", "kind", "item"),
    )  # fmt: skip

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[str]
    item: Mapped[str]
    title: Mapped[str]
    purpose: Mapped[str]
    definition: Mapped[str]
    until: Mapped[date]
    given_by: Mapped[str]
    copied_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]

    def is_live(self, day: date) -> bool:
        """Tell whether others may read the copy on *day*."""
        return self.withdrawn_at is None and self.until >= day

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own grants, and those given to its networks."""
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        received = cls.withdrawn_at.is_(None) & cls.network_id.in_(ours)
        return or_(cls.organizer_id == reader.organizer_id, received)


class SharedValue(Owned, Base):
    """One value of a published copy, as the gate let it out on the day of the copy."""

    __tablename__ = "shared_value"
    __table_args__ = (
        refers("grant_id", "share_grant", ondelete="CASCADE"),
        Index("ix_shared_value_grant", "organizer_id", "grant_id"),
        CheckConstraint(
            "(value IS NOT NULL) = (status IN ('value', 'approximate'))", name="gap_has_status"
        ),
    )

    grant_id: Mapped[UUID]
    period_type: Mapped[str]
    period: Mapped[str]
    value: Mapped[float | None] = mapped_column(Double)
    n: Mapped[int | None]
    unit: Mapped[str]
    status: Mapped[str]
    finality: Mapped[str]
    carried_from: Mapped[str | None]
    recorded_at: Mapped[datetime]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own copies, and those of things that it shares itself."""
        theirs, mine = aliased(ShareGrant), aliased(ShareGrant)
        both = (
            select(theirs.id)
            .join(
                mine,
                (mine.network_id == theirs.network_id)
                & (mine.kind == theirs.kind)
                & (mine.item == theirs.item),
            )
            .where(
                theirs.organizer_id == cls.organizer_id,
                theirs.id == cls.grant_id,
                theirs.withdrawn_at.is_(None),
                mine.organizer_id == reader.organizer_id,
                mine.withdrawn_at.is_(None),
            )
        )
        return or_(cls.organizer_id == reader.organizer_id, both.exists())


LOGGED_APART = 31
"""Days in which each reading of a copy is a row of its own; then a day's are added up."""


class ShareViewing(Owned, Base):
    """Someone in another huvudman read a copy; the giver's to read.

    A row is a time, and after a month (`LOGGED_APART`) the *times* of a day.
    """

    __tablename__ = "share_viewing"
    __table_args__ = (
        refers("grant_id", "share_grant", ondelete="CASCADE"),
        Index("ix_share_viewing_grant", "grant_id", "person_id", "viewed_on"),
        Index("ix_share_viewing_viewer", "viewer_id"),
        CheckConstraint("times > 0", name="some"),
    )

    grant_id: Mapped[UUID]
    viewer_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    viewer: Mapped[str]
    person_id: Mapped[UUID]
    person_name: Mapped[str]
    viewed_on: Mapped[date]
    times: Mapped[int] = mapped_column(server_default="1", default=1)
