"""The ledger: every expectation of a huvudman with where it stands and what has been read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.effects.lines import KEY, Key, line_at
from ska.actions.effects.queries import HERE
from ska.actions.effects.rules import (
    DIRECTION_NAMES,
    GENDER_NAMES,
    STANDING_NAMES,
    Direction,
    Gender,
    Standing,
    in_words,
    say,
    standing_of,
)
from ska.actions.models import Action, EffectReading, Expectation, FollowUp
from ska.actions.rules import EFFECT_NAMES, EffectAnswer
from ska.db.parts import WHOLE, Part, in_parts
from ska.values.exporting import Cell, safe
from ska.values.own import Asked, cells

_COLUMNS = (
    *("id", "action_id", "unit_id", "indicator", "title", "gender", "direction", "size", "area"),
    *("unit_of_measure", "expected_in", "withdrawn_at", "withdrawn_reason", "detectable", "reason"),
    *(name for name in KEY if name != "gender"),
    *("area_code", "written_at", "written_by"),
)


@dataclass(frozen=True)
class LedgerRow:
    """An expectation in the ledger; *word* is what was last read, beside what people *answered*."""

    id: UUID
    action_id: UUID
    action: str
    unit_id: UUID | None
    area: str
    indicator: str
    title: str
    gender: str
    direction: str
    size: Decimal
    unit_of_measure: str
    expected_in: str
    standing: Standing
    verdict: str | None
    word: str
    answer: str | None
    read_at: datetime | None
    withdrawn_reason: str | None

    @property
    def sentence(self) -> str:
        """Return what is expected."""
        size = float(self.size)
        return say(self.title, self.direction, size, self.unit_of_measure, self.expected_in)


def ledger(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> list[LedgerRow]:
    """Return the huvudman's expectations, the newest first."""
    query = _ledger(actor, organizer_id)
    order = (Expectation.written_at.desc(), Expectation.id)
    rows = session.execute(in_parts(session, query, order, part)).all()
    known = _outcomes(session, actor, organizer_id, rows)
    return [_row(row, has_outcome=row.id in known) for row in rows]


def _ledger(actor: Actor, organizer_id: UUID) -> Select[Any]:
    last = (
        select(
            EffectReading.expectation_id,
            EffectReading.verdict,
            EffectReading.word,
            EffectReading.read_at,
            FollowUp.effect_answer,
        )
        .join(FollowUp, FollowUp.id == EffectReading.follow_up_id)
        .where(EffectReading.organizer_id == organizer_id, EffectReading.periods != "")
        .ext(distinct_on(EffectReading.expectation_id))
        .order_by(EffectReading.expectation_id, EffectReading.read_at.desc())
        .subquery()
    )
    return (
        visible(Expectation, actor)
        .where(Expectation.organizer_id == organizer_id)
        .join(Action, Action.id == Expectation.action_id)
        .outerjoin(last, last.c.expectation_id == Expectation.id)
        .with_only_columns(
            *(getattr(Expectation, name) for name in _COLUMNS),
            Action.title.label("action"),
            last.c.verdict,
            last.c.word,
            last.c.read_at,
            last.c.effect_answer,
        )
    )


def _outcomes(session: Session, actor: Actor, organizer_id: UUID, rows: Sequence[Any]) -> set[UUID]:
    """Return the expectations that there is a value to read for, in one question."""
    open_still = [row for row in rows if row.withdrawn_at is None]
    if not open_still:
        return set()
    asked = Asked(
        list({row.measure for row in open_still}),
        published=HERE,
        parameters={
            "genders": list({row.gender for row in open_still}),
            "types": [row.area_type for row in open_still],
            "codes": [row.area_code for row in open_still],
        },
    )
    frame = cells(session, actor, organizer_id, asked)
    return {row.id for row in open_still if _has_outcome(frame, row)}


def _has_outcome(frame: pl.DataFrame, row: Any) -> bool:
    key = Key(**{name: getattr(row, name) for name in KEY})
    line = line_at(frame, key, row.area_code)
    if line is None:
        return False
    return any(line.number(one.period) >= line.number(row.expected_in) for one in line.known)


def _row(row: Any, *, has_outcome: bool) -> LedgerRow:
    standing = standing_of(
        is_withdrawn=row.withdrawn_at is not None,
        is_read=row.read_at is not None,
        has_outcome=has_outcome,
    )
    names = set(LedgerRow.__dataclass_fields__) - {"standing", "word", "answer"}
    told = {name: getattr(row, name) for name in names}
    return LedgerRow(**told, standing=standing, word=row.word or "", answer=row.effect_answer)


HEAD = (
    *("Insats", "Var", "Indikator", "Vilkas värden", "Åt vilket håll", "Minst", "Enhet", "Från"),
    *("Läge", "Siffrorna sade", "Ert svar om effekt", "Avläst"),
)


def sheet_rows(rows: Sequence[LedgerRow]) -> list[tuple[Cell, ...]]:
    """Return the ledger's rows for a sheet: people's own words and verdicts, no values."""
    return [
        (
            safe(row.action),
            safe(row.area),
            safe(row.title),
            GENDER_NAMES[Gender(row.gender)],
            DIRECTION_NAMES[Direction(row.direction)],
            float(row.size),
            in_words(row.unit_of_measure),
            row.expected_in,
            STANDING_NAMES[row.standing],
            row.word,
            EFFECT_NAMES[EffectAnswer(row.answer)] if row.answer else "",
            row.read_at.date().isoformat() if row.read_at else "",
        )
        for row in rows
    ]
