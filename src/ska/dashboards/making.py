"""What people do with a tavla of their own: make it, name and give it, remove it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.ids import new_id
from ska.core.text import _
from ska.dashboards.definitions import Tile
from ska.dashboards.forms import OF_ROLE, BoardForm, Whose
from ska.dashboards.held import held, may_change
from ska.dashboards.models import Dashboard
from ska.db.session import lock
from ska.errors import Changed, Missing, NotAllowed
from ska.organizers.services import must_be_open


def make_board(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    form: BoardForm,
    tiles: Sequence[Tile],
    today: date,
) -> Dashboard:
    """Make a new tavla with these tiles.

    Raises NotAllowed when one may not give it to those, Invalid for a unit that is not here today.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    _must_give(actor, organizer_id, form)
    must_be_open(session, actor, organizer_id, _units(form), today, field="unit_id")
    new = new_id()
    row = Dashboard(
        id=new,
        organizer_id=organizer_id,
        person_id=actor.person_id,
        board=str(new),
        made_by=actor.name,
        tiles=_kept(tiles),
        **_described(form),
    )
    session.add(row)
    session.flush()
    record(session, actor, act="board.make", thing=row, details=_noted(form))
    session.flush()
    return row


def describe_board(
    session: Session, actor: Actor, *, row: Dashboard, form: BoardForm, seen: str, today: date
) -> None:
    """Give a tavla another name, or give it to others; raise Changed when another has meanwhile.

    It may stay with a unit that is no more.
    """
    _alone(session, actor, row)
    if row.print != seen:
        raise Changed(_("Någon annan har ändrat tavlan sedan du läste den."))
    _must_give(actor, row.organizer_id, form)
    new = _units(form) - {row.unit_id}
    must_be_open(session, actor, row.organizer_id, new, today, field="unit_id")
    for name, value in _described(form).items():
        setattr(row, name, value)
    record(session, actor, act="board.describe", thing=row, details=_noted(form))
    session.flush()


def arrange_board(
    session: Session, actor: Actor, *, row: Dashboard, tiles: Sequence[Tile], seen: str
) -> None:
    """Keep this order of tiles for all who have the tavla; raise Changed when it is another now."""
    _alone(session, actor, row)
    if held(row).seen != seen:
        raise Changed(_("Någon annan har ändrat tavlan sedan du läste den."))
    row.tiles = _kept(tiles)
    record(session, actor, act="board.arrange", thing=row, details={"tiles": len(tiles)})
    session.flush()


def remove_board(session: Session, actor: Actor, *, row: Dashboard, now: datetime) -> None:
    """Remove a tavla for all who have it; it can be taken back. Twice is once."""
    _alone(session, actor, row)
    if row.removed_at is None:
        row.removed_at = now
        record(session, actor, act="board.remove", thing=row)
        session.flush()


def restore_board(session: Session, actor: Actor, *, row: Dashboard) -> None:
    """Take a removed tavla back, for all who had it. Twice is once."""
    _alone(session, actor, row)
    if row.removed_at is not None:
        row.removed_at = None
        record(session, actor, act="board.restore", thing=row)
        session.flush()


def _alone(session: Session, actor: Actor, row: Dashboard) -> None:
    lock(session, row)
    if not may_change(actor, row):
        raise NotAllowed(_("Den som har gjort tavlan ändrar den. Gör en egen av den i stället."))


def _must_give(actor: Actor, organizer_id: UUID, form: BoardForm) -> None:
    """Insist on the right that a tavla for others asks for; one's own is free to who may enter."""
    told = _("Din roll räcker inte till att ge en tavla till dem.")
    wide = form.whose is Whose.ALL or form.whose in OF_ROLE
    if wide and not actor.may(Right.ANALYSE, organizer_id):
        raise NotAllowed(told)
    if form.whose is Whose.UNIT and not actor.may_for(Right.ANALYSE, organizer_id, form.unit_id):
        raise NotAllowed(told)


def _units(form: BoardForm) -> set[UUID]:
    """Return the unit that a tavla is given to, if it is given to one."""
    return {form.unit_id} if form.unit_id and form.whose is Whose.UNIT else set()


def _noted(form: BoardForm) -> dict[str, object]:
    """Return what the audit line says: whose it is, and that the writer vouched for the words."""
    sure = {"not_personal_data": True} if form.not_personal_data else {}
    return {"whose": str(form.whose), **sure}


def _described(form: BoardForm) -> dict[str, object]:
    unit = next(iter(_units(form)), None)
    return {"name": form.name, "lead": form.lead, "whose": str(form.whose), "unit_id": unit}


def _kept(tiles: Sequence[Tile]) -> list[dict[str, object]]:
    return [one.model_dump(mode="json") for one in tiles]
