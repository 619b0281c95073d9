"""Reading the shifts that hold, for whoever tells a number that they stand in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from ska.access import Actor, visible
from ska.values.levels.models import AcceptedShift
from ska.values.levels.rules import Shift

COLUMNS = (
    *("id", "unit_id", "indicator", "measure", "period", "reason", "accepted_at", "accepted_by"),
    *("accepted_as", "withdrawn_at", "withdrawn_by", "withdrawn_reason", "action_id"),
)


def live_shifts(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the query of all shifts of the huvudman that hold, to be asked with others."""
    return visible(AcceptedShift, actor).where(
        AcceptedShift.organizer_id == organizer_id, AcceptedShift.withdrawn_at.is_(None)
    )


def shift_of(row: AcceptedShift) -> Shift:
    """Return a row as it is read, without the name of its insats."""
    return Shift(**{name: getattr(row, name) for name in COLUMNS})
