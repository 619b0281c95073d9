"""Tables of what is lent: the words of an insats as a network reads them, loans, and tellings.

What is lent belongs to who lends. The network reads it by one policy more, as long as whoever lends
is in it; whoever borrows adds a row and changes nothing. What came of it belongs to who tells it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, false, or_, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column

from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.models import NetworkMember


class LentPractice(Owned, Base):
    """Ett utlånat arbetssätt: a copy of an insats, in the words that its huvudman lets others read.

    *place* is where it was tried, *outcome* what came of it, both as they were told; *item* is the
    indicator that it is about, empty for none.
    """

    __tablename__ = "lent_practice"
    __table_args__ = (
        refers("action_id", "action"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_whole"),
        Index(
            "uq_lent_practice_live", "organizer_id", "network_id", "action_id",
            unique=True, postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_lent_practice_network_id", "network_id"),
        Index("ix_lent_practice_action_id", "organizer_id", "action_id"),
    )  # fmt: skip

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    action_id: Mapped[UUID]
    lender: Mapped[str]
    place: Mapped[str]
    item: Mapped[str]
    item_title: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    outcome: Mapped[str]
    level: Mapped[str]
    governance_level: Mapped[str]
    horizon: Mapped[str]
    owner_role: Mapped[str]
    until: Mapped[date]
    lent_on: Mapped[date]
    lent_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]

    def stands_on(self, today: date) -> bool:
        """Tell whether it is lent on the day *today*."""
        return self.withdrawn_at is None and self.until >= today

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what the huvudman lends, and what is lent in its networks by who still is there.

        Who left and came back lends nothing that was lent before.
        """
        if not reader.sees_drafts:
            return false()
        lender = aliased(NetworkMember)
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        is_there = select(lender.id).where(
            lender.network_id == cls.network_id,
            lender.organizer_id == cls.organizer_id,
            lender.valid_from <= cls.lent_on,
            lender.valid_to.is_(None),
        )
        lent_to_us = cls.withdrawn_at.is_(None) & cls.network_id.in_(ours) & is_there.exists()
        return or_(cls.organizer_id == reader.organizer_id, lent_to_us)


class PracticeLoan(Owned, Base):
    """Ett lån: who has taken an arbetssätt home, in which network; it lies with what was lent."""

    __tablename__ = "practice_loan"
    __table_args__ = (
        refers("practice_id", "lent_practice", ondelete="CASCADE"),
        Index("ix_practice_loan_practice_id", "organizer_id", "practice_id"),
        Index("ix_practice_loan_borrower_id", "borrower_id"),
        Index("ix_practice_loan_network_id", "network_id"),
    )

    practice_id: Mapped[UUID]
    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    borrower_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    borrower: Mapped[str]
    borrowed_by: Mapped[str]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the loans of all that the reader sees lent, and the huvudman's own loans."""
        if not reader.sees_drafts:
            return false()
        lent = select(LentPractice.id).where(
            LentPractice.organizer_id == cls.organizer_id,
            LentPractice.id == cls.practice_id,
            LentPractice.readable_by(reader),
        )
        return or_(cls.borrower_id == reader.organizer_id, lent.correlate(cls).exists())


class PracticeTelling(Owned, Base):
    """Det ett lån gav: what came of a borrowed arbetssätt, in words written for others to read.

    *told* says what it gave and *ground* how sure that is; neither travels without the other. It
    is never changed, only taken back.
    """

    __tablename__ = "practice_telling"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_whole"),
        CheckConstraint(
            "effect_answer IN ('yes', 'partly', 'no', 'cannot_tell')", name="effect_answer"
        ),
        Index(
            "uq_practice_telling_live", "organizer_id", "loan_id",
            unique=True, postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_practice_telling_loan_id", "lender_id", "loan_id"),
    )  # fmt: skip

    loan_id: Mapped[UUID]  # of another huvudman: the policies hold to whose loan it is
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    teller: Mapped[str]
    effect_answer: Mapped[str]
    told: Mapped[str]
    ground: Mapped[str]
    told_by: Mapped[str]
    told_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what the huvudman has told, and what is told of loans that it sees.

        Others read it while they and whoever told are in the network of the loan.
        """
        if not reader.sees_drafts:
            return false()
        teller = aliased(NetworkMember)
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        is_there = select(teller.id).where(
            teller.network_id == PracticeLoan.network_id,
            teller.organizer_id == cls.organizer_id,
            teller.valid_from <= cls.told_on,
            teller.valid_to.is_(None),
        )
        seen = select(PracticeLoan.id).where(
            PracticeLoan.id == cls.loan_id,
            PracticeLoan.organizer_id == cls.lender_id,
            PracticeLoan.borrower_id == cls.organizer_id,
            PracticeLoan.network_id.in_(ours),
            PracticeLoan.readable_by(reader),
            is_there.correlate(PracticeLoan, cls).exists(),
        )
        told_to_us = cls.withdrawn_at.is_(None) & seen.correlate(cls).exists()
        return or_(cls.organizer_id == reader.organizer_id, told_to_us)
