"""Pages of tavlor: the board, its meeting view, and the form that rearranges it."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.listing import listed
from ska.comparisons.queries.sets import offered
from ska.core.swedish import parse_whole
from ska.core.text import _
from ska.dashboards import services
from ska.dashboards.definitions import (
    BACK_WORDS,
    SHOW_WORDS,
    WHOM_WORDS,
    Board,
    Of,
    Show,
    Tile,
)
from ska.dashboards.forms import TileForm
from ska.dashboards.modelled import modelled_names
from ska.dashboards.queries import board_of, board_view, network_board, shipped
from ska.dashboards.rules import Act, rearranged, with_tile
from ska.errors import Conflict, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.dependencies import Chosen
from ska.overview.queries.home import role_and_unit
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

OF_WORDS = {Of.WHOLE: _("Huvudmannen"), Of.UNIT: _("Enheten")}


class DashboardController(Controller):
    """Tavlor: several indicators on one page, for a meeting or for a quick look."""

    path = "/{organizer:str}/tavlor"

    @read(needs=Right.ENTER)
    def list_boards(self, place: GivenPlace) -> Page:
        """Show which boards there are."""
        return Page("dashboards/list.html", boards=shipped().values())

    @read("/{board:str}", needs=Right.ENTER)
    def show_board(
        self,
        board: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
    ) -> Page:
        """Show a board."""
        _roles, home = role_and_unit(actor, place.organizer.id)
        view = board_view(session, actor, place.organizer, _shipped(board), unit=enhet, home=home)
        return Page("dashboards/board.html", view=view)

    @read("/natverk/{network:str}", needs=Right.READ)
    def show_network(
        self,
        network: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show everything that the huvudman shares in a network beside the others' copies."""
        view = network_board(session, actor, place.organizer, network, today)
        return Page("dashboards/board.html", view=view)

    @read("/{board:str}/andra", needs=Right.ENTER)
    def show_arrangement(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the tiles in their order, each with its buttons, and the form for one more."""
        return _arrangement(session, actor, place, _shipped(board), Form())

    @write("/{board:str}/andra", needs=Right.ENTER)
    def move_tile(
        self,
        board: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Move a tile or take it away, on this person's own tavla."""
        given = _shipped(board)
        act, _dash, at = data.get("act", "").partition("-")
        place_of_tile = parse_whole(at, 0, 99)
        if act not in set(Act) or place_of_tile is None:
            raise Conflict(_("Välj vad som ska göras med rutan."))
        now = board_of(session, actor, place.organizer.id, given) or given
        tiles = rearranged(now.tiles, Act(act), place_of_tile)
        services.arrange(session, actor, organizer_id=place.organizer.id, board=board, tiles=tiles)
        return Done(_("Tavlan är ändrad."), to=f"{place.path}/tavlor/{board}/andra")

    @write("/{board:str}/rutor", needs=Right.ENTER)
    def add_tile(
        self,
        board: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Add a tile at the end of this person's own tavla, or show what is wrong."""
        given = _shipped(board)
        form = bind(TileForm, data)
        if form.value is None:
            return _arrangement(session, actor, place, given, form)
        now = board_of(session, actor, place.organizer.id, given) or given
        tiles = with_tile(now.tiles, Tile.model_validate(form.value.model_dump()))
        services.arrange(session, actor, organizer_id=place.organizer.id, board=board, tiles=tiles)
        return Done(_("Rutan är tillagd."), to=f"{place.path}/tavlor/{board}/andra")

    @write("/{board:str}/aterstall", needs=Right.ENTER)
    def take_back(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Show the shipped tavla again."""
        services.take_back(
            session, actor, organizer_id=place.organizer.id, board=_shipped(board).id
        )
        return Done(_("Tavlan är som den var från början."), to=f"{place.path}/tavlor/{board}")


def _shipped(board: str) -> Board:
    found = shipped().get(board)
    if found is None:
        raise Missing
    return found


def _arrangement(
    session: Session, actor: Actor, place: Place, given: Board, form: Form[TileForm]
) -> Page:
    own = board_of(session, actor, place.organizer.id, given)
    return Page(
        "dashboards/arrange.html",
        form=form,
        board=own or given,
        is_own=own is not None,
        **_choices(session, actor, place),
    )


def _choices(session: Session, actor: Actor, place: Place) -> dict[str, Any]:
    """Return what the form of a tile lets one choose among, and the words for it."""
    offer = offered(session, actor, place.organizer)
    sets = {one.key for one in offer.sets}
    listing = listed(offer.items, offer.goals, offer.held)
    items = [one for group in listing for one in group.items]
    names = {one.code: one.heading for one in items} | modelled_names()
    return {
        "names": names,
        "shows": {**SHOW_WORDS, Show.SIGNALS: _("Signaler")},
        "backs": BACK_WORDS,
        "whoms": WHOM_WORDS,
        "choices": {
            "indicator": list(names.items()),
            "show": list(SHOW_WORDS.items()),
            "of": list(OF_WORDS.items()),
            "whom": [(key, word) for key, word in WHOM_WORDS.items() if key in sets],
            "back": list(BACK_WORDS.items()),
        },
    }
