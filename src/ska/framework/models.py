"""Tables of the framework. Editions and items are catalogues; what a huvudman adds is its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from ska.db.base import Base, Model, Owned, refers


class FrameworkEdition(Model):
    """An utgåva as it was loaded; *digest* is the fingerprint of its content."""

    __tablename__ = "framework_edition"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    publisher: Mapped[str]
    status: Mapped[str]
    published: Mapped[str | None]
    released: Mapped[str | None]
    url: Mapped[str]
    replaces: Mapped[str | None]
    text_note: Mapped[str]
    digest: Mapped[str]
    sources: Mapped[dict[str, Any]] = mapped_column(JSONB)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    loaded_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class FrameworkItem(Model):
    """One thing in an edition: a målsättning, delmål, indikator, krav, målområde …

    *id* is edition and code, ``nks-2023/gr-1``. *details* is the item's own definition and is
    read back through `ska.framework.definitions`.
    """

    __tablename__ = "framework_item"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        Index("ix_framework_item_published_label", "published_label"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("framework_edition.id"))
    code: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("framework_item.id"))
    number: Mapped[int | None]
    position: Mapped[int]
    school_types: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    heading: Mapped[str]
    heading_is_official: Mapped[bool] = mapped_column(server_default=text("false"))
    text: Mapped[str | None]
    text_status: Mapped[str | None]
    published_label: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    retired_on: Mapped[date | None]


class FrameworkLink(Model):
    """An indicator measures a delmål: many-to-many inside an edition."""

    __tablename__ = "framework_link"

    item_id: Mapped[str] = mapped_column(ForeignKey("framework_item.id"), primary_key=True)
    to_id: Mapped[str] = mapped_column(
        ForeignKey("framework_item.id"), primary_key=True, index=True
    )
    certainty: Mapped[str]


class FrameworkWording(Owned, Base):
    """En inklistrad ordalydelse: what a huvudman read at the source, beside the edition.

    *item_id* is empty for a delmål that the edition does not know; then kind, skolform and number
    place it. Rows are never changed: a newer one replaces the older.
    """

    __tablename__ = "framework_wording"
    __table_args__ = (
        CheckConstraint(
            "item_id IS NOT NULL OR (school_type IS NOT NULL AND number IS NOT NULL)",
            name="is_placed",
        ),
        Index(
            "uq_framework_wording_current",
            "organizer_id",
            "edition_id",
            "place",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    edition_id: Mapped[str] = mapped_column(ForeignKey("framework_edition.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("framework_item.id"), index=True)
    place: Mapped[str]
    kind: Mapped[str]
    school_type: Mapped[str | None]
    number: Mapped[int | None]
    text: Mapped[str]
    source_url: Mapped[str]
    seen_on: Mapped[date]
    person_id: Mapped[UUID]
    person_name: Mapped[str]
    replaced_at: Mapped[datetime | None]


class LocalGoal(Owned, Base):
    """Ett lokalt mål: what the huvudman itself wants to reach, beside the national goals."""

    __tablename__ = "local_goal"
    __table_args__ = (
        UniqueConstraint("organizer_id", "title"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="from_before_to"),
    )

    title: Mapped[str]
    description: Mapped[str]
    decided_by: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class LocalIndicator(Owned, Base):
    """En lokal indikator: a measure of the huvudman's own, with its reading and its caution."""

    __tablename__ = "local_indicator"
    __table_args__ = (
        UniqueConstraint("organizer_id", "name"),
        CheckConstraint("better IN ('higher', 'lower', 'neutral')", name="better"),
        CheckConstraint("smallest_group >= 5", name="smallest_group"),
        refers("local_goal_id", "local_goal"),
    )

    local_goal_id: Mapped[UUID | None]
    name: Mapped[str]
    unit: Mapped[str]
    better: Mapped[str]
    definition: Mapped[str]
    caution: Mapped[str]
    smallest_group: Mapped[int]
    published_label: Mapped[str | None]  # of the table's measure that it is, when it is one
    retired_on: Mapped[date | None]


class LocalTie(Owned, Base):
    """A local goal or indicator is tied to an item of the framework, with the reason."""

    __tablename__ = "local_tie"
    __table_args__ = (
        CheckConstraint(
            "(local_goal_id IS NULL) <> (local_indicator_id IS NULL)", name="one_end_is_local"
        ),
        refers("local_goal_id", "local_goal", ondelete="CASCADE"),
        refers("local_indicator_id", "local_indicator", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "local_goal_id", "item_id"),
        UniqueConstraint("organizer_id", "local_indicator_id", "item_id"),
    )

    local_goal_id: Mapped[UUID | None]
    local_indicator_id: Mapped[UUID | None]
    item_id: Mapped[str] = mapped_column(ForeignKey("framework_item.id"), index=True)
    reason: Mapped[str]
