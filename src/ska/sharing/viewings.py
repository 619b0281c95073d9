"""The log of who has read a copy, when it has grown long: each day's times are added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ska.sharing.models import LOGGED_APART, ShareViewing


def with_old_viewings(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope whose log has days, long past, with a row for each time."""
    one = (ShareViewing.organizer_id, ShareViewing.grant_id, ShareViewing.viewer_id,
           ShareViewing.viewer, ShareViewing.person_id, ShareViewing.person_name,
           ShareViewing.viewed_on)  # fmt: skip
    many = select(ShareViewing.organizer_id).where(ShareViewing.viewed_on < _before(now))
    found = many.group_by(*one).having(func.count() > 1)
    return sorted(set(session.scalars(found)))


def gather_viewings(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Add up each day's times of a person; who read, on which day and how often stays.

    The database does it: the app itself can only add to this log. Returns how many rows fewer.
    """
    fewer = session.scalar(select(func.gather_viewings(organizer_id, _before(now))))
    return int(fewer or 0)


def _before(now: datetime) -> object:
    return (now - timedelta(days=LOGGED_APART)).date()
