"""What is true of steps whoever asks: their state, who holds them, who stands above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ska.core.text import _
from ska.notices.rules import Deadline


class StepState(StrEnum):
    """Where a step stands; the last two are computed from the day."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SNOOZED = "snoozed"
    LATE = "late"

    @property
    def label(self) -> str:
        """Return the word that readers see."""
        return _STATE_WORDS[self]

    @property
    def tone(self) -> str:
        """Return the mood of the word in a status mark."""
        return _STATE_TONES[self]


_STATE_WORDS = {
    StepState.NOT_STARTED: _("Ej påbörjad"),
    StepState.IN_PROGRESS: _("Pågår"),
    StepState.DONE: _("Klar"),
    StepState.SNOOZED: _("Uppskjuten"),
    StepState.LATE: _("Försenad"),
}
_STATE_TONES = {
    StepState.NOT_STARTED: "neutral",
    StepState.IN_PROGRESS: "info",
    StepState.DONE: "ok",
    StepState.SNOOZED: "warn",
    StepState.LATE: "error",
}


def state_of(facts: Deadline, today: date) -> StepState:
    """Tell where a step stands on the day."""
    if facts.done_on is not None and facts.done_on <= today:
        return StepState.DONE
    if facts.is_snoozed(today):
        return StepState.SNOOZED
    if today > facts.due:
        return StepState.LATE
    return StepState.IN_PROGRESS if facts.started_on else StepState.NOT_STARTED


_NEXT_LEVEL = {
    "teacher": "principal",
    "lead_teacher": "principal",
    "student_health": "principal",
    "principal": "director_of_education",
    "quality_lead": "director_of_education",
    "network_chair": "quality_lead",
}


@dataclass(frozen=True)
class Holder:
    """Someone who holds a role on the day in question: in the huvudman, or in one unit of it."""

    person_id: UUID
    name: str
    email: str
    role: str
    unit_id: UUID | None


def holders_of(
    role: str,
    unit_id: UUID | None,
    holders: Iterable[Holder],
    concerned: Collection[UUID] = (),
) -> list[Holder]:
    """Return those who hold the role for the unit; else for the whole; else for each *concerned*.

    What the huvudman asks of a role that units have is seen to in the units that it concerns.
    """
    held = [one for one in holders if one.role == role]
    own = [one for one in held if one.unit_id == unit_id]
    whole = own or [one for one in held if one.unit_id is None]
    each = {one.person_id: one for one in held if one.unit_id in concerned}
    return whole or list(each.values())


def receivers_of(
    role: str,
    unit_id: UUID | None,
    holders: Sequence[Holder],
    concerned: Collection[UUID] = (),
) -> list[Holder]:
    """Return who hears of the step: the role's holders, or when it is vacant the next level's.

    At the end of the chain stand kvalitetsutvecklare and administratör: a vacancy loses nothing.
    """
    chain: list[str] = []
    step: str | None = role
    while step is not None:
        chain.append(step)
        step = next_level(step)
    for one in (*chain, "quality_lead", "organizer_admin"):
        found = holders_of(one, unit_id, holders, concerned)
        if found:
            return found
    return []


def next_level(role: str) -> str | None:
    """Return the role that hears of a late step; nobody stands above skolchef and nämnd here."""
    return _NEXT_LEVEL.get(role)
