"""What seeds/demo/ may say of an analysis; its parts are checked by the same forms as on pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A part of the demo's files, as it is written there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FollowUpSeed(Frozen):
    """A follow-up, answered and decided when the demo has lived past it."""

    planned_on: date
    answered_on: date | None = None
    answer: dict[str, Any] | None = None
    decision: dict[str, Any] | None = None


class ActionSeed(Frozen):
    """An insats of an area; *lent* is what the network reads of it, when it is lent.

    *borrowed* is the title of the arbetssätt that it was made of, *told* what is told back of it.
    """

    form: dict[str, Any]
    in_force: bool = True
    follow_ups: list[FollowUpSeed] = Field(default_factory=list)
    expectations: list[dict[str, Any]] = Field(default_factory=list)
    lent: dict[str, Any] | None = None
    borrowed: str = ""
    told: dict[str, Any] | None = None


class AreaSeed(Frozen):
    """A development area; causes by their place in the analysis, from 1."""

    form: dict[str, Any]
    causes: list[int]
    effects: list[dict[str, Any]] = Field(default_factory=list)
    actions: list[ActionSeed] = Field(default_factory=list)


class FindingSeed(Frozen):
    """A finding with its causes; observations by their place, from 1."""

    form: dict[str, Any]
    observations: list[int] = Field(default_factory=list)
    causes: list[dict[str, Any]] = Field(default_factory=list)


class AnalysisSeed(Frozen):
    """An analysis with everything in it."""

    title: str
    writer: str
    year: int
    written_on: date
    unit: str | None = None
    about: list[str] = Field(default_factory=list)
    texts: dict[str, str] = Field(default_factory=dict)
    observations: list[dict[str, Any]] = Field(default_factory=list)
    findings: list[FindingSeed] = Field(default_factory=list)
    areas: list[AreaSeed] = Field(default_factory=list)
    participation: list[dict[str, Any]] = Field(default_factory=list)
    established_on: date | None = None
    established_by: str | None = None
