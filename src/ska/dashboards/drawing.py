"""From a tile and what was read to its chart. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import polars as pl

from ska.charts import Chart, DotRow, HeatRow, HeatSpec, Role, heat_chart
from ska.comparisons.pictures import Shape as Side
from ska.comparisons.pictures import Shown, picture
from ska.comparisons.rules import (
    Order,
    beside_of,
    dot_rows,
    latest_shared,
    periods_of,
    standings,
    wholes_beside,
    years_of,
)
from ska.core.periods import kind_of
from ska.core.text import _
from ska.dashboards.definitions import SHOW_WORDS, Of, Show, Tile
from ska.dashboards.rules import why_bare
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, subject_of, where_is
from ska.overview.queries.results import titles_of
from ska.overview.rules.breaks import breaks_of, declared_in, silent_at
from ska.overview.rules.cohorts import cohorts_of, earlier_of
from ska.overview.rules.places import Where, place_rows, place_units
from ska.overview.rules.rows import Row, has_value, of_kind, one_each, own_of, usual_kind
from ska.overview.rules.shapes import BOYS, GIRLS, Shape, shaped
from ska.overview.rules.signals import Column, judged, left_out, shown_in, signals_of
from ska.overview.rules.trends import about_of, see, source_of
from ska.values.zeros import Silence, silence_in

_SIDES = {Show.DOTS: Side.DOTS, Show.FUNNEL: Side.FUNNEL, Show.MULTIPLES: Side.MULTIPLES}
_SHAPES = {Show.TREND: Shape.TREND, Show.CONTROL: Shape.CONTROL, Show.GAP: Shape.GAP}


@dataclass(frozen=True)
class Ground:
    """What a board is drawn from: places, indicators by code, and the values of all of them.

    *unit* is the one that tiles about a unit show; *mine* the one that others are compared with.
    """

    organizer: Organizer
    units: Sequence[UnitRow]
    unit: UnitRow | None
    mine: UnitRow | None
    items: Mapping[str, ItemRow]
    values: pl.DataFrame
    _placed: dict[str, list[Row]] = field(default_factory=dict)

    def placed(self, item: ItemRow, where: Where, gender: str = "T") -> list[Row]:
        """Return the values of an indicator that have a line at a place."""
        if where.unit not in self._placed:
            self._placed[where.unit] = place_rows(self.values, where)
        return _of(item, self._placed[where.unit], gender)

    @cached_property
    def silence(self) -> Silence:
        """Return where the measures of the board turn to zeros at all places."""
        return silence_in(self.values)

    @cached_property
    def at_units(self) -> list[Row]:
        """Return the values of the units, girls and boys together."""
        units = [(one.slug, one.name, one.school_unit_code or "") for one in self.units]
        return [one for one in place_units(self.values, units) if one.gender == "T"]


def _of(item: ItemRow, rows: Sequence[Row], gender: str = "T") -> list[Row]:
    titles = titles_of(item)
    return [one for one in rows if one.gender == gender and one.title in titles]


_MANY = 12  # units, a line each


@dataclass(frozen=True)
class Drawn:
    """A tile with its chart, None where there is nothing to draw; *path* leads to its own page.

    *why* says why there is no chart.
    """

    tile: Tile
    number: int
    name: str
    place: str
    path: str
    chart: Chart | None = None
    signals: tuple[HeatRow, ...] = ()
    why: str = ""

    @property
    def shown(self) -> str:
        """Return how the tile shows its values."""
        return SHOW_WORDS.get(self.tile.show, "").lower()

    @property
    def about(self) -> str:
        """Return whose values the tile shows, and how."""
        return self.place if self.tile.show.is_beside_units else f"{self.place}, {self.shown}"

    @property
    def is_tall(self) -> bool:
        """Tell whether the picture has a line for each of many units, and is as high as two."""
        rows = self.chart.table.rows if self.chart else ()
        return self.tile.show.is_beside_units and len(rows) > _MANY

    @property
    def why_empty(self) -> str:
        """Return why nothing is drawn or tabled, in a sentence; nothing when something is."""
        if not self.path and self.chart is None:
            return _("Indikatorn finns inte längre. Ta bort rutan eller välj en annan.")
        if self.chart is None:
            return self.why
        is_told = self.signals or self.chart.svg or len(self.chart.table.head) > 1
        return "" if is_told else self.chart.sentence


def draw_tile(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return the tile drawn; one whose indicator is gone says so by having no chart."""
    if tile.show is Show.SIGNALS:
        return _signals(tile, at, ground)
    item = ground.items.get(tile.indicator)
    if item is None:
        return Drawn(tile, at, tile.indicator, "", "")
    if tile.show is Show.COHORT:
        return _cohort(tile, at, item, ground)
    if tile.show.is_beside_units:
        return _beside(tile, at, item, ground)
    return _over_years(tile, at, item, ground)


