"""Ekhult and its people in the stories."""

from __future__ import annotations

from typing import Any

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory, UnitSchoolTypeFactory

from ska.access import Role


def kim_in_ekhult() -> Any:
    """Return Kim, quality lead in Ekhult, where the central school is."""
    load_shipped()
    ekhult = OrganizerFactory(name="Ekhult")
    school = SchoolUnitFactory(organizer=ekhult, name="Ekhults centralskola")
    UnitSchoolTypeFactory(unit=school)
    kim = PersonFactory(name="Kim Ek", email="kim@ekhult.se")
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    return kim
