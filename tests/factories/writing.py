"""Texts of some thing: what the thing is does not matter here."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.core.ids import new_id
from ska.writing.models import TextVersion, WrittenText

LONG_AGO = datetime(2026, 9, 1, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


class WrittenTextFactory(Factory):
    class Meta:
        model = WrittenText
        exclude = ("organizer", "unit")

    organizer = factory.SubFactory(OrganizerFactory)
    unit = None
    organizer_id = factory.SelfAttribute("organizer.id")
    unit_id = factory.LazyAttribute(lambda row: row.unit.id if row.unit else None)
    subject_kind = "analysis"
    subject_id = factory.LazyFunction(new_id)
    key = "causes"
    text = "Nya elever kartläggs sent."
    version = 1
    writer_name = "Robin Berg"
    writer_roles = "rektor"
    writer_id = factory.LazyFunction(new_id)
    written_at = LONG_AGO


class TextVersionFactory(Factory):
    class Meta:
        model = TextVersion
        exclude = ("written_text",)

    written_text = factory.SubFactory(WrittenTextFactory)
    organizer_id = factory.SelfAttribute("written_text.organizer_id")
    unit_id = factory.SelfAttribute("written_text.unit_id")
    text_id = factory.SelfAttribute("written_text.id")
    number = 0
    text = "Nya elever kommer sent."
    reason = "replaced"
    writer_name = "Robin Berg"
    writer_roles = "rektor"
    written_at = LONG_AGO
