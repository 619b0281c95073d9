"""From a tile and what was read to its chart. Pure."""

from __future__ import annotations

from dataclasses import replace

from ska.charts import HeatSpec, heat_chart
from ska.core.text import _
from ska.dashboards.beside import draw_beside
from ska.dashboards.definitions import Of, Show, Tile
from ska.dashboards.drawn import Drawn
from ska.dashboards.ground import Ground, of_item
from ska.dashboards.modelled import draw_relation, draw_salsa
from ska.dashboards.rules import ended, until, why_bare
from ska.overview.queries.indicator import divided_at
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import reads_of, subject_of, where_is
from ska.overview.rules.breaks import counted
from ska.overview.rules.cohorts import cohorts_of, earlier_of
from ska.overview.rules.places import Where
from ska.overview.rules.rows import OFFICIAL, Row, groups_with_values, has_value, own_of
from ska.overview.rules.shapes import BOYS, DIVIDED, GIRLS, Shape, divided_seen, shaped
from ska.overview.rules.shifts import with_shifts
from ska.overview.rules.signals import Column, judged, left_out, shown_in, signals_of
from ska.overview.rules.trends import Seen, see, source_of

SHAPES = {
    Show.TREND: Shape.TREND,
    Show.CONTROL: Shape.CONTROL,
    Show.GAP: Shape.GAP,
    Show.BACKGROUND: Shape.BACKGROUND,
    Show.PARENTS: Shape.PARENTS,
    Show.COHORT: Shape.COHORT,
}


def draw_tile(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return the tile drawn; one whose indicator is gone says so by having no chart."""
    if tile.show is Show.SIGNALS:
        return _signals(tile, at, ground)
    if tile.show is Show.SALSA:
        return draw_salsa(tile, at, ground)
    if tile.show is Show.RELATION:
        return draw_relation(tile, at, ground)
    item = ground.items.get(tile.indicator)
    if item is None:
        return Drawn(tile, at, tile.indicator, "", "")
    if tile.show.is_beside:
        return draw_beside(tile, at, item, ground)
    return _over_years(tile, at, item, ground)


def _over_years(tile: Tile, at: int, item: ItemRow, ground: Ground) -> Drawn:
    unit = ground.unit if tile.of is Of.UNIT else None
    where, shape = where_is(ground.organizer, unit), SHAPES[tile.show]
    rows = ground.placed(item, where)
    drawn_group = next(iter(groups_with_values(rows)), OFFICIAL)
    rows = [one for one in rows if one.group == drawn_group]
    end = ended(own_of(rows), tile.back)
    rows = until(rows, end)
    path = f"/resultat/{item.code}?enhet={unit.slug if unit else ''}"
    path += f"&som={shape}" if shape is not Shape.TREND else ""
    why, unit_id = why_bare(own_of(rows)), unit.id if unit else None
    drawn = Drawn(tile, at, item.heading, where.name, path, why=why, unit_id=unit_id)
    if shape is Shape.COHORT:
        return _cohort(drawn, item, ground, (where, own_of(rows), end))
    if shape in DIVIDED:
        return _divided(drawn, item, ground, (where, rows, end))
    if not has_value(own_of(rows)):
        return drawn
    letters = (BOYS, GIRLS) if shape is Shape.GAP else ()
    parts = {
        letter: counted(
            own_of(ground.placed(item, where, letter)), ground.silence_of(letter), reads_of(item)
        )
        for letter in letters
    }
    seen = _seen(item, rows, ground)
    if shape is not Shape.GAP:
        seen = with_shifts(seen, *ground.shifts_of(item, drawn_group, unit))
    return replace(drawn, chart=shaped(seen, shape, parts=parts).chart)


def _seen(item: ItemRow, rows: list[Row], ground: Ground) -> Seen:
    return see(subject_of(item, ground.silence, rows), rows)


def _cohort(
    drawn: Drawn, item: ItemRow, ground: Ground, at: tuple[Where, list[Row], tuple[str, str]]
) -> Drawn:
    where, rows, _end = at
    earlier = ground.items.get(earlier_of(item.code))
    before = own_of(ground.placed(earlier, where)) if earlier else []
    found = cohorts_of(subject_of(item), where.name, rows, before)
    return replace(drawn, chart=found.chart if found else None)


def _divided(
    drawn: Drawn, item: ItemRow, ground: Ground, at: tuple[Where, list[Row], tuple[str, str]]
) -> Drawn:
    """Return the two groups of the pupils; where they are not told, why stands in their place."""
    where, rows, end = at
    shape = SHAPES[drawn.tile.show]
    by = next(one for one in divided_at(ground.groups, where, item) if one.shape is shape)
    by = replace(by, rows={name: until(some, end) for name, some in by.rows.items()})
    return replace(drawn, chart=divided_seen(_seen(item, rows, ground), by, where).chart)


def _signals(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return every indicator of the board at every unit, told by signal."""
    where = where_is(ground.organizer, None)
    found, at_units = [], []
    for item in ground.items.values():
        mine = own_of(ground.placed(item, where))
        end = ended(mine, tile.back)
        here = until(of_item(item, ground.at_units), end)
        at_units += here
        columns = [Column(one.slug, one.name, one.has_use_of(item)) for one in ground.units]
        one = signals_of(item.code, item.heading, [*until(mine, end), *here], columns)
        found += [one] if one else []
    why = why_bare(at_units, of_units=True)
    drawn = Drawn(tile, at, _("Signaler"), _("Enheterna"), "/resultat/signaler", why=why)
    if not found:
        return drawn
    heat = judged(found)
    spec = HeatSpec(
        id=f"signaler-{at}",
        name=_("Signaler"),
        rows=heat,
        places=shown_in(heat),
        notes=left_out([one.name for one in ground.units], heat),
        whole=ground.organizer.name,
        source=source_of(ground.at_units),
    )
    return replace(drawn, chart=heat_chart(spec), signals=heat)
