"""Tables of questions: what is asked, and the answers.

A question belongs to the huvudman that asked. Its network reads it by one policy more, and whoever
it is put to adds an answer there and changes nothing (decision 0089).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.models import NetworkMember


class AskedQuestion(Owned, Base):
    """En fråga ur en jämförelse: put to a unit, to another huvudman, or jointly to a network.

    *asker* and *receiver* are the names as they were. No number is kept: what others lent stays
    theirs. *seen_at* is the picture that was asked of, an address under the reader's own huvudman.
    """

    __tablename__ = "asked_question"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        CheckConstraint("num_nonnulls(network_id, unit_id) = 1", name="one_way"),
        CheckConstraint("to_organizer_id IS NULL OR network_id IS NOT NULL", name="in_a_network"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_whole"),
        Index(
            "uq_asked_question_joint", "network_id", "item", unique=True,
            postgresql_where=text(
                "closed_at IS NULL AND to_organizer_id IS NULL AND unit_id IS NULL"
            ),
        ),
        Index("ix_asked_question_network_id", "network_id"),
        Index("ix_asked_question_unit_id", "organizer_id", "unit_id"),
    )  # fmt: skip

    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    to_organizer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizer.id"))
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asker: Mapped[str]
    receiver: Mapped[str]
    item: Mapped[str]
    title: Mapped[str]
    period: Mapped[str]
    question: Mapped[str]
    asked_by: Mapped[str]
    meeting_on: Mapped[date | None]
    seen_at: Mapped[str] = mapped_column(server_default="", default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]

    @property
    def is_joint(self) -> bool:
        """Tell whether it is the one question that a network has about the indicator."""
        return self.network_id is not None and self.to_organizer_id is None

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own questions, and those put to it or to its networks."""
        if not reader.sees_drafts:
            return false()
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        put_to_us = or_(
            cls.to_organizer_id.is_(None), cls.to_organizer_id == reader.organizer_id
        ) & cls.network_id.in_(ours)
        return or_(cls.organizer_id == reader.organizer_id, put_to_us)


class GivenAnswer(Owned, Base):
    """Ett svar: it lies with the question, each huvudman gives one, and it stands."""

    __tablename__ = "given_answer"
    __table_args__ = (
        refers("question_id", "asked_question", ondelete="CASCADE"),
        Index("uq_given_answer_answerer", "question_id", "answerer_id", unique=True),
        Index("ix_given_answer_question", "organizer_id", "question_id"),
    )

    question_id: Mapped[UUID]
    answerer_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    answerer: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str]
    answered_by: Mapped[str]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the answers to every question that the reader sees."""
        theirs = select(AskedQuestion.id).where(
            AskedQuestion.organizer_id == cls.organizer_id,
            AskedQuestion.id == cls.question_id,
            AskedQuestion.readable_by(reader),
        )
        return theirs.correlate(cls).exists()
