"""What a resultatdialog shows: prepared while it is open, as it was when it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import Select, or_, true
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.gather import Gathered, gather
from ska.db.parts import WHOLE, Part, in_parts
from ska.dialogues.models import Agreement, BoardDecision, DialoguePack, Need, ResultsDialogue
from ska.dialogues.queries.decisions import Decided, decided_in, standing
from ska.dialogues.queries.measured import lines_of
from ska.dialogues.rules.results import (
    ANSWER_NAMES,
    KIND,
    Agreed,
    AnswerKind,
    Before,
    Choosable,
    Measured,
    Prepared,
    Wanted,
    grounds_of,
    prepared_of,
)
from ska.errors import found
from ska.organizers.dependencies import Place
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.overview.queries.pages import UnitRow, choosable
from ska.overview.queries.results import cards_of
from ska.values.levels.models import AcceptedShift
from ska.values.levels.queries import live_shifts, shift_of
from ska.writing.models import WrittenText
from ska.xrays.queries import everything
from ska.xrays.rules import Work


@dataclass(frozen=True)
class DialogueView:
    """The page of a resultatdialog."""

    unit: SchoolUnit
    dialogue: ResultsDialogue
    prepared: Prepared
    texts: dict[str, WrittenText]
    agreements: Sequence[Agreement]
    needs: Sequence[Need]
    decided: Sequence[Decided]
    earlier: Sequence[ResultsDialogue]
    grounds: Sequence[Choosable]


def dialogue_view(
    session: Session, actor: Actor, place: Place, dialogue_id: UUID, today: date
) -> DialogueView:
    """Return a dialogue: as it was kept once it is closed, else prepared of today's work.

    One statement when it is closed, four while it is open. Raises Missing.
    """
    held = _held(session, actor, place, dialogue_id)
    dialogue = next((one for one in held.of(ResultsDialogue) if one.id == dialogue_id), None)
    dialogue = found(dialogue)
    unit = held.of(SchoolUnit)[0]
    earlier = [one for one in held.of(ResultsDialogue) if one.id < dialogue.id]
    grounds: list[Choosable] = []
    if dialogue.is_open:
        work = _work(session, actor, place, unit, today)
        measured = _measured(session, actor, place, unit, held)
        prepared = prepared_of(work, unit.id, place.path, _before(held, earlier), measured)
        grounds = grounds_of(work, unit.id)
    else:
        prepared = msgspec.convert(held.of(DialoguePack)[0].content, Prepared)
    return DialogueView(
        unit,
        dialogue,
        prepared,
        {one.key: one for one in held.of(WrittenText)},
        [one for one in held.of(Agreement) if one.dialogue_id == dialogue.id],
        [one for one in held.of(Need) if one.dialogue_id == dialogue.id],
        decided_in(held),
        earlier[::-1],
        grounds,
    )


def _held(session: Session, actor: Actor, place: Place, dialogue_id: UUID) -> Gathered:
    """Return the dialogue with its unit, and all that the unit's dialogues agreed and needed."""
    organizer_id = place.organizer.id
    of_unit = (
        _dialogues(actor, organizer_id)
        .where(ResultsDialogue.id == dialogue_id)
        .with_only_columns(ResultsDialogue.unit_id)
        .scalar_subquery()
    )
    needs = visible(Need, actor).where(Need.dialogue_id == dialogue_id).with_only_columns(Need.id)
    about = or_(BoardDecision.dialogue_id == dialogue_id, BoardDecision.need_id.in_(needs))
    return gather(
        session,
        [
            standing(actor, organizer_id).where(about),
            visible(SchoolUnit, actor).where(SchoolUnit.id == of_unit),
            visible(UnitSchoolType, actor).where(UnitSchoolType.unit_id == of_unit),
            live_shifts(actor, organizer_id),
            _dialogues(actor, organizer_id).where(ResultsDialogue.unit_id == of_unit),
            visible(Agreement, actor).where(Agreement.unit_id == of_unit),
            visible(Need, actor).where(Need.unit_id == of_unit),
            visible(DialoguePack, actor).where(DialoguePack.dialogue_id == dialogue_id),
            visible(WrittenText, actor).where(
                WrittenText.organizer_id == organizer_id,
                WrittenText.subject_kind == KIND,
                WrittenText.subject_id == dialogue_id,
            ),
        ],
    )


def _dialogues(actor: Actor, organizer_id: UUID) -> Select[ResultsDialogue]:
    return visible(ResultsDialogue, actor).where(ResultsDialogue.organizer_id == organizer_id)


def _work(session: Session, actor: Actor, place: Place, unit: SchoolUnit, today: date) -> Work:
    things = everything(session, actor, place.organizer.id, today, unit.id)
    things.pop("alarms")
    return Work(today, **things)


