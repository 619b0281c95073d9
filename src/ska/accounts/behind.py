"""Who is behind a cookie or a token, with the huvudmän where they may enter: one question.

It is asked at every answer, so that a role that ends and a token that is taken back are seen at
once; nothing of it is kept. The statements are made once: to make them costs more than to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg.rows import namedtuple_row
from sqlalchemy import Engine, Select, and_, bindparam, inspect, literal_column, or_, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import make_transient_to_detached

from ska.access import Actor, Assignment, Right, Role
from ska.accounts.models import ApiToken, Person, RoleAssignment, SignIn
from ska.accounts.rules import IDLE
from ska.core.secrets import hash_secret
from ska.db.session import ask_alone
from ska.organizers.models import Organizer

_ORGANIZER = inspect(Organizer).columns
_TOLD_OF = [f"of_{column.name}" for column in _ORGANIZER]
_DRIVER = make_url("postgresql+psycopg://").get_dialect()()


@dataclass(frozen=True)
class Behind:
    """A person who asks, the huvudmän of their roles as rows, and when the key was last noted.

    *published* changes whenever anything that is published does.
    """

    actor: Actor
    rows: Sequence[Any]
    key: type[SignIn | ApiToken]
    key_id: UUID
    noted_at: datetime | None
    published: str

    def organizer(self, slug: str) -> Organizer | None:
        """Return the huvudman by its slug, as one that was read, of no session; or None."""
        row = next((one for one in self.rows if one.of_slug == slug), None)
        return None if row is None else _organizer(*(getattr(row, name) for name in _TOLD_OF))


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
            *(column.label(f"of_{column.name}") for column in _ORGANIZER),
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


@lru_cache(8)
def _written(query: Select[Any], published: str) -> str:
    """Return a query as the driver takes it, with the newest change of what is published."""
    asked = query.add_columns(literal_column(published).label("published"))
    return str(asked.compile(dialect=_DRIVER))


def person_of_cookie(
    engine: Engine, secret: str, *, now: datetime, published: str
) -> Behind | None:
    """Return who is behind a cookie, noted by when it was last seen, or None."""
    asked = _asked(secret, now) | {"idle_since": now - IDLE}
    rows = ask_alone(engine, _written(_OF_COOKIE, published), asked, rows=namedtuple_row)
    return _told(rows, SignIn, None) if rows else None


def person_of_token(engine: Engine, secret: str, *, now: datetime, published: str) -> Behind | None:
    """Return who is behind an API token, narrowed to its huvudman and rights, or None."""
    rows = ask_alone(
        engine, _written(_OF_TOKEN, published), _asked(secret, now), rows=namedtuple_row
    )
    if not rows:
        return None
    named = rows[0].rights.split()  # one that no longer exists gives nothing
    return _told(rows, ApiToken, frozenset(right for right in Right if right in named))


def _asked(secret: str, now: datetime) -> dict[str, Any]:
    return {"hash": hash_secret(secret), "now": now, "today": now.date()}


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
    return Behind(actor, rows, key, first.key_id, first.noted_at, str(first.published))


@lru_cache(64)
def _organizer(*told: Any) -> Organizer:
    """Return the huvudman that is told of so, as one that was read, of no session: never change it.

    To make one takes a third as long as to ask for it.
    """
    read = Organizer(**dict(zip(_ORGANIZER.keys(), told, strict=True)))
    make_transient_to_detached(read)
    return read
