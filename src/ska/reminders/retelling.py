"""What waits in the outbox is told as things stand when it is sent, not when it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from ska.access import visible
from ska.accounts.models import Person
from ska.cycle.models import CycleStep
from ska.cycle.queries import open_steps, still_to_do, unit_names
from ska.cycle.rules import Holder
from ska.notices.models import OutboxMail
from ska.notices.rules import ESCALATION, Send
from ska.notices.services import Leased, withdraw_mail
from ska.organizers.models import Organizer
from ska.reminders.digests import Planned, Wants, Writer
from ska.reminders.queries import HORIZON
from ska.reminders.services import clockwork


def retold(
    session: Session, mails: Sequence[Leased], *, now: datetime, address: str
) -> list[Leased]:
    """Return a huvudman's mails without the steps done, moved, struck or put off since.

    A moved step is told of anew in its own time. A mail with nothing left is withdrawn. Runs in
    the transaction that leased them.
    """
    keys = {key for mail in mails for key in mail.tells}
    held = _holding(session, mails[0].organizer_id, keys, now) if keys else {}
    gone = [one for one in mails if one.tells and not held.keys() & set(one.tells)]
    withdraw_mail(session, gone)
    kept = [one for one in mails if one not in gone]
    return [
        one if held.keys() >= set(one.tells) else _rewritten(session, one, held, now, address)
        for one in kept
    ]


def _holding(
    session: Session, organizer_id: UUID, keys: set[str], now: datetime
) -> dict[str, CycleStep]:
    """Return the steps of those of the *keys* that still tell the truth."""
    today = now.date()
    steps = session.scalars(
        visible(CycleStep, clockwork(organizer_id))
        .options(joinedload(CycleStep.cycle))
        .where(
            CycleStep.organizer_id == organizer_id,
            CycleStep.id.in_({UUID(key.partition(":")[0]) for key in keys}),
            still_to_do(today),
        )
        .execution_options(populate_existing=True)  # the session sends many rounds
    )
    told = {f"{one.id}:{one.due}": one for one in steps if not one.deadline.is_snoozed(today)}
    return {key: told[day] for key in keys if (day := _day_of(key)) in told}


def _day_of(key: str) -> str:
    """Return the step and its date, without the rule."""
    return key.rpartition(":")[0]


def _rewritten(
    session: Session, mail: Leased, held: dict[str, CycleStep], now: datetime, address: str
) -> Leased:
    """Write a mail anew of what still holds in it."""
    organizer = session.get_one(Organizer, mail.organizer_id)
    actor, today = clockwork(organizer.id), now.date()
    units = {one.id: one.name for one in unit_names(session, actor, organizer.id)}
    steps = open_steps(session, actor, organizer.id, today, today + HORIZON)
    name = session.scalars(select(Person.name).where(Person.id == mail.person_id)).one()
    receiver = Holder(mail.person_id, name, mail.address, "", None)
    planned = [
        Planned(held[key], Send(today, rule, rule == ESCALATION), (receiver,))
        for key in mail.tells
        if key in held and (rule := key.rpartition(":")[2])
    ]
    writer = Writer(organizer, units, today, address)
    ((_receiver, digest),) = writer.digests(planned, steps, Wants({})).values()
    words = writer.words(digest, name)
    session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**words))
    return replace(mail, subject=words["subject"], body=words["body"])
