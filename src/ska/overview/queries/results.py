"""The list of results and the page of one indicator, as their handlers need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.text import _
from ska.framework.rules import RELATION_WORDS
from ska.organizers.models import Organizer
from ska.overview.queries.derived import KIND as DERIVED
from ska.overview.queries.derived import derived_items, with_derived
from ska.overview.queries.happenings import happenings_of
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import (
    EVERYTHING_NOW,
    Choice,
    UnitRow,
    catalogue,
    chosen_unit,
    indicator_by_code,
    local_items,
    placed_values,
    subject_of,
    units_to_choose,
    values_of,
    where_is,
)
from ska.overview.queries.peers import similar_to
from ska.overview.queries.relations import questions_of
from ska.overview.rules.cards import Card, Point, card_of, latest_of
from ska.overview.rules.pinning import PinnedValue, ToPin
from ska.overview.rules.places import place_rows
from ska.overview.rules.rows import OFFICIAL, Row, groups_with_values, own_of
from ska.overview.rules.shapes import BOYS, GIRLS, Shape, shaped, shapes_of
from ska.overview.rules.trends import Happening, Seen, see
from ska.values.areas import plain


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
    units = units_to_choose(session, actor, organizer.id)
    chosen = chosen_unit(units, choice.unit)
    if choice.unit is None:
        chosen = next((one for one in units if one.id == home), None)
    items = catalogue(session)
    measures = derived_items() if kind == DERIVED else [one for one in items if one.kind == kind]
    if kind == "indicator":
        measures += local_items(session, actor, organizer.id)
    if chosen is not None:
        measures = [one for one in measures if chosen.has_use_of(one)]
    cards = cards_of(session, actor, organizer, chosen, measures, known=choice.known)
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
) -> dict[str, Card]:
    """Return the card of each indicator for the unit, or the huvudman, by code."""
    where = where_is(organizer, unit)
    rows = placed_values(
        session, actor, organizer, where, measures, with_neighbours=False, known=known
    )
    points = _points(own_of(rows))
    cards = {}
    for one in measures:
        sources = [source for title in titles_of(one) for source in points.get(title, [])]
        cards[one.code] = card_of(one.code, one.heading, latest_of(sources))
    return cards


def titles_of(item: ItemRow) -> tuple[str, ...]:
    """Return every title that a measure of the indicator may go by."""
    label = str(item.details.get("published_label") or "")
    return tuple(dict.fromkeys((plain(label), item.code, item.heading)))


def _points(own: Sequence[Row]) -> dict[str, list[list[Point]]]:
    """Return the points of each measure by its title, one list a source."""
    found: dict[str, dict[tuple[bool, str, str], list[Point]]] = {}
    for row in sorted(own, key=lambda one: (one.is_own, one.source, one.scope, one.period)):
        source = (row.is_own, row.source, row.scope)
        found.setdefault(row.title, {}).setdefault(source, []).append(_point(row))
    return {title: list(sources.values()) for title, sources in found.items()}


def _point(row: Row) -> Point:
    names = ("period_type", "period", "value", "n", "status", "unit", "source", "recorded_on")
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


@dataclass(frozen=True)
class MeasureChoice:
    """A measure that can be drawn: the official one, or a neighbour in Kolada with its relation."""

    group: str
    title: str
    relation: str


@dataclass(frozen=True)
class IndicatorView:
    """Everything on an indicator's page."""

    item: ItemRow
    units: list[UnitRow]
    unit: UnitRow | None
    seen: Seen
    choices: list[MeasureChoice]
    group: str
    pinned: tuple[PinnedValue, ...]
    shape: Shape
    shapes: dict[Shape, str]
    shift: str
    questions: tuple[str, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def to_pin(self, here: str) -> ToPin:
        """Return what the page lets an analysis hold; *here* is the place it is about."""
        chart = self.seen.chart
        return ToPin(
            code=self.item.code,
            heading=self.item.heading,
            here=here,
            unit_id=self.unit.id if self.unit else None,
            sentence=chart.sentence if self.pinned else "",
            source=chart.source,
            population=str(self.item.details.get("of") or ""),
            unit_of_measure=chart.unit,
            values=self.pinned,
            questions=self.questions,
            at=f"/resultat/{self.item.code}?{urlencode(self._asked())}",
        )

    def _asked(self) -> dict[str, str]:
        """Return what the address asks for, in the names of the page."""
        asked = {
            "enhet": self.unit.slug if self.unit else "",
            "matt": self.group,
            "som": "" if self.shape is Shape.TREND else str(self.shape),
            "skifte": self.shift,
        }
        return {name: value for name, value in asked.items() if value or name == "enhet"}


def indicator_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    code: str,
    choice: Choice = EVERYTHING_NOW,
    *,
    with_happenings: bool = True,
) -> IndicatorView:
    """Return one indicator with its chart; raise Missing for an unknown indicator or unit."""
    item = indicator_by_code(session, actor, organizer.id, code)
    units = units_to_choose(session, actor, organizer.id)
    chosen = chosen_unit(units, choice.unit)
    where = where_is(organizer, chosen, peers=similar_to(organizer.municipality_code))
    values = values_of(
        session, actor, organizer, where, [item], known=choice.known, genders=("T", BOYS, GIRLS)
    )
    placed = place_rows(with_derived(values, [item.code]), where)
    rows = [one for one in placed if one.gender == "T"]
    groups = groups_with_values(rows)
    drawn = choice.measure if choice.measure in groups else next(iter(groups), OFFICIAL)
    links = {link["kpi"]: link for link in item.details.get("kolada_links") or ()}
    choices = [_choice(one, links.get(one)) for one in groups]
    title = next((one.title for one in choices if one.group == drawn != OFFICIAL), "")
    kept = [one for one in rows if one.group == drawn]
    happenings: tuple[Happening, ...] = ()
    if with_happenings:
        happenings = happenings_of(
            session, actor, organizer.id, code=item.code,
            sub_goals=list(item.details.get("sub_goals") or ()),
            unit_id=chosen.id if chosen else None, path=f"/{organizer.slug}",
        )  # fmt: skip
    seen = see(subject_of(item), kept, happenings, group_title=title, known=choice.known)
    mine = [one for one in own_of(placed) if one.group == drawn]
    own = {letter: [one for one in mine if one.gender == letter] for letter in (BOYS, GIRLS)}
    shapes = shapes_of(own)
    shape = choice.shape if choice.shape in shapes else Shape.TREND
    return IndicatorView(
        item=item,
        units=units,
        unit=chosen,
        seen=shaped(seen, shape, shift=choice.shift, parts=own),
        choices=choices,
        group=drawn,
        pinned=_pinned(kept, seen),
        shape=shape,
        shapes=shapes,
        shift=choice.shift if choice.shift in seen.spec.periods[1:] else "",
        questions=questions_of(item.code) if seen.is_signal else (),
        happenings=happenings,
    )


def _choice(group: str, link: dict[str, Any] | None) -> MeasureChoice:
    if link is None:
        return MeasureChoice(group, "Kvalitetssystemets mått", "")
    title = " ".join(str(link["title"]).split())
    relation = RELATION_WORDS.get(str(link["relation"]), "")
    return MeasureChoice(group, f"Kolada {group}: {title}", f"{relation} ({link['population']})")


def _pinned(rows: Sequence[Row], seen: Seen, most: int = 5) -> tuple[PinnedValue, ...]:
    """Return the latest own values as drawn, oldest first, so that an observation can hold them."""
    ids = {(one.period, one.value): one.value_id for one in own_of(rows) if one.value is not None}
    own = seen.chart.values[:1]
    line = own[0].line if own else ""
    found = [
        PinnedValue(one.period, one.value, one.n, ids[one.period, one.value])
        for one in seen.chart.values
        if one.line == line and one.value is not None and (one.period, one.value) in ids
    ]
    return tuple(found[-most:])
