"""A network's tavla: in the order of whoever leads it, with what each member shares itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.audit import record
from ska.comparisons.queries.network import NetworkRead, read_network, with_country
from ska.core.ids import new_id
from ska.core.text import _
from ska.dashboards.beside import SIDES
from ska.dashboards.definitions import Board, Show, Tile
from ska.dashboards.drawn import Drawn
from ska.dashboards.held import Held, tiles_in
from ska.dashboards.models import Dashboard
from ska.dashboards.queries import BoardView
from ska.errors import Changed, NotAllowed
from ska.organizers.models import Network, Organizer
from ska.overview.queries.items import ItemRow
from ska.sharing.services import note_viewing

SHOWS = (Show.DOTS, Show.HEAP, Show.FUNNEL, Show.MULTIPLES, Show.STEADIED)
"""In what pictures huvudmän may stand beside each other: a network has no map."""


def network_board(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    slug: str,
    today: date,
    *,
    at: int | None = None,
) -> tuple[BoardView, bool]:
    """Return the network's board, and whether this person arranges it; note what is read on it.

    Who takes along the tile *at* a place reads that one. Raises Missing outside the network.
    """
    held, read = held_network(session, actor, organizer, slug, today)
    read = with_country(session, actor, read, {one.indicator for one in held.board.tiles})
    tiles = tuple(_drawn(at, one, read) for at, one in enumerate(held.board.tiles))
    seen = [one for one in tiles if at is None or one.number == at]
    shown = {one.tile.indicator for one in seen if one.chart is not None}
    grants = [one for code in sorted(shown) for one in read.grants(code)]
    note_viewing(session, actor, viewer=organizer, grants=grants, today=today)
    view = BoardView(
        held.board, False, [], None, tiles, is_fixed=True, held=held,
        beside=tuple((one.heading, _path(one.code, read)) for one in left_out(held, read)),
    )  # fmt: skip
    return view, may_lead(actor, read.network, organizer.id)


def held_network(
    session: Session, actor: Actor, organizer: Organizer, slug: str, today: date
) -> tuple[Held, NetworkRead]:
    """Return the board as it is arranged, and what was read of the network; nothing is noted."""
    read = read_network(session, actor, organizer, slug, today, also=[_arrangement(actor, slug)])
    row = next(iter(read.found.beside.of(Dashboard)), None)
    usual = tuple(Tile(show=Show.DOTS, indicator=one.code) for one in read.items)
    lead = _(
        "Det ni själva delar, bredvid de andras kopior. Du ser vad som är en tydlig skillnad."
        " Riket står bredvid, där det är publicerat."
    )
    tiles = usual if row is None else tiles_in(row)
    board = Board.model_construct(
        id=f"natverk/{slug}", name=read.network.name, lead=lead, tiles=tiles
    )
    return Held(board, row), read


def left_out(held: Held, read: NetworkRead) -> list[ItemRow]:
    """Return what the huvudman shares that is not on the board."""
    on_it = {one.indicator for one in held.board.tiles}
    return [one for one in read.items if one.code not in on_it]


def may_lead(actor: Actor, network: Network, organizer_id: UUID) -> bool:
    """Tell whether the person leads the network: shares for the huvudman that coordinates it."""
    is_here = network.coordinator_id == organizer_id
    return is_here and actor.may_for(Right.SHARE, organizer_id, None)


def arrange_network(
    session: Session,
    actor: Actor,
    *,
    held: Held,
    network: Network,
    organizer_id: UUID,
    tiles: Sequence[Tile],
    seen: str,
) -> None:
    """Keep this order for all members; raise Changed when it is another now than was *seen*."""
    must_lead(actor, network, organizer_id)
    told = _("Någon annan har ändrat tavlan sedan du läste den.")
    kept = [one.model_dump(mode="json") for one in tiles]
    row = session.scalar(_arrangement(actor, network.slug).with_for_update(of=Dashboard))
    if (Held(held.board, row).seen if row is None else _seen(row)) != seen:
        raise Changed(told)
    if row is None:
        row = Dashboard(
            id=new_id(), organizer_id=organizer_id, person_id=actor.person_id,
            board=f"natverk/{network.slug}", whose="network", network_id=network.id,
            made_by=actor.name, tiles=kept,
        )  # fmt: skip
        try:
            with session.begin_nested():
                session.add(row)
                session.flush()
        except IntegrityError as met:
            raise Changed(told) from met
    row.tiles = kept
    record(session, actor, act="board.arrange", thing=row, details={"tiles": len(kept)})
    session.flush()


def take_network_back(
    session: Session, actor: Actor, *, network: Network, organizer_id: UUID
) -> None:
    """Show everything that is shared again, in the usual order."""
    must_lead(actor, network, organizer_id)
    row = session.scalar(_arrangement(actor, network.slug))
    if row is not None:
        record(session, actor, act="board.take_back", thing=row)
        session.delete(row)
        session.flush()


def must_lead(actor: Actor, network: Network, organizer_id: UUID) -> None:
    """Insist that the person leads the network."""
    if not may_lead(actor, network, organizer_id):
        raise NotAllowed(_("Den som samordnar nätverket ändrar dess tavla."))


def _seen(row: Dashboard) -> str:
    board = Board.model_construct(id=row.board, name="", lead="", tiles=tiles_in(row))
    return Held(board, row).seen


def _arrangement(actor: Actor, slug: str) -> Select[Dashboard]:
    """Return the query of the order that the huvudman that coordinates the network has given it."""
    leads = select(Network.coordinator_id).where(Network.slug == slug).scalar_subquery()
    network = select(Network.id).where(Network.slug == slug).scalar_subquery()
    return visible(Dashboard, actor).where(
        Dashboard.network_id == network, Dashboard.organizer_id == leads
    )


def _drawn(at: int, tile: Tile, read: NetworkRead) -> Drawn:
    name = read.names.get(tile.indicator, tile.indicator)
    view = read.view(tile.indicator, SIDES[tile.show], tile.back)
    why = _("Ni delar inte den här indikatorn i nätverket. Den visas när ni delar den.")
    drawn = Drawn(tile, at, name, read.network.name, _path(tile.indicator, read), why=why)
    return drawn if view is None else Drawn(
        tile, at, name, read.network.name, f"{drawn.path}&som={SIDES[tile.show]}", view.chart
    )  # fmt: skip


def _path(code: str, read: NetworkRead) -> str:
    return f"/jamfor?vad={code}&vilka=natverk:{read.network.slug}"
