"""An indicator's file, and the candidates that are not confirmed as indicators."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ska.framework.definitions.common import (
    Address,
    Certainty,
    Code,
    Day,
    Direction,
    Level,
    Month,
    Part,
    Period,
    Scale,
    SchoolType,
    Text,
)


class KoladaLink(Part):
    """The nearest figure in Kolada. It is not the official measure."""

    kpi: Annotated[str, StringConstraints(pattern=r"^[NU]\d{5}$")]
    title: Text
    population: Text
    relation: Literal["same_concept", "variant", "part_of", "related"]
    by_gender: bool
    unit_values: bool
    certainty: dict[str, Certainty]


class Publisher(Part):
    """Who publishes the series of values, and where."""

    publisher: Text
    series: Text
    url: Address
    collected_by: Text | None = None


class NationalValue(Part):
    """The value of the whole country as it was seen, for a check when the table is loaded."""

    period: Period
    value: float
    seen: Day


class Coverage(Part):
    """For how many a value was published in the period; counts of areas, not of pupils."""

    period: Period
    organizers: int
    organizers_with_value: int
    units: int
    units_with_value: int


class Indicator(Part):
    """En indikator (role goal) or en förutsättning (role condition) of the national system."""

    id: Code
    source_id: str | None = None
    name: Text
    role: Literal["goal", "condition"]
    category: Text | None = None
    school_type: SchoolType
    sub_goals: tuple[Code, ...]
    published_label: Text
    label_seen: Day
    unit: Text
    scale: Scale
    better: Direction
    counts: Text | None = None
    of: Text | None = None
    definition: Text | None = None
    reading: Text
    caution: Text
    smallest_group: Annotated[int, Field(ge=3, le=50)] | None
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    period_meaning: Literal["school_year", "survey_spring", "first_calendar_year"]
    publication_month: Month | None = None
    national_value: NationalValue | None = None
    coverage: Coverage | None = None
    kolada_links: tuple[KoladaLink, ...] = ()
    source: Publisher
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]

    @model_validator(mode="after")
    def _goals_have_sub_goals_and_conditions_have_none(self) -> Indicator:
        if self.role == "goal" and not self.sub_goals:
            raise ValueError("en indikator ska höra till minst ett delmål (sub_goals)")
        if self.role == "goal" and not (self.counts and self.of):
            raise ValueError("en indikator ska säga vad som räknas (counts) och av vilka (of)")
        if self.role == "condition" and (self.sub_goals or self.better is not Direction.NEUTRAL):
            raise ValueError("en förutsättning har inga delmål och ingen riktning (neutral)")
        if self.smallest_group is None and self.scale not in {"thousand_sek", "sek_per_pupil"}:
            raise ValueError("smallest_group får bara vara tom för kostnader")
        return self


class Candidate(Part):
    """A published statistic that may, or may not, belong to the national system."""

    id: Annotated[str, StringConstraints(pattern=r"^kandidat-[a-z0-9]+(-[a-z0-9]+)*$")]
    source_id: str
    name: Text
    badge: Literal["unconfirmed"]
    school_types: Annotated[tuple[SchoolType, ...], Field(min_length=1)]
    unit: Text
    scale: Scale
    better: Direction
    counts: Text
    of: Text | None = None
    suggested_areas: tuple[Code, ...] = ()
    data_source: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    publication_month: Month | None = None
    caution: Text
    kolada_links: tuple[KoladaLink, ...] = ()
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]


class CandidateFile(Part):
    """One file of candidates a skolform."""

    candidates: Annotated[tuple[Candidate, ...], Field(min_length=1)]


class Mapped(Part):
    """What became of an item of the edition before."""

    source: Annotated[Code, Field(alias="from")]
    to: tuple[Code, ...]
    relation: Literal["same", "reworded", "split", "merged", "redefined", "ended"]
    reason: Text


class Mapping(Part):
    """From one edition to the next, item by item; what was not seen is not mapped."""

    source: Annotated[Code, Field(alias="from")]
    to: Code
    status: Literal["complete", "partial", "not_seen"]
    note: Text | None = None
    items: tuple[Mapped, ...] = ()
