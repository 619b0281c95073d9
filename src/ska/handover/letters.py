"""Telling that a unit is to be handed over, thirty days before. The scheduler does it daily."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Role
from ska.accounts.models import Person, RoleAssignment
from ska.core.swedish import format_date_long
from ska.cycle.queries import holders_on
from ska.notices.rules import Letter, NoticeKind
from ska.notices.services import write_letters
from ska.organizers.models import Organizer, SchoolUnit
from ska.reminders.services import clockwork

BEFORE = timedelta(days=30)
LEADS = (Role.QUALITY_LEAD, Role.DIRECTOR)


def with_handovers(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän with a unit to hand over within 30 days; role assignments are shared."""
    leaving = _leaving(now.date()).with_only_columns(SchoolUnit.organizer_id)
    return session.scalars(leaving).all()


def tell_of_handovers(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell who leaves, who follows and who leads of each handover within 30 days, each once.

    Returns how many were told. Runs inside the huvudman's scope.
    """
    today = now.date()
    here = _leaving(today).where(RoleAssignment.organizer_id == organizer_id)
    leaving = session.execute(here).all()
    if not leaving:
        return 0
    slug = session.get_one(Organizer, organizer_id).slug
    leads = [one for one in holders_on(session, organizer_id, today) if one.role in LEADS]
    leading = _leading(session, [one.unit_id for one in leaving])
    letters = [
        letter
        for row in leaving
        for letter in _letters(row, [row, *leads, *_followers(row, leading)], slug, address)
    ]
    actor = clockwork(organizer_id)
    return write_letters(session, actor, organizer_id, NoticeKind.HANDOVER, letters, now=now)


def _leaving(today: date) -> Any:
    return (
        select(
            RoleAssignment.id, RoleAssignment.organizer_id, RoleAssignment.unit_id,
            RoleAssignment.valid_to, Person.id.label("person_id"), Person.name, Person.email,
            SchoolUnit.name.label("unit"), SchoolUnit.slug,
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .join(SchoolUnit, SchoolUnit.id == RoleAssignment.unit_id)
        .where(
            RoleAssignment.role == Role.PRINCIPAL,
            RoleAssignment.valid_from <= today,
            RoleAssignment.valid_to.between(today, today + BEFORE),
        )
        .order_by(RoleAssignment.valid_to, RoleAssignment.id)
    )  # fmt: skip


def _leading(session: Session, units: Sequence[UUID]) -> Sequence[Any]:
    """Return all who lead, have led or will lead the units."""
    return session.execute(
        select(
            RoleAssignment.unit_id, RoleAssignment.valid_from, RoleAssignment.valid_to,
            Person.id.label("person_id"), Person.name, Person.email,
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.role == Role.PRINCIPAL, RoleAssignment.unit_id.in_(units))
    ).all()  # fmt: skip


def _followers(row: Any, leading: Sequence[Any]) -> list[Any]:
    """Return who leads the unit the day after."""
    day = row.valid_to + timedelta(days=1)
    return [
        one
        for one in leading
        if one.unit_id == row.unit_id
        and one.valid_from <= day
        and (one.valid_to is None or one.valid_to >= day)
    ]


def _letters(row: Any, receivers: Sequence[Any], slug: str, address: str) -> Iterator[Letter]:
    href = f"/{slug}/enheter/{row.slug}/overlamning"
    title = f"{row.unit} ska lämnas över till en ny rektor"
    text = (
        f"{row.name} är rektor till och med {format_date_long(row.valid_to)}. "
        "Läs sidan, svara på frågor och ge rollen till nästa person."
    )
    for one in {one.person_id: one for one in receivers}.values():
        first = one.name.split(" ", maxsplit=1)[0]
        body = f"Hej {first}!\n\n{title}. {text}\n\n{address}{href}\n"
        key = f"handover:{row.id}:{row.valid_to.isoformat()}:{one.person_id}"
        yield Letter(one.person_id, one.email, key, title, text, href, body)