def _over_years(tile: Tile, at: int, item: ItemRow, ground: Ground) -> Drawn:
    unit = ground.unit if tile.of is Of.UNIT else None
    where = where_is(ground.organizer, unit)
    rows = ground.placed(item, where)
    shape = _SHAPES[tile.show]
    address = f"/resultat/{item.code}?enhet={unit.slug if unit else ''}"
    address += f"&som={shape}" if shape is not Shape.TREND else ""
    drawn = Drawn(tile, at, item.heading, where.name, address, why=why_bare(own_of(rows)))
    if not has_value(own_of(rows)):
        return drawn
    letters = (BOYS, GIRLS) if shape is Shape.GAP else ()
    parts = {letter: own_of(ground.placed(item, where, letter)) for letter in letters}
    seen = shaped(see(subject_of(item, ground.silence, rows), rows), shape, parts=parts)
    return replace(drawn, chart=seen.chart)


def _cohort(tile: Tile, at: int, item: ItemRow, ground: Ground) -> Drawn:
    unit = ground.unit if tile.of is Of.UNIT else None
    where = where_is(ground.organizer, unit)
    path = f"/resultat/{item.code}?enhet={unit.slug if unit else ''}&som={Shape.COHORT}"
    earlier = ground.items.get(earlier_of(item.code))
    rows = own_of(ground.placed(item, where))
    drawn = Drawn(tile, at, item.heading, where.name, path, why=why_bare(rows))
    before = own_of(ground.placed(earlier, where)) if earlier else []
    found = cohorts_of(subject_of(item), where.name, rows, before)
    return replace(drawn, chart=found.chart if found else None)


def _beside(tile: Tile, at: int, item: ItemRow, ground: Ground) -> Drawn:
    side = _SIDES[tile.show]
    address = f"/jamfor?vad={item.code}&vilka=enheter&som={side}"
    runs = {one.slug for one in ground.units if one.has_use_of(item)}
    rows = [one for one in _of(item, ground.at_units) if one.line in runs]
    why = why_bare(rows, of_units=True)
    drawn = Drawn(tile, at, item.heading, _("Enheterna"), address, why=why)
    periods = periods_of(rows)
    if not periods:
        return drawn
    kept = one_each(of_kind(rows, usual_kind(rows)))
    subject = subject_of(item, ground.silence, kept)
    breaks = breaks_of(kept, kind_of(periods[0]), declared_in(subject.details))
    around = own_of(ground.placed(item, where_is(ground.organizer, None)))
    whole = wholes_beside(around, kept, has_home=bool(ground.mine))
    shown = replace(_shown(tile, kept, whole, periods, ground), breaks=breaks.told)
    told = _told(item, kept) | {"notes": tuple(silent_at(breaks, shown.period))}
    return replace(drawn, chart=picture(side, shown, told))


def _shown(
    tile: Tile, rows: Sequence[Row], whole: Sequence[Row], periods: Sequence[str], ground: Ground
) -> Shown:
    period = latest_shared(rows)
    period = periods[min(periods.index(period) + tile.back, len(periods) - 1)]
    mine = ground.mine.slug if ground.mine else ""
    places, wholes = standings(rows, period), standings(whole, period)
    reference = beside_of("", places, wholes if tile.show is not Show.FUNNEL else [], mine)
    rows = [*rows, *(one for one in whole if one.line == reference)]
    drawn = dot_rows(standings(rows, period), reference, Order.NAME)
    years = years_of(rows, periods)
    return Shown([_with_role(one, mine) for one in drawn], years, Order.NAME, reference, period)


def _with_role(row: DotRow, mine: str) -> DotRow:
    role = Role.OWN if row.key == mine else row.role
    return DotRow(row.key, row.name, row.measure, role, row.against, row.apart)


def _told(item: ItemRow, rows: Sequence[Row]) -> dict[str, Any]:
    unit = rows[0].unit or ""
    return {
        "name": item.heading,
        "source": source_of(rows),
        "caution": str(item.details.get("caution") or ""),
        "subtitle": str(item.details.get("of") or ""),
        "about": about_of(subject_of(item)),
        "unit": unit,
        "share": unit == "%",
    }


def _signals(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return every indicator of the board at every unit, told by signal."""
    where = where_is(ground.organizer, None)
    found = []
    for item in ground.items.values():
        rows = [*own_of(ground.placed(item, where)), *_of(item, ground.at_units)]
        columns = [Column(one.slug, one.name, one.has_use_of(item)) for one in ground.units]
        one = signals_of(item.code, item.heading, rows, columns)
        found += [one] if one else []
    at_units = [row for item in ground.items.values() for row in _of(item, ground.at_units)]
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
