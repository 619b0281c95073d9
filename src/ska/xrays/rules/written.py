"""What is written in analyses, as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ska.core.school_year import SchoolYear

PEACE, YEAR = timedelta(days=7), timedelta(days=365)


@dataclass(frozen=True)
class Analysis:
    """An analysis of a unit, or of the huvudman when *unit_id* is None."""

    id: UUID
    unit_id: UUID | None
    year: int
    title: str
    state: str
    updated_at: datetime
    established_at: datetime | None
    created_at: datetime

    @property
    def at(self) -> str:
        """Return its address below the huvudman's."""
        return f"/{SchoolYear(self.year).slug}/analyser/{self.id}"

    def is_new(self, today: date) -> bool:
        """Tell whether it was begun the last days and is not held out as done: left in peace."""
        return not self.is_ready and today - PEACE < self.created_at.date() <= today

    def is_current(self, today: date) -> bool:
        """Tell whether it has been written on for some days, or was fastställd the last year."""
        if self.established_at is not None:
            return self.established_at.date() > today - YEAR
        return not self.is_new(today)

    @property
    def is_ready(self) -> bool:
        """Tell whether it is held out as done: for review, or fastställd."""
        return self.state != "draft"

    @property
    def is_established(self) -> bool:
        """Tell whether it is fastställd."""
        return self.state == "established"


@dataclass(frozen=True)
class About:
    """A unit that a huvudman's analysis is about."""

    analysis_id: UUID
    unit_id: UUID


@dataclass(frozen=True)
class Participation:
    """Who was offered to take part in an analysis, and who did."""

    analysis_id: UUID
    group: str
    offered: bool
    took_part: bool


@dataclass(frozen=True)
class Observation:
    """An underlag that still counts."""

    id: UUID
    analysis_id: UUID
    kind: str
    text: str
    source: str
    unit_of_measure: str
    observed_on: date | None
    origin: str


@dataclass(frozen=True)
class Pinned:
    """A number in an underlag; *moved* tells that its source has changed it since."""

    observation_id: UUID
    analysis_id: UUID
    n: int | None
    has_value: bool
    value_id: int | None
    moved: bool = False


@dataclass(frozen=True)
class Finding:
    """A styrka or utmaning."""

    id: UUID
    analysis_id: UUID
    kind: str
    text: str


@dataclass(frozen=True)
class FindingObservation:
    """An underlag that a finding rests on."""

    finding_id: UUID
    observation_id: UUID


@dataclass(frozen=True)
class Tag:
    """What in the framework a finding is about."""

    finding_id: UUID
    analysis_id: UUID
    kind: str
    item: str

    @property
    def goal(self) -> str:
        """Return the name of what it is about."""
        return f"{self.kind}:{self.item}"


@dataclass(frozen=True)
class Cause:
    """An orsak, or an open question."""

    id: UUID
    analysis_id: UUID
    finding_id: UUID
    text: str
    is_external: bool
    is_open: bool
    answer_by: date | None


@dataclass(frozen=True)
class Evidence:
    """What speaks for or against a cause."""

    cause_id: UUID
    analysis_id: UUID
    side: str


@dataclass(frozen=True)
class Area:
    """An utvecklingsområde."""

    id: UUID
    analysis_id: UUID
    title: str


@dataclass(frozen=True)
class AreaCause:
    """A cause that an area answers."""

    area_id: UUID
    cause_id: UUID


@dataclass(frozen=True)
class Effect:
    """A förväntad effekt of an area."""

    id: UUID
    area_id: UUID
    text: str
    expected_by: date | None


@dataclass(frozen=True)
class SectionText:
    """A section of an analysis."""

    analysis_id: UUID
    key: str
    text: str
