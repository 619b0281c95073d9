"""Pages and API that rearrange a network's tavla, for whoever leads the network."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dashboards.api import ArrangementIn, ArrangementOut
from ska.dashboards.controllers import act_of
from ska.dashboards.definitions import BACK_WORDS, SHOW_WORDS, Tile
from ska.dashboards.forms import NetworkTileForm
from ska.dashboards.held import Held
from ska.dashboards.network import (
    SHOWS,
    arrange_network,
    held_network,
    may_lead,
    take_network_back,
)
from ska.dashboards.rules import rearranged, with_tile
from ska.errors import Changed, Invalid
from ska.organizers.dependencies import Call, GivenCall, GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, remove, replace, write
from ska.web.versions import IfMatch, must_match, tagged

Sent = URLEncodedBody[dict[str, str]]


class NetworkBoardController(Controller):
    """The order of a network's tavla: one for all members, kept by whoever leads the network."""

    path = "/{organizer:str}/tavlor/natverk/{network:str}"

    @read("/andra", needs=Right.SHARE)
    def show_arrangement(
        self, network: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Show the tiles in their order, each with its buttons, and the form for one more."""
        return _page(session, actor, place, network, Form())

    @write("/andra", needs=Right.SHARE)
    def move_tile(
        self,
        network: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Move a tile or take it away, for all members."""
        act, at = act_of(data)
        held, read_here = held_network(session, actor, place.organizer, network, place.today)
        try:
            arrange_network(
                session, actor, held=held, network=read_here.network,
                organizer_id=place.organizer.id, tiles=rearranged(held.board.tiles, act, at),
                seen=data.get("seen", ""),
            )  # fmt: skip
        except Changed:
            return _page(session, actor, place, network, Form(), is_changed=True)
        return Done(_("Tavlan är ändrad."), to=f"{_at(place, network)}/andra")

    @write("/rutor", needs=Right.SHARE)
    def add_tile(
        self,
        network: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Add a tile at the end, for all members, or show what is wrong."""
        seen = data.pop("seen", "")
        form = bind(NetworkTileForm, data)
        if form.value is None:
            return _page(session, actor, place, network, form)
        held, read_here = held_network(session, actor, place.organizer, network, place.today)
        tile = Tile.model_validate(form.value.model_dump())
        try:
            arrange_network(
                session, actor, held=held, network=read_here.network,
                organizer_id=place.organizer.id, tiles=with_tile(held.board.tiles, tile),
                seen=seen,
            )  # fmt: skip
        except Changed:
            return _page(session, actor, place, network, form, is_changed=True)
        return Done(_("Rutan är tillagd."), to=f"{_at(place, network)}/andra")

    @write("/aterstall", needs=Right.SHARE)
    def take_back(
        self, network: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Show everything that is shared again, in the usual order."""
        _held, found = held_network(session, actor, place.organizer, network, place.today)
        take_network_back(session, actor, network=found.network, organizer_id=place.organizer.id)
        return Done(_("Tavlan är som den var från början."), to=_at(place, network))


def _at(place: Place, network: str) -> str:
    return f"{place.path}/tavlor/natverk/{network}"


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    network: str,
    form: Form[NetworkTileForm],
    *,
    is_changed: bool = False,
) -> Page | Done:
    held, found = held_network(session, actor, place.organizer, network, place.today)
    if not may_lead(actor, found.network, place.organizer.id):
        told = _("Den som samordnar nätverket ändrar dess tavla.")
        return Done(told, to=_at(place, network))
    return Page(
        "dashboards/network_arrange.html",
        form=form,
        held=held,
        board=held.board,
        is_changed=is_changed,
        names=found.names,
        shows=SHOW_WORDS,
        backs=BACK_WORDS,
        whoms={},
        choices={
            "indicator": [(one.code, one.heading) for one in found.items],
            "show": [(one, SHOW_WORDS[one]) for one in SHOWS],
            "back": list(BACK_WORDS.items()),
        },
        status_code=412 if is_changed else None,
    )


class NetworkBoardApi(Controller):
    """The order of a network's board, for programs."""

    path = "/api/v1/organizers/{organizer:str}/network-boards/{network:str}"
    tags = ("Tavlor",)

    @read(needs=Right.READ, summary="Read the order of a network's board")
    def read_arrangement(self, network: FromPath[str], call: GivenCall) -> Response[ArrangementOut]:
        """Return the tiles in their order, without values; nothing is noted as read."""
        return tagged(_out(_held(call, network)))

    @replace(needs=Right.SHARE, summary="Arrange a network's board")
    def arrange(
        self,
        network: FromPath[str],
        data: JSONBody[ArrangementIn],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ArrangementOut]:
        """Keep another order for all members; who leads the network does."""
        held, found = held_network(*call.who, call.place.organizer, network, call.today)
        must_match(if_match, _out(held).version)
        if any(one.show not in SHOWS for one in data.tiles):
            told = _("Välj något av det som ett nätverk kan visa.")
            raise Invalid(told, {"tiles": told})
        arrange_network(
            *call.who, held=held, network=found.network, organizer_id=call.organizer_id,
            tiles=data.tiles, seen=held.seen,
        )  # fmt: skip
        return tagged(_out(_held(call, network)))

    @remove(needs=Right.SHARE, summary="Take the usual order of a network's board back")
    def take_back(self, network: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """Show everything that is shared again, in the usual order."""
        held, found = held_network(*call.who, call.place.organizer, network, call.today)
        must_match(if_match, _out(held).version)
        take_network_back(*call.who, network=found.network, organizer_id=call.organizer_id)


def _held(call: Call, network: str) -> Held:
    return held_network(*call.who, call.place.organizer, network, call.today)[0]


def _out(held: Held) -> ArrangementOut:
    tiles: list[dict[str, Any]] = [one.model_dump(mode="json") for one in held.board.tiles]
    return ArrangementOut(board=held.board.id, is_own=held.row is not None, tiles=tiles)
