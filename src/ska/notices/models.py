"""Tables of what people are told: notices in the app, mail waiting to be sent, and the clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Model, Owned, refers


class Notice(Owned, Base):
    """A notis: one thing that one person is told about, with the page it leads to."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("organizer_id", "person_id", "dedupe_key"),
        Index("ix_notice_unread", "organizer_id", "person_id", "read_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    href: Mapped[str]
    dedupe_key: Mapped[str]
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class NoticeSetting(Owned, Base):
    """How a person wants to hear of one kind of notice; without a row the kind's own way holds."""

    __tablename__ = "notice_setting"
    __table_args__ = (
        UniqueConstraint("organizer_id", "person_id", "kind"),
        CheckConstraint("channel IN ('mail', 'app', 'off')", name="channel"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    channel: Mapped[str]


class OutboxMail(Owned, Base):
    """A mail on its way out. The key makes it unique and names it (Message-ID) at every try.

    *tells* holds the keys of the reminders in it, so that it can be told right when it is sent.
    """

    __tablename__ = "outbox_mail"
    __table_args__ = (
        UniqueConstraint("organizer_id", "dedupe_key"),
        CheckConstraint("state IN ('pending', 'leased', 'sent', 'dead')", name="state"),
        Index(
            "ix_outbox_mail_waiting",
            "organizer_id",
            "id",
            postgresql_where=text("state IN ('pending', 'leased')"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    dedupe_key: Mapped[str]
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    tells: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"), default=list)
    state: Mapped[str] = mapped_column(server_default=text("'pending'"), default="pending")
    attempts: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    not_before: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class CalendarFeed(Owned, Base):
    """A secret address that a calendar reads the year from; only its hash is kept.

    Of all that its owner sees, of one unit, or of a network's days.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        Index("ix_calendar_feed_person", "organizer_id", "person_id"),
        CheckConstraint("unit_id IS NULL OR network_id IS NULL", name="is_of_one"),
        Index("ix_calendar_feed_unit_id", "organizer_id", "unit_id"),
        Index("ix_calendar_feed_network_id", "network_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[UUID | None]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SchedulerBeat(Model):
    """When a scheduler last showed that it is alive; the installation's, not a huvudman's."""

    __tablename__ = "scheduler_beat"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
