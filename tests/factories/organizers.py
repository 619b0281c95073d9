"""The organisation of the stories: invented huvudmän and schools."""

from __future__ import annotations

import factory
from tests.factories.base import Factory

from ska.organizers.models import Organizer, SchoolUnit, UnitSchoolType
from ska.organizers.rules import slug_of


class OrganizerFactory(Factory):
    class Meta:
        model = Organizer

    name = "Ekhult"
    slug = factory.LazyAttribute(lambda row: slug_of(row.name))
    organizer_type = "municipal"
    source = "påhittad"


class SchoolUnitFactory(Factory):
    class Meta:
        model = SchoolUnit
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    name = "Ekhults centralskola"
    slug = factory.LazyAttribute(lambda row: slug_of(row.name))
    source = "påhittad"


class UnitSchoolTypeFactory(Factory):
    class Meta:
        model = UnitSchoolType
        exclude = ("unit",)

    unit = factory.SubFactory(SchoolUnitFactory)
    unit_id = factory.SelfAttribute("unit.id")
    organizer_id = factory.SelfAttribute("unit.organizer_id")
    school_type = "compulsory_school"
