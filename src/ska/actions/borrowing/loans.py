"""Reading our own loans: what an insats was borrowed of, and what was told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from ska.access import Actor, visible
from ska.actions.borrowing.models import PracticeLoan, PracticeTelling
from ska.actions.models import Action
from ska.organizers.models import Network, NetworkMember, Organizer


@dataclass(frozen=True)
class Loan:
    """What an own insats was borrowed of: from whom, in which network, and what was told of it.

    *since* is when we came into the network, None outside it; *telling* is what was told last,
    taken back or not.
    """

    row: PracticeLoan
    lender: str
    network: str
    lender_is_in: bool
    since: date | None
    telling: PracticeTelling | None = None

    @property
    def are_in(self) -> bool:
        """Tell whether both are in the network today."""
        return self.lender_is_in and self.since is not None

    @property
    def stands(self) -> bool:
        """Tell whether something is told and not taken back."""
        return self.telling is not None and self.telling.withdrawn_at is None

    @property
    def is_read(self) -> bool:
        """Tell whether others read it: who left and came back has told them nothing."""
        one, since = self.telling, self.since
        return self.stands and self.are_in and bool(one and since and since <= one.told_on)


def loan_of(session: Session, actor: Actor, action: Action) -> Loan | None:
    """Return what an insats was borrowed of in a network, with what was told of it last."""
    if action.loan_id is None:
        return None
    row = session.execute(
        visible(PracticeLoan, actor)
        .where(PracticeLoan.id == action.loan_id, PracticeLoan.borrower_id == action.organizer_id)
        .join(Organizer, Organizer.id == PracticeLoan.organizer_id)
        .join(Network, Network.id == PracticeLoan.network_id)
        .outerjoin(
            PracticeTelling,
            and_(
                PracticeTelling.organizer_id == PracticeLoan.borrower_id,
                PracticeTelling.loan_id == PracticeLoan.id,
            ),
        )
        .order_by(PracticeTelling.id.desc())
        .limit(1)
        .add_columns(
            Organizer.name,
            Network.name,
            _membership(PracticeLoan.organizer_id).exists(),
            _membership(PracticeLoan.borrower_id).scalar_subquery(),
            PracticeTelling,
        )
    ).one_or_none()
    return Loan(*row) if row else None


def tellings_of(actor: Actor, action: Action) -> Select[Any]:
    """Return the query of what is told of an insats that was borrowed, and not taken back."""
    return visible(PracticeTelling, actor).where(
        PracticeTelling.organizer_id == action.organizer_id,
        PracticeTelling.loan_id == action.loan_id,
        PracticeTelling.withdrawn_at.is_(None),
    )


def _membership(organizer_id: Any) -> Select[Any]:
    """Return the query of the day on which a huvudman came into the network of a loan."""
    member = aliased(NetworkMember)
    return (
        select(member.valid_from)
        .where(
            member.network_id == PracticeLoan.network_id,
            member.organizer_id == organizer_id,
            member.valid_from.is_not(None),
            member.valid_to.is_(None),
        )
        .correlate(PracticeLoan)
    )
