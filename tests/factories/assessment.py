"""Sambedömningar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.assessment.models import ModerationSession


class ModerationSessionFactory(Factory):
    class Meta:
        model = ModerationSession
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    held_on = date(2026, 5, 12)
    subject = "svenska"
    stage = "9"
    texts = 28
    agreed_before = Decimal(86)
    agreed_after = Decimal(96)
    marking_hours = Decimal(14)
    analysis_hours = Decimal(3)
    learned = "Läsförståelse blev utvecklingsområde."
    written_by = "Kim Ek"
