"""What a tavla is drawn from: its places, its indicators, and the values of all of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from ska.comparisons.queries.placesets import PlaceSet
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, where_is
from ska.overview.queries.results import titles_of
from ska.overview.rules.places import Where, place_rows, place_units
from ska.overview.rules.rows import Row
from ska.overview.rules.shifts import page_of
from ska.values.levels.rules import Shift, shifts_at
from ska.values.zeros import Silence, silence_in


@dataclass(frozen=True)
class Ground:
    """What a board is drawn from: places, indicators by code, and the values of all of them.

    *unit* is the one that tiles about a unit show; *mine* the one that others are compared with.
    *read* are the values before any measure was worked out: what such a one is built on may have
    turned to zeros, also on a board that holds no other measures. *sets* are the places that
    others stand beside, *groups* own values by a group of the pupils, *salsa* those of the model,
    and *shifts* the levels that people have accepted.
    """

    organizer: Organizer
    units: Sequence[UnitRow]
    items: Mapping[str, ItemRow]
    values: pl.DataFrame
    unit: UnitRow | None = None
    mine: UnitRow | None = None
    read: pl.DataFrame = field(default_factory=pl.DataFrame)
    sets: Mapping[str, PlaceSet] = field(default_factory=dict)
    groups: pl.DataFrame = field(default_factory=pl.DataFrame)
    salsa: pl.DataFrame = field(default_factory=pl.DataFrame)
    shifts: Sequence[Shift] = ()
    _placed: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def placed(self, item: ItemRow, where: Where, gender: str = "T") -> list[Row]:
        """Return the values of an indicator that have a line at a place."""
        return of_item(item, self._at(where.unit, where), gender)

    def placed_beside(self, item: ItemRow, chosen: PlaceSet) -> list[Row]:
        """Return the values of an indicator in the huvudman, the country and a set's places."""
        where = where_is(self.organizer, None, peers=chosen.peers)
        return of_item(item, self._at("", where, chosen.key))

    def _at(self, unit: str, where: Where, beside: str = "") -> list[Row]:
        key = (unit, beside)
        if key not in self._placed:
            self._placed[key] = place_rows(self.values, where)
        return self._placed[key]

    def shifts_of(
        self, item: ItemRow, measure: str, unit: UnitRow | None
    ) -> tuple[list[Shift], str]:
        """Return the shifts that hold in a measure of an indicator at a place, and their page."""
        at = shifts_at(self.shifts, item.code, measure, unit.id if unit else None)
        slug = unit.slug if unit else ""
        page = page_of(self.organizer.slug, item.code, slug, measure)
        return [one for one in at if one.holds()], page

    @cached_property
    def silence(self) -> Silence:
        """Return where what the board is built on turns to zeros at all places."""
        return self.silence_of("T")

    def silence_of(self, gender: str) -> Silence:
        """Return the same of one gender's columns."""
        return silence_in(self.read, gender)

    @cached_property
    def at_units(self) -> list[Row]:
        """Return the values of the units, girls and boys together."""
        units = [(one.slug, one.name, one.school_unit_code or "") for one in self.units]
        return [one for one in place_units(self.values, units) if one.gender == "T"]


def of_item(item: ItemRow, rows: Sequence[Row], gender: str = "T") -> list[Row]:
    """Return the rows of an indicator, of all pupils or of a gender."""
    titles = titles_of(item)
    return [one for one in rows if one.gender == gender and one.title in titles]