def _measured(
    session: Session, actor: Actor, place: Place, unit: SchoolUnit, held: Gathered
) -> Measured:
    """Return the unit's indicators through the gate, those with a value in the system's order."""
    types = held.of(UnitSchoolType)
    runs = tuple(one.school_type for one in types if one.valid_to is None)
    row = UnitRow(unit.id, unit.slug, unit.name, unit.school_unit_code, runs)
    items = [
        one
        for one in choosable(session, actor, place.organizer.id)
        if one.kind != "condition" and row.has_use_of(one)
    ]
    shifts = [shift_of(one) for one in held.of(AcceptedShift)]
    found = cards_of(session, actor, place.organizer, row, items, shifts=shifts)
    cards = list(found.values())
    lines = lines_of(cards, f"{place.path}/resultat", f"?enhet={unit.slug}")
    return Measured(lines, len(cards) - len(lines))


def _before(held: Gathered, earlier: Sequence[ResultsDialogue]) -> Before | None:
    """Return the last dialogue with what was agreed; needs of older ones while they wait."""
    if not earlier:
        return None
    last = earlier[-1]
    agreed = [
        Agreed(one.text, one.owner_role, one.due, one.action_id)
        for one in held.of(Agreement)
        if one.dialogue_id == last.id
    ]
    ids = {one.id for one in earlier}
    needs = [
        _wanted(one)
        for one in held.of(Need)
        if one.dialogue_id == last.id or (one.dialogue_id in ids and one.answered_at is None)
    ]
    return Before(last.held_on, last.took_part, agreed, needs)


def _wanted(need: Need) -> Wanted:
    return Wanted(
        need.text,
        need.answer_by,
        ANSWER_NAMES[AnswerKind(need.answer_kind)] if need.answer_kind else "",
        need.answer or "",
        need.answered_by or "",
    )


def dialogue_by_id(
    session: Session, actor: Actor, organizer_id: UUID, dialogue_id: UUID
) -> ResultsDialogue:
    """Return a dialogue to act on; raise Missing when it is not there for this person."""
    return found(
        session.scalar(_dialogues(actor, organizer_id).where(ResultsDialogue.id == dialogue_id))
    )


def every_dialogue(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[ResultsDialogue]:
    """Return the dialogues that the person sees, the latest first."""
    order = (ResultsDialogue.held_on.desc(), ResultsDialogue.id.desc())
    return session.scalars(in_parts(session, _dialogues(actor, organizer_id), order, part)).all()


@dataclass(frozen=True)
class UnitLine:
    """A unit with its dialogues, the latest first."""

    unit: SchoolUnit
    dialogues: Sequence[ResultsDialogue]
    waiting: int

    @property
    def going_on(self) -> ResultsDialogue | None:
        """Return the one that is open."""
        return next((one for one in self.dialogues if one.is_open), None)


def dialogues_of(
    session: Session, actor: Actor, organizer_id: UUID, units: frozenset[UUID] | None, today: date
) -> list[UnitLine]:
    """Return the units at work and their dialogues, one statement; *units* None is all of them."""
    tables = (SchoolUnit, ResultsDialogue, Need)
    got = gather(
        session,
        [visible(table, actor).where(table.organizer_id == organizer_id) for table in tables],
    )
    lines = []
    for unit in sorted(got.of(SchoolUnit), key=lambda one: (one.name, one.id)):
        dialogues = [one for one in got.of(ResultsDialogue) if one.unit_id == unit.id][::-1]
        waiting = [
            one for one in got.of(Need) if one.unit_id == unit.id and one.answered_at is None
        ]
        mine = units is None or unit.id in units
        if mine and (unit.is_open(today) or dialogues):
            lines.append(UnitLine(unit, dialogues, len(waiting)))
    return lines


@dataclass(frozen=True)
class NeedLine:
    """A need, with the unit that has it and the day it was told."""

    need: Need
    unit: str
    held_on: date


def needs_of(
    session: Session, actor: Actor, organizer_id: UUID, need_id: UUID | None = None
) -> list[NeedLine]:
    """Return the needs that the person sees, those that wait first, the oldest of them first.

    With *need_id* only that one.
    """
    one = true() if need_id is None else Need.id == need_id
    rows = session.execute(
        visible(Need, actor)
        .where(Need.organizer_id == organizer_id, one)
        .join(SchoolUnit, SchoolUnit.id == Need.unit_id)
        .join(ResultsDialogue, ResultsDialogue.id == Need.dialogue_id)
        .add_columns(SchoolUnit.name, ResultsDialogue.held_on)
        .order_by(Need.answered_at.is_not(None), Need.answered_at.desc(), Need.id)
    )
    return [NeedLine(*row) for row in rows]


def need_by_id(session: Session, actor: Actor, organizer_id: UUID, need_id: UUID) -> Need:
    """Return a need to act on; raise Missing when it is not there for this person."""
    return found(
        session.scalar(
            visible(Need, actor).where(Need.organizer_id == organizer_id, Need.id == need_id)
        )
    )
