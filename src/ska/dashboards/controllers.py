"""Pages of tavlor: the board, its meeting view, and the form that rearranges it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.listing import listed
from ska.comparisons.queries.sets import offered
from ska.core.swedish import parse_whole
from ska.core.text import _
from ska.dashboards import making, services
from ska.dashboards.definitions import (
    BACK_WORDS,
    SHOW_WORDS,
    WHOM_WORDS,
    Of,
    Show,
    Tile,
)
from ska.dashboards.forms import BoardForm, TileForm, Whose
from ska.dashboards.held import Held, held_board, made_boards, may_change, shipped, shown_board
from ska.dashboards.modelled import modelled_names
from ska.dashboards.network import network_board
from ska.dashboards.queries import board_view
from ska.dashboards.rules import Act, rearranged, with_tile
from ska.errors import Changed, Conflict, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.dependencies import Chosen
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.pages import UnitRow
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

OF_WORDS = {Of.WHOLE: _("Huvudmannen"), Of.UNIT: _("Enheten")}


class DashboardController(Controller):
    """Tavlor: several indicators on one page, for a meeting or for a quick look."""

    path = "/{organizer:str}/tavlor"

    @read(needs=Right.ENTER)
    def list_boards(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show which boards there are, those that were made here below the shipped."""
        made = made_boards(session, actor, place.organizer.id)
        return Page(
            "dashboards/list.html",
            boards=shipped().values(),
            made=[one for one in made if one.removed_at is None],
            removed=[one for one in made if one.removed_at and may_change(actor, one)],
        )

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
        held = shown_board(session, actor, place.organizer.id, board)
        view = board_view(session, actor, place.organizer, held, unit=enhet, home=home)
        return Page("dashboards/board.html", view=view, may_change=_may(actor, held))

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
        view, leads = network_board(session, actor, place.organizer, network, today)
        return Page("dashboards/board.html", view=view, may_change=leads)

    @read("/{board:str}/andra", needs=Right.ENTER)
    def show_arrangement(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Show the tiles in their order, each with its buttons, and the form for one more."""
        return arrangement(session, actor, place, board, Form())

    @write("/{board:str}/andra", needs=Right.ENTER)
    def move_tile(
        self,
        board: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Move a tile or take it away; a shipped tavla changes for this person only."""
        act, at = act_of(data)
        held = held_board(session, actor, place.organizer.id, board)
        try:
            keep_order(session, actor, held, rearranged(held.board.tiles, act, at), place, data)
        except Changed:
            return arrangement(session, actor, place, board, Form(), is_changed=True)
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
        """Add a tile at the end of a tavla, or show what is wrong."""
        seen = {"seen": data.pop("seen")} if "seen" in data else {}
        held = held_board(session, actor, place.organizer.id, board)
        form = bind(TileForm, data)
        if form.value is None:
            return arrangement(session, actor, place, board, form)
        tile = Tile.model_validate(form.value.model_dump())
        try:
            keep_order(session, actor, held, with_tile(held.board.tiles, tile), place, seen)
        except Changed:
            return arrangement(session, actor, place, board, form, is_changed=True)
        return Done(_("Rutan är tillagd."), to=f"{place.path}/tavlor/{board}/andra")

    @write("/{board:str}/aterstall", needs=Right.ENTER)
    def take_back(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Show the shipped tavla again."""
        if board not in shipped():
            raise Missing
        services.take_back(session, actor, organizer_id=place.organizer.id, board=board)
        return Done(_("Tavlan är som den var från början."), to=f"{place.path}/tavlor/{board}")


def act_of(data: dict[str, str]) -> tuple[Act, int]:
    """Return what a button does and to which tile; raise Conflict for what is none."""
    act, _dash, at = data.get("act", "").partition("-")
    place_of_tile = parse_whole(at, 0, 99)
    if act not in set(Act) or place_of_tile is None:
        raise Conflict(_("Välj vad som ska göras med rutan."))
    return Act(act), place_of_tile


def keep_order(
    session: Session,
    actor: Actor,
    held: Held,
    tiles: Sequence[Tile],
    place: Place,
    data: dict[str, str],
) -> None:
    """Keep the tiles of a tavla; raise Changed when it is another by now than was *seen*."""
    seen = data.get("seen", held.seen)
    if held.is_made and held.row is not None:
        making.arrange_board(session, actor, row=held.row, tiles=tiles, seen=seen)
        return
    if seen != held.seen:
        raise Changed(_("Tavlan har ändrats sedan du läste den."))
    services.arrange(
        session, actor, organizer_id=place.organizer.id, board=held.board.id, tiles=tiles
    )


def arrangement(
    session: Session,
    actor: Actor,
    place: Place,
    board: str,
    form: Form[TileForm],
    *,
    is_changed: bool = False,
    described: Form[BoardForm] | None = None,
) -> Page | Done:
    """Show a tavla's tiles to arrange, and of a made one what it is called and whose it is.

    *is_changed* tells that somebody else came between. Who may not change it is led to the tavla.
    """
    held = held_board(session, actor, place.organizer.id, board)
    if not _may(actor, held):
        told = _("Den som har gjort tavlan ändrar den. Gör en egen av den i stället.")
        return Done(told, to=f"{place.path}/tavlor/{board}")
    standing: Form[Any] | None = Form(raw=_standing(held)) if held.is_made else None
    return Page(
        "dashboards/arrange.html",
        form=form,
        held=held,
        board=held.board,
        is_changed=is_changed,
        described=described or standing,
        status_code=412 if is_changed else None,
        **_choices(session, actor, place),
    )


def _standing(held: Held) -> dict[str, str]:
    row = held.row
    assert row is not None
    return {"name": row.name or "", "lead": row.lead, "whose": row.whose,
            "unit_id": str(row.unit_id or "")}  # fmt: skip


def _may(actor: Actor, held: Held) -> bool:
    return held.row is None or may_change(actor, held.row)


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
        "whoses": whose_choices(actor, place, offer.units),
        "units": [("", _("Ingen enhet")), *((str(one.id), one.name) for one in offer.units)],
        "choices": {
            "indicator": list(names.items()),
            "show": list(SHOW_WORDS.items()),
            "of": list(OF_WORDS.items()),
            "whom": [(key, word) for key, word in WHOM_WORDS.items() if key in sets],
            "back": list(BACK_WORDS.items()),
        },
    }


def whose_choices(actor: Actor, place: Place, units: Sequence[UnitRow]) -> list[tuple[Whose, str]]:
    """Return whom this person may give a tavla to."""
    organizer = place.organizer
    found = [(Whose.MINE, _("Bara jag"))]
    if actor.may(Right.ANALYSE, organizer.id):
        found += [
            (Whose.ALL, _("Alla i {name}").format(name=organizer.name)),
            (Whose.PRINCIPALS, _("Rektorerna")),
            (Whose.BOARD, _("Nämndens ledamöter")),
        ]
    if any(actor.may_for(Right.ANALYSE, organizer.id, one.id) for one in units):
        found.append((Whose.UNIT, _("De som arbetar på en enhet")))
    return found
