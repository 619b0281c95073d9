"""Reminders as data: how long before a due date people hear of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class ReminderDefinition(BaseModel):
    """When reminders go out, counted from the due date (ska-process §5)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead_days: Annotated[tuple[Annotated[int, Field(ge=1, le=180)], ...], Field(max_length=6)] = (
        35,
        21,
        7,
    )
    last_working_day: bool = True
    escalate_after: Annotated[int, Field(ge=1, le=40)] | None = 5
