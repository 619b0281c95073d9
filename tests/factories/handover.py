"""Questions that a new rektor asks about a unit."""

from __future__ import annotations

import factory
from tests.factories.base import Factory
from tests.factories.organizers import SchoolUnitFactory

from ska.handover.models import HandoverQuestion


class HandoverQuestionFactory(Factory):
    class Meta:
        model = HandoverQuestion
        exclude = ("unit",)

    unit = factory.SubFactory(SchoolUnitFactory)
    unit_id = factory.SelfAttribute("unit.id")
    organizer_id = factory.SelfAttribute("unit.organizer_id")
    question = "Vilka insatser måste fortsätta?"
    asked_by = "Robin Sand"
