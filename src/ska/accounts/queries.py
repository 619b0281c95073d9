"""Reading people: who is behind a cookie or a token, and what roles they hold today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Assignment, Right, Role, visible
from ska.accounts.behind import in_force
from ska.accounts.models import ApiToken, Invitation, Person, RoleAssignment, SignIn
from ska.accounts.rules import IDLE
from ska.audit import AuditEvent
from ska.db.parts import WHOLE, Part, in_parts
from ska.organizers.models import Organizer

_ROLE_COLUMNS = (
    RoleAssignment.role,
    RoleAssignment.organizer_id,
    RoleAssignment.unit_id,
    RoleAssignment.acting,
)


def actor_of_person(session: Session, person: Person, today: date) -> Actor:
    """Return *person* as an actor with the roles held on *today*; for commands and tests."""
    rows = session.execute(
        select(*_ROLE_COLUMNS).where(RoleAssignment.person_id == person.id, in_force(today))
    ).all()
    held = tuple(Assignment(Role(r.role), r.organizer_id, r.unit_id, r.acting) for r in rows)
    return Actor(person.id, person.name, person.email, held, None, person.theme)


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with this address, whatever its case, or None."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def holder(
    session: Session, role: Role, organizer_id: UUID, unit_id: UUID | None, on: date
) -> Sequence[Person]:
    """Return those who hold *role* for this unit (or the huvudman itself) on the day *on*."""
    unit = (
        RoleAssignment.unit_id.is_(None) if unit_id is None else RoleAssignment.unit_id == unit_id
    )
    return session.scalars(
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role == role,
            RoleAssignment.organizer_id == organizer_id,
            unit,
            in_force(on),
        )
        .order_by(Person.name, Person.id)
    ).all()


@dataclass(frozen=True)
class DemoPerson:
    """One of the demo's people: who, in which role, where."""

    id: UUID
    name: str
    role_name: str
    place: str | None


def demo_people(session: Session, today: date) -> list[DemoPerson]:
    """Return the demo's people with role and huvudman, for the one-click cards."""
    rows = session.execute(
        select(
            Person.id,
            Person.name,
            RoleAssignment.role,
            RoleAssignment.acting,
            Organizer.name.label("organizer"),
        )
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .outerjoin(Organizer, Organizer.id == RoleAssignment.organizer_id)
        .where(Person.is_demo, in_force(today))
        .order_by(RoleAssignment.id)
    )
    people: dict[UUID, DemoPerson] = {}
    for row in rows:
        name = ("tf " if row.acting else "") + ROLE_NAMES[Role(row.role)]
        people.setdefault(row.id, DemoPerson(row.id, row.name, name, row.organizer))
    return list(people.values())


def tokens_of(session: Session, person_id: UUID) -> Sequence[Any]:
    """Return rows of a person's API tokens with their huvudman, newest first."""
    return session.execute(
        select(
            ApiToken.id,
            ApiToken.name,
            ApiToken.rights,
            ApiToken.created_at,
            ApiToken.expires_at,
            ApiToken.used_at,
            ApiToken.revoked_at,
            Organizer.name.label("organizer"),
        )
        .join(Organizer, Organizer.id == ApiToken.organizer_id)
        .where(ApiToken.person_id == person_id)
        .order_by(ApiToken.id.desc())
        .limit(50)
    ).all()


def sign_ins_of(session: Session, person_id: UUID, now: datetime) -> Sequence[SignIn]:
    """Return a person's sign-ins that are still open, the one used last first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.expires_at > now, SignIn.seen_at > now - IDLE)
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    ).all()


def assignments_of(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    person_id: UUID | None = None,
    part: Part = WHOLE,
) -> Sequence[Any]:
    """Return rows of all roles in the huvudman with their person, by name; one person's if given.

    Roles stand outside row-level security, so this asks for the right itself.
    """
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    found = (
        select(
            RoleAssignment.id,
            RoleAssignment.role,
            RoleAssignment.unit_id,
            RoleAssignment.acting,
            RoleAssignment.valid_from,
            RoleAssignment.valid_to,
            Person.id.label("person_id"),
            Person.name,
            Person.email,
            Person.password_hash.is_not(None).label("has_password"),
            select(Invitation.expires_at)
            .where(Invitation.person_id == Person.id)
            .limit(1)
            .scalar_subquery()
            .label("invited_until"),
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.organizer_id == organizer_id)
    )
    if person_id is not None:
        found = found.where(Person.id == person_id)
    order = (Person.name, Person.id, RoleAssignment.valid_from, RoleAssignment.id)
    return session.execute(in_parts(session, found, order, part)).all()


def posts_at(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID, today: date
) -> Sequence[Any]:
    """Return rows of the roles in a unit that last today or begin later, by name."""
    actor.must(Right.MANAGE_UNITS, organizer_id, unit_id)
    return session.execute(
        select(
            RoleAssignment.role,
            RoleAssignment.acting,
            RoleAssignment.valid_to,
            Person.id.label("person_id"),
            Person.name,
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.organizer_id == organizer_id,
            RoleAssignment.unit_id == unit_id,
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
        )
        .order_by(Person.name, Person.id, RoleAssignment.id)
    ).all()


def principals_of(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> dict[UUID, str]:
    """Return who is rektor of each of the huvudman's units today, tf marked.

    Roles stand outside row-level security, so this asks for the right itself.
    """
    if not actor.may(Right.READ, organizer_id):
        return {}
    rows = session.execute(
        select(RoleAssignment.unit_id, RoleAssignment.acting, Person.name)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.organizer_id == organizer_id,
            RoleAssignment.unit_id.is_not(None),
            RoleAssignment.role == Role.PRINCIPAL,
            in_force(today),
        )
    )
    return {unit: f"{name} (tf)" if acting else name for unit, acting, name in rows if unit}


def assignment_of(
    session: Session, actor: Actor, organizer_id: UUID, person_id: UUID, assignment_id: UUID
) -> RoleAssignment | None:
    """Return one role of a person in the huvudman, or None."""
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    return session.scalar(
        select(RoleAssignment).where(
            RoleAssignment.id == assignment_id,
            RoleAssignment.person_id == person_id,
            RoleAssignment.organizer_id == organizer_id,
        )
    )


def happenings_of(session: Session, actor: Actor, organizer_id: UUID, person_id: UUID) -> Any:
    """Return what administrators have done with a person's roles here, the newest first."""
    return session.scalars(
        visible(AuditEvent, actor)
        .where(
            AuditEvent.organizer_id == organizer_id,
            AuditEvent.kind == RoleAssignment.__tablename__,
            AuditEvent.details["person"].astext == str(person_id),
        )
        .order_by(AuditEvent.id.desc())
        .limit(50)
    ).all()
