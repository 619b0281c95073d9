"""Reading the ledger: what is expected, and what the numbers say of it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.effects import telling
from ska.actions.effects.control import Control, control_rows
from ska.actions.effects.ground import Ground, Now, Told, read_outcome, thaw
from ska.actions.effects.lines import KEY, Key, Line, beside, line_at, zeros_of
from ska.actions.effects.rules import outcome_of, say
from ska.actions.models import Action, EffectReading, Expectation, FollowUp, FrozenGround
from ska.db.gather import Gathered, gather
from ska.errors import Missing
from ska.framework.queries.guides import guide_of
from ska.values.levels.models import AcceptedShift
from ska.values.levels.queries import live_shifts, shift_of
from ska.values.levels.rules import Shift, measure_of, shifts_at
from ska.values.own import Asked, cells

_NAMED = """((m.source = 'skolverket_pxweb' AND m.title = ANY(%(names)s::text[]))
 OR (m.source = ANY(ARRAY['kolada', 'siris']) AND m.code = ANY(%(names)s::text[])))"""
ALIKE = f"s.gender = ANY(%(genders)s::text[]) AND a.area_type = ANY(%(kinds)s::text[]) AND {_NAMED}"
HERE = f"""s.gender = ANY(%(genders)s::text[]) AND {_NAMED} AND (a.area_type, a.code) IN
 (SELECT unnest(%(types)s::text[]), unnest(%(codes)s::text[]))"""
"""Which published values are of the named measures at the named areas."""


def breaks_of(code: str) -> list[str]:
    """Return the periods at which a new series begins."""
    guide = guide_of(code)
    return [period for one in guide.breaks for period in one.periods] if guide else []


def key_of(one: Expectation) -> Key:
    """Return the key of the series that an expectation is about."""
    return Key(**{name: getattr(one, name) for name in KEY})


def said_of(one: Expectation) -> str:
    """Return what is expected, as a sentence."""
    return say(one.title, one.direction, float(one.size), one.unit_of_measure, one.expected_in)


@dataclass(frozen=True)
class Entry:
    """An expectation with what it is judged by, what was read before, and what is told now.

    Without *ground* what was kept of it is not what was frozen.
    """

    expectation: Expectation
    ground: Ground | None
    line: Line | None
    told: Told
    readings: Sequence[EffectReading] = ()
    shifts: Sequence[Shift] = ()  # that people have accepted in the line; nothing is judged by them

    @property
    def sentence(self) -> str:
        """Return what is expected."""
        return said_of(self.expectation)

    @property
    def control(self) -> list[Control]:
        """Return the place's own years, the outcome among them; empty without values."""
        return control_rows(self.line, self.expectation.expected_in) if self.line else []

    @property
    def headline(self) -> str:
        """Return the verdict in a few words."""
        return telling.headline(self.told.effect)

    @property
    def explained(self) -> str:
        """Return what the verdict rests on."""
        return telling.explained(self.told.effect)

    @property
    def sides(self) -> telling.Rows:
        """Return both sides' change as a table; None without a verdict."""
        effect, ground = self.told.effect, self.ground
        if effect.sides is None or ground is None:
            return None
        one = self.expectation
        head = telling.side_head(ground.earlier.periods, self.told.periods)
        return head, telling.side_rows(effect.sides, one.area, one.unit_of_measure)

    @property
    def next_steps(self) -> list[str]:
        """Return what those who read the verdict can do."""
        one = self.expectation
        return telling.next_steps(self.told.effect, float(one.size), one.unit_of_measure)

    @property
    def has_outcome(self) -> bool:
        """Tell whether there is a value to read."""
        return bool(self.told.periods)


def expected_of(actor: Actor, action: Action) -> Select[Any]:
    """Return the query of what is expected of an insats and not withdrawn."""
    return visible(Expectation, actor).where(
        Expectation.organizer_id == action.organizer_id,
        Expectation.action_id == action.id,
        Expectation.withdrawn_at.is_(None),
    )


def judging_questions(actor: Actor, action: Action) -> list[Select[Any]]:
    """Return the queries of what an insats is judged by, to be asked with its expectations."""
    ids = expected_of(actor, action).with_only_columns(Expectation.id)
    return [
        visible(FrozenGround, actor).where(FrozenGround.expectation_id.in_(ids)),
        visible(EffectReading, actor).where(EffectReading.expectation_id.in_(ids)),
        live_shifts(actor, action.organizer_id),
    ]


