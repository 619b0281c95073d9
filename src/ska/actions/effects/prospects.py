"""Before an expectation is written: what could be chosen, and what it would be judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.effects.ground import Ground, lay_ground
from ska.actions.effects.lines import Line, line_at, line_of, zeros_of
from ska.actions.effects.queries import ALIKE, breaks_of
from ska.actions.effects.rules import Gender, periods_ahead
from ska.actions.models import Action, Expectation
from ska.analyses.models import ExpectedEffect
from ska.db.gather import gather
from ska.errors import Missing
from ska.framework.queries.choosing import choosable_rows
from ska.organizers.models import Organizer, SchoolUnit
from ska.values.areas import is_organizer, is_unit, names_of
from ska.values.own import Asked, cells

_WITH_BACKGROUND = f"""({ALIKE} OR (m.nature = 'background' AND s.gender = 'T'
 AND a.area_type = ANY(%(kinds)s::text[]) AND v.period >= %(since)s))"""
YEARS_OF_BACKGROUND = 3


@dataclass(frozen=True)
class Chosen:
    """What is chosen of a number: which indicator, whose values, and where (None the huvudman)."""

    indicator: str = ""
    gender: Gender = Gender.ALL
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Around:
    """What stands around an insats when its expectation is written."""

    units: Sequence[SchoolUnit]
    effects: Sequence[ExpectedEffect]
    expectations: Sequence[Expectation]

    def unit(self, unit_id: UUID | None) -> SchoolUnit | None:
        """Return the unit whose number it is, None for the huvudman; raise Missing for another."""
        if unit_id is None:
            return None
        found = next((one for one in self.units if one.id == unit_id), None)
        if found is None:
            raise Missing
        return found


def around(session: Session, actor: Actor, action: Action) -> Around:
    """Return the units that an insats may be measured at, its expected effects and its numbers."""
    mine = SchoolUnit.organizer_id == action.organizer_id
    here = SchoolUnit.id == action.unit_id if action.unit_id else SchoolUnit.status == "active"
    found = gather(
        session,
        [
            visible(SchoolUnit, actor).where(mine, here),
            visible(ExpectedEffect, actor).where(ExpectedEffect.area_id == action.area_id),
            visible(Expectation, actor).where(Expectation.action_id == action.id),
        ],
    )
    units = sorted(found.of(SchoolUnit), key=lambda one: one.name)
    return Around(units, found.of(ExpectedEffect), found.of(Expectation))


@dataclass(frozen=True)
class Item:
    """An indicator to choose."""

    code: str
    heading: str
    details: dict[str, Any]


def items_to_choose(session: Session, actor: Actor, organizer_id: UUID) -> list[Item]:
    """Return the indicators that a number may be taken from."""
    rows = choosable_rows(session, actor, organizer_id)
    return [Item(row.code, row.heading, row.details) for row in rows]


@dataclass(frozen=True)
class Prospect:
    """A number that an insats may be expected to change, with what it would be judged by."""

    item: Item
    chosen: Chosen
    line: Line
    ground: Ground
    periods: list[str]

    @property
    def direction(self) -> str:
        """Return which way the indicator is better, "higher" when it has none."""
        better = self.item.details.get("better")
        return better if better in {"higher", "lower"} else "higher"


def prospect_of(
    session: Session,
    actor: Actor,
    *,
    organizer: Organizer,
    action: Action,
    chosen: Chosen,
    among: tuple[Item, SchoolUnit | None],
) -> Prospect | None:
    """Return what an expectation of this number would rest on, None when it has no values here."""
    item, unit = among
    titles, codes = names_of(item.details)
    parameters = {
        "genders": [str(chosen.gender)],
        "kinds": ["school_unit"] if unit else ["municipality", "organizer"],
        "since": str(action.starts.year - YEARS_OF_BACKGROUND),
    }
    asked = Asked((*titles, *codes), published=_WITH_BACKGROUND, parameters=parameters)
    frame = cells(session, actor, organizer.id, asked)
    here = is_organizer(organizer.municipality_code, organizer.organisation_number)
    if unit is not None:
        here = is_unit(unit.name, unit.school_unit_code)
    named = pl.col("title").is_in(titles) | pl.col("measure").is_in((*titles, *codes))
    chosen_ones = frame.filter(named & (pl.col("gender") == str(chosen.gender)))
    line = line_of(chosen_ones, here, breaks_of(item.code))
    if line is not None and (zeros := zeros_of(frame, line.key)):
        line = line_at(frame, line.key, line.area_code, [*breaks_of(item.code), *zeros])
    if line is None:
        return None
    ground = lay_ground(frame, line)
    return Prospect(item, chosen, line, ground, periods_ahead(line, action.starts))


@dataclass(frozen=True)
class Choosing:
    """What there is to choose, and what comes of the choice; no *prospect* where no value is."""

    around: Around
    items: list[Item]
    prospect: Prospect | None = None


def choosing(
    session: Session, actor: Actor, organizer: Organizer, action: Action, chosen: Chosen
) -> Choosing:
    """Return what the chosen number could show; raise Missing for a unit that is not there."""
    near = around(session, actor, action)
    items = items_to_choose(session, actor, organizer.id)
    item = next((one for one in items if one.code == chosen.indicator), None)
    if item is None:
        return Choosing(near, items)
    among = (item, near.unit(chosen.unit_id))
    found = prospect_of(
        session, actor, organizer=organizer, action=action, chosen=chosen, among=among
    )
    return Choosing(near, items, found)
