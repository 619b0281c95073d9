"""Setting a chart on a tavla from the page that it stands on."""

from __future__ import annotations

from urllib.parse import urlencode

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.dependencies import ASKED_FOR, AskedFor, GivenAskedFor
from ska.core.text import _
from ska.dashboards.asked import PATHS, about_tile, not_kept, tile_asked_for
from ska.dashboards.controllers import keep_order
from ska.dashboards.definitions import BACK_WORDS, Tile
from ska.dashboards.forms import PutForm
from ska.dashboards.held import held_board, made_boards, may_change, shipped
from ska.dashboards.modelled import modelled_names
from ska.dashboards.rules import with_tile
from ska.errors import Changed, Conflict, Missing, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.queries.pages import indicator_by_code
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class PuttingController(Controller):
    """A chart goes from its own page to a tavla, in the words of that page's address."""

    path = "/{organizer:str}/tavlor/ny-ruta"
    dependencies = ASKED_FOR

    @read("/{page:str}", needs=Right.ENTER)
    def choose_board(
        self,
        page: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAskedFor,
    ) -> Page:
        """Ask which tavla the chart goes to, and how far back it looks."""
        tile = tile_asked_for(page, asked)
        return _page(session, actor, place, (page, asked, tile), Form())

    @write("/{page:str}", needs=Right.ENTER)
    def put_on_board(
        self,
        page: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAskedFor,
    ) -> Page | Done:
        """Set the chart last on a tavla, or show what is wrong."""
        tile = tile_asked_for(page, asked)
        form = bind(PutForm, data)
        if form.value is None:
            return _page(session, actor, place, (page, asked, tile), form)
        tile = tile.model_copy(update={"back": form.value.back})
        try:
            held = held_board(session, actor, place.organizer.id, form.value.board)
            keep_order(session, actor, held, with_tile(held.board.tiles, tile), place, {})
        except (Changed, Conflict, NotAllowed, Missing) as refused:
            gone = _("Välj en tavla") if isinstance(refused, Missing) else refused.detail
            form.add_error("board", gone)
            return _page(session, actor, place, (page, asked, tile), form)
        done = _("Diagrammet står sist på tavlan {board}.").format(board=held.board.name)
        return Done(done, to=f"{place.path}/tavlor/{held.board.id}")


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    put: tuple[str, AskedFor, Tile],
    form: Form[PutForm],
) -> Page:
    page, asked, tile = put
    name = modelled_names().get(tile.indicator)
    if name is None:
        name = indicator_by_code(session, actor, place.organizer.id, tile.indicator).heading
    made = [one for one in made_boards(session, actor, place.organizer.id) if not one.removed_at]
    back = f"{PATHS[page]}?{urlencode(asked, doseq=True)}"
    if page == "resultat":
        rest = {key: value for key, value in asked.items() if key != "vad"}
        back = f"{PATHS[page]}/{tile.indicator}?{urlencode(rest, doseq=True)}"
    return Page(
        "dashboards/put.html",
        form=form,
        name=name,
        about=about_tile(tile),
        not_kept=not_kept(page, asked, tile),
        here=f"{place.path}/tavlor/ny-ruta/{page}?{urlencode(asked, doseq=True)}",
        back=f"{place.path}{back}",
        boards=[
            *((one.id, one.name, one.lead) for one in shipped().values()),
            *((one.board, one.name, one.lead) for one in made if may_change(actor, one)),
        ],
        backs=list(BACK_WORDS.items()),
    )
