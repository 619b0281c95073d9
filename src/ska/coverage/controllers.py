"""Browsing the framework with what we have done about it, and Var står vi?"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, QueryParameter
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.rules import STATE_NAMES
from ska.core.school_year import SchoolYear
from ska.coverage.queries.chain import about
from ska.coverage.queries.places import ours
from ska.coverage.queries.standing import coverage
from ska.coverage.queries.system import item_view, system_view
from ska.coverage.rules import LINK_WORDS
from ska.errors import Missing
from ska.framework import queries as framework
from ska.framework.rules import (
    BETTER_WORDS,
    CERTAINTY_FIELDS,
    CERTAINTY_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    PERIOD_WORDS,
    RELATION_WORDS,
    TEXT_STATUS_WORDS,
)
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.values.known import read_day
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.page import Page
from ska.web.routing import read

Chosen = Annotated[str | None, QueryParameter(max_length=120)]


class SystemController(Controller):
    """The national quality system, the curricula and other frameworks, item by item."""

    path = "/{organizer:str}/malsattningar"

    @read(needs=Right.ENTER)
    def show_system(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the system in force: målsättningar with their delmål, and the success factors."""
        edition = framework.current_system(session)
        if edition is None:
            return Page("coverage/not_loaded.html")
        return _system_page(session, actor, place, edition)

    @read("/{edition:str}", needs=Right.ENTER)
    def show_edition(
        self,
        edition: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show one edition: another framework, the curricula, or an older system."""
        found = framework.edition(session, edition)
        if found is None:
            raise Missing
        return _system_page(session, actor, place, found)

    @read("/{edition:str}/{code:str}", needs=Right.ENTER)
    def show_item(
        self,
        edition: FromPath[str],
        code: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show one item: its wording, where it is from, and what we have done about it."""
        view = item_view(session, actor, place.organizer.id, f"{edition}/{code}")
        organizer = place.organizer.id
        analyses, actions = about(session, actor, organizer, view.keys)
        return Page(
            "coverage/item.html",
            view=view,
            trail=[(one.heading, f"{place.path}/malsattningar/{one.id}") for one in view.above],
            analyses=analyses,
            actions=actions,
            action_states=STATE_NAMES,
            may_analyse=actor.may(Right.ANALYSE, organizer),
            may_edit=actor.may(Right.EDIT_FRAMEWORK, organizer),
            **_words(),
        )


class CoverageController(Controller):
    """Var står vi?"""

    path = "/{organizer:str}/oversikt/var-star-vi"

    @read(needs=Right.ENTER)
    def show_coverage(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        enhet: Chosen = None,
        sedan: Chosen = None,
        kant: Chosen = None,
    ) -> Page:
        """Show per delmål, målområde and local goal what is there and what is not."""
        found = ours(session, actor, place.organizer.id)
        unit = next((one for one in found.units if one.slug == enhet), None)
        if enhet and unit is None:
            raise Missing
        since, known = first_year(sedan, place.year), read_day(kant, today, field="kant")
        return Page(
            "coverage/coverage.html",
            coverage=coverage(
                session,
                actor,
                place.organizer,
                ours=found,
                since=since,
                unit=unit,
                known=known,
            ),
            known=known,
            units=found.units,
            unit=unit,
            since=since,
            years=[place.year, place.year.previous, place.year.previous.previous],
            link_words=LINK_WORDS,
            may_analyse=actor.may(Right.ANALYSE, place.organizer.id),
        )


def first_year(written: str | None, now: SchoolYear) -> SchoolYear:
    """Return the school year that analyses are counted from: last year's, unless chosen."""
    if not written:
        return now.previous
    try:
        return SchoolYear.parse(written)
    except ValueError as error:
        raise Missing from error


def _system_page(
    session: Session, actor: Actor, place: Place, edition: framework.EditionRow
) -> Page:
    return Page(
        "coverage/system.html",
        view=system_view(session, actor, place.organizer.id, edition),
        editions=framework.editions(session),
        may_edit=actor.may(Right.EDIT_FRAMEWORK, place.organizer.id),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "text_words": TEXT_STATUS_WORDS,
        "certainties": CERTAINTY_WORDS,
        "certainty_fields": CERTAINTY_FIELDS,
        "kinds": KIND_WORDS,
        "relations": RELATION_WORDS,
        "better": BETTER_WORDS,
        "levels": LEVEL_WORDS,
        "periods": PERIOD_WORDS,
        "school_types": {str(code): name for code, name in SCHOOL_TYPE_NAMES.items()},
    }
