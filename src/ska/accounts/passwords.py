"""What the audit keeps of passwords: that one was chosen or changed, in each of one's huvudmän."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from ska.access import Actor, Assignment
from ska.accounts.models import Person, RoleAssignment
from ska.audit import record
from ska.db.session import Scope, ScopedSession


def note_password(session: ScopedSession, *, person: Person, act: str, today: date) -> None:
    """Record *act* in each huvudman where the person has a role, each row in its own scope.

    A password is outside every huvudman; those who answer for one should see that it changed.
    """
    held = session.scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.person_id == person.id,
            RoleAssignment.organizer_id.is_not(None),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
        )
        .order_by(RoleAssignment.organizer_id, RoleAssignment.valid_from, RoleAssignment.id)
    ).all()
    roles = tuple(Assignment(one.kind, one.organizer_id, one.unit_id, one.acting) for one in held)
    actor = Actor(person.id, person.name, person.email, roles)
    for one in {one.organizer_id: one for one in held}.values():
        _record_there(session, actor, act, one)


def _record_there(session: ScopedSession, actor: Actor, act: str, held: RoleAssignment) -> None:
    before, there = session.scope, held.organizer_id
    if there is None:
        return
    session.limit_to(Scope(frozenset({there}), there))
    record(session, actor, act=act, thing=held, details={"person": str(actor.person_id)})
    session.flush()
    session.limit_to(before)
