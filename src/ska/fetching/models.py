"""Tables of fetches: what was asked for and how far it came, and a table's codes as last seen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned


class FetchState(StrEnum):
    """How far a fetch has come; an incomplete one says what is missing."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    INCOMPLETE = "incomplete"


class Fetch(Owned, Base):
    """En hämtning: open data for a huvudman, asked for by a person or by the calendar.

    *key* is what makes it one: the calendar can never ask twice for the same publication.
    """

    __tablename__ = "fetch_run"
    __table_args__ = (
        UniqueConstraint("organizer_id", "key"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'incomplete')", name="state"),
    )

    key: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    person_name: Mapped[str] = mapped_column(server_default="", default="")
    state: Mapped[str] = mapped_column(server_default="waiting", default="waiting")
    answered: Mapped[int] = mapped_column(server_default="0", default=0)
    doing: Mapped[str] = mapped_column(server_default="", default="")
    account: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    started_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TableLabel(Base):
    """A measure of a table by its words, with the code it had when last seen; for all to read."""

    __tablename__ = "table_label"
    __table_args__ = (UniqueConstraint("path", "label"),)

    path: Mapped[str]
    label: Mapped[str]
    code: Mapped[str]
    seen_on: Mapped[date]
    gone_on: Mapped[date | None]
