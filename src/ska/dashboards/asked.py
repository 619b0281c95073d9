"""From what a page's address asks for to the tile that shows the same on a tavla. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ska.comparisons.pictures import shape_of as side_of
from ska.comparisons.queries.keeping import INDICATOR, RELATION, SALSA
from ska.comparisons.queries.salsa import AskedSalsa
from ska.core.text import _
from ska.dashboards.beside import SIDES
from ska.dashboards.definitions import (
    OF,
    SHOW_WORDS,
    WHOM_WORDS,
    Of,
    Show,
    Tile,
    Whom,
    why_not_shown,
    why_not_whom,
)
from ska.dashboards.drawing import SHAPES
from ska.dashboards.modelled import relation_of
from ska.errors import Conflict, Missing
from ska.organizers.rules import GROUP
from ska.overview.rules.shapes import shape_of

_NOT_ELSEWHERE = _("De platserna är inte desamma hos andra, så en tavla kan inte visa dem.")
COMPARE = "jamfor"
PATHS = {COMPARE: "/jamfor", SALSA: "/jamfor/salsa", RELATION: "/np-betyg", INDICATOR: "/resultat"}


def tile_asked_for(page: str, asked: Mapping[str, str]) -> Tile:
    """Return the tile that shows what a page shows, with places and periods that are relative.

    Raises Missing for no such page, and Conflict for places that are not the same elsewhere.
    """
    what, of = asked.get("vad", ""), Of.UNIT if asked.get("enhet") else Of.WHOLE
    if page == SALSA:
        key = AskedSalsa(asked.get("matt", "")).modelled.key
        return Tile(show=Show.SALSA, indicator=f"{SALSA}{OF}{key}")
    if page == RELATION:
        return _relation(asked, of)
    if why_not_shown(Show.TREND, what):  # of a model or a relation, which have pages of their own
        raise Missing
    if page == INDICATOR and what:
        return Tile(show=_named(shape_of(asked.get("som")), SHAPES), indicator=what, of=of)
    if page == COMPARE and what:
        return _beside(what, asked)
    raise Missing


def _relation(asked: Mapping[str, str], of: Of) -> Tile:
    relation, what = asked.get("prov", "np-betyg-ak9"), asked.get("amne", "ma")
    subject, whom = f"{relation}{OF}{what}", asked.get("grupp", "")
    if relation_of(subject) is None:
        raise Missing
    if whom.startswith(GROUP):
        raise Conflict(_NOT_ELSEWHERE)
    among = Whom(whom) if whom in set(Whom) else Whom.UNITS
    return Tile(show=Show.RELATION, indicator=subject, of=of, whom=among)


def _beside(what: str, asked: Mapping[str, str]) -> Tile:
    whom = asked.get("vilka", "")
    if whom not in set(Whom) or asked.get("enhet"):
        raise Conflict(_NOT_ELSEWHERE)
    show = _named(side_of(asked.get("som")), SIDES)
    if why := why_not_whom(show, Whom(whom)):
        raise Conflict(why)
    return Tile(show=show, indicator=what, whom=Whom(whom))


def _named(wanted: str, words: Mapping[Show, str]) -> Show:
    return {word: show for show, word in words.items()}[wanted]


def about_tile(tile: Tile) -> str:
    """Return how the tile shows its values, and whose they are, in words."""
    shown = SHOW_WORDS[tile.show]
    if tile.show.is_beside:
        return f"{shown}, {WHOM_WORDS[tile.whom].lower()}"
    if tile.show.is_of_one_place:
        whose = _("den enhet som läsaren väljer") if tile.of is Of.UNIT else _("huvudmannen")
        return f"{shown}, {whose}"
    return shown
