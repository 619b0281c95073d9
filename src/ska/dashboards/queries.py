"""A tavla with its charts: whatever is on it, its values are read in one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.assessment.queries.chosen import items_of
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.queries.salsa import read_salsa
from ska.comparisons.queries.sets import Offered, offered
from ska.dashboards.bare import Bare, told_together
from ska.dashboards.definitions import Board, Of, Show, Whom
from ska.dashboards.drawing import draw_tile
from ska.dashboards.drawn import Drawn
from ska.dashboards.ground import Ground
from ska.dashboards.held import Held
from ska.dashboards.modelled import modelled_of, relation_of
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, chosen_unit, where_is
from ska.overview.queries.relations import KIND as RELATION
from ska.overview.queries.relations import relation_items
from ska.overview.queries.values import read_with_groups, wanted_of
from ska.overview.rules.cohorts import earlier_of
from ska.overview.rules.shapes import BOYS, GIRLS


@dataclass(frozen=True)
class BoardView:
    """Everything on a tavla.

    *is_own* when this person has rearranged it, *is_fixed* when it is a network's; *beside* is what
    the huvudman shares there that is not on it.
    """

    board: Board
    is_own: bool
    units: list[UnitRow]
    unit: UnitRow | None
    tiles: tuple[Drawn, ...]
    is_fixed: bool = False
    held: Held | None = None
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def asks_for_unit(self) -> bool:
        """Tell whether any tile is about a single unit."""
        single = [one.tile for one in self.tiles if one.tile.show.is_of_one_place]
        return any(tile.of is Of.UNIT for tile in single)

    @property
    def filled(self) -> list[Drawn]:
        """Return the tiles that show something, in their order."""
        return [one for one in self.tiles if not one.why_empty]

    @property
    def bare(self) -> list[Bare]:
        """Return the tiles that have nothing to show, by why."""
        return told_together(self.tiles)


def board_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    held: Held,
    *,
    unit: str | None = None,
    home: UUID | None = None,
) -> BoardView:
    """Return the board with its charts for the huvudman and a unit; raise Missing for an unknown.

    Without a named *unit* the reader's own is taken, else the first that there is.
    """
    board = held.board
    offer = offered(session, actor, organizer, as_list=False)
    mine = next((one for one in offer.units if one.id == home), None)
    mine = chosen_unit(offer.units, unit) or mine
    chosen = mine or next(iter(offer.units), None)
    ground = _ground(session, actor, organizer, board, offer)
    ground = replace(ground, unit=chosen, mine=mine, shifts=held.shifts)
    tiles = tuple(draw_tile(tile, at, ground) for at, tile in enumerate(board.tiles))
    return BoardView(board, held.is_own, offer.units, chosen, tiles, held=held)


def _ground(
    session: Session, actor: Actor, organizer: Organizer, board: Board, offer: Offered
) -> Ground:
    """Return what the board is drawn from: its values in one question, those of SALSA in one."""
    named = {tile.indicator for tile in board.tiles}
    named |= {earlier_of(one.indicator) for one in board.tiles if one.show is Show.COHORT}
    named |= {code for one in board.tiles for code in one.factors}
    known = [*offer.items, *(one for code, one in relation_items().items() if code in named)]
    shown = {one.code: one for one in known if one.code in named}
    sets = {one.key: one for one in offer.sets if one.key in set(Whom)}
    where = where_is(organizer, None)
    wanted = wanted_of(
        [*_measures(shown.values()), *_related(board)],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in offer.units],
        others=sorted(_others(board, sets)),
    )
    shows = {one.show for one in board.tiles}
    genders = ("T", BOYS, GIRLS) if Show.GAP in shows else ("T",)
    values, groups = read_with_groups(session, actor, organizer.id, wanted, genders=genders)
    ground = Ground(
        organizer,
        offer.units,
        shown,
        with_derived(values, [*shown, *(named - set(shown))]),
        read=values,
        sets=sets,
        groups=groups,
    )
    modelled = [found for one in board.tiles if (found := modelled_of(one.indicator))]
    if not modelled:
        return ground
    salsa = read_salsa(session, actor, organizer, offer.units, modelled)
    return replace(ground, salsa=salsa)


def _measures(items: Iterable[ItemRow]) -> list[dict[str, Any]]:
    """Return what is read of indicators: their own measures, and no neighbour in Kolada."""
    return [
        one.details if one.kind == RELATION else {**one.details, "kolada_links": ()}
        for one in items
    ]


def _related(board: Board) -> list[dict[str, Any]]:
    """Return what is read for the tiles of grades beside test grades."""
    named = [found for one in board.tiles if (found := relation_of(one.indicator))]
    relations = {relation.id: relation for relation, _subject in named}
    return [item.details for one in relations.values() for item in items_of(one)]


def _others(board: Board, sets: Mapping[str, PlaceSet]) -> set[str]:
    """Return the numbers of the municipalities that any tile sets beside the own."""
    chosen = {one.whom for one in board.tiles if one.show.is_beside or one.show is Show.RELATION}
    peers = [peer for key in chosen if key in sets for peer in sets[key].peers]
    return {number for one in peers for number in (one.code, one.organisation_number) if number}
