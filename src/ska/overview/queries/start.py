"""The start page in six statements: what waits, where the year is, three results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.swedish import sort_key
from ska.cycle.definitions import Phase
from ska.cycle.words import PHASE_NAMES
from ska.framework.queries.choosing import OWN
from ska.organizers.dependencies import Place
from ska.organizers.meetings import Meeting, as_meetings
from ska.overview.queries.home import home_rows, role_and_unit
from ska.overview.queries.pages import UnitRow, choosable
from ska.overview.queries.results import cards_of
from ska.overview.queries.shifts import shifts_that_hold
from ska.overview.rules import home
from ska.overview.rules.cards import Card
from ska.overview.rules.home import GuideStep, HomeRow, Kind, Todo, YearNow

GUIDE = "guide"
CARDS = 3
MEETINGS = 3
_PHASES = {str(one): name for one, name in PHASE_NAMES.items() if one is not Phase.PARALLEL}
FIRST = ("gr-alla-amnen-ak9", "gr-behorighet", "gr-alla-amnen-ak6")


@dataclass(frozen=True)
class StartView:
    """Everything on the start page; *groups* are the person's rektorsgrupper, name and page.

    *meetings* are the next of those groups and of the huvudman's networks.
    """

    greeting: str
    todo: list[Todo]
    waiting: int
    year: YearNow
    cards: list[Card]
    unit: UnitRow | None
    guide: list[GuideStep] | None
    may_analyse: bool
    groups: list[tuple[str, str]]
    meetings: list[Meeting]


def start_view(session: Session, actor: Actor, place: Place, today: date) -> StartView:
    """Return the start page of this person."""
    organizer = place.organizer
    rows = home_rows(session, actor, organizer.id, today, GUIDE)
    roles, unit_id = role_and_unit(actor, organizer.id)
    unit = _unit(rows, unit_id)
    items = choosable(session, actor, organizer.id)
    measures = [one for one in items if one.kind in {"indicator", "local"}]
    shifts = shifts_that_hold(session, actor, organizer.id)
    followed = {one.title for one in rows if one.kind is Kind.FOLLOWED}
    cards = best(cards_of(session, actor, organizer, unit, measures, shifts=shifts), followed)
    todo, waiting = home.todo_list(rows, today, path=place.path, year_path=place.year_path)
    return StartView(
        greeting=home.greeting(actor.name, roles, organizer.name, unit.name if unit else ""),
        todo=todo,
        waiting=waiting,
        year=home.year_now(rows, today, place.year, _PHASES, year_path=place.year_path),
        cards=cards,
        unit=unit,
        guide=home.guide(rows, has_values=bool(cards), path=place.path, year_path=place.year_path),
        may_analyse=actor.may(Right.ANALYSE, organizer.id),
        groups=[
            (one.title, f"{place.path}/rektorsgrupper/{one.extra}")
            for one in sorted(rows, key=lambda one: sort_key(one.title))
            if one.kind is Kind.GROUP
        ],
        meetings=_meetings(rows, place.path)[:MEETINGS],
    )


def _meetings(rows: list[HomeRow], path: str) -> list[Meeting]:
    """Return the coming meetings, the first first."""
    told = [
        (one.id, one.title, one.day, *one.extra.split(" ", maxsplit=1))
        for one in rows
        if one.kind is Kind.MEETING
    ]
    return as_meetings(told, path)


def todo_of(session: Session, actor: Actor, place: Place, today: date) -> list[Todo]:
    """Return "Att göra nu" alone, in one statement."""
    rows = home_rows(session, actor, place.organizer.id, today, GUIDE)
    return home.todo_list(rows, today, path=place.path, year_path=place.year_path)[0]


def _unit(rows: list[HomeRow], unit_id: UUID | None) -> UnitRow | None:
    if unit_id is None:
        return None
    for row in rows:
        if row.kind is Kind.UNIT and row.id == unit_id:
            slug, _space, code = row.extra.partition(" ")
            return UnitRow(unit_id, slug, row.title, code or None)
    return None


def best(cards: dict[str, Card], followed: Collection[str]) -> list[Card]:
    """Return three cards that have something to read, those with a number and a name first.

    Then those that insatser are to change (*followed*). One is the huvudman's own when there is
    one with a number: what a huvudman measures itself it follows.
    """

    def order(card: Card) -> tuple[bool, bool, bool, int]:
        known = FIRST.index(card.code) if card.code in FIRST else len(FIRST)
        return not _has_number(card), not card.people, card.code not in followed, known

    ordered = sorted((card for card in cards.values() if card.has_value), key=order)
    chosen = ordered[:CARDS]
    own = [card for card in ordered if card.code.startswith(OWN) and _has_number(card)]
    if own and own[0] not in chosen:
        chosen = [*chosen[: CARDS - 1], own[0]]
    return chosen


def _has_number(card: Card) -> bool:
    return card.value[:1].isdigit()
