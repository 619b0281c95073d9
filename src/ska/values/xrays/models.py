"""What the X-ray keeps: what people have explained, and what is found in published values."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned


class FalseAlarm(Owned, Base):
    """A känt fynd: a finding of the X-ray that someone has explained; its numbers are not kept."""

    __tablename__ = "false_alarm"
    __table_args__ = (UniqueConstraint("organizer_id", "finding"),)

    finding: Mapped[str]
    rule: Mapped[str]
    reason: Mapped[str]
    person_name: Mapped[str]


class XrayRound(Owned, Base):
    """What the kept findings of a huvudman stand on: which change, which areas, which rules."""

    __tablename__ = "xray_round"
    __table_args__ = (UniqueConstraint("organizer_id"),)

    built_on: Mapped[datetime | None]  # the newest change of published values that it has seen
    ground: Mapped[str]  # a digest of the areas and of the edition of the rules
    found: Mapped[int] = mapped_column(Integer)


class XrayFinding(Owned, Base):
    """A finding in what is published of a huvudman; always possible to make anew."""

    __tablename__ = "xray_finding"
    __table_args__ = (
        UniqueConstraint("organizer_id", "finding"),
        Index("ix_xray_finding_place", "organizer_id", "place"),
        Index("ix_xray_finding_measure", "organizer_id", "source", "measure"),
    )

    finding: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str]
    subject: Mapped[str]
    sentence: Mapped[str]
    content: Mapped[str]
    source: Mapped[str]
    measure: Mapped[str]
    value_id: Mapped[int | None] = mapped_column(BigInteger)
