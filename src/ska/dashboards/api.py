"""Tavlor for programs: what the boards show, and the person's own order of tiles."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from ska.access import Right
from ska.core.fields import Written
from ska.dashboards import making, services
from ska.dashboards.definitions import MOST_TILES, Board, Tile
from ska.dashboards.drawn import Drawn
from ska.dashboards.held import held, held_board, made_boards, shipped, shown_board
from ska.dashboards.network import network_board
from ska.dashboards.queries import BoardView, board_view
from ska.errors import found
from ska.organizers.dependencies import Call, GivenCall
from ska.overview.dependencies import Chosen
from ska.overview.queries.home import role_and_unit
from ska.web.figures import ChartOut, chart_of
from ska.web.paging import GivenPages
from ska.web.routing import read, remove, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class BoardOut(msgspec.Struct):
    """A board that comes with SKA, or was made here."""

    example: ClassVar[dict[str, Any]] = {
        "id": "huvudman",
        "name": "Huvudmannens tavla",
        "lead": "Resultaten i stort, och var enheterna skiljer sig åt.",
    }

    id: str
    name: str
    lead: str


class TileOut(msgspec.Struct):
    """A tile with what it shows, nothing where there is no value; *page* leads to its own page."""

    example: ClassVar[dict[str, Any]] = {
        "show": "trend",
        "indicator": "gr-alla-amnen-ak9",
        "of": "huvudmannen",
        "back": 0,
        "whom": "enheter",
        "against": "",
        "order": "namn",
        "factors": [],
        "heading": "Lägst betyget E i samtliga ämnen, årskurs 9",
        "page": "/ekhult/resultat/gr-alla-amnen-ak9",
    }

    show: str
    indicator: str
    of: str
    back: int
    whom: str
    against: str
    order: str
    factors: list[str]
    heading: str
    page: str
    chart: ChartOut | None


class BoardViewOut(Stamped):
    """A board with its tiles; *is_own* when the person has rearranged it."""

    example: ClassVar[dict[str, Any]] = {
        "id": "huvudman",
        "name": "Huvudmannens tavla",
        "is_own": False,
        "version": "0f3c9a417be2d856",
    }

    id: str
    name: str
    is_own: bool
    tiles: list[TileOut]


class ArrangementOut(Stamped):
    """The tiles of a board in their order, without values."""

    example: ClassVar[dict[str, Any]] = {
        "board": "huvudman",
        "is_own": True,
        "tiles": [{"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen", "back": 0}],
        "version": "0f3c9a417be2d856",
    }

    board: str
    is_own: bool
    tiles: list[dict[str, Any]]


class ArrangementIn(Written):
    """The tiles of a board, in the order they shall stand."""

    example: ClassVar[dict[str, Any]] = {
        "tiles": [{"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen", "back": 0}],
    }

    tiles: list[Tile] = Field(max_length=MOST_TILES)


class BoardApi(Controller):
    """The huvudman's tavlor."""

    path = "/api/v1/organizers/{organizer:str}/boards"
    tags = ("Tavlor",)

    @read(needs=Right.ENTER, summary="List the boards")
    def list_boards(self, call: GivenCall, pages: GivenPages) -> Response[list[BoardOut]]:
        """Return the boards that everyone gets, then those that are made here."""
        made = [held(one).board for one in made_boards(*call.where) if one.removed_at is None]
        return pages.of([*shipped().values(), *made], _listed)

    @read("/{board:str}", needs=Right.ENTER, summary="Read a board")
    def read_board(
        self, board: FromPath[str], call: GivenCall, unit: Chosen = None
    ) -> Response[BoardViewOut]:
        """Return a board as the person has arranged it, with what each tile says."""
        organizer = call.place.organizer
        _roles, home = role_and_unit(call.actor, organizer.id)
        view = board_view(
            *call.who, organizer, shown_board(*call.where, board), unit=unit, home=home
        )
        return tagged(_view(view, call))

    @read("/networks/{network:str}", needs=Right.READ, summary="Read a network's board")
    def read_network_board(self, network: FromPath[str], call: GivenCall) -> Response[BoardViewOut]:
        """Return what the huvudman shares beside the others' copies; the givers see who read."""
        view, _leads = network_board(*call.who, call.place.organizer, network, call.today)
        return tagged(_view(view, call))

    @read("/{board:str}/arrangement", needs=Right.ENTER, summary="Read the order of tiles")
    def read_arrangement(self, board: FromPath[str], call: GivenCall) -> Response[ArrangementOut]:
        """Return the person's own order, else the shipped one."""
        return tagged(_arrangement(call, board))

    @replace("/{board:str}/arrangement", needs=Right.ENTER, summary="Arrange a board")
    def arrange(
        self,
        board: FromPath[str],
        data: JSONBody[ArrangementIn],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ArrangementOut]:
        """Keep another order: of a shipped board for oneself, of a made one for all."""
        must_match(if_match, _arrangement(call, board).version)
        now = held_board(*call.where, board)
        if now.is_made and now.row is not None:
            making.arrange_board(*call.who, row=now.row, tiles=data.tiles, seen=now.seen)
        else:
            services.arrange(
                *call.who, organizer_id=call.organizer_id, board=board, tiles=data.tiles
            )
        return tagged(_arrangement(call, board))

    @remove("/{board:str}/arrangement", needs=Right.ENTER, summary="Take the shipped order back")
    def take_back(self, board: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """Show the shipped board again."""
        found(shipped().get(board))
        must_match(if_match, _arrangement(call, board).version)
        services.take_back(*call.who, organizer_id=call.organizer_id, board=board)


def _listed(board: Board) -> BoardOut:
    return BoardOut(board.id, board.name, board.lead)


def _arrangement(call: Call, board: str) -> ArrangementOut:
    now = held_board(*call.where, board)
    tiles = [one.model_dump(mode="json") for one in now.board.tiles]
    return ArrangementOut(board=board, is_own=now.is_own, tiles=tiles)


def _view(view: BoardView, call: Call) -> BoardViewOut:
    return BoardViewOut(
        id=view.board.id,
        name=view.board.name,
        is_own=view.is_own,
        tiles=[_tile(one, call.place.path) for one in view.tiles],
    )


def _tile(drawn: Drawn, path: str) -> TileOut:
    tile = drawn.tile
    return TileOut(
        **tile.model_dump(mode="json"),
        heading=drawn.name,
        page=f"{path}{drawn.path}",
        chart=chart_of(drawn.chart) if drawn.chart else None,
    )
