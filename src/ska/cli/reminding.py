"""What the reminders of a day are, as the scheduler would send them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine

from ska.scheduler import STOCKHOLM, Scheduler
from ska.settings import Settings

EIGHT = time(8)


def remind_on(engine: Engine, settings: Settings, day: date, *, keep: bool) -> list[dict[str, Any]]:
    """Plan and send as at eight in the morning of *day*; return what went (or would go) out."""
    scheduler = Scheduler(engine, settings, lambda: datetime.combine(day, EIGHT, STOCKHOLM))
    plans = scheduler.plan(keep=keep)
    if keep:
        scheduler.send()
    return [
        {
            "organizer": plan.organizer.name,
            "step": one.step.name,
            "step_id": str(one.step.id),
            "unit": plan.units.get(one.step.unit_id, "") if one.step.unit_id else "",
            "due": one.step.due.isoformat(),
            "rule": one.send.rule,
            "escalates": one.send.escalates,
            "receivers": ", ".join(person.name for person in one.receivers),
        }
        for plan in plans
        for one in plan.planned
    ]
