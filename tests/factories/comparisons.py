"""Saved views."""

from __future__ import annotations

import factory
from tests.factories.accounts import PersonFactory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.organizers.models import SavedView


class SavedViewFactory(Factory):
    class Meta:
        model = SavedView
        exclude = ("organizer", "person")

    organizer = factory.SubFactory(OrganizerFactory)
    person = factory.SubFactory(PersonFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    person_id = factory.SelfAttribute("person.id")
    made_by = "Kim Ek"
    name = "Åk 6 inför mötet"
    question = factory.LazyFunction(lambda: {"vad": "gr-alla-amnen-ak6", "vilka": "enheter"})
    whose = "all"
