"""What the page before the state's kvalitetsdialog holds, kind by kind. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ska.core.text import _
from ska.dialogues.rules.results import Before, MeasureLine, Since
from ska.dialogues.rules.voices import Answer, Told
from ska.handover.rules import Line, Tried

KIND = "national_quality_dialogue"
SECTIONS: dict[str, tuple[str, str]] = {
    "organisation": (
        _("Om organisationen"),
        _("Vad behöver den som inte känner er veta? Till exempel det ni köper av andra."),
    ),
    "questions": (
        _("Våra egna frågor"),
        _("Vad vill ni själva prata om med Skolverket och SPSM?"),
    ),
    "conclusions": (
        _("Våra slutsatser efter dialogen"),
        _("Vad tar ni med er? Vad gör ni annorlunda nu?"),
    ),
}


@dataclass(frozen=True)
class FormLine:
    """A skolform and the units that run it."""

    name: str
    units: list[str]


@dataclass(frozen=True)
class GoalLines:
    """A delmål with its indicators, and the names of those without a value."""

    heading: str
    is_ours: bool
    measures: list[MeasureLine]
    silent: list[str]


@dataclass(frozen=True)
class FactorLine:
    """A success factor as each voice sees it, and what differs."""

    code: str
    heading: str
    voices: list[Told]
    difference: str


@dataclass(frozen=True)
class AreaLine:
    """A development area with its causes and the change that is expected."""

    title: str
    href: str
    analysis: str
    causes: list[str]
    effects: list[str]


@dataclass(frozen=True)
class UnitWork:
    """The units' insatser in numbers."""

    ongoing: int
    ended: int
    with_effect: int


@dataclass(frozen=True)
class National:
    """The page of story 8: what is known, and what is missing with where it is mended."""

    since: Since | None
    forms: list[FormLine]
    goals: list[GoalLines]
    factors: list[FactorLine]
    areas: list[AreaLine]
    ongoing: list[Line]
    ended: list[Tried]
    units: UnitWork
    taken_part: list[str]
    decided: list[Line]
    texts: dict[str, str]
    missing: list[Line]


@dataclass(frozen=True)
class Factor:
    """A success factor of the framework."""

    code: str
    heading: str


@dataclass(frozen=True)
class Ground:
    """What was read beside the work; *path* is the huvudman's address, *here* the dialogue's."""

    path: str
    here: str
    types: Sequence[tuple[str, UUID]]
    goals: list[GoalLines]
    factors: Sequence[Factor]
    answers: Sequence[Answer]
    texts: dict[str, str]
    before: Before | None
    decided: list[Line]
    held_on: date | None
