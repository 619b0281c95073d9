"""Roles given and ended: at most one rektor holds a unit on any day (decision 30)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Role
from ska.accounts.models import RoleAssignment
from ska.errors import Conflict, Invalid


@dataclass(frozen=True)
class Post:
    """A role in a place: what is given when someone gets a role."""

    role: Role
    organizer_id: UUID | None
    unit_id: UUID | None = None
    acting: bool = False


def give_role(
    session: Session,
    *,
    person_id: UUID,
    post: Post,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a person a role; raise Conflict when the unit already has a rektor in that time."""
    assignment = RoleAssignment(
        person_id=person_id,
        role=post.role,
        organizer_id=post.organizer_id,
        unit_id=post.unit_id,
        acting=post.acting,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    with _one_rektor(session):
        session.add(assignment)
    return assignment


def change_last_day(session: Session, *, assignment: RoleAssignment, last_day: date | None) -> None:
    """Let a role end on *last_day*, access ends by itself the day after; None lets it go on.

    Raises Conflict when the unit has another rektor in that time.
    """
    if last_day is not None and last_day < assignment.valid_from:
        raise Invalid("Sista dagen kan inte ligga före den första.")
    with _one_rektor(session):
        assignment.valid_to = last_day


@contextmanager
def _one_rektor(session: Session) -> Iterator[None]:
    """Tell in words when a unit would have two rektorer on a day."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if "one_principal_a_day" in str(error.orig):
            raise Conflict(
                "Enheten har redan en rektor under den tiden. Avsluta det uppdraget först."
            ) from error
        raise
