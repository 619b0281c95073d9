"""What is done and by whom, as the rules see it: units, roles, insatser, the wheel, goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ska.core.school_year import SchoolYear


@dataclass(frozen=True)
class Unit:
    """A unit; *is_open* tells whether it is at work today."""

    id: UUID
    slug: str
    name: str
    is_open: bool


@dataclass(frozen=True)
class UnitType:
    """A skolform of a unit."""

    unit_id: UUID
    school_type: str


@dataclass(frozen=True)
class Held:
    """A role that someone holds, has held or will hold."""

    person_id: UUID
    role: str
    unit_id: UUID | None
    acting: bool
    valid_from: date
    valid_to: date | None

    def on(self, day: date) -> bool:
        """Tell whether the role is held on *day*."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True)
class Action:
    """An insats or åtgärd."""

    id: UUID
    unit_id: UUID | None
    area_id: UUID | None
    deficiency_id: UUID | None
    kind: str
    title: str
    owner_role: str
    is_investigation: bool
    starts: date
    ends: date | None
    state: str
    updated_at: datetime

    @property
    def at(self) -> str:
        """Return its address below the huvudman's."""
        return f"/insatser/{self.id}"

    @property
    def in_force(self) -> bool:
        """Tell whether it gäller."""
        return self.state == "in_force"


@dataclass(frozen=True)
class FollowUp:
    """An uppföljning, waiting, answered or cancelled."""

    id: UUID
    action_id: UUID
    planned_on: date
    done_answer: str | None
    effect_answer: str | None
    learned: str
    answered_at: datetime | None
    cancelled_at: datetime | None

    @property
    def at(self) -> str:
        """Return its address below the huvudman's."""
        return f"/uppfoljningar/{self.id}"

    @property
    def waits(self) -> bool:
        """Tell whether it is still to be made."""
        return self.answered_at is None and self.cancelled_at is None


@dataclass(frozen=True)
class Decision:
    """A beslut after a follow-up."""

    id: UUID
    follow_up_id: UUID
    kind: str
    reason: str
    decided_on: date


@dataclass(frozen=True)
class Deficiency:
    """A brist."""

    id: UUID
    unit_id: UUID | None
    text: str
    found_on: date
    mended_on: date | None

    @property
    def at(self) -> str:
        """Return its address below the huvudman's."""
        return f"/brister/{self.id}"


@dataclass(frozen=True)
class Wheel:
    """An årshjul."""

    id: UUID
    unit_id: UUID | None
    school_year: int
    kind: str = "organizer"

    @property
    def at(self) -> str:
        """Return the address of its year's wheel below the huvudman's."""
        return f"/{SchoolYear(self.school_year).slug}/arshjul"


@dataclass(frozen=True)
class Step:
    """A step of a wheel; *follows_board* tells that its date hangs on the nämnd's meeting."""

    id: UUID
    cycle_id: UUID
    unit_id: UUID | None
    name: str
    responsible: str
    artefact: str
    law: tuple[str, ...]
    review: tuple[str, ...]
    due: date
    done_on: date | None
    snoozed_until: date | None
    follows_board: bool


@dataclass(frozen=True)
class BoardDate:
    """A day the nämnd meets."""

    day: date


@dataclass(frozen=True)
class Goal:
    """A local goal."""

    id: UUID
    title: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class GoalMeasure:
    """A local indicator that is in use."""

    id: UUID
    local_goal_id: UUID | None


@dataclass(frozen=True)
class Tie:
    """A local goal or indicator that is tied to the national system."""

    local_goal_id: UUID | None
    local_indicator_id: UUID | None
    item_kind: str

    @property
    def is_indicator(self) -> bool:
        """Tell whether it is tied to an indicator."""
        return self.item_kind == "indicator"
