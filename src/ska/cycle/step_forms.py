"""What people write in a step: what, who, and when by a rule; back to what the form shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationInfo,
    field_validator,
)

from ska.access import Role
from ska.core.fields import Amount, Choice, Count, FreeText, Optional, Required, Tick
from ska.core.swedish import parse_whole
from ska.core.text import _
from ska.cycle.definitions import Artefact, DateRule, Level, StepDefinition
from ska.cycle.forms import days_before, days_late, guarded
from ska.cycle.words import PHASE_NAMES
from ska.notices.definitions import ReminderDefinition


class Rule(StrEnum):
    """The ways to say when a step is due."""

    BY_DATE = "by_date"
    WEEKS = "weeks"
    MONTHS = "months"
    LAST_WEEKDAY = "last_weekday"
    FIRST_WEEKDAY = "first_weekday"
    BOARD = "board"
    AFTER_STEP = "after_step"
    RELEASE = "release"


def _listed(value: Any) -> Any:
    if value in (None, ""):
        return []
    return [one for one in value if one != ""] if isinstance(value, (list, tuple)) else [value]


def _lines(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, (list, tuple)) else str(value or "").split(",")
    lines = tuple(str(part).strip() for part in parts if str(part).strip())
    if len(lines) > 6 or any(len(line) > 60 for line in lines):
        raise ValueError(_("Skriv högst sex lagrum, med komma emellan."))
    return tuple(guarded(line) for line in lines)


def _phase(text: str) -> str:
    """Return the key of one of Skolverket's questions, or the phase by its own name."""
    return next((str(key) for key, name in PHASE_NAMES.items() if text in (key, name)), text)


def _when(rules: set[Rule], check: Callable[[Any], Any], missing: str = "") -> BeforeValidator:
    """Return the check of a part that only some rules have; else it is left alone."""

    def checked(value: Any, info: ValidationInfo) -> Any:
        if info.data.get("rule") not in rules:
            return None
        found = check(value)
        if found is None and missing:
            raise ValueError(missing)
        return found

    return BeforeValidator(checked)


def _number(low: int, high: int, wrong: str) -> Callable[[Any], int | None]:
    def check(value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        number = parse_whole(text, low, high)
        if number is None:
            raise ValueError(wrong)
        return number

    return check


def _key(value: Any) -> str | None:
    text = "" if value is None else str(value).strip()
    return text if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) and len(text) <= 60 else None


def _one_of(*choices: str) -> Callable[[Any], str]:
    """Return the check of a choice whose first is what an empty one means."""

    def check(value: Any) -> str:
        if value not in (None, "", *choices):
            raise ValueError(_("Välj något i listan."))
        return str(value or choices[0])

    return check


_WEEK = _number(1, 53, _("Skriv ett veckonummer mellan 1 och 53"))
_MONTH = _number(1, 12, _("Välj en månad"))
_DAY = _number(1, 31, _("Skriv en dag mellan 1 och 31"))
_WEEKDAY = _number(1, 5, _("Välj en veckodag"))
_DAYS = _number(0, 60, _("Skriv ett antal arbetsdagar mellan 0 och 60"))
_SPAN = {Rule.MONTHS, Rule.BOARD}
_ONE = {Rule.LAST_WEEKDAY, Rule.FIRST_WEEKDAY, Rule.BY_DATE}
_COUNTED = {Rule.BOARD, Rule.AFTER_STEP, Rule.RELEASE}
Part = int | None


