"""Which tavlor there are for a person: shipped, made by herself, and given by others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.core.prints import print_of
from ska.core.swedish import sort_key
from ska.dashboards.definitions import Board, Boards, Tile
from ska.dashboards.forms import OF_ROLE, Whose
from ska.dashboards.models import Dashboard
from ska.db.gather import gather
from ska.errors import Missing
from ska.framework.definitions import read_seed
from ska.settings import bundled
from ska.values.levels.models import AcceptedShift
from ska.values.levels.queries import live_shifts, shift_of
from ska.values.levels.rules import Shift


@dataclass(frozen=True)
class Held:
    """A tavla as it stands for a person; *row* is what is kept of it, if anything is.

    *shifts* are the levels that people have accepted, where it is held to be shown.
    """

    board: Board
    row: Dashboard | None = None
    shifts: tuple[Shift, ...] = ()

    @property
    def is_made(self) -> bool:
        """Tell whether somebody has made it, and it is no shipped one."""
        return self.row is not None and self.row.name is not None

    @property
    def is_own(self) -> bool:
        """Tell whether it is a shipped one that this person has rearranged."""
        return self.row is not None and not self.is_made

    @property
    def seen(self) -> str:
        """Return the version of the tiles and their order."""
        return print_of(*(one.model_dump_json() for one in self.board.tiles))


def read_boards(path: Path) -> dict[str, Board]:
    """Return the shipped boards by id; raise Invalid when the file is off."""
    return {one.id: one for one in read_seed(path, Boards).root}


@cache
def shipped() -> dict[str, Board]:
    """Return the boards that come with SKA, read once a process."""
    return read_boards(bundled("seeds") / "dashboards.yaml")


def held_board(session: Session, actor: Actor, organizer_id: UUID, board: str) -> Held:
    """Return a board as it stands for this person, in one question; raise Missing for none."""
    return _held(board, session.scalar(_kept(actor, organizer_id, board)))


def shown_board(session: Session, actor: Actor, organizer_id: UUID, board: str) -> Held:
    """Return the same to be shown and not changed, with the shifts that hold, in one question."""
    asked = [_kept(actor, organizer_id, board), live_shifts(actor, organizer_id)]
    found = gather(session, asked)
    shifts = tuple(shift_of(one) for one in found.of(AcceptedShift))
    return replace(_held(board, next(iter(found.of(Dashboard)), None)), shifts=shifts)


def _kept(actor: Actor, organizer_id: UUID, board: str) -> Select[Dashboard]:
    if board not in shipped():
        return _made(actor, organizer_id).where(Dashboard.board == board)
    return visible(Dashboard, actor).where(
        Dashboard.organizer_id == organizer_id,
        Dashboard.person_id == actor.person_id,
        Dashboard.board == board,
    )


def _held(board: str, row: Dashboard | None) -> Held:
    given = shipped().get(board)
    if given is None:
        return held(_standing(row, removed=False))
    if row is None:
        return Held(given)
    return Held(given.model_copy(update={"tiles": tiles_in(row)}), row)


def _standing(row: Dashboard | None, *, removed: bool) -> Dashboard:
    if row is None or (row.removed_at is not None) != removed:
        raise Missing
    return row


def made_board(
    session: Session, actor: Actor, organizer_id: UUID, board: str, *, removed: bool = False
) -> Dashboard:
    """Return a board that was made here, by this person or given to her; raise Missing for none."""
    query = _made(actor, organizer_id).where(Dashboard.board == board)
    return _standing(session.scalar(query), removed=removed)


def made_boards(session: Session, actor: Actor, organizer_id: UUID) -> list[Dashboard]:
    """Return the boards that were made here, removed ones too, by name."""
    made = session.scalars(_made(actor, organizer_id))
    return sorted(made, key=lambda one: (sort_key(one.name or ""), one.id))


def held(row: Dashboard) -> Held:
    """Return a made board as it stands."""
    board = Board(id=row.board, name=row.name or "", lead=row.lead, tiles=tiles_in(row))
    return Held(board, row)


def tiles_in(row: Dashboard) -> tuple[Tile, ...]:
    """Return the tiles that are kept."""
    return tuple(Tile.model_validate(one) for one in row.tiles)


def may_change(actor: Actor, row: Dashboard) -> bool:
    """Tell whether the person made the board, or answers for what is given in the huvudman.

    Who may give to others no more leaves what is given to those who may.
    """
    if row.person_id == actor.person_id:
        return row.whose == "mine" or actor.may(Right.ANALYSE, row.organizer_id)
    return row.whose != "mine" and actor.may_for(Right.ANALYSE, row.organizer_id, None)


def _given_to(actor: Actor, organizer_id: UUID) -> list[str]:
    """Return to whom a tavla may be given that the person has: what she may change she has too."""
    sees_all = actor.may_for(Right.ANALYSE, organizer_id, None)
    here = {one.role for one in actor.assignments if one.organizer_id == organizer_id}
    of_role = [whose for whose, role in OF_ROLE.items() if sees_all or role in here]
    return [Whose.ALL, Whose.UNIT, *of_role]


def _made(actor: Actor, organizer_id: UUID) -> Select[Dashboard]:
    given = Dashboard.whose.in_(_given_to(actor, organizer_id))
    return visible(Dashboard, actor).where(
        Dashboard.organizer_id == organizer_id,
        Dashboard.name.is_not(None),
        or_(Dashboard.person_id == actor.person_id, given),
    )
