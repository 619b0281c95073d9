"""From what a page's address asks for to the tile that shows the same on a tavla. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ska.comparisons.pictures import shape_of as side_of
from ska.comparisons.queries.keeping import INDICATOR, RELATION, SALSA
from ska.comparisons.queries.salsa import AskedSalsa
from ska.comparisons.rules import Order
from ska.core.periods import spelled
from ska.core.text import _
from ska.dashboards.beside import SIDES
from ska.dashboards.definitions import (
    MOST_FACTORS,
    OF,
    SHOW_WORDS,
    WHOM_WORDS,
    Against,
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
_NOT_AGAINST_UNIT = _("Rutan jämför med läsarens egen enhet, och utan en sådan med helheten.")
_NOT_AGAINST = _("Rutan jämför med läsarens egen kommun, inte med den som du har valt här.")
COMPARE, OWN = "jamfor", "own"
_OF_ANOTHER_DAY = _("En tavla visar värdena som de är kända i dag.")
_POOLED = _("En tavla visar ett år i taget, inte flera tillsammans.")
PATHS = {COMPARE: "/jamfor", SALSA: "/jamfor/salsa", RELATION: "/np-betyg", INDICATOR: "/resultat"}


def tile_asked_for(page: str, asked: Mapping[str, Any]) -> Tile:
    """Return the tile that shows what a page shows, with places and periods that are relative.

    Raises Missing for no such page, and Conflict for what no tile can show: places that are not the
    same elsewhere, values of another day, several years as one.
    """
    if why := _POOLED if asked.get("ar") else _OF_ANOTHER_DAY if asked.get("kant") else "":
        raise Conflict(why)
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


def _relation(asked: Mapping[str, Any], of: Of) -> Tile:
    relation, what = asked.get("prov", "np-betyg-ak9"), asked.get("amne", "ma")
    subject, whom = f"{relation}{OF}{what}", asked.get("grupp", "")
    if relation_of(subject) is None:
        raise Missing
    if whom.startswith(GROUP):
        raise Conflict(_NOT_ELSEWHERE)
    among = Whom(whom) if whom in set(Whom) else Whom.UNITS
    return Tile(show=Show.RELATION, indicator=subject, of=of, whom=among)


def _beside(what: str, asked: Mapping[str, Any]) -> Tile:
    whom = asked.get("vilka", "")
    if whom not in set(Whom) or asked.get("enhet"):
        raise Conflict(_NOT_ELSEWHERE)
    show = _named(side_of(asked.get("som")), SIDES)
    if why := why_not_whom(show, Whom(whom)):
        raise Conflict(why)
    against, order = asked.get("mot", ""), asked.get("ordning", "")
    return Tile(
        show=show,
        indicator=what,
        whom=Whom(whom),
        against=Against(against) if against in set(Against) else Against.OWN,
        order=Order(order) if order in set(Order) else Order.NAME,
        factors=tuple(asked.get("bakgrund", ()))[:MOST_FACTORS],
    )


def _named(wanted: str, words: Mapping[Show, str]) -> Show:
    return {word: show for show, word in words.items()}[wanted]


def about_tile(tile: Tile) -> str:
    """Return how the tile shows its values, and whose they are, in words."""
    shown = SHOW_WORDS[tile.show]
    if tile.show.is_beside:
        return ", ".join([shown, WHOM_WORDS[tile.whom].lower(), *tile.besides])
    if tile.show.is_of_one_place:
        whose = _("den enhet som läsaren väljer") if tile.of is Of.UNIT else _("huvudmannen")
        return f"{shown}, {whose}"
    return shown


def not_kept(page: str, asked: Mapping[str, Any], tile: Tile) -> list[str]:
    """Return in words what the tile does not keep: what is bound to a place or a period."""
    told = []
    if (when := asked.get("nar") or asked.get("var")) and page in {COMPARE, SALSA, RELATION}:
        shown = _("Här ser du {period}. Välj nedan hur långt tillbaka rutan ska se.")
        told.append(shown.format(period=spelled(when)))
    if page == COMPARE and asked.get("mot", "") not in {*Against, OWN}:
        told.append(_NOT_AGAINST_UNIT if tile.whom is Whom.UNITS else _NOT_AGAINST)
    if page == INDICATOR and asked.get("skifte"):
        told.append(_("Den nya nivån följer inte med. Godta nivåskiftet, så visar rutan det."))
    return told
