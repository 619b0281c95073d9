"""Tavlor that people make, for programs."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from ska.access import Right
from ska.dashboards import making
from ska.dashboards.definitions import MOST_TILES, Tile
from ska.dashboards.forms import BoardForm
from ska.dashboards.held import made_board
from ska.dashboards.models import Dashboard
from ska.organizers.dependencies import GivenCall
from ska.web.routing import act, create, remove, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class MadeBoardOut(Stamped):
    """A board that was made here: what it is called and who has it, not its tiles."""

    example: ClassVar[dict[str, Any]] = {
        "id": "0198c3a0-5f0e-7c1b-9a44-1b6f0d2c7e11",
        "name": "Ledningsgruppen i november",
        "lead": "Det vi följer varje månad.",
        "whose": "all",
        "unit_id": None,
        "made_by": "Kim Ek",
        "removed": False,
        "version": "0f3c9a417be2d856",
    }

    id: str
    name: str
    lead: str
    whose: str
    unit_id: UUID | None
    made_by: str
    removed: bool


class BoardIn(BoardForm):
    """A new board with its tiles."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Ledningsgruppen i november",
        "lead": "Det vi följer varje månad.",
        "whose": "all",
        "tiles": [{"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen", "back": 1}],
    }

    tiles: list[Tile] = Field(default_factory=list, max_length=MOST_TILES)


class MadeBoardApi(Controller):
    """Boards that are made beside the shipped ones."""

    path = "/api/v1/organizers/{organizer:str}/own-boards"
    tags = ("Tavlor",)

    @create(needs=Right.ENTER, summary="Make a board")
    def make_board(self, data: JSONBody[BoardIn], call: GivenCall) -> MadeBoardOut:
        """Make a board for oneself, for all in the huvudman, or for a unit's people."""
        row = making.make_board(
            *call.who, organizer_id=call.organizer_id, form=data, tiles=data.tiles, today=call.today
        )
        return _out(row)

    @replace("/{board:str}", needs=Right.ENTER, summary="Name a board, or give it")
    def describe_board(
        self,
        board: FromPath[str],
        data: JSONBody[BoardForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[MadeBoardOut]:
        """Give a board another name, or to others; its maker, or who answers for it."""
        row = made_board(*call.where, board)
        must_match(if_match, _out(row).version)
        making.describe_board(*call.who, row=row, form=data, seen=row.print, today=call.today)
        return tagged(_out(row))

    @remove("/{board:str}", needs=Right.ENTER, summary="Remove a board")
    def remove_board(self, board: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """Remove a board for all who have it; it can be taken back."""
        row = made_board(*call.where, board)
        must_match(if_match, _out(row).version)
        making.remove_board(*call.who, row=row, now=call.now)

    @act("/{board:str}/restore", needs=Right.ENTER, summary="Take a removed board back")
    def restore_board(
        self, board: FromPath[str], call: GivenCall, if_match: IfMatch = None
    ) -> Response[MadeBoardOut]:
        """Take a removed board back, for all who had it."""
        row = made_board(*call.where, board, removed=True)
        must_match(if_match, _out(row).version)
        making.restore_board(*call.who, row=row)
        return tagged(_out(row))


def _out(row: Dashboard) -> MadeBoardOut:
    return MadeBoardOut(
        id=row.board,
        name=row.name or "",
        lead=row.lead,
        whose=row.whose,
        unit_id=row.unit_id,
        made_by=row.made_by,
        removed=row.removed_at is not None,
    )
