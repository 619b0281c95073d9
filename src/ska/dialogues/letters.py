"""Telling that what was agreed is due, and that a need is answered. The scheduler does it daily."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Role
from ska.actions.models import Action, FollowUp
from ska.actions.rules import ActionState
from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder, receivers_of
from ska.dialogues.models import Agreement, Need
from ska.dialogues.rules.results import ANSWER_NAMES, AnswerKind
from ska.notices.rules import SUMMER, Letter, NoticeKind, is_sending_day, is_sending_hour
from ska.notices.services import Leased, withdraw_mail, write_letters
from ska.organizers.models import Organizer, SchoolUnit
from ska.reminders.services import clockwork

BEFORE, AFTER = timedelta(days=7), timedelta(days=30)
_ROLES = {name.casefold(): str(role) for role, name in ROLE_NAMES.items()}
AGREEMENT = "agreement:"
Said = tuple[str, str, str, str]  # key, title, text, address below the huvudman's


def with_dialogues(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope with an agreement due about now, or a need newly answered."""
    if not _is_time(now):
        return ()
    due = _due(now.date()).with_only_columns(Agreement.organizer_id).order_by(None)
    answered = _answered(now).with_only_columns(Need.organizer_id).order_by(None)
    found: Sequence[UUID] = session.scalars(due.union(answered)).all()
    return found


def _is_time(now: datetime) -> bool:
    return is_sending_day(now.date(), SUMMER) and is_sending_hour(now)


def tell_of_dialogues(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell who answers for an agreement a week before its day and when the day has passed, and the
    unit's rektor that a need is answered; each once. Returns how many notices are new.

    On working days outside the summer's pause; runs inside the huvudman's scope. What has been due
    or answered for longer than thirty days is left to the pages.
    """
    today = now.date()
    if not _is_time(now):
        return 0
    due = session.execute(_due(today).where(Agreement.organizer_id == organizer_id)).all()
    answered = session.execute(_answered(now).where(Need.organizer_id == organizer_id)).all()
    if not (due or answered):
        return 0
    slug = session.get_one(Organizer, organizer_id).slug
    holders = holders_on(session, organizer_id, today)
    letters = [
        *(one for row in due for one in _of_agreement(row, holders, today, slug, address)),
        *(one for row in answered for one in _of_need(row, holders, slug, address)),
    ]
    actor = clockwork(organizer_id)
    return write_letters(session, actor, organizer_id, NoticeKind.DIALOGUE, letters, now=now)


def still_agreed(session: Session, mails: Sequence[Leased]) -> list[Leased]:
    """Return the mails without those of agreements whose day was moved, answered or given up.

    They are withdrawn; a new day is told of in its time. Runs in the transaction that leased them.
    """
    told = [one for one in mails if one.dedupe_key.startswith(AGREEMENT)]
    if not told:
        return list(mails)
    ids = {UUID(one.dedupe_key.split(":")[1]) for one in told}
    rows = session.execute(_waiting().where(Agreement.id.in_(ids)))
    holds = tuple(_day_key(row) for row in rows)
    gone = [one for one in told if not one.dedupe_key.startswith(holds)]
    withdraw_mail(session, gone)
    return [one for one in mails if one not in gone]


def _day_key(row: Any) -> str:
    """Return how the keys of what is told of this agreement's day begin."""
    return f"{AGREEMENT}{row.id}:{row.planned_on}:"


def _due(today: date) -> Any:
    """Return the agreements whose insats waits for a follow-up about now; a moved day counts."""
    return _waiting().where(FollowUp.planned_on.between(today - AFTER, today + BEFORE))


def _waiting() -> Any:
    """Return the agreements whose insats waits for a follow-up, by its day."""
    return (
        select(
            Agreement.id, Agreement.text, Agreement.owner_role, Agreement.unit_id,
            FollowUp.id.label("follow_up_id"), FollowUp.planned_on, Action.state,
            Action.id.label("action_id"),
        )
        .join(Action, Action.id == Agreement.action_id)
        .join(FollowUp, FollowUp.action_id == Action.id)
        .where(
            Action.state.in_([ActionState.DRAFT, ActionState.IN_FORCE]),
            FollowUp.waiting(),
        )
        .order_by(FollowUp.planned_on, FollowUp.id)
    )  # fmt: skip


def _answered(now: datetime) -> Any:
    return (
        select(
            Need.id, Need.text, Need.unit_id, Need.answer_kind, Need.answered_at,
            Need.answered_by, SchoolUnit.name.label("unit"),
        )
        .join(SchoolUnit, SchoolUnit.id == Need.unit_id)
        .where(Need.answered_at >= now - AFTER)
        .order_by(Need.answered_at, Need.id)
    )  # fmt: skip


def _of_agreement(
    row: Any, holders: Sequence[Holder], today: date, slug: str, address: str
) -> Iterator[Letter]:
    is_late = row.planned_on < today
    day = format_date_long(row.planned_on)
    if is_late:
        title = _("Det ni kom överens om skulle ha följts upp {day}").format(day=day)
    else:
        title = _("Det ni kom överens om ska följas upp {day}").format(day=day)
    if row.state == ActionState.DRAFT:
        text = _("”{agreed}” är fortfarande ett utkast. Låt den gälla, eller återta den.")
        at = f"/insatser/{row.action_id}"
    else:
        text = _("”{agreed}”: svara på om det blev gjort och vad det ledde till.")
        at = f"/uppfoljningar/{row.follow_up_id}"
    key = f"{_day_key(row)}{'late' if is_late else 'soon'}"
    # The role is written freely; what is no role of ours is the rektor's, or the quality lead's.
    fallback = Role.PRINCIPAL if row.unit_id else Role.QUALITY_LEAD
    role = _ROLES.get(row.owner_role.casefold(), fallback)
    said = (key, title, text.format(agreed=row.text), f"/{slug}{at}")
    yield from _letters(receivers_of(role, row.unit_id, holders), said, address)


def _of_need(row: Any, holders: Sequence[Holder], slug: str, address: str) -> Iterator[Letter]:
    title = _("Huvudmannen har svarat på vad {unit} behöver").format(unit=row.unit)
    kind = ANSWER_NAMES[AnswerKind(row.answer_kind)]
    text = _("{answer}, om ”{need}”. Läs svaret.").format(answer=kind, need=row.text)
    key = f"need:{row.id}:{row.answered_at.isoformat()}"
    told = receivers_of(Role.PRINCIPAL, row.unit_id, holders)
    others = [one for one in told if one.name != row.answered_by]
    yield from _letters(others, (key, title, text, f"/{slug}/behov/{row.id}"), address)


def _letters(receivers: Sequence[Holder], said: Said, address: str) -> Iterator[Letter]:
    key, title, text, href = said
    for one in {one.person_id: one for one in receivers}.values():
        hello = _("Hej {name}.").format(name=one.name.split(" ", maxsplit=1)[0])
        body = "\n\n".join([hello, f"{title}. {text}", f"{address}{href}"]) + "\n"
        yield Letter(one.person_id, one.email, f"{key}:{one.person_id}", title, text, href, body)
