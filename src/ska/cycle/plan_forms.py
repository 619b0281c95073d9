"""What people write in a plan over several years."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, model_validator

from ska.access import Role
from ska.core.fields import Choice, FreeText, Optional, Required
from ska.core.school_year import SchoolYear
from ska.core.swedish import parse_whole
from ska.core.text import _
from ska.cycle.models import MultiYearPlan

YEARS = tuple(f"year_{number}" for number in range(1, 7))


def _number(low: int, high: int, wrong: str) -> BeforeValidator:
    def check(value: Any) -> int:
        text = str(value).strip()
        number = parse_whole(text, low, high)
        if number is None:
            raise ValueError(wrong)
        return number

    return BeforeValidator(check)


def _rows(text: str) -> str:
    rows = _lines(text)
    if len(rows) > 12 or any(not 3 <= len(row) <= 100 for row in rows):
        raise ValueError(_("Skriv högst tolv rader, var och en på 3–100 tecken."))
    return "\n".join(rows)


def _lines(text: str) -> list[str]:
    """Return the lines, each once, as it was written first."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found.setdefault(line.casefold(), line)
    return list(found.values())


Subjects = Annotated[str, Optional(1500), AfterValidator(_rows)]


class PlanForm(FreeText):
    """A plan over at most six läsår: what is looked at each of them, one thing a line."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Granskning av undervisningen",
        "first_year": 2026,
        "month": 11,
        "responsible": "quality_lead",
        "year_1": "Matematik\nLäsning",
        "year_2": "Trygghet och studiero",
        "year_3": "Särskilt stöd",
        "year_4": "Övergångar mellan skolformer",
    }

    name: Annotated[str, Required(_("Skriv vad planen heter"), 80)]
    first_year: Annotated[int, _number(2000, 2100, _("Välj vilket läsår planen börjar"))]
    month: Annotated[int, _number(1, 12, _("Välj en månad"))]
    responsible: Annotated[Role, Choice(Role, _("Välj vilken roll som ansvarar"))]
    year_1: Subjects = ""
    year_2: Subjects = ""
    year_3: Subjects = ""
    year_4: Subjects = ""
    year_5: Subjects = ""
    year_6: Subjects = ""

    @model_validator(mode="after")
    def _over_years(self) -> PlanForm:
        if sum(map(bool, self.subjects)) < 2:
            raise ValueError(_("Skriv vad ni ska titta på i minst två av åren."))
        return self

    @property
    def subjects(self) -> list[list[str]]:
        """Return what is looked at each year, up to the last year with something."""
        found = [_lines(getattr(self, name)) for name in YEARS]
        while found and not found[-1]:
            found.pop()
        return found


def plan_raw(plan: MultiYearPlan) -> dict[str, str]:
    """Return a plan as its form shows it."""
    return {
        "name": plan.name,
        "first_year": str(plan.first_year),
        "month": str(plan.month),
        "responsible": plan.responsible,
    } | {name: "\n".join(some) for name, some in zip(YEARS, plan.subjects, strict=False)}


def years_to_begin(now: SchoolYear) -> list[tuple[str, str]]:
    """Return the läsår that a plan can begin in, last year's first."""
    return [(str(start), str(SchoolYear(start))) for start in range(now.start - 3, now.start + 5)]
