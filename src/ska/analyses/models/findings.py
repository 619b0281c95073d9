"""What is seen and what it shows: observations with their numbers, findings with their tags."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.analyses.models.analysis import InAnalysis
from ska.db.base import Base, refers

_PICTURED = re.compile(r"(/jamfor(?:/salsa)?|/np-betyg|/resultat/(?!signaler\b)[^/?]+)(?=\?|$)")


class Observation(InAnalysis, Base):
    """An underlag: what was seen, heard or read, with its numbers pinned as they were.

    *seen_at* is the address, under the huvudman's, of the picture that the numbers were seen in.
    """

    __tablename__ = "observation"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_observation_analysis_id", "organizer_id", "analysis_id"),
    )

    kind: Mapped[str]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    population: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    unit_of_measure: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    observed_on: Mapped[date | None]
    is_kept: Mapped[bool] = mapped_column(server_default=sql("true"), default=True)
    origin: Mapped[str] = mapped_column(server_default=sql("'written'"), default="written")
    seen_at: Mapped[str] = mapped_column(server_default=sql("''"), default="")

    values: Mapped[list[ObservationValue]] = relationship(
        lazy="raise", order_by="ObservationValue.position", cascade="all, delete-orphan"
    )

    @property
    def picture_at(self) -> str:
        """Return the address of that picture by itself; nothing where the page is a table alone."""
        found = _PICTURED.match(self.seen_at)
        return f"{found[0]}/bild.svg{self.seen_at[found.end() :]}" if found else ""


class ObservationValue(InAnalysis, Base):
    """A number as it was when it was pinned; *value_id* leads to where it came from.

    *since* says why it is not counted as those before a break, where its series has one. None is
    not known: it was pinned before breaks were kept.
    """

    __tablename__ = "observation_value"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("observation_id", "observation", ondelete="CASCADE"),
        CheckConstraint("n IS NULL OR n > 0", name="n_is_positive"),
        Index("ix_observation_value_observation_id", "organizer_id", "observation_id"),
    )

    observation_id: Mapped[UUID]
    position: Mapped[int]
    period: Mapped[str]
    value: Mapped[Decimal | None]
    n: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default=sql("'value'"), default="value")
    value_id: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[str | None] = mapped_column(server_default="", default="")


class Finding(InAnalysis, Base):
    """A styrka or utmaning: what the observations show."""

    __tablename__ = "finding"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_finding_analysis_id", "organizer_id", "analysis_id"),
    )

    kind: Mapped[str]
    text: Mapped[str]

    observations: Mapped[list[FindingObservation]] = relationship(
        lazy="raise", cascade="all, delete-orphan"
    )
    tags: Mapped[list[FindingTag]] = relationship(lazy="raise", cascade="all, delete-orphan")


class FindingObservation(InAnalysis, Base):
    """An observation that a finding rests on."""

    __tablename__ = "finding_observation"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("finding_id", "finding", ondelete="CASCADE"),
        refers("observation_id", "observation", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "finding_id", "observation_id"),
    )

    finding_id: Mapped[UUID]
    observation_id: Mapped[UUID]


class FindingTag(InAnalysis, Base):
    """What in the framework a finding is about: a delmål, an indicator, a local goal, …"""

    __tablename__ = "finding_tag"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("finding_id", "finding", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "finding_id", "kind", "item"),
        Index("ix_finding_tag_item", "organizer_id", "kind", "item"),
    )

    finding_id: Mapped[UUID]
    kind: Mapped[str]
    item: Mapped[str]
