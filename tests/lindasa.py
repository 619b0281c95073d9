"""Story 3's Lindåsa: five units, their rektorer, a new one at Björkbacka, and a skolchef."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.organizers.rules import slug_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UNITS = (
    "Björkbacka skola",
    "Åby byskola",
    "Lindåsaskolan",
    "Almens förskola",
    "Västerskolan",
)
CHANGE = date(2026, 8, 10)


def at(day: date, hour: int = 8) -> datetime:
    """Return a clock time in Stockholm."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=STOCKHOLM)


class Lindasa:
    """The huvudman of the story, with one step to do in every unit."""

    def __init__(self) -> None:
        self.organizer: Any = OrganizerFactory(name="Lindåsa")
        self.steps: dict[str, Any] = {}
        self.principals: dict[str, Any] = {}
        for name in UNITS:
            unit = SchoolUnitFactory(organizer=self.organizer, name=name)
            cycle = AnnualCycleFactory(organizer=self.organizer, unit=unit)
            self.steps[name] = CycleStepFactory(cycle=cycle)
            until = date(2026, 8, 9) if name == UNITS[0] else None
            self.principals[name] = self.person(f"Rektor {name}", Role.PRINCIPAL, unit, until=until)
            if name == UNITS[0]:
                self.newcomer = self.person("Nya Rektorn", Role.PRINCIPAL, unit, since=CHANGE)
        self.director = self.person("Sofia Skolchef", Role.DIRECTOR)

    def person(
        self,
        name: str,
        role: Role,
        unit: Any = None,
        since: date = date(2020, 1, 1),
        until: date | None = None,
    ) -> Any:
        """Add someone with a role."""
        slug = slug_of(name).replace("-", ".")
        person = PersonFactory(name=name, email=f"{slug}@lindasa.example.se")
        RoleAssignmentFactory(
            person=person,
            organizer=self.organizer,
            unit=unit,
            role=role,
            valid_from=since,
            valid_to=until,
        )
        return person
