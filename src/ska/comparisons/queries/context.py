"""What the pupils and the staff are like in each place of a comparison, beside its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from ska.charts import Beside, PlottedValue
from ska.comparisons.rules import latest_shared
from ska.core.periods import spelled
from ska.core.swedish import format_number, format_percent
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, subject_of, where_is
from ska.overview.queries.results import titles_of
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row, of_kind, one_each, usual_kind
from ska.overview.rules.trends import about_of, source_of
from ska.values.rules import ValueStatus, status_word, word_beside

MOST = 3


@dataclass(frozen=True)
class Places:
    """How sources know the places of a comparison: each key with its numbers, or the own units."""

    own: str = ""
    numbers: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    units: Sequence[UnitRow] = ()


@dataclass(frozen=True)
class Factor:
    """A condition at one period; *values* holds what is told of each place, by its key."""

    code: str
    name: str
    period: str
    source: str
    unit: str
    about: tuple[tuple[str, str], ...]
    values: Mapping[str, PlottedValue]

    def at(self, key: str) -> str:
        """Return what is said of a place."""
        one = self._told(key)
        if one.value is None:
            return one.word
        number = format_percent(one.value) if self.unit == "%" else format_number(one.value, 1)
        if one.carried_from:
            return _("{number} (från {period})").format(
                number=number, period=spelled(one.carried_from)
            )
        return number

    def beside(self, places: Iterable[tuple[str, str]]) -> Beside:
        """Return it as it stands beside a chart of *places*, keys with names, in their order."""
        values = tuple(self._told(key)._replace(line=name) for key, name in places)
        return Beside(self.name, self.unit, self.source, values, self.about)

    def _told(self, key: str) -> PlottedValue:
        missing = status_word(ValueStatus.MISSING)
        return self.values.get(key) or PlottedValue(key, self.period, None, None, missing)


def conditions(items: Sequence[ItemRow]) -> list[ItemRow]:
    """Return what may be shown as context, by name."""
    return sorted((one for one in items if one.kind == "condition"), key=lambda one: one.heading)


def chosen_conditions(items: Sequence[ItemRow], codes: Sequence[str]) -> list[ItemRow]:
    """Return those that an address names, a few at most; what is none is left out."""
    return [one for one in conditions(items) if one.code in codes][:MOST]


def as_read(chosen: Sequence[ItemRow]) -> list[dict[str, Any]]:
    """Return what is read of conditions: the official measures, and no other beside them."""
    return [{**one.details, "kolada_links": ()} for one in chosen]


def factors_of(
    values: pl.DataFrame,
    organizer: Organizer,
    chosen: Sequence[ItemRow],
    places: Places,
    known: date | None = None,
) -> tuple[Factor, ...]:
    """Return each condition as it stands in all places, today or as *known* on a day."""
    if not chosen:
        return ()
    rows = _placed(values, organizer, places)
    return tuple(_factor(one, rows, known) for one in chosen)


def _placed(values: pl.DataFrame, organizer: Organizer, places: Places) -> list[Row]:
    if places.units:
        known = [(one.slug, one.name, one.school_unit_code or "") for one in places.units]
        return place_units(values, known)
    pairs = [(code, key) for key, codes in places.numbers.items() for code in codes if code]
    rows = place_rows(values, replace(where_is(organizer, None), peers=tuple(pairs)))
    return [one._replace(line=places.own) if one.line == "own" else one for one in rows]


def _factor(item: ItemRow, rows: Sequence[Row], known: date | None) -> Factor:
    titles = titles_of(item)
    mine = [one for one in rows if one.title in titles]
    if mine:
        mine = one_each(of_kind(mine, usual_kind(mine)))
    period = latest_shared(mine)
    now = [one for one in mine if one.period == period]
    unit = (now[0].unit or "") if now else ""
    values = {one.line: _value(one) for one in now}
    about = about_of(subject_of(item))
    return Factor(item.code, item.heading, period, source_of(now, known), unit, about, values)


def _value(row: Row) -> PlottedValue:
    word = word_beside(row.status) if row.value is None else ""
    return PlottedValue(row.line, row.period, row.value, row.n, word, row.carried_from or "")
