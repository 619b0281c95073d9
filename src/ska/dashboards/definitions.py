"""What a tavla may hold: tiles with relative places and periods, so that it works anywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from ska.core.text import _

MOST_TILES = 12


class Show(StrEnum):
    """What a tile draws."""

    TREND = "trend"
    CONTROL = "styrdiagram"
    GAP = "kon"
    COHORT = "kull"
    DOTS = "prickar"
    FUNNEL = "tratt"
    MULTIPLES = "sma"
    SIGNALS = "signaler"

    @property
    def is_beside_units(self) -> bool:
        """Tell whether it sets the units beside each other, and so is about no single place."""
        return self in {Show.DOTS, Show.FUNNEL, Show.MULTIPLES, Show.SIGNALS}


SHOW_WORDS = {
    Show.TREND: _("Trend"),
    Show.CONTROL: _("Styrdiagram"),
    Show.GAP: _("Flickor och pojkar"),
    Show.COHORT: _("Samma årskull"),
    Show.DOTS: _("Enheterna bredvid varandra"),
    Show.FUNNEL: _("Enheterna i en tratt"),
    Show.MULTIPLES: _("Enheterna över åren"),
}


class Of(StrEnum):
    """Whose values: the huvudman's, or those of the unit that the reader stands in."""

    WHOLE = "huvudmannen"
    UNIT = "enheten"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tile(_Frozen):
    """A chart on a tavla; *back* counts periods before the latest. Signals name no indicator."""

    show: Show
    indicator: str = ""
    of: Of = Of.WHOLE
    back: Annotated[int, Field(ge=0, le=10)] = 0


class Board(_Frozen):
    """A tavla as it is shipped."""

    id: str
    name: str
    lead: str
    tiles: Annotated[tuple[Tile, ...], Field(max_length=MOST_TILES)]


class Boards(RootModel[tuple[Board, ...]]):
    """The file of the boards that are shipped."""
