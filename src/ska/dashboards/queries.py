"""A tavla with its charts: whatever is on it, its values are read in one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.comparisons.queries.shown import ComparisonView
from ska.comparisons.queries.view import network_views
from ska.core.text import _
from ska.dashboards.bare import Bare, told_together
from ska.dashboards.definitions import Board, Boards, Of, Show, Tile
from ska.dashboards.drawing import Drawn, Ground, draw_tile
from ska.dashboards.models import Dashboard
from ska.framework.definitions import read_seed
from ska.organizers.models import Organizer
from ska.overview.queries.derived import derived_items, with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import (
    UnitRow,
    choosable,
    chosen_unit,
    units_to_choose,
    where_is,
)
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.cohorts import earlier_of
from ska.overview.rules.shapes import BOYS, GIRLS
from ska.settings import bundled


@dataclass(frozen=True)
class BoardView:
    """Everything on a tavla.

    *is_own* when this person has rearranged it, *is_fixed* when nobody may.
    """

    board: Board
    is_own: bool
    units: list[UnitRow]
    unit: UnitRow | None
    items: list[ItemRow]
    tiles: tuple[Drawn, ...]
    is_fixed: bool = False

    @property
    def asks_for_unit(self) -> bool:
        """Tell whether any tile is about a single unit."""
        single = [one.tile for one in self.tiles if not one.tile.show.is_beside_units]
        return any(tile.of is Of.UNIT for tile in single)

    @property
    def filled(self) -> list[Drawn]:
        """Return the tiles that show something, in their order."""
        return [one for one in self.tiles if not one.why_empty]

    @property
    def bare(self) -> list[Bare]:
        """Return the tiles that have nothing to show, by why."""
        return told_together(self.tiles)


def read_boards(path: Path) -> dict[str, Board]:
    """Return the shipped boards by id; raise Invalid when the file is off."""
    return {one.id: one for one in read_seed(path, Boards).root}


@cache
def shipped() -> dict[str, Board]:
    """Return the boards that come with SKA, read once a process."""
    return read_boards(bundled("seeds") / "dashboards.yaml")


def board_of(session: Session, actor: Actor, organizer_id: UUID, shipped: Board) -> Board | None:
    """Return the board as this person has arranged it, None when she has not."""
    kept = session.scalar(
        visible(Dashboard, actor)
        .with_only_columns(Dashboard.tiles)
        .where(
            Dashboard.organizer_id == organizer_id,
            Dashboard.person_id == actor.person_id,
            Dashboard.board == shipped.id,
        )
    )
    if kept is None:
        return None
    tiles = tuple(Tile.model_validate(one) for one in kept)
    return shipped.model_copy(update={"tiles": tiles})


def board_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    shipped: Board,
    *,
    unit: str | None = None,
    home: UUID | None = None,
) -> BoardView:
    """Return the board with its charts for the huvudman and a unit; raise Missing for an unknown.

    Without a named *unit* the reader's own is taken, else the first that there is.
    """
    own = board_of(session, actor, organizer.id, shipped)
    board = own or shipped
    units = units_to_choose(session, actor, organizer.id)
    mine = next((one for one in units if one.id == home), None)
    mine = chosen_unit(units, unit) or mine
    chosen = mine or next(iter(units), None)
    items = [*choosable(session, actor, organizer.id), *derived_items()]
    ground = _ground(session, actor, organizer, board, units, items)
    ground = replace(ground, unit=chosen, mine=mine)
    tiles = tuple(draw_tile(tile, at, ground) for at, tile in enumerate(board.tiles))
    return BoardView(board, own is not None, units, chosen, items, tiles)


def network_board(
    session: Session, actor: Actor, organizer: Organizer, slug: str, today: date
) -> BoardView:
    """Return a tile for each indicator that the huvudman shares in a network, and note the reading.

    Raises Missing outside the network.
    """
    name, views = network_views(session, actor, organizer, slug, today)
    lead = _("Det ni själva delar, bredvid de andras kopior. Du ser vad som är en tydlig skillnad.")
    board = Board(id=f"natverk/{slug}", name=name, lead=lead, tiles=())
    tiles = tuple(_of_network(at, one) for at, one in enumerate(views))
    return BoardView(board, False, [], None, [], tiles, is_fixed=True)


def _of_network(at: int, view: ComparisonView) -> Drawn:
    item = view.item
    assert item is not None
    tile = Tile(show=Show.DOTS, indicator=item.code)
    path = f"/jamfor?vad={item.code}&vilka={view.chosen.key}"
    return Drawn(tile, at, item.heading, view.chosen.label, path, view.chart)


def _ground(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    board: Board,
    units: list[UnitRow],
    items: list[ItemRow],
) -> Ground:
    named = {tile.indicator for tile in board.tiles}
    named |= {earlier_of(one.indicator) for one in board.tiles if one.show is Show.COHORT}
    shown = {one.code: one for one in items if one.code in named}
    where = where_is(organizer, None)
    wanted = wanted_of(
        [{**one.details, "kolada_links": ()} for one in shown.values()],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in units],
    )
    genders = ("T", BOYS, GIRLS) if any(one.show is Show.GAP for one in board.tiles) else ("T",)
    values = read_values(session, actor, organizer.id, wanted, genders=genders)
    return Ground(organizer, units, None, None, shown, with_derived(values, list(shown)))