class StepForm(FreeText):
    """A step of a wheel: what, who, and a date by a rule. Only the chosen rule's parts count.

    *everywhere* asks for the same in the wheels of that name of all units, where the person may.
    """

    example: ClassVar[dict[str, Any]] = {
        "name": "Enhetsanalys klar",
        "level": "unit",
        "phase": "where_are_we",
        "responsible": "principal",
        "artefact": "analysis",
        "law": ["skollagen 4:4"],
        "rule": "last_weekday",
        "month": 8,
        "hours": 12,
        "lead_days": [35, 21, 7],
        "last_working_day": True,
        "escalate_after": 5,
    }

    name: Annotated[str, Required(_("Skriv vad som ska bli klart"), 120)]
    guidance: Annotated[str, Optional(600)] = ""
    level: Annotated[Level, Choice(Level, _("Välj vems steg det är"))]
    phase: Annotated[
        str,
        Required(_("Skriv vilken del av året steget hör till"), 60),
        AfterValidator(_phase),
    ]
    responsible: Annotated[Role, Choice(Role, _("Välj vilken roll som ansvarar"))]
    together_with: Annotated[list[Role], BeforeValidator(_listed)] = Field(default_factory=list)
    artefact: Annotated[Artefact, Choice(Artefact, _("Välj vad steget lämnar efter sig"))]
    law: Annotated[tuple[str, ...], BeforeValidator(_lines)] = ()
    rule: Annotated[Rule, Choice(Rule, _("Välj hur datumet räknas"))]
    first_week: Annotated[Part, _when({Rule.WEEKS}, _WEEK, _("Skriv den första veckan"))]
    last_week: Annotated[Part, _when({Rule.WEEKS}, _WEEK, _("Skriv den sista veckan"))]
    first_month: Annotated[Part, _when(_SPAN, _MONTH, _("Välj den första månaden"))]
    last_month: Annotated[Part, _when(_SPAN, _MONTH, _("Välj den sista månaden"))]
    month: Annotated[Part, _when(_ONE, _MONTH, _("Välj en månad"))]
    day: Annotated[Part, _when({Rule.BY_DATE}, _DAY, _("Skriv vilken dag i månaden"))]
    weekday: Annotated[Part, _when({Rule.LAST_WEEKDAY, Rule.FIRST_WEEKDAY}, _WEEKDAY)]
    pick: Annotated[str | None, _when({Rule.BOARD}, _one_of("first", "last"))]
    step: Annotated[str | None, _when({Rule.AFTER_STEP}, _key, _("Välj vilket steg"))]
    publication: Annotated[str | None, _when({Rule.RELEASE}, _key, _("Välj vilka siffror"))]
    working_days: Annotated[Part, _when(_COUNTED, lambda value: _DAYS(value) or 0)]
    side: Annotated[str | None, _when(_COUNTED, _one_of("after", "before"))]
    latest_month: Annotated[Part, _when({Rule.AFTER_STEP}, _MONTH)]
    latest_day: Annotated[Part, _when({Rule.AFTER_STEP}, _DAY)]
    everywhere: Tick = False
    weeks_of_work: Annotated[int | None, Count(low=0, high=26)] = 4
    hours: Annotated[float | None, Amount(low=0, high=400)] = None
    hours_together: Annotated[float | None, Amount(low=0, high=400)] = None
    lead_days: Annotated[tuple[int, ...], BeforeValidator(days_before)] = (35, 21, 7)
    last_working_day: Tick = False
    escalate_after: Annotated[int | None, BeforeValidator(days_late)] = None

    @field_validator("latest_day")
    @classmethod
    def _with_its_month(cls, value: int | None, info: ValidationInfo) -> int | None:
        if (value is None) is not (info.data.get("latest_month") is None):
            raise ValueError(_("Skriv både dag och månad, eller lämna båda tomma"))
        return value

    def when(self) -> DateRule:
        """Return the date rule that was chosen, with its parts."""
        parts: dict[Rule, dict[str, Any]] = {
            Rule.WEEKS: {"first": self.first_week, "last": self.last_week},
            Rule.MONTHS: {"first": self.first_month, "last": self.last_month},
            Rule.LAST_WEEKDAY: {"month": self.month, "weekday": self.weekday},
            Rule.FIRST_WEEKDAY: {"month": self.month, "weekday": self.weekday},
            Rule.BY_DATE: {"month": self.month, "day": self.day},
            Rule.BOARD: {
                "first_month": self.first_month,
                "last_month": self.last_month,
                "pick": self.pick,
                "working_days": self._counted(),
            },
            Rule.AFTER_STEP: {
                "step": self.step,
                "working_days": self._counted(),
                "latest": self._latest(),
            },
            Rule.RELEASE: {"publication": self.publication, "working_days": self._counted()},
        }
        return _RULES.validate_python({"kind": str(self.rule), **parts[self.rule]})

    def _latest(self) -> tuple[int, int] | None:
        if self.latest_month is None or self.latest_day is None:
            return None
        return self.latest_month, self.latest_day

    def _counted(self) -> int:
        return (self.working_days or 0) * (-1 if self.side == "before" else 1)

    def definition(self, key: str) -> StepDefinition:
        """Return the step as it is kept, under *key*."""
        return StepDefinition(
            key=key,
            name=self.name,
            guidance=self.guidance,
            levels=(self.level,),
            phase=self.phase,
            responsible=self.responsible,
            together_with=tuple(self.together_with),
            artefact=self.artefact,
            law=self.law,
            when=self.when(),
            weeks_of_work=4 if self.weeks_of_work is None else self.weeks_of_work,
            hours=self.hours or 0,
            hours_together=self.hours_together or 0,
            reminders=ReminderDefinition(
                lead_days=self.lead_days,
                last_working_day=self.last_working_day,
                escalate_after=self.escalate_after,
            ),
        )


_RULES: TypeAdapter[DateRule] = TypeAdapter(DateRule)


def raw_of(step: StepDefinition, level: str) -> dict[str, Any]:
    """Return a step as its form shows it."""
    rule = step.when.model_dump(exclude={"from_month"})
    kind = rule.pop("kind")
    counted = int(rule.get("working_days", 0))
    rule["latest_month"], rule["latest_day"] = rule.pop("latest", None) or ("", "")
    names = {"first": "first_month", "last": "last_month"}
    if kind == Rule.WEEKS:
        names = {"first": "first_week", "last": "last_week"}
    parts = {names.get(name, name): _shown(value) for name, value in rule.items()}
    return {
        **parts,
        "rule": kind,
        "working_days": str(abs(counted)),
        "side": "before" if counted < 0 else "after",
        "name": step.name,
        "guidance": step.guidance,
        "level": level,
        "phase": PHASE_NAMES.get(step.phase, step.phase),
        "responsible": step.responsible,
        "together_with": list(step.together_with),
        "artefact": str(step.artefact),
        "law": ", ".join(step.law),
        "weeks_of_work": str(step.weeks_of_work),
        "hours": _shown(step.hours or None),
        "hours_together": _shown(step.hours_together or None),
        "lead_days": ", ".join(str(day) for day in step.reminders.lead_days),
        "last_working_day": "1" if step.reminders.last_working_day else "",
        "escalate_after": _shown(step.reminders.escalate_after),
    }


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
