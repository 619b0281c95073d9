"""The year: wheels and steps that are due."""

from __future__ import annotations

from datetime import date

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.cycle.models import AnnualCycle, BoardDate, CycleStep, MultiYearPlan
from ska.cycle.queries import DEFAULT_TEMPLATE, template
from ska.notices.models import CalendarFeed, Notice

ANALYSIS = next(step for step in template().steps if step.key == "enhetsanalys")


class AnnualCycleFactory(Factory):
    class Meta:
        model = AnnualCycle
        exclude = ("organizer", "unit")

    organizer = factory.SubFactory(OrganizerFactory)
    unit = None
    organizer_id = factory.SelfAttribute("organizer.id")
    unit_id = factory.LazyAttribute(lambda row: row.unit.id if row.unit else None)
    kind = factory.LazyAttribute(lambda row: "unit" if row.unit else "organizer")
    school_year = 2026
    name = "Läsår, huvudman och enhet"
    template_key = DEFAULT_TEMPLATE
    template_version = 1


class CycleStepFactory(Factory):
    """The story's step: Enhetsanalys klar, due Monday 31 August 2026, decided in June."""

    class Meta:
        model = CycleStep
        exclude = ("cycle",)

    cycle = factory.SubFactory(AnnualCycleFactory)
    cycle_id = factory.SelfAttribute("cycle.id")
    organizer_id = factory.SelfAttribute("cycle.organizer_id")
    unit_id = factory.SelfAttribute("cycle.unit_id")
    key = "enhetsanalys"
    name = "Enhetsanalys klar"
    guidance = ANALYSIS.guidance
    level = "unit"
    phase = "where_are_we"
    responsible = "principal"
    artefact = "analysis"
    law = ("skollagen 4:4",)
    definition = ANALYSIS.model_dump(mode="json")
    starts = date(2026, 8, 3)
    due = date(2026, 8, 31)
    counts_from = date(2026, 6, 10)


class BoardDateFactory(Factory):
    class Meta:
        model = BoardDate
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    day = date(2026, 11, 26)
    name = "Barn- och utbildningsnämnden"


class MultiYearPlanFactory(Factory):
    class Meta:
        model = MultiYearPlan
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    name = "Granskning av undervisningen"
    first_year = 2026
    subjects = (("Matematik", "Läsning"), ("Trygghet och studiero",))
    month = 11
    responsible = "quality_lead"


class NoticeFactory(Factory):
    class Meta:
        model = Notice
        exclude = ("organizer", "person")

    organizer_id = factory.SelfAttribute("organizer.id")
    person_id = factory.SelfAttribute("person.id")
    kind = "reminder"
    title = "Enhetsanalys klar, Björkbacka skola"
    text = "Klart senast 31 augusti 2026, om 7 dagar."
    href = "/lindasa/2026-27/arshjul"
    dedupe_key = factory.Sequence(lambda number: f"notice-{number}")


class CalendarFeedFactory(Factory):
    class Meta:
        model = CalendarFeed
        exclude = ("organizer", "person")

    organizer_id = factory.SelfAttribute("organizer.id")
    person_id = factory.SelfAttribute("person.id")
    token_hash = factory.Sequence(lambda number: f"hash-{number}".encode())
