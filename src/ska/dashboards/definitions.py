"""What a tavla may hold: tiles with relative places and periods, so that it works anywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

from ska.comparisons.rules import COUNTRY, NOBODY, WHOLE, Order
from ska.core.text import _

MOST_TILES = 12
MOST_BACK = 5
MOST_FACTORS = 3
SALSA, RELATION = "salsa", "np-betyg"
OF = ":"
"""Stands after SALSA or a relation in what a tile names: what is modelled, or the subject."""


class Show(StrEnum):
    """What a tile draws."""

    TREND = "trend"
    CONTROL = "styrdiagram"
    GAP = "kon"
    BACKGROUND = "bakgrund"
    PARENTS = "foraldrars-utbildning"
    COHORT = "kull"
    DOTS = "prickar"
    HEAP = "fordelning"
    FUNNEL = "tratt"
    MULTIPLES = "sma"
    STEADIED = "utjamnat"
    MAP = "karta"
    SALSA = "salsa"
    RELATION = "np-betyg"
    SIGNALS = "signaler"

    @property
    def is_beside(self) -> bool:
        """Tell whether it sets places beside each other as Jämför does."""
        return self in {
            Show.DOTS, Show.HEAP, Show.FUNNEL, Show.MULTIPLES, Show.STEADIED, Show.MAP,
        }  # fmt: skip

    @property
    def is_of_one_place(self) -> bool:
        """Tell whether it is about the huvudman or one unit, as *of* says."""
        return not self.is_beside and self not in {Show.SIGNALS, Show.SALSA}


SHOW_WORDS = {
    Show.TREND: _("Trend"),
    Show.CONTROL: _("Styrdiagram"),
    Show.GAP: _("Flickor och pojkar"),
    Show.BACKGROUND: _("Svensk och utländsk bakgrund"),
    Show.PARENTS: _("Föräldrars utbildning"),
    Show.COHORT: _("Samma årskull"),
    Show.DOTS: _("Platser bredvid varandra"),
    Show.HEAP: _("Fördelning"),
    Show.FUNNEL: _("Platser i en tratt"),
    Show.MULTIPLES: _("Platser över åren"),
    Show.STEADIED: _("Utjämnade värden"),
    Show.MAP: _("Karta"),
    Show.SALSA: _("SALSA"),
    Show.RELATION: _("Betyg och nationella prov"),
}


class Of(StrEnum):
    """Whose values: the huvudman's, or those of the unit that the reader stands in."""

    WHOLE = "huvudmannen"
    UNIT = "enheten"


class Whom(StrEnum):
    """The places beside each other, in the words of Jämför; each is relative to the reader."""

    UNITS = "enheter"
    SIMILAR = "liknande"
    COUNTY = "lan"
    GROUP = "grupp"
    ALL = "alla"
    ALONE = "ingen"
    """Nobody beside the own place: only grades beside test grades can stand so."""


class Against(StrEnum):
    """What the places are judged against; the reader's own where nothing else is chosen."""

    OWN = ""
    WHOLE = WHOLE
    COUNTRY = COUNTRY
    NOBODY = NOBODY


WHOM_WORDS = {
    Whom.UNITS: _("Enheterna"),
    Whom.SIMILAR: _("Liknande kommuner (grundskola)"),
    Whom.COUNTY: _("Kommunerna i länet"),
    Whom.GROUP: _("Kommunerna i SKR:s grupp"),
    Whom.ALL: _("Alla kommuner"),
}
AGAINST_WORDS = {
    Against.WHOLE: _("jämförda med helheten"),
    Against.COUNTRY: _("jämförda med riket"),
    Against.NOBODY: _("inte jämförda med någon särskild"),
}
BACK_WORDS = {
    0: _("Den senaste"),
    1: _("Förra läsåret, ett år tillbaka"),
    2: _("Två år tillbaka"),
    3: _("Tre år tillbaka"),
    4: _("Fyra år tillbaka"),
    5: _("Fem år tillbaka"),
}


def why_not_shown(show: Show, indicator: str) -> str:
    """Return why an indicator cannot be drawn so, nothing when it can."""
    what = indicator.partition(OF)[0] if OF in indicator else ""
    if show is Show.SALSA and what != SALSA:
        return _("Välj det som börjar med SALSA, eller något annat att visa.")
    if show is Show.RELATION and not what.startswith(RELATION):
        return _("Välj ett ämne i betyg och nationella prov, eller något annat att visa.")
    if what == SALSA and show is not Show.SALSA:
        return _("Det du har valt visas som SALSA. Välj det här.")
    if what.startswith(RELATION) and show is not Show.RELATION:
        return _("Det du har valt visas som betyg och nationella prov. Välj det här.")
    return ""


def why_not_whom(show: Show, whom: Whom) -> str:
    """Return why these places cannot stand so, nothing when they can."""
    if show is Show.MAP and whom is Whom.UNITS:
        return _("En karta visar kommuner. Välj vilka kommuner.")
    if whom is Whom.ALONE and show.is_beside:
        return _("Välj vilka som ska stå bredvid varandra")
    return ""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Code = Annotated[str, Field(max_length=120, pattern=r"^[\w:.-]*$")]


class Tile(_Frozen):
    """A chart on a tavla; *back* counts periods before the latest. Signals name no indicator.

    *whom* are the places of a chart that sets places beside each other, *against* what they are
    judged against, in which *order*, and *factors* the conditions that stand beside them.
    """

    show: Show
    indicator: Code = ""
    of: Of = Of.WHOLE
    back: Annotated[int, Field(ge=0, le=10)] = 0
    whom: Whom = Whom.UNITS
    against: Against = Against.OWN
    order: Order = Order.NAME
    factors: Annotated[tuple[Code, ...], Field(max_length=MOST_FACTORS)] = ()

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Self:
        if why := why_not_shown(self.show, self.indicator) or why_not_whom(self.show, self.whom):
            raise ValueError(why)
        return self

    @property
    def besides(self) -> list[str]:
        """Return in words how places beside each other stand, where it is not the usual way."""
        if not self.show.is_beside:
            return []
        told = [AGAINST_WORDS[self.against]] if self.against else []
        told += [_("efter värde")] if self.order is Order.VALUE else []
        return told + ([_("med förutsättningar bredvid")] if self.factors else [])


class Board(_Frozen):
    """A tavla as it is shipped; *one_page* is read at a glance, and folds what is behind."""

    id: str
    name: str
    lead: str
    one_page: bool = False
    tiles: Annotated[tuple[Tile, ...], Field(max_length=MOST_TILES)]


class Carried(_Frozen):
    """A tavla on its way to another huvudman: nothing in it names a place, a person or a year."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    lead: Annotated[str, Field(max_length=300)] = ""
    tiles: Annotated[tuple[Tile, ...], Field(max_length=MOST_TILES)]


class Boards(RootModel[tuple[Board, ...]]):
    """The file of the boards that are shipped."""
