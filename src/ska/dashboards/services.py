"""What people do with a tavla: arrange it as they want it, and take the shipped one back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.ids import new_id
from ska.dashboards.definitions import Tile
from ska.dashboards.models import Dashboard
from ska.errors import Missing


def arrange(
    session: Session, actor: Actor, *, organizer_id: UUID, board: str, tiles: Sequence[Tile]
) -> None:
    """Keep this order of tiles for this person; nobody else's tavla changes."""
    _must_enter(actor, organizer_id)
    row = [tile.model_dump(mode="json") for tile in tiles]
    new = insert(Dashboard).values(
        id=new_id(), organizer_id=organizer_id, person_id=actor.person_id, board=board, tiles=row
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["organizer_id", "person_id", "board"], set_={"tiles": row}
        )
    )


def take_back(session: Session, actor: Actor, *, organizer_id: UUID, board: str) -> None:
    """Show the shipped tavla again."""
    _must_enter(actor, organizer_id)
    session.execute(
        delete(Dashboard).where(
            Dashboard.organizer_id == organizer_id,
            Dashboard.person_id == actor.person_id,
            Dashboard.board == board,
        )
    )


def _must_enter(actor: Actor, organizer_id: UUID) -> None:
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
