"""What people write when they arrange a tavla."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from ska.access import Role
from ska.core.fields import Choice, Count, FreeText, Optional, Reference, Required, Written
from ska.core.text import _
from ska.dashboards.definitions import MOST_BACK, Of, Show, Whom, why_not_shown, why_not_whom


class TileForm(Written):
    """A tile to add; *whom* and *of* each belong to some kinds of chart."""

    example: ClassVar[dict[str, Any]] = {
        "show": "trend",
        "indicator": "gr-ma-ak9",
        "of": "huvudmannen",
        "whom": "enheter",
        "back": 1,
    }

    indicator: Annotated[str, Required(_("Välj en indikator"))]
    show: Annotated[Show, Choice(Show, _("Välj vad som ska visas"))]
    of: Annotated[Of, Choice(Of, _("Välj vems värden det är"))] = Of.WHOLE
    whom: Annotated[
        Whom,
        Choice(Whom, _("Välj vilka som ska stå bredvid varandra")),
        Field(validate_default=True),
    ] = Whom.UNITS
    back: Annotated[int, Count(_("Välj en period"), low=0, high=MOST_BACK)] = 0

    @field_validator("show")
    @classmethod
    def _fits_the_indicator(cls, show: Show, info: ValidationInfo) -> Show:
        if why := why_not_shown(show, info.data.get("indicator", "")):
            raise ValueError(why)
        return show

    @field_validator("whom")
    @classmethod
    def _fits_the_picture(cls, whom: Whom, info: ValidationInfo) -> Whom:
        if (show := info.data.get("show")) and (why := why_not_whom(show, whom)):
            raise ValueError(why)
        return whom


class NetworkTileForm(Written):
    """A tile to add to a network's tavla: huvudmän beside each other."""

    example: ClassVar[dict[str, Any]] = {"show": "prickar", "indicator": "gr-ma-ak9", "back": 0}

    indicator: Annotated[str, Required(_("Välj en indikator"))]
    show: Annotated[Show, Choice(Show, _("Välj vad som ska visas"))]
    back: Annotated[int, Count(_("Välj en period"), low=0, high=MOST_BACK)] = 0

    @field_validator("show")
    @classmethod
    def _sets_places_beside(cls, show: Show) -> Show:
        if not show.is_beside or show is Show.MAP:
            raise ValueError(_("Välj något av det som ett nätverk kan visa."))
        return show


class PutForm(Written):
    """Which tavla a chart goes to, and how far back it looks there."""

    example: ClassVar[dict[str, Any]] = {"board": "huvudman", "back": 0}

    board: Annotated[str, Required(_("Välj en tavla"))]
    back: Annotated[int, Count(_("Välj en period"), low=0, high=MOST_BACK)] = 0


class Whose(StrEnum):
    """Who has a tavla that was made here: its maker, all in the huvudman, or some of them."""

    MINE = "mine"
    ALL = "all"
    UNIT = "unit"  # those who work at one
    PRINCIPALS = "principals"
    BOARD = "board"  # the nämnd's members


OF_ROLE = {Whose.PRINCIPALS: Role.PRINCIPAL, Whose.BOARD: Role.POLITICIAN}


class BoardForm(FreeText):
    """A tavla's name, what it is for, and who has it."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Ledningsgruppen i november",
        "lead": "Det vi följer varje månad.",
        "whose": "all",
    }

    name: Annotated[str, Required(_("Skriv vad tavlan heter"), 120)]
    lead: Annotated[str, Optional(300)] = ""
    whose: Annotated[Whose, Choice(Whose, _("Välj vilka som ska ha tavlan"))] = Whose.MINE
    unit_id: Annotated[UUID | None, Reference(), Field(validate_default=True)] = None

    @field_validator("unit_id")
    @classmethod
    def _names_the_unit(cls, unit: UUID | None, info: ValidationInfo) -> UUID | None:
        if unit is None and info.data.get("whose") is Whose.UNIT:
            raise ValueError(_("Välj en enhet"))
        return unit


class NewBoardForm(BoardForm):
    """A new tavla, and the one that it begins as; empty begins without tiles."""

    start: Annotated[str, Optional(80)] = ""


class CarriedForm(Written):
    """The text of a tavla from another huvudman."""

    example: ClassVar[dict[str, Any]] = {
        "text": '{"name": "Matematik", "tiles": [{"show": "trend", "indicator": "gr-ma-ak9"}]}'
    }

    text: Annotated[str, Required(_("Klistra in tavlans text"), 12_000)]
