"""What people write about the year."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from ska.access import Role
from ska.core.fields import Choice, Day, Optional, Required, Tick, Written
from ska.core.personal_data import find_personal_data
from ska.core.swedish import parse_whole
from ska.core.text import _


def guarded(text: str) -> str:
    for hit in find_personal_data(text):
        raise ValueError(hit.sentence)
    return text


def days_before(value: object) -> tuple[int, ...]:
    parts = value if isinstance(value, (list, tuple)) else str(value).replace(";", ",").split(",")
    try:
        days = {int(str(part)) for part in parts if str(part).strip()}
    except ValueError:
        raise ValueError(
            _("Skriv antal dagar med komma emellan, till exempel 35, 21, 7.")
        ) from None
    if len(days) > 6 or any(not 1 <= day <= 180 for day in days):
        raise ValueError(_("Skriv högst sex tal mellan 1 och 180."))
    return tuple(sorted(days, reverse=True))


def days_late(value: object) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    days = parse_whole(text, 1, 40)
    if days is None:
        raise ValueError(_("Skriv ett antal arbetsdagar mellan 1 och 40, eller lämna tomt."))
    return days


class Wheel(StrEnum):
    """Which wheels to make from the template."""

    ORGANIZER = "organizer"
    UNITS = "units"
    BOTH = "both"


class StartForm(Written):
    """The wheels to make for a läsår, and their template (empty: the default)."""

    example: ClassVar[dict[str, Any]] = {
        "wheels": "both",
    }

    wheels: Annotated[Wheel, Choice(Wheel, _("Välj vilka årshjul som ska skapas"))]
    template: Annotated[str, Optional(60)] = ""


class MoveForm(Written):
    """A new date for a step, and why."""

    example: ClassVar[dict[str, Any]] = {
        "due": "2026-10-02",
        "because": "Proven blev senare i år",
    }

    due: Annotated[date, Day(_("Skriv det nya datumet"))]
    because: Annotated[
        str, Required(_("Skriv varför datumet flyttas"), 300), AfterValidator(guarded)
    ]


class SnoozeForm(Written):
    """Until when a step is put off, and why."""

    example: ClassVar[dict[str, Any]] = {
        "until": "2026-09-25",
        "reason": "Väntar på höstens enkät",
    }

    until: Annotated[date, Day(_("Skriv till vilket datum påminnelserna ska vänta"))]
    reason: Annotated[
        str, Required(_("Skriv varför steget skjuts upp"), 300), AfterValidator(guarded)
    ]


class CompleteForm(Written):
    """That a step is done, with a word about it."""

    example: ClassVar[dict[str, Any]] = {
        "note": "Klar och delad med lärarna",
    }

    note: Annotated[str, Optional(1000), AfterValidator(guarded)] = ""


class EmptyForm(Written):
    """A button that needs no words."""


class SettingsForm(Written):
    """Who sees to a step and when its reminders go out."""

    example: ClassVar[dict[str, Any]] = {
        "responsible": "principal",
        "lead_days": [21, 7],
        "last_working_day": True,
    }

    responsible: Annotated[Role, Choice(Role, _("Välj vilken roll som ansvarar"))]
    lead_days: Annotated[tuple[int, ...], BeforeValidator(days_before)]
    last_working_day: Tick = False
    escalate_after: Annotated[int | None, BeforeValidator(days_late)] = None


class BoardDateForm(Written):
    """A day the nämnd meets."""

    example: ClassVar[dict[str, Any]] = {
        "day": "2026-11-26",
        "name": "Barn- och utbildningsnämnden",
    }

    day: Annotated[date, Day(_("Skriv mötets datum"))]
    name: Annotated[str, Optional(80), AfterValidator(guarded)] = ""
