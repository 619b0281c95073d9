"""Municipalities like one's own in measures that people choose: found by name, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import polars as pl
from sqlalchemy.orm import Session

from ska.comparisons.likeness import (
    FEWEST,
    MOST,
    MOST_MEASURES,
    USUAL_WEIGHT,
    WEIGHT_WORDS,
    Alike,
    AskedAlike,
    Table,
    Variable,
    told_alike,
)
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.queries.sets import MOST_MEANT, Offered
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.organizers.rules import ALIKE
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import subject_of
from ska.overview.queries.peers import everyone, with_codes
from ska.overview.rules.trends import about_of, said_source
from ska.values.areas import names_of
from ska.values.known import said_of
from ska.values.newest import Newest, newest_beside

YEARS = 10
START = ("gr-utlandsk-bakgrund", "gr-foraldrar-eftergymnasial", "gr-antal-elever")
"""What most would begin with: who the pupils are, and how many."""


def measures_of(items: Sequence[ItemRow]) -> list[ItemRow]:
    """Return what municipalities may be alike in: conditions first, then indicators, by name."""
    kinds = ("condition", "indicator")
    kept = [one for one in items if one.kind in kinds]
    return sorted(kept, key=lambda one: (kinds.index(one.kind), one.heading))


@dataclass(frozen=True)
class Choices:
    """What there is to choose among; *start* are measures that most would begin with."""

    measures: Sequence[ItemRow]
    start: Sequence[str]
    years: Sequence[int]
    weights: Mapping[int, str] = field(default_factory=lambda: WEIGHT_WORDS)
    counts: Sequence[int] = range(FEWEST, MOST + 1)


def choices(items: Sequence[ItemRow], today: date) -> Choices:
    """Return what a person may choose municipalities by."""
    measures = measures_of(items)
    start = [one.code for one in measures if one.code in START]
    return Choices(measures, start, range(today.year, today.year - YEARS, -1))


def filled(
    session: Session,
    organizer: Organizer,
    offer: Offered,
    chosen: PlaceSet,
    asked: tuple[AskedAlike, date | None],
) -> tuple[PlaceSet, Alike | None]:
    """Return the set with its municipalities when it is the one of own measures, and why those."""
    if chosen.key != ALIKE:
        return chosen, None
    alike = alike_of(session, organizer, offer, *asked)
    peers = with_codes([one.code for one in alike.rows[1:]])
    return replace(chosen, peers=peers), alike


def chosen_by(alike: Alike | None) -> tuple[tuple[str, str], ...]:
    """Return how the municipalities were chosen, to be told with the measure."""
    return ((_("Urval"), alike.said),) if alike and alike.said else ()


def alike_of(
    session: Session,
    organizer: Organizer,
    offer: Offered,
    asked: AskedAlike,
    known: date | None = None,
) -> Alike:
    """Return the municipalities least unlike the huvudman's own, by published values alone."""
    offered = {one.code: one for one in measures_of(offer.items)}
    asked, meant, is_full = _added(offered, offer.measures, asked)
    found = Alike(asked)
    if asked.weights:
        found = _found(session, organizer, offered, asked, known)
    return replace(found, meant=meant, is_full=is_full)


def _added(
    offered: dict[str, ItemRow], kolada: Sequence[tuple[str, str]], asked: AskedAlike
) -> tuple[AskedAlike, tuple[tuple[str, str], ...], bool]:
    """Add the measure that the words name; else return those that they may mean."""
    if not asked.sought:
        return asked, (), False
    if len(asked.weights) >= MOST_MEASURES:
        return asked, (), True
    words = asked.sought.casefold()
    named = [(one.code, one.heading) for one in offered.values()]
    exact = [one for one in named if words in {one[0].casefold(), one[1].casefold()}]
    found = exact or [one for one in named if all(w in one[1].casefold() for w in words.split())]
    if not exact:
        exact = [one for one in kolada if words in {one[0].casefold(), one[1].casefold()}]
        found = exact or [*found, *kolada]
    if len(found) != 1:
        return asked, tuple(found[:MOST_MEANT]), False
    kept = [one for one in asked.weights if one[0] != found[0][0]]
    weights = (*kept, (found[0][0], dict(asked.weights).get(found[0][0], USUAL_WEIGHT)))
    return replace(asked, weights=weights, sought=""), (), False


def _found(
    session: Session,
    organizer: Organizer,
    offered: dict[str, ItemRow],
    asked: AskedAlike,
    known: date | None,
) -> Alike:
    own, numbers = organizer.municipality_code or "", _numbers(organizer)
    measures = tuple(_names(offered.get(code), code) for code, _weight in asked.weights)
    here = tuple(number for number, code in numbers.items() if code == own)
    newest = Newest(measures, here, tuple(numbers), asked.until)
    cells = newest_beside(session, newest, known)
    of = [cells.filter(pl.col("at") == at) for at in range(len(measures))]
    variables = [
        _variable(offered.get(code), code, weight, rows, known)
        for (code, weight), rows in zip(asked.weights, of, strict=True)
    ]
    return told_alike(asked, variables, _table(organizer, numbers, of))


def _numbers(organizer: Organizer) -> dict[str, str]:
    """Return the municipality code of every number that sources know a municipality by."""
    known = {one.organisation_number: one.code for one in everyone()}
    known |= {one.code: one.code for one in everyone()}
    if organizer.municipality_code and organizer.organisation_number:
        known[organizer.organisation_number] = organizer.municipality_code
    return {number: code for number, code in known.items() if number}


def _names(item: ItemRow | None, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the titles and codes of the official measure, or of Kolada's when it is no item."""
    if item is None:
        return (), (code,)
    titles, codes = names_of({**item.details, "kolada_links": ()})
    return tuple(titles), tuple(codes)


def _variable(
    item: ItemRow | None, code: str, weight: int, rows: pl.DataFrame, known: date | None
) -> Variable:
    if rows.is_empty():
        name = item.heading if item else code
        return Variable(code, name, weight, left_out=_("det finns inget publicerat värde för er"))
    first = rows.row(0, named=True)
    day = rows.select(pl.col("recorded_at").max().dt.date()).item()
    about = about_of(subject_of(item)) if item else ((_("Mått i Kolada"), code),)
    return Variable(
        code,
        item.heading if item else first["title"],
        weight,
        first["period"],
        first["unit"] or "",
        ", ".join(filter(None, [said_source([first["source"]], day), said_of(known)])) + ".",
        about,
    )


def _table(organizer: Organizer, numbers: dict[str, str], of: Sequence[pl.DataFrame]) -> Table:
    """Return every municipality's value in each measure; a round that is repeated is no value."""
    own, peers = organizer.municipality_code or "", everyone()
    place = {one.code: at for at, one in enumerate(peers)}
    values = np.full((len(peers), len(of)), np.nan)
    for column, rows in enumerate(of):
        known = rows.filter(pl.col("value").is_not_null() & pl.col("carried_from").is_null())
        for number, value in known.select("area_code", "value").iter_rows():
            values[place[numbers[number]], column] = value
    names = [(organizer.name if one.code == own else one.name, one.code) for one in peers]
    return Table(names, place[own], values)
