"""The list of results and the page of one indicator, as their handlers need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.derived import KIND as DERIVED
from ska.overview.queries.derived import derived_items, with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import (
    EVERYTHING_NOW,
    Choice,
    UnitRow,
    catalogue,
    chosen_unit,
    local_items,
    subject_of,
    values_of,
    where_is,
)
from ska.overview.queries.shifts import units_and_shifts
from ska.overview.rules.breaks import Breaks, breaks_of, declared_in
from ska.overview.rules.cards import Card, Point, cards_from, draft_of, latest_of
from ska.overview.rules.places import place_rows
from ska.overview.rules.rows import OFFICIAL, Row, of_kind, one_each, own_of
from ska.overview.rules.trends import Subject
from ska.values.areas import plain
from ska.values.known import end_of
from ska.values.levels.rules import Shift, shifts_at
from ska.values.zeros import silence_in


@dataclass(frozen=True)
class Group:
    """A delmål, or the conditions, with its cards."""

    heading: str
    number: str
    is_official: bool
    cards: list[Card]


@dataclass(frozen=True)
class ResultList:
    """Everything on the list of results."""

    units: list[UnitRow]
    unit: UnitRow | None
    groups: list[Group]
    shown: int
    with_value: int


def result_list(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    choice: Choice = EVERYTHING_NOW,
    *,
    kind: str = "indicator",
    only_with_values: bool = False,
    home: UUID | None = None,
) -> ResultList:
    """Return the cards of a kind by delmål for a unit, the huvudman, or *home* when none is named.

    Raises Missing for an unknown unit.
    """
    units, accepted = units_and_shifts(session, actor, organizer.id)
    chosen = chosen_unit(units, choice.unit)
    if choice.unit is None:
        chosen = next((one for one in units if one.id == home), None)
    items = catalogue(session)
    measures = derived_items() if kind == DERIVED else [one for one in items if one.kind == kind]
    if kind == "indicator":
        measures += local_items(session, actor, organizer.id)
    if chosen is not None:
        measures = [one for one in measures if chosen.has_use_of(one)]
    moment = end_of(choice.known) if choice.known else None
    shifts = [one for one in accepted if one.holds(moment)]
    cards = cards_of(session, actor, organizer, chosen, measures, known=choice.known, shifts=shifts)
    kept = {code: card for code, card in cards.items() if card.has_value or not only_with_values}
    groups = grouped(items, [one for one in measures if one.code in kept], kept)
    return ResultList(
        units, chosen, groups, len(kept), sum(card.has_value for card in cards.values())
    )


def cards_of(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    unit: UnitRow | None,
    measures: list[ItemRow],
    *,
    known: date | None = None,
    shifts: Sequence[Shift] = (),
) -> dict[str, Card]:
    """Return the card of each indicator for the unit, or the huvudman, by code.

    *shifts* are those that hold in the huvudman; a card tells those of its own place.
    """
    where = where_is(organizer, unit)
    asked = [replace(one, details={**one.details, "kolada_links": ()}) for one in measures]
    values = values_of(session, actor, organizer, where, asked, known=known)
    silence = silence_in(values)
    rows = _by_title(place_rows(with_derived(values, [one.code for one in measures]), where))
    drafts = []
    for one in measures:
        of_item = [row for title in titles_of(one) for row in rows.get(title, ())]
        points = latest_of(_sources(own_of(of_item)))
        breaks = _breaks(subject_of(one, silence, of_item), of_item, points)
        here = shifts_at(shifts, one.code, OFFICIAL, unit.id if unit else None)
        drafts.append(draft_of(one.code, one.heading, points, breaks, here))
    return {one.code: one for one in cards_from(drafts)}


def _breaks(subject: Subject, rows: Sequence[Row], points: Sequence[Point]) -> Breaks:
    if not points:
        return Breaks()
    kind = points[0].period_type
    return breaks_of(one_each(of_kind(rows, kind)), kind, declared_in(subject.details))


def titles_of(item: ItemRow) -> tuple[str, ...]:
    """Return every title that a measure of the indicator may go by."""
    label = str(item.details.get("published_label") or "")
    return tuple(dict.fromkeys((plain(label), item.code, item.heading)))


def _by_title(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: (one.is_own, one.source, one.scope, one.period)):
        found.setdefault(row.title, []).append(row)
    return found


def _sources(own: Sequence[Row]) -> list[list[Point]]:
    """Return the points of an indicator, one list a title and source."""
    found: dict[tuple[str, bool, str, str], list[Point]] = {}
    for row in own:
        source = (row.title, row.is_own, row.source, row.scope)
        found.setdefault(source, []).append(_point(row))
    return list(found.values())


def _point(row: Row) -> Point:
    names = (
        "period_type",
        "period",
        "value",
        "n",
        "status",
        "unit",
        "source",
        "recorded_on",
        "spread",
    )
    told = {name: getattr(row, name) for name in names}
    return Point(**told, carried_from=row.carried_from or "")


def grouped(items: list[ItemRow], measures: list[ItemRow], cards: dict[str, Card]) -> list[Group]:
    """Return the cards of *measures* by delmål, each under the first it measures."""
    goals = {one.code: one for one in items if one.kind == "sub_goal"}

    def place(one: ItemRow) -> tuple[str, str, bool]:
        codes = one.details.get("sub_goals") or []
        if codes and codes[0] in goals:
            goal = goals[codes[0]]
            number = str(goal.details.get("number") or "")
            return number, goal.heading, bool(goal.details.get("heading_is_official"))
        if one.kind == DERIVED:
            return "", _("Utan delmål"), True
        if one.kind == "local":
            return "\uffff", _("Egna indikatorer"), True
        return "", str(one.details.get("category") or "Förutsättningar"), True

    return [
        Group(heading, number, official, [cards[one.code] for one in group])
        for (number, heading, official), group in groupby(sorted(measures, key=place), key=place)
    ]