def entries_in(
    session: Session, actor: Actor, organizer_id: UUID, found: Gathered, action_id: UUID
) -> list[Entry]:
    """Return what was gathered of an insats, each expectation read against today's values."""
    expected = [one for one in found.of(Expectation) if one.action_id == action_id]
    if not expected:
        return []
    grounds = {one.expectation_id: one.content for one in found.of(FrozenGround)}
    readings: dict[UUID, list[EffectReading]] = defaultdict(list)
    for row in found.of(EffectReading):
        readings[row.expectation_id].append(row)
    frame = _cells(session, actor, organizer_id, expected)
    shifts = [shift_of(one) for one in found.of(AcceptedShift)]
    return [
        replace(
            _entry(frame, one, grounds.get(one.id, {}), readings[one.id]),
            shifts=_shifts_in(shifts, one),
        )
        for one in expected
    ]


def _shifts_in(shifts: Sequence[Shift], one: Expectation) -> Sequence[Shift]:
    """Return those of the line that an expectation is about; a gender has none of its own."""
    measure = measure_of(one.source, one.measure)
    return shifts_at(shifts, one.indicator, measure, one.unit_id) if one.gender == "T" else ()


def _cells(
    session: Session, actor: Actor, organizer_id: UUID, expected: Sequence[Expectation]
) -> pl.DataFrame:
    asked = Asked(
        list({one.measure for one in expected}),
        published=ALIKE,
        parameters={
            "genders": list({one.gender for one in expected}),
            "kinds": list({one.area_type for one in expected}),
        },
    )
    return cells(session, actor, organizer_id, asked)


def _entry(
    frame: pl.DataFrame,
    one: Expectation,
    content: dict[str, Any],
    readings: Sequence[EffectReading],
) -> Entry:
    key = key_of(one)
    numbers = beside(frame, key)
    own = numbers if key.is_own else None
    ground = thaw(one.area_code, one.fingerprint, one.reason, content, own)
    breaks = [*breaks_of(one.indicator), *zeros_of(frame, key)]
    line = line_at(frame, key, one.area_code, breaks)
    outcome = outcome_of(one.direction, one.unit_of_measure)
    told = read_outcome(ground, line, Now(numbers, breaks), one.expected_in, outcome)
    return Entry(one, ground if told.holds else None, line, told, readings)


def entries_of_action(session: Session, actor: Actor, action: Action) -> list[Entry]:
    """Return what is expected of an insats, read against the values of today."""
    questions = [expected_of(actor, action), *judging_questions(actor, action)]
    found = gather(session, questions)
    return entries_in(session, actor, action.organizer_id, found, action.id)


def entry_by_id(
    session: Session, actor: Actor, organizer_id: UUID, expectation_id: UUID
) -> tuple[Entry, Action, Sequence[FollowUp]]:
    """Return an expectation read against today's values, its insats and its answered follow-ups.

    Raises Missing when it is not there for this person.
    """
    mine = visible(Expectation, actor).where(
        Expectation.organizer_id == organizer_id, Expectation.id == expectation_id
    )
    action = mine.with_only_columns(Expectation.action_id)
    of = FrozenGround.expectation_id, EffectReading.expectation_id
    found = gather(
        session,
        [
            mine,
            visible(FrozenGround, actor).where(of[0] == expectation_id),
            visible(EffectReading, actor).where(of[1] == expectation_id),
            live_shifts(actor, organizer_id),
            visible(Action, actor).where(Action.id.in_(action)),
            visible(FollowUp, actor).where(FollowUp.action_id.in_(action)),
        ],
    )
    of_action = found.of(Action)
    if not of_action:
        raise Missing
    (entry,) = entries_in(session, actor, organizer_id, found, of_action[0].id)
    return entry, of_action[0], found.of(FollowUp)


def expectation_by_id(
    session: Session, actor: Actor, organizer_id: UUID, expectation_id: UUID
) -> tuple[Expectation, Action]:
    """Return an expectation and its insats, to be changed; raise Missing when not there."""
    found = session.execute(
        visible(Expectation, actor)
        .join(Action, Action.id == Expectation.action_id)
        .where(Expectation.organizer_id == organizer_id, Expectation.id == expectation_id)
        .add_columns(Action)
    ).one_or_none()
    if found is None:
        raise Missing
    return found[0], found[1]


def reading_questions(actor: Actor, action: Action) -> list[Select[Any]]:
    """Return the queries of what is expected of an insats and what has been read of it."""
    _grounds, readings, _shifts = judging_questions(actor, action)
    return [expected_of(actor, action), readings]


def expected_and_read(found: Gathered) -> list[tuple[Expectation, EffectReading | None]]:
    """Return what is expected of an insats in the order it was written, with its last reading.

    One that was made before there was any outcome is none.
    """
    read = [one for one in found.of(EffectReading) if one.periods]
    last = {one.expectation_id: one for one in sorted(read, key=attrgetter("read_at"))}
    rows = sorted(found.of(Expectation), key=attrgetter("id"))
    return [(one, last.get(one.id)) for one in rows]
