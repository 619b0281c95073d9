"""What the law asks, and what in the product answers it."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.params import FromPath

from ska.access import Right
from ska.errors import Missing
from ska.framework import queries
from ska.framework.rules import CERTAINTY_WORDS, RHYTHM_WORDS
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenSession
from ska.web.page import Page
from ska.web.routing import read

GROUPS = {
    "duty": "Skollagens fjärde kapitel",
    "power": "Vad staten får bestämma",
    "neighbour": "Närliggande krav som följer samma kedja",
}
LEVELS = {"organizer": "huvudman", "school_unit": "enhet"}


class RequirementController(Controller):
    """The catalogue of legal requirements."""

    path = "/{organizer:str}/krav"

    @read(needs=Right.ENTER)
    def list_requirements(self, place: GivenPlace, session: GivenSession) -> Page:
        """Show all requirements, grouped by where they stand."""
        found = queries.items(session, kinds=["requirement"])
        editions = {one.id: one for one in queries.editions(session) if one.kind == "law"}
        groups = {
            heading: [one for one in found if one.details["kind"] == kind]
            for kind, heading in GROUPS.items()
        }
        return Page(
            "framework/requirements.html",
            groups=groups,
            editions=list(editions.values()),
            **_words(),
        )

    @read("/{code:str}", needs=Right.ENTER)
    def show_requirement(
        self, code: FromPath[str], place: GivenPlace, session: GivenSession
    ) -> Page:
        """Show one requirement with its source."""
        found = [one for one in queries.items(session, kinds=["requirement"]) if one.code == code]
        if not found:
            raise Missing
        edition = queries.edition(session, found[0].edition_id)
        return Page("framework/requirement.html", requirement=found[0], edition=edition, **_words())


def _words() -> dict[str, Any]:
    return {"rhythms": RHYTHM_WORDS, "certainties": CERTAINTY_WORDS, "levels": LEVELS}
