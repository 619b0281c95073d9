"""Tavlor that people have made."""

from __future__ import annotations

from collections.abc import Callable

import factory
from tests.factories.accounts import PersonFactory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.core.ids import new_id
from ska.dashboards.models import Dashboard
from ska.organizers.models import Organizer


class DashboardFactory(Factory):
    class Meta:
        model = Dashboard
        exclude = ("organizer", "person")

    organizer = factory.SubFactory(OrganizerFactory)
    person = factory.SubFactory(PersonFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    person_id = factory.SelfAttribute("person.id")
    board = factory.LazyFunction(lambda: str(new_id()))
    tiles = factory.LazyFunction(lambda: [{"show": "trend", "indicator": "gr-ma-ak9"}])
    name = "Ledningsgruppen"
    lead = "Det vi följer varje månad."
    made_by = "Kim Ek"
    whose = "all"


def board_fillers(canary: str) -> dict[str, Callable[[Organizer], str]]:
    """Return what fills the address of a tavla given to all, and of a page with a chart."""

    def _board(organizer: Organizer) -> str:
        words = f"{canary}skolan {organizer.slug}"
        made = DashboardFactory(organizer=organizer, name=words, lead=words, made_by=words)
        return str(made.board)

    return {"board": _board, "page": lambda _organizer: "np-betyg"}
