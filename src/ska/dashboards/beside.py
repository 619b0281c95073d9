"""A tile that sets places beside each other, drawn as Jämför draws them. Pure."""

from __future__ import annotations

from dataclasses import replace

from ska.comparisons.pictures import Shape
from ska.comparisons.queries.context import Places, chosen_conditions, factors_of
from ska.comparisons.queries.drawing import Read, draw
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.queries.rows import Measured
from ska.comparisons.queries.shown import Compared, ComparisonView
from ska.comparisons.rules import latest_shared, periods_of, wholes_beside
from ska.comparisons.seeing import query_of
from ska.core.text import _
from ska.dashboards.definitions import WHOM_WORDS, Show, Tile, Whom
from ska.dashboards.drawn import Drawn
from ska.dashboards.ground import Ground, of_item
from ska.dashboards.rules import stepped_back, why_bare
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import where_is
from ska.overview.rules.rows import (
    OFFICIAL,
    Row,
    has_value,
    of_kind,
    one_each,
    own_of,
    usual_kind,
)

SIDES = {
    Show.DOTS: Shape.DOTS,
    Show.HEAP: Shape.HEAP,
    Show.FUNNEL: Shape.FUNNEL,
    Show.MULTIPLES: Shape.MULTIPLES,
    Show.STEADIED: Shape.STEADIED,
    Show.MAP: Shape.MAP,
}


def draw_beside(tile: Tile, at: int, item: ItemRow, ground: Ground) -> Drawn:
    """Return the tile with the picture that Jämför has of the same places."""
    side, chosen = SIDES[tile.show], ground.sets.get(tile.whom)
    path = f"/jamfor?vad={item.code}&vilka={tile.whom}&som={side}"
    if chosen is None:
        none = _("Här finns inga kommuner att ställa bredvid, för huvudmannen är ingen kommun.")
        return Drawn(tile, at, item.heading, WHOM_WORDS[tile.whom], "/jamfor", why=none)
    is_units = tile.whom is Whom.UNITS
    rows = _units(item, ground) if is_units else _municipalities(item, ground, chosen)
    place = WHOM_WORDS[tile.whom] if is_units else chosen.label
    why = why_bare(rows, of_units=is_units)
    drawn = Drawn(tile, at, item.heading, place, path, why=why)
    periods = periods_of(rows)
    if not periods:
        return drawn
    kept = one_each(of_kind(rows, usual_kind(rows)))
    period = stepped_back(periods_of(kept), latest_shared(kept), tile.back)
    read = _read(item, kept, ground) if is_units else _read_municipal(kept, ground, chosen)
    view = ComparisonView([], item, [], chosen, tile.order, shape=side)
    wanted = chosen_conditions(list(ground.items.values()), tile.factors)
    factors = factors_of(ground.values, ground.organizer, wanted, read.known_as)
    asked = Compared(period=period, beside=str(tile.against))
    view = draw(replace(view, factors=factors), item, asked, read)
    return replace(drawn, chart=view.chart, path=f"/jamfor{query_of(view, asked)}")


def _units(item: ItemRow, ground: Ground) -> list[Row]:
    runs = {one.slug for one in ground.units if one.has_use_of(item)}
    rows = [one for one in of_item(item, ground.at_units) if one.line in runs]
    mine = ground.mine.slug if ground.mine else ""
    return [one._replace(role="own") if one.line == mine else one for one in rows]


def _read(item: ItemRow, kept: list[Row], ground: Ground) -> Read:
    around = own_and_country(item, ground)
    wholes = wholes_beside(around, kept, has_home=ground.mine is not None)
    measured = Measured(kept, [OFFICIAL], OFFICIAL, ground.values, wholes)
    places = [(one.slug, one.name) for one in ground.units if one.has_use_of(item)]
    mine, here = ground.mine, ground.mine.slug if ground.mine else ""
    known_as = Places(here, units=ground.units)
    return Read(measured, places, own=here, unit=mine, known_as=known_as)


def own_and_country(item: ItemRow, ground: Ground) -> list[Row]:
    """Return the values of the huvudman and of the country."""
    return ground.placed(item, where_is(ground.organizer, None))


def _municipalities(item: ItemRow, ground: Ground, chosen: PlaceSet) -> list[Row]:
    """Return the huvudman, the country and the set; published numbers stand beside published."""
    rows = ground.placed_beside(item, chosen)
    published = [one for one in rows if not one.is_own]
    return published if has_value(own_of(published)) else rows


def _read_municipal(kept: list[Row], ground: Ground, chosen: PlaceSet) -> Read:
    home = ground.organizer.municipality_code or ""
    numbers = {one.name: (one.code, one.organisation_number) for one in chosen.peers}
    measured = Measured(kept, [OFFICIAL], OFFICIAL, ground.values)
    return Read(measured, home=home, known_as=Places("own", numbers))
