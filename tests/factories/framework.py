"""The framework as loaded, and what a huvudman adds to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import factory
from sqlalchemy import func, select
from tests.factories.base import Factory, current
from tests.factories.chain import PartFactory
from tests.factories.organizers import OrganizerFactory

from ska.analyses.models import FindingObservation, FindingTag
from ska.core.ids import new_id
from ska.framework.definitions import Edition, read_editions
from ska.framework.models import (
    FrameworkEdition,
    FrameworkWording,
    LocalGoal,
    LocalIndicator,
    LocalTie,
)
from ska.framework.services import load_edition
from ska.organizers.models import Organizer
from ska.settings import bundled

DAY = date(2026, 9, 1)


@cache
def shipped() -> tuple[Edition, ...]:
    """Return the editions of indicators/, read once a run."""
    return tuple(read_editions(bundled("indicators")))


def load_shipped() -> None:
    """Load all editions into the database of the fixture in use, unless they are there."""
    assert current.as_owner is not None
    with current.as_owner() as session:
        if session.scalar(select(func.count()).select_from(FrameworkEdition)):
            return
        for edition in shipped():
            load_edition(session, edition, today=DAY)


class LocalGoalFactory(Factory):
    class Meta:
        model = LocalGoal
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    title = "Alla elever läser säkert i årskurs 3"
    description = "Läsning varje dag."
    decided_by = "Barn- och utbildningsnämnden"
    valid_from = date(2026, 7, 1)


class LocalIndicatorFactory(Factory):
    class Meta:
        model = LocalIndicator
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    name = "Läsflyt, eget test"
    unit = "%"
    better = "higher"
    definition = "Elever i årskurs 3 som läser med flyt, av dem som gjorde testet."
    caution = "Testet görs av läraren själv."
    smallest_group = 10


class LocalTieFactory(Factory):
    class Meta:
        model = LocalTie
        exclude = ("goal",)

    goal = factory.SubFactory(LocalGoalFactory)
    organizer_id = factory.SelfAttribute("goal.organizer_id")
    local_goal_id = factory.SelfAttribute("goal.id")
    item_id = "nks-2023/gr-5"
    reason = "Läsning är grunden för ämnet svenska."


class FindingTagFactory(PartFactory):
    class Meta:
        model = FindingTag

    kind = "sub_goal"
    item = "gr-1"


class FindingObservationFactory(PartFactory):
    class Meta:
        model = FindingObservation


class WordingFactory(Factory):
    class Meta:
        model = FrameworkWording
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    edition_id = "nks-2023"
    item_id = "nks-2023/gr-1"
    place = factory.LazyAttribute(lambda row: row.item_id or f"{row.kind}:preschool:{row.number}")
    kind = "sub_goal"
    text = "En påhittad ordalydelse."
    source_url = "https://www.skolverket.se/exempel"
    seen_on = DAY
    person_id = factory.LazyFunction(new_id)
    person_name = "Kim Ek"


def framework_fillers(canary: str) -> dict[str, Callable[[Organizer], str]]:
    """Return what fills an address's parameters here; each text is *canary* and the slug."""

    def goal(organizer: Organizer) -> str:
        text = f"{canary} {organizer.slug}"
        made = LocalGoalFactory(organizer=organizer, title=text, description=text, decided_by=text)
        return str(made.id)

    def measure(organizer: Organizer) -> str:
        text = f"{canary} {organizer.slug}"
        made = LocalIndicatorFactory(
            organizer=organizer, name=text, definition=text, caution=text, unit=text
        )
        return str(made.id)

    def tie(organizer: Organizer) -> str:
        load_shipped()
        text = f"{canary}kopplat {organizer.slug}"
        return str(LocalTieFactory(goal__organizer=organizer, goal__title=text, reason=text).id)

    def wording(organizer: Organizer) -> str:
        load_shipped()
        text = f"{canary} {organizer.slug}"
        return str(WordingFactory(organizer=organizer, text=text, person_name=text).id)

    return {"goal_id": goal, "indicator_id": measure, "tie_id": tie, "wording_id": wording}
