"""Questions out of comparisons, put to a unit unless a test says otherwise."""

from __future__ import annotations

import factory
from tests.factories.accounts import PersonFactory
from tests.factories.base import Factory
from tests.factories.organizers import SchoolUnitFactory

from ska.organizers.models import Organizer
from ska.questions.models import AskedQuestion, GivenAnswer


class AskedQuestionFactory(Factory):
    class Meta:
        model = AskedQuestion
        exclude = ("unit", "person")

    unit = factory.SubFactory(SchoolUnitFactory)
    person = factory.SubFactory(PersonFactory)
    unit_id = factory.SelfAttribute("unit.id")
    organizer_id = factory.SelfAttribute("unit.organizer_id")
    person_id = factory.SelfAttribute("person.id")
    asker = "Ekhult"
    receiver = "Björkbacka skola"
    item = "gr-alla-amnen-ak6"
    title = "Lägst betyget E i samtliga ämnen, årskurs 6"
    period = "2025/26"
    question = "Vad gjorde ni åt läsningen?"
    asked_by = "Kim Ek"


class GivenAnswerFactory(Factory):
    class Meta:
        model = GivenAnswer
        exclude = ("question", "person")

    question = factory.SubFactory(AskedQuestionFactory)
    person = factory.SubFactory(PersonFactory)
    question_id = factory.SelfAttribute("question.id")
    organizer_id = factory.SelfAttribute("question.organizer_id")
    answerer_id = factory.SelfAttribute("question.organizer_id")
    person_id = factory.SelfAttribute("person.id")
    answerer = "Björkbacka skola"
    answer = "Lästimme varje dag."
    answered_by = "Robin Sand"


def asked_part(canary: str, organizer: Organizer) -> str:
    """Return the part of an address that names a question, answered, of *organizer*."""
    words = f"{canary}skolan {organizer.slug}"
    unit = SchoolUnitFactory(organizer=organizer, name=f"{words} tillfrågad")
    asked = AskedQuestionFactory(unit=unit, question=words, title=words, asked_by=words)
    GivenAnswerFactory(question=asked, answer=words)
    return str(asked.id)
