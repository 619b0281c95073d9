"""Telling of arbetssätt: what is newly lent, that ours was borrowed, and what it gave there.

Nobody writes in another huvudman, so each one's own clock tells its people, in the app unless they
have chosen mail. What is older than two weeks is left to the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import RIGHTS, Right, Role, visible
from ska.actions.borrowing.models import LentPractice, PracticeLoan, PracticeTelling
from ska.actions.borrowing.queries import practices_here
from ska.actions.models import Action
from ska.core.text import _
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder
from ska.notices.rules import Letter, NoticeKind
from ska.notices.services import write_letters
from ska.organizers.models import NetworkMember, Organizer
from ska.reminders.services import clockwork

RECENT = timedelta(days=14)
Said = tuple[str, str, str, str]  # key, title, text, address below the huvudman's


def with_practices(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope whose arbetssätt was borrowed or told of, or who may borrow."""
    since = now - RECENT
    loans = select(PracticeLoan.organizer_id).where(PracticeLoan.created_at >= since)
    told = select(PracticeTelling.lender_id).where(
        PracticeTelling.told_on >= since.date(), PracticeTelling.withdrawn_at.is_(None)
    )
    lent = (
        select(NetworkMember.organizer_id)
        .join(LentPractice, LentPractice.network_id == NetworkMember.network_id)
        .where(
            NetworkMember.is_member(),
            NetworkMember.organizer_id != LentPractice.organizer_id,
            LentPractice.lent_on >= since.date(),
            LentPractice.withdrawn_at.is_(None),
        )
    )
    return session.scalars(loans.union(told, lent)).all()


def tell_of_practices(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell who may borrow what is newly lent, and those whose arbetssätt it is what came of it.

    Each is told once; runs inside the huvudman's scope. Returns how many notices are new.
    """
    holders = holders_on(session, organizer_id, now.date())
    slug = session.get_one(Organizer, organizer_id).slug
    letters = [
        *(one for said in _lent(session, organizer_id, now)
          for one in _letters(_planning(holders), said, slug, address)),
        *(one for unit_id, said in _of_ours(session, organizer_id, now)
          for one in _letters(_answering(holders, unit_id), said, slug, address)),
    ]  # fmt: skip
    actor = clockwork(organizer_id)
    return write_letters(session, actor, organizer_id, NoticeKind.PRACTICE, letters, now=now)


def _lent(session: Session, organizer_id: UUID, now: datetime) -> Iterator[Said]:
    """Return what others have newly lent in our networks."""
    since = (now - RECENT).date()
    for one in practices_here(session, clockwork(organizer_id), organizer_id, now.date()):
        if one.is_ours or one.row.lent_on < since:
            continue
        yield (
            f"practice:{one.row.id}",
            _("Nytt arbetssätt att låna av {lender}").format(lender=one.row.lender),
            _("”{title}”, i {network}. Läs hur de gör och vad det har gett.").format(
                title=one.row.title, network=one.network
            ),
            f"/arbetssatt/{one.row.id}",
        )


def _of_ours(
    session: Session, organizer_id: UUID, now: datetime
) -> Iterator[tuple[UUID | None, Said]]:
    """Return who has newly borrowed of us and told of it, with the unit whose insats it is."""
    for row in _loans(session, organizer_id, now):
        text = _("Det gäller ”{title}”. Vad de gör av det är deras.").format(title=row.title)
        title = _("{borrower} har lånat ert arbetssätt").format(borrower=row.name)
        yield row.unit_id, (f"loan:{row.id}", title, text, f"/arbetssatt/{row.practice_id}")
    for row in _tellings(session, organizer_id, now):
        text = _("Det gäller ”{title}”. Läs vad det gav, och hur säkert det är.").format(
            title=row.title
        )
        title = _("{borrower} har berättat vad ert arbetssätt gav").format(borrower=row.name)
        yield row.unit_id, (f"telling:{row.id}", title, text, f"/arbetssatt/{row.practice_id}")


def _loans(session: Session, organizer_id: UUID, now: datetime) -> Sequence[Any]:
    return session.execute(
        visible(PracticeLoan, clockwork(organizer_id))
        .join(LentPractice, LentPractice.id == PracticeLoan.practice_id)
        .join(Action, Action.id == LentPractice.action_id)
        .where(
            PracticeLoan.organizer_id == organizer_id, PracticeLoan.created_at >= now - RECENT
        )
        .with_only_columns(
            PracticeLoan.id, PracticeLoan.practice_id, PracticeLoan.borrower.label("name"),
            LentPractice.title, Action.unit_id,
        )
    ).all()  # fmt: skip


def _tellings(session: Session, organizer_id: UUID, now: datetime) -> Sequence[Any]:
    return session.execute(
        visible(PracticeTelling, clockwork(organizer_id))
        .join(PracticeLoan, PracticeLoan.id == PracticeTelling.loan_id)
        .join(LentPractice, LentPractice.id == PracticeLoan.practice_id)
        .join(Action, Action.id == LentPractice.action_id)
        .where(
            PracticeTelling.lender_id == organizer_id,
            PracticeTelling.withdrawn_at.is_(None),
            PracticeTelling.told_on >= (now - RECENT).date(),
        )
        .with_only_columns(
            PracticeTelling.id, PracticeLoan.practice_id, PracticeTelling.teller.label("name"),
            LentPractice.title, Action.unit_id,
        )
    ).all()  # fmt: skip


def _planning(holders: Iterable[Holder]) -> list[Holder]:
    """Return who may borrow: those who plan insatser."""
    return [one for one in holders if Right.PLAN_ACTIONS in RIGHTS[Role(one.role)]]


def _answering(holders: Iterable[Holder], unit_id: UUID | None) -> list[Holder]:
    """Return who lends for the huvudman, and the rektor of the unit whose insats it is."""
    return [
        one
        for one in holders
        if Right.SHARE in RIGHTS[Role(one.role)]
        or (unit_id is not None and one.unit_id == unit_id and one.role == Role.PRINCIPAL)
    ]


def _letters(people: Sequence[Holder], said: Said, slug: str, address: str) -> Iterator[Letter]:
    key, title, text, at = said
    href = f"/{slug}{at}"
    for one in {one.person_id: one for one in people}.values():
        hello = _("Hej {name}.").format(name=one.name.split(" ", maxsplit=1)[0])
        body = "\n\n".join([hello, f"{title}. {text}", f"{address}{href}"]) + "\n"
        yield Letter(one.person_id, one.email, f"{key}:{one.person_id}", title, text, href, body)
