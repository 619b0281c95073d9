"""A tile of a tavla to take along: what it shows, and nothing else of its page."""

from __future__ import annotations

from litestar import Controller, Response
from litestar.params import FromPath

from ska.access import Right
from ska.dashboards.held import shown_board
from ska.dashboards.network import network_board
from ska.dashboards.queries import BoardView, board_view
from ska.errors import found
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import file_name
from ska.overview.dependencies import Chosen
from ska.overview.queries.home import role_and_unit
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.figures import GivenRequest, files_of, taken
from ska.web.routing import read


class TileController(Controller):
    """The files of a tile, by its place on the tavla."""

    path = "/{organizer:str}/tavlor"

    @read(files_of("/{board:str}/rutor/{at:int}"), needs=Right.ENTER)
    def download(
        self,
        board: FromPath[str],
        at: FromPath[int],
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
    ) -> Response[bytes]:
        """Give what a tile shows as a file; what may not be shown is not in it."""
        _roles, home = role_and_unit(actor, place.organizer.id)
        held = shown_board(session, actor, place.organizer.id, board)
        view = board_view(session, actor, place.organizer, held, unit=enhet, home=home)
        return _taken(view, at, request, place)

    @read(files_of("/natverk/{network:str}/rutor/{at:int}"), needs=Right.READ)
    def download_of_network(
        self,
        network: FromPath[str],
        at: FromPath[int],
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Response[bytes]:
        """Give what a network's tile shows as a file; the givers see who read."""
        view, _leads = network_board(session, actor, place.organizer, network, today, at=at)
        return _taken(view, at, request, place)


def _taken(view: BoardView, at: int, request: GivenRequest, place: Place) -> Response[bytes]:
    tile = found(next((one for one in view.filled if one.number == at), None))
    name = file_name("tavla", place.organizer.slug, tile.name)
    return taken(found(tile.to_take), name, request, is_demo=place.organizer.is_demo)
