"""Telling that a question waits, and that one is answered; each huvudman's own clock does it.

Who asks cannot write in another huvudman, so the one that is asked tells its own people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import RIGHTS, Right, Role, visible
from ska.accounts.models import Person
from ska.core.text import _
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder
from ska.notices.rules import Letter, NoticeKind
from ska.notices.services import write_letters
from ska.organizers.models import NetworkMember, Organizer
from ska.questions.models import AskedQuestion, GivenAnswer
from ska.questions.queries import asked_here
from ska.reminders.services import clockwork


def with_questions(session: Session, _now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope that asked an open question or may be asked it."""
    is_open = AskedQuestion.closed_at.is_(None)
    member = NetworkMember.network_id == AskedQuestion.network_id
    ours = select(AskedQuestion.organizer_id).where(is_open)
    asked = select(NetworkMember.organizer_id).join(AskedQuestion, member).where(is_open)
    return session.scalars(ours.union(asked)).all()


def tell_of_questions(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell who is asked, and who has got an answer, once each; return how many notices are new.

    Runs inside the huvudman's scope.
    """
    actor = clockwork(organizer_id)
    waiting = [
        one.row
        for one in asked_here(session, actor, organizer_id)
        if one.is_open and (one.row.unit_id or not one.is_ours)
    ]
    answered = _answered(session, organizer_id)
    if not (waiting or answered):
        return 0
    slug = session.get_one(Organizer, organizer_id).slug
    holders = holders_on(session, organizer_id, now.date())
    letters = [
        *(_to(one, holder, slug, address) for one in waiting for holder in _asked(one, holders)),
        *_answers(answered, holders, slug, address),
    ]
    return write_letters(session, actor, organizer_id, NoticeKind.QUESTION, letters, now=now)


def _answered(session: Session, organizer_id: UUID) -> Sequence[Any]:
    """Return answers to our open questions with who asked."""
    actor = clockwork(organizer_id)
    return session.execute(
        visible(GivenAnswer, actor)
        .join(AskedQuestion, AskedQuestion.id == GivenAnswer.question_id)
        .join(Person, Person.id == AskedQuestion.person_id)
        .where(
            AskedQuestion.organizer_id == organizer_id,
            AskedQuestion.closed_at.is_(None),
            AskedQuestion.person_id != GivenAnswer.person_id,
        )
        .with_only_columns(
            GivenAnswer.id, GivenAnswer.answerer, AskedQuestion.title,
            AskedQuestion.id.label("question_id"), Person.id.label("person_id"), Person.name,
            Person.email,
        )
    ).all()  # fmt: skip


def _asked(one: AskedQuestion, holders: Iterable[Holder]) -> list[Holder]:
    """Return the unit's rektor; who answers for the huvudman where there is none, or no unit."""
    leads = [h for h in holders if h.role == Role.PRINCIPAL and h.unit_id == one.unit_id]
    if one.unit_id and leads:
        return leads
    answering = [h for h in holders if Right.SHARE in RIGHTS[Role(h.role)]]
    return list({h.person_id: h for h in answering}.values())


def _to(one: AskedQuestion, holder: Holder, slug: str, address: str) -> Letter:
    if one.is_joint:
        title = _("Gemensam fråga i {network}").format(network=one.receiver)
    else:
        title = _("{asker} frågar {receiver}").format(
            asker=one.asked_by if one.unit_id else one.asker, receiver=one.receiver
        )
    text = _("Det gäller ”{title}”. Läs frågan och svara.").format(title=one.title)
    key = f"question:{one.id}:{holder.person_id}"
    return _letter(holder, key, (title, text), _href(slug, one.id), address)


def _answers(
    rows: Iterable[Any], holders: Iterable[Holder], slug: str, address: str
) -> Iterator[Letter]:
    here = {one.person_id for one in holders}
    for row in rows:
        if row.person_id in here:  # who has left is told of nothing
            title = _("{name} har svarat på er fråga").format(name=row.answerer)
            text = _("Det gäller ”{title}”.").format(title=row.title)
            key = f"answer:{row.id}:{row.person_id}"
            yield _letter(row, key, (title, text), _href(slug, row.question_id), address)


def _href(slug: str, question_id: UUID) -> str:
    return f"/{slug}/fragor#fraga-{question_id}"


def _letter(person: Any, key: str, said: tuple[str, str], href: str, address: str) -> Letter:
    title, text = said
    hello = _("Hej {name}.").format(name=person.name.split(" ", maxsplit=1)[0])
    body = "\n\n".join([hello, f"{title}. {text}", f"{address}{href}"]) + "\n"
    return Letter(person.person_id, person.email, key, title, text, href, body)
