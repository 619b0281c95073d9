"""Earlier reports: one that is kept, and one that waits for its reader."""

from __future__ import annotations

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.analyses.models import PastAnalysis, PastParagraph
from ska.core.ids import new_id
from ska.history.content import Content
from ska.history.models import HistoryDraft
from ska.history.rules.blocks import Block, Kind


class PastAnalysisFactory(Factory):
    class Meta:
        model = PastAnalysis
        exclude = ("organizer", "unit")

    organizer = factory.SubFactory(OrganizerFactory)
    unit = None
    organizer_id = factory.SelfAttribute("organizer.id")
    unit_id = factory.LazyAttribute(lambda row: row.unit.id if row.unit else None)
    year = 2024
    title = "Kvalitetsrapport 2024/25"
    source = "Word-fil: rapport.docx"
    paragraphs = 1
    kept_by = "Kim Ek"


class PastParagraphFactory(Factory):
    class Meta:
        model = PastParagraph
        exclude = ("past",)

    past = factory.SubFactory(PastAnalysisFactory)
    past_id = factory.SelfAttribute("past.id")
    organizer_id = factory.SelfAttribute("past.organizer_id")
    place = factory.Sequence(int)
    part = "causes"
    kind = "text"
    level = 0
    text = "Vi tror att bytet av lärare spelar roll."
    stands_for = 1


class HistoryDraftFactory(Factory):
    class Meta:
        model = HistoryDraft
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    person_id = factory.LazyFunction(new_id)
    unit_id = None
    year = 2024
    title = "Kvalitetsrapport 2024/25"
    source = "Word-fil: rapport.docx"
    content = factory.LazyAttribute(
        lambda row: Content("organizer", [Block(Kind.TEXT, row.title)], 1).as_kept()
    )
