"""Reading arbetssätt: what is lent here, who has borrowed it and told of it, and what to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.actions.borrowing.models import LentPractice, PracticeLoan, PracticeTelling
from ska.actions.models import Action
from ska.actions.rules import NOT_YET
from ska.analyses.models import Analysis, DevelopmentArea
from ska.core.school_year import SchoolYear
from ska.core.swedish import count_words, sort_key
from ska.core.text import _
from ska.db.gather import gather
from ska.errors import Missing
from ska.organizers.models import Network, NetworkMember, Organizer, SchoolUnit

WORDS = ("title", "description", "level", "governance_level", "horizon", "owner_role")


@dataclass(frozen=True)
class Practice:
    """An arbetssätt that is lent, in which network, who has borrowed it and what they tell of it.

    One of our own may be lent no more: *is_lent* says so.
    """

    row: LentPractice
    network: str
    loans: tuple[PracticeLoan, ...]
    tellings: tuple[PracticeTelling, ...]
    is_ours: bool
    is_lent: bool

    @property
    def said(self) -> str:
        """Return how many huvudmän have borrowed it, and how many of them have told of it."""
        borrowers = len({one.borrower_id for one in self.loans})
        if not borrowers:
            return _("Ingen har lånat det än.")
        told = len({one.organizer_id for one in self.tellings})
        return _("Lånat av {borrowers}, {told} har berättat vad det gav.").format(
            borrowers=count_words(borrowers, _("huvudman"), _("huvudmän")), told=told or _("ingen")
        )


@dataclass(frozen=True)
class Source:
    """What an insats may be made of: the words of another, and whom to credit.

    *practice* is None for an insats of the own huvudman, which needs no lending.
    """

    id: UUID
    credit: str
    words: dict[str, str]
    practice: LentPractice | None = None


@dataclass(frozen=True)
class OpenArea:
    """An utvecklingsområde that an insats may answer, with its analysis."""

    id: UUID
    title: str
    analysis_id: UUID
    analysis: str
    year: SchoolYear


def practices_here(
    session: Session, actor: Actor, organizer_id: UUID, today: date, *, item: str = ""
) -> list[Practice]:
    """Return what is lent today in the huvudman's networks, its own too, by title.

    Those about *item* come first.
    """
    wanted = visible(LentPractice, actor).where(*_stands(organizer_id, today))
    practices = _read(session, actor, organizer_id, wanted, today)
    return sorted(practices, key=lambda one: (one.row.item != item, sort_key(one.row.title)))


def practice_by_id(
    session: Session, actor: Actor, organizer_id: UUID, practice_id: UUID, today: date
) -> Practice:
    """Return one arbetssätt that is lent here, or was by ourselves; raise Missing for no such."""
    is_ours = LentPractice.organizer_id == organizer_id
    wanted = visible(LentPractice, actor).where(
        LentPractice.id == practice_id, or_(is_ours, and_(*_stands(organizer_id, today)))
    )
    for one in _read(session, actor, organizer_id, wanted, today):
        return one
    raise Missing


def _stands(organizer_id: UUID, today: date) -> list[ColumnElement[bool]]:
    """Return what makes an arbetssätt lent in the huvudman's networks today."""
    ours = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    return [
        LentPractice.withdrawn_at.is_(None),
        LentPractice.until >= today,
        LentPractice.network_id.in_(ours),
    ]


def _read(
    session: Session, actor: Actor, organizer_id: UUID, wanted: Select[Any], today: date
) -> list[Practice]:
    loans = visible(PracticeLoan, actor).where(
        PracticeLoan.practice_id.in_(wanted.with_only_columns(LentPractice.id))
    )
    tellings = visible(PracticeTelling, actor).where(
        PracticeTelling.withdrawn_at.is_(None),
        PracticeTelling.loan_id.in_(loans.with_only_columns(PracticeLoan.id)),
    )
    found = gather(
        session,
        [
            wanted,
            select(Network).where(
                Network.id.in_(wanted.with_only_columns(LentPractice.network_id))
            ),
            loans,
            tellings,
        ],
    )
    names = {one.id: one.name for one in found.of(Network)}
    made = {one.id: one.practice_id for one in found.of(PracticeLoan)}
    return [
        Practice(
            one,
            names[one.network_id],
            tuple(loan for loan in found.of(PracticeLoan) if loan.practice_id == one.id),
            tuple(it for it in found.of(PracticeTelling) if made[it.loan_id] == one.id),
            is_ours=one.organizer_id == organizer_id,
            is_lent=one.stands_on(today),
        )
        for one in found.of(LentPractice)
    ]


def lendings_of(session: Session, actor: Actor, action: Action) -> Sequence[LentPractice]:
    """Return all lendings of an insats, those that have ended too, the newest first."""
    return session.scalars(
        visible(LentPractice, actor)
        .where(
            LentPractice.organizer_id == action.organizer_id, LentPractice.action_id == action.id
        )
        .order_by(LentPractice.id.desc())
    ).all()


def source_by_id(
    session: Session, actor: Actor, organizer_id: UUID, source_id: UUID, today: date
) -> Source:
    """Return what is borrowed: an arbetssätt lent in a network, or an insats of the own huvudman.

    Raises Missing for what is neither, as a draft of our own.
    """
    lent = visible(LentPractice, actor).where(*_stands(organizer_id, today))
    practice = session.scalar(lent.where(LentPractice.id == source_id))
    if practice is not None:
        credit = practice.lender
        if practice.place != practice.lender:
            credit = f"{practice.lender}, {practice.place}"
        return Source(practice.id, credit, _words(practice), practice)
    row = session.execute(
        visible(Action, actor)
        .where(
            Action.organizer_id == organizer_id,
            Action.id == source_id,
            Action.state.not_in(NOT_YET),
        )
        .join(Organizer, Organizer.id == Action.organizer_id)
        .outerjoin(SchoolUnit, SchoolUnit.id == Action.unit_id)
        .add_columns(Organizer.name, SchoolUnit.name)
    ).one_or_none()
    if row is None:
        raise Missing
    action, organizer, unit = row
    return Source(action.id, unit or organizer, _words(action))


def _words(of: LentPractice | Action) -> dict[str, str]:
    return {name: getattr(of, name) for name in WORDS}


def open_areas(session: Session, actor: Actor, organizer_id: UUID, today: date) -> list[OpenArea]:
    """Return the utvecklingsområden of this school year and the last that the person plans for."""
    rows = session.execute(
        visible(DevelopmentArea, actor)
        .join(Analysis, Analysis.id == DevelopmentArea.analysis_id)
        .where(
            DevelopmentArea.organizer_id == organizer_id,
            Analysis.year >= SchoolYear.containing(today).start - 1,
        )
        .order_by(Analysis.year.desc(), Analysis.title, DevelopmentArea.title, DevelopmentArea.id)
        .with_only_columns(
            DevelopmentArea.id,
            DevelopmentArea.title,
            Analysis.id,
            Analysis.title,
            Analysis.year,
            Analysis.unit_id,
        )
    )
    return [
        OpenArea(area, title, analysis, of, SchoolYear(year))
        for area, title, analysis, of, year, unit in rows
        if actor.may_for(Right.PLAN_ACTIONS, organizer_id, unit)
    ]
