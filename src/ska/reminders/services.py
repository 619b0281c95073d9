"""Reminders of the year: from steps that are due to rows, notices and mail, in one transaction.

Nobody asks for it: the scheduler and `ska remind` do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from ska.access import Actor, Assignment, Role
from ska.core.swedish import format_date
from ska.cycle import queries
from ska.cycle.following import follow_releases
from ska.cycle.models import CycleStep, Reminder
from ska.cycle.rules import Holder, next_level, receivers_of
from ska.notices import services as notices
from ska.notices.queries import channels_of
from ska.notices.rules import Channel, Digest, sends_on
from ska.organizers.models import Organizer
from ska.reminders.digests import Planned, Wants, Writer
from ska.reminders.queries import HORIZON, is_time

LOCK = 0x41525348  # "ÅRSH": one plan at a time for a huvudman


@dataclass
class Plan:
    """What one huvudman's plan of a day came to."""

    organizer: Organizer
    day: date
    units: Mapping[UUID, str]
    planned: list[Planned] = field(default_factory=list)
    digests: dict[UUID, tuple[Holder, Digest]] = field(default_factory=dict)
    mails: int = 0


def clockwork(organizer_id: UUID) -> Actor:
    """Return the scheduler as an actor: it reads one huvudman and has no master key."""
    return Actor(
        UUID(int=0), "Schemaläggaren", "", (Assignment(Role.AUDITOR, organizer_id),), None, None
    )


def remind(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> Plan | None:
    """Let steps follow the publications they wait for, then tell of those that are due."""
    follow_releases(session, clockwork(organizer_id), organizer_id, now.date())
    return plan_reminders(session, organizer_id, now=now, address=address)


def plan_reminders(
    session: Session, organizer_id: UUID, *, now: datetime, address: str
) -> Plan | None:
    """Write down everything that is due now and not yet told; None when there is nothing to do.

    *now* is Swedish time, *address* the installation's. Runs inside the huvudman's scope. An
    advisory lock lets one plan run at a time, unique keys stop what slips past it, and whatever
    an earlier tick missed is due still.
    """
    today = now.date()
    if not is_time(now) or not _alone(session, organizer_id):
        return None
    actor = clockwork(organizer_id)
    steps = queries.open_steps(session, actor, organizer_id, today, today + HORIZON)
    found = queries.unit_names(session, actor, organizer_id)
    types = {one.id: one.school_types for one in found}
    due = _due(session, organizer_id, steps, types, today)
    if not due:
        return None
    organizer = session.get_one(Organizer, organizer_id)
    units = {one.id: one.name for one in found}
    plan = Plan(organizer, today, units, _written(session, due, today))
    writer = Writer(organizer, units, today, address)
    people = {person.person_id for one in plan.planned for person in one.receivers}
    wants = Wants(channels_of(session, actor, organizer_id, list(people)))
    plan.digests = writer.digests(plan.planned, steps, wants)
    _tell(session, plan, writer, wants, now)
    return plan


def _alone(session: Session, organizer_id: UUID) -> bool:
    locked = text("SELECT pg_try_advisory_xact_lock(:key, hashtext(:organizer))")
    return bool(session.scalar(locked, {"key": LOCK, "organizer": str(organizer_id)}))


def _due(
    session: Session,
    organizer_id: UUID,
    steps: Sequence[CycleStep],
    types: Mapping[UUID, Sequence[str]],
    today: date,
) -> list[Planned]:
    """Return what is due and not yet told; what nobody can receive waits until somebody can.

    Above skolchef and nämnd stands nobody, so their late steps are not told upwards.
    """
    sends = [
        (step, send)
        for step in steps
        for send in sends_on(step.deadline, step.reminders, today, step.cycle.rests)
    ]
    if not sends:
        return []
    ids = [step.id for step, _ in sends]
    told = queries.reminders_already_out(session, clockwork(organizer_id), organizer_id, ids)
    new = [(s, send) for s, send in sends if (s.id, s.due, send.rule) not in told]
    holders = queries.holders_on(session, organizer_id, today) if new else []
    planned = []
    for step, send in new:
        role = next_level(step.responsible) if send.escalates else step.responsible
        concerned = step.concerned(types)
        receivers = receivers_of(role, step.unit_id, holders, concerned) if role else []
        if receivers:
            planned.append(Planned(step, send, tuple(receivers)))
    return planned


def _written(session: Session, due: Iterable[Planned], today: date) -> list[Planned]:
    """Write the reminder rows; return those that were new, should another plan have slipped in."""
    rows = [
        {
            "organizer_id": one.step.organizer_id,
            "step_id": one.step.id,
            "unit_id": one.step.unit_id,
            "due": one.step.due,
            "rule": one.send.rule,
            "escalates": one.send.escalates,
            "meant_for": one.send.day,
            "sent_on": today,
            "receivers": [person.name for person in one.receivers],
            "receiver_ids": [str(person.person_id) for person in one.receivers],
        }
        for one in due
    ]
    added = notices.add_new(session, Reminder, rows, "step_id", "rule")
    new = {(row.step_id, row.rule) for row in added}
    return [one for one in due if (one.step.id, one.send.rule) in new]


def _tell(session: Session, plan: Plan, writer: Writer, wants: Wants, now: datetime) -> None:
    """Write notices in the app and mail in the outbox, as each person has chosen."""
    notices.tell(
        session,
        [
            _notice(plan, writer, one, person, now)
            for one in plan.planned
            for person in one.receivers
            if wants.channel(one, person) != Channel.OFF
        ],
    )
    mails = []
    for person, digest in plan.digests.values():
        heard = [one for one in plan.planned if person in one.receivers]
        keys = sorted(one.key for one in heard)
        digits = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]
        mails.append(
            {
                "organizer_id": plan.organizer.id,
                "person_id": person.person_id,
                "dedupe_key": f"digest:{person.person_id}:{plan.day}:{digits}",
                "address": person.email,
                **writer.words(digest, person.name),
                "tells": [one.key for one in heard if wants.channel(one, person) == Channel.MAIL],
                "not_before": now,
            }
        )
    plan.mails = notices.post_mail(session, mails)


def _notice(
    plan: Plan, writer: Writer, one: Planned, person: Holder, now: datetime
) -> dict[str, object]:
    place = writer.place(one.step)
    return {
        "organizer_id": plan.organizer.id,
        "person_id": person.person_id,
        "kind": one.kind,
        "title": f"{one.step.name}, {place}" if place else one.step.name,
        "text": f"Klart senast {format_date(one.step.due)}.",
        "href": writer.path(one.step),
        "dedupe_key": one.key,
        "told_at": now,
    }
