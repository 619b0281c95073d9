"""The words that every data file shares: codes, certainty, sources."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")]
Period = Annotated[str, StringConstraints(pattern=r"^\d{4}(/\d{2})?$")]
Month = Annotated[int, Field(ge=1, le=12)]


class SchoolType(StrEnum):
    """A skolform, or a part of one, by the code of the glossary."""

    PRESCHOOL = "preschool"
    PRESCHOOL_CLASS = "preschool_class"
    COMPULSORY = "compulsory_school"
    ADAPTED_COMPULSORY = "adapted_compulsory_school"
    SPECIAL = "special_school"
    SAMI = "sami_school"
    EDUCARE = "school_age_educare"
    UPPER_SECONDARY = "upper_secondary_school"
    ADAPTED_UPPER_SECONDARY = "adapted_upper_secondary_school"
    ADULT = "municipal_adult_education"
    ADULT_BASIC = "municipal_adult_education_basic"
    ADULT_UPPER_SECONDARY = "municipal_adult_education_upper_secondary"
    ADULT_ADAPTED = "municipal_adult_education_adapted"
    ADULT_SFI = "municipal_adult_education_sfi"


class Certainty(StrEnum):
    """How a statement is known: read, retold in our words, concluded, from elsewhere, or not."""

    SEEN = "seen"
    PARAPHRASE = "paraphrase"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    MEMORY = "memory"
    NOT_SEEN = "not_seen"


class TextStatus(StrEnum):
    """Whether the official wording is here."""

    SEEN = "seen"
    FRAGMENT = "fragment"
    NOT_SEEN = "not_seen"


class Direction(StrEnum):
    """Which way is wanted. Neutral measures are never called better or worse."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


Scale = Literal[
    "percent", "mean_0_10", "count", "full_time_posts", "ratio", "thousand_sek",
    "sek_per_pupil", "points", "points_0_20", "percentage_points", "hours",
]  # fmt: skip
Level = Literal["country", "county", "municipality", "organizer", "school_unit"]
EditionKind = Literal["quality_system", "law", "curriculum", "other_framework"]


class Part(BaseModel):
    """The ground of every part of a file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeriesBreak(Part):
    """A point from which values are unlike those before, spelled for each kind of period."""

    periods: Annotated[tuple[Text, ...], Field(min_length=1)]
    reason: Text


class Source(Part):
    """A källa: where something was read, and how much of it."""

    id: Code
    title: Text
    url: Address
    access: Literal["read_in_full", "read_in_part", "opening_read", "not_opened"]
