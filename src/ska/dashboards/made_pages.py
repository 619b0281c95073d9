"""Pages of tavlor that people make: a new one, its name and whose it is, and carrying it."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response
from litestar.params import FromPath, URLEncodedBody
from pydantic import ValidationError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.queries.sets import offered
from ska.core.text import _
from ska.dashboards import making
from ska.dashboards.carrying import as_text, of_elsewhere, read_text
from ska.dashboards.controllers import arrangement, whose_choices
from ska.dashboards.definitions import Tile
from ska.dashboards.forms import BoardForm, CarriedForm, NewBoardForm, Whose
from ska.dashboards.held import held_board, made_board, made_boards, shipped
from ska.errors import Changed, Invalid, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import file_name
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.files import attachment
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]


class MadeBoardController(Controller):
    """Tavlor that are made beside the shipped ones."""

    path = "/{organizer:str}/tavlor"

    @read("/ny", needs=Right.ENTER)
    def new_board(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the form of a new tavla."""
        return _new_page(session, actor, place, Form())

    @write("/ny", needs=Right.ENTER)
    def make_board(
        self, data: Sent, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Make a new tavla, or show what is wrong."""
        form = bind(NewBoardForm, data)
        if form.value is None:
            return _new_page(session, actor, place, form)
        try:
            tiles = _begun(session, actor, place, form.value.start)
            row = making.make_board(
                session, actor, organizer_id=place.organizer.id, form=form.value, tiles=tiles,
                today=place.today,
            )  # fmt: skip
        except (Invalid, NotAllowed) as refused:
            form.refuse(refused, "whose")
            return _new_page(session, actor, place, form)
        return Done(_("Tavlan finns. Sätt rutor på den."), to=f"{_at(place, row.board)}/andra")

    @write("/{board:str}/beskriv", needs=Right.ENTER)
    def describe_board(
        self,
        board: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Give a tavla another name or to others, or show what is wrong."""
        row = made_board(session, actor, place.organizer.id, board)
        seen = data.pop("seen", "")
        form = bind(BoardForm, data)
        met = False
        if form.value is not None:
            try:
                making.describe_board(
                    session, actor, row=row, form=form.value, seen=seen, today=place.today
                )
                return Done(_("Tavlan är ändrad."), to=f"{_at(place, board)}/andra")
            except Changed:
                met = True
            except (Invalid, NotAllowed) as refused:
                form.refuse(refused, "whose")
        return arrangement(session, actor, place, board, Form(), described=form, is_changed=met)

    @write("/{board:str}/ta-bort", needs=Right.ENTER)
    def remove_board(
        self,
        board: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Remove a tavla for all who have it; it can be taken back."""
        row = made_board(session, actor, place.organizer.id, board)
        making.remove_board(session, actor, row=row, now=now)
        done = _("{name} är borttagen. Du kan ångra det.").format(name=row.name)
        return Done(done, to=f"{place.path}/tavlor")

    @write("/{board:str}/angra", needs=Right.ENTER)
    def restore_board(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Take a removed tavla back."""
        row = made_board(session, actor, place.organizer.id, board, removed=True)
        making.restore_board(session, actor, row=row)
        return Done(_("{name} är tillbaka.").format(name=row.name), to=f"{place.path}/tavlor")

    @read("/{board:str}/ta-med", needs=Right.ENTER)
    def show_text(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the text that another huvudman takes in."""
        held = held_board(session, actor, place.organizer.id, board)
        return Page(
            "dashboards/carry.html",
            board=held.board,
            text=as_text(held.board),
            own=of_elsewhere(held.board.tiles),
        )

    @read("/{board:str}/tavla.json", needs=Right.ENTER)
    def download_text(
        self, board: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[bytes]:
        """Give the same text as a file."""
        held = held_board(session, actor, place.organizer.id, board)
        name = f"{file_name('tavla', held.board.name)}.json"
        return attachment(as_text(held.board).encode(), "application/json", name)

    @read("/las-in", needs=Right.ENTER)
    def ask_for_text(self, place: GivenPlace) -> Page:
        """Ask for the text of a tavla from another huvudman."""
        return Page("dashboards/take_in.html", form=Form())

    @write("/las-in", needs=Right.ENTER)
    def take_in(
        self, data: Sent, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Make a tavla of the text, for this person only, or show what is wrong."""
        form = bind(CarriedForm, data)
        if form.value is None:
            return Page("dashboards/take_in.html", form=form)
        try:
            carried = read_text(form.value.text)
            said = BoardForm(name=carried.name, lead=carried.lead, whose=Whose.MINE)
        except Invalid as refused:
            form.refuse(refused, "text")
            return Page("dashboards/take_in.html", form=form)
        except ValidationError as wrong:
            is_name = wrong.errors()[0]["loc"] == ("name",)
            told = _("Tavlans {part} ser ut att peka ut en person. Skriv om det.")
            form.add_error("text", told.format(part=_("namn") if is_name else _("fråga")))
            return Page("dashboards/take_in.html", form=form)
        row = making.make_board(
            session, actor, organizer_id=place.organizer.id, form=said, tiles=carried.tiles,
            today=place.today,
        )  # fmt: skip
        done = _("Tavlan finns här nu. Bara du har den tills du ger den till andra.")
        if foreign := of_elsewhere(carried.tiles):
            told = _("{count} av rutorna har egna indikatorer från den andra huvudmannen.")
            done = f"{done} {told.format(count=foreign)}"
        return Done(done, to=_at(place, row.board))


def _at(place: Place, board: str) -> str:
    return f"{place.path}/tavlor/{board}"


def _begun(session: Session, actor: Actor, place: Place, start: str) -> tuple[Tile, ...]:
    """Return the tiles that a new tavla begins with; raise Missing for no such board."""
    return held_board(session, actor, place.organizer.id, start).board.tiles if start else ()


def _new_page(session: Session, actor: Actor, place: Place, form: Form[Any]) -> Page:
    units = offered(session, actor, place.organizer, as_list=False).units
    made = [one for one in made_boards(session, actor, place.organizer.id) if not one.removed_at]
    begun = [(one.id, one.name) for one in shipped().values()]
    return Page(
        "dashboards/new.html",
        form=form,
        starts=[("", _("Tom")), *begun, *((one.board, one.name) for one in made)],
        whoses=whose_choices(actor, place, units),
        units=[("", _("Ingen enhet")), *((str(one.id), one.name) for one in units)],
    )
