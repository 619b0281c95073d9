"""People and their roles."""

from __future__ import annotations

from datetime import date

import factory
from tests.factories.base import Factory

from ska.access import Role
from ska.accounts.models import Person, RoleAssignment


class PersonFactory(Factory):
    class Meta:
        model = Person

    name = "Kim Ek"
    email = factory.Sequence(lambda number: f"person{number}@example.se")


class RoleAssignmentFactory(Factory):
    class Meta:
        model = RoleAssignment
        exclude = ("person", "organizer", "unit")

    person = factory.SubFactory(PersonFactory)
    organizer = None
    unit = None
    person_id = factory.SelfAttribute("person.id")
    organizer_id = factory.LazyAttribute(lambda row: row.organizer.id if row.organizer else None)
    unit_id = factory.LazyAttribute(lambda row: row.unit.id if row.unit else None)
    role = Role.QUALITY_LEAD
    valid_from = date(2020, 1, 1)
