"""Who is behind a cookie or a token, with the huvudmän where they may enter: one question.

It is asked at every answer, so that a role that ends and a token that is taken back are seen at
once; nothing of it is kept. The statements are made once: to make them costs more than to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Assignment, Right, Role
from ska.accounts.models import ApiToken, Person, RoleAssignment, SignIn
from ska.accounts.rules import IDLE
from ska.core.secrets import hash_secret
from ska.organizers.models import Organizer


@dataclass(frozen=True)
class Behind:
    """A person who asks, the huvudmän of their roles by slug, and when the key was last noted."""

    actor: Actor
    organizers: dict[str, Organizer]
    key: type[SignIn | ApiToken]
    key_id: UUID
    noted_at: datetime | None


def in_force(today: Any) -> Any:
    """Return the condition that a role assignment is held on the day *today*."""
    return and_(
        RoleAssignment.valid_from <= today,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
    )


def _behind(key: Any, noted_at: Any, *columns: Any, held: Any = True) -> Select[Any]:
    """Return the query of a key's person, a row for each role that is held today."""
    roles = (RoleAssignment.role, RoleAssignment.unit_id, RoleAssignment.acting)
    return (
        select(
            key.id.label("key_id"),
            noted_at.label("noted_at"),
            *columns,
            Person.id.label("person_id"),
            Person.name,
            Person.email,
            Person.theme,
            *roles,
            RoleAssignment.organizer_id,
            Organizer,
        )
        .join(Person, Person.id == key.person_id)
        .outerjoin(
            RoleAssignment,
            and_(RoleAssignment.person_id == Person.id, in_force(bindparam("today")), held),
        )
        .outerjoin(Organizer, Organizer.id == RoleAssignment.organizer_id)
        .where(key.token_hash == bindparam("hash"), key.expires_at > bindparam("now"))
        .order_by(RoleAssignment.id)
    )


_OF_COOKIE = _behind(SignIn, SignIn.seen_at).where(SignIn.seen_at > bindparam("idle_since"))
_OF_TOKEN = _behind(
    ApiToken,
    ApiToken.used_at,
    ApiToken.rights,
    held=RoleAssignment.organizer_id == ApiToken.organizer_id,
).where(ApiToken.revoked_at.is_(None))


def person_of_cookie(session: Session, secret: str, now: datetime, today: date) -> Behind | None:
    """Return who is behind a cookie, noted by when it was last seen, or None."""
    asked = {"hash": hash_secret(secret), "now": now, "today": today, "idle_since": now - IDLE}
    rows = session.execute(_OF_COOKIE, asked).all()
    return _told(rows, SignIn, None) if rows else None


def person_of_token(session: Session, secret: str, now: datetime, today: date) -> Behind | None:
    """Return who is behind an API token, narrowed to its huvudman and rights, or None."""
    asked = {"hash": hash_secret(secret), "now": now, "today": today}
    rows = session.execute(_OF_TOKEN, asked).all()
    if not rows:
        return None
    named = rows[0].rights.split()  # one that no longer exists gives nothing
    return _told(rows, ApiToken, frozenset(right for right in Right if right in named))


def _told(
    rows: Sequence[Any], key: type[SignIn | ApiToken], limits: frozenset[Right] | None
) -> Behind:
    first = rows[0]
    held = tuple(
        Assignment(Role(row.role), row.organizer_id, row.unit_id, row.acting)
        for row in rows
        if row.role is not None
    )
    actor = Actor(first.person_id, first.name, first.email, held, limits, first.theme)
    organizers = {row.Organizer.slug: row.Organizer for row in rows if row.Organizer is not None}
    return Behind(actor, organizers, key, first.key_id, first.noted_at)
