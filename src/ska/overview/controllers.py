"""Pages of results: the list of indicators and each indicator's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview import services
from ska.overview.dependencies import Chosen, GivenChoice, provide_choice
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.indicator import IndicatorView, indicator_view
from ska.overview.queries.pages import Choice
from ska.overview.queries.results import result_list
from ska.overview.queries.start import GUIDE, start_view
from ska.overview.queries.trust import trust_view
from ska.overview.rules.shapes import DIVIDED, Shape
from ska.overview.rules.steps import step_of
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.figures import GivenRequest, files_of, taken
from ska.web.page import Done, Page
from ska.web.routing import read, write

KINDS = {"forutsattningar": "condition", "beraknade": "derived"}


class OverviewController(Controller):
    """The start page: what is mine to do, where the year is, and three results."""

    path = "/{organizer:str}/oversikt"

    @read(needs=Right.ENTER)
    def show_overview(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the start page."""
        return Page("overview/home.html", view=start_view(session, actor, place, today))

    @write("/kom-igang", needs=Right.ENTER)
    def put_guide_away(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Put "Kom igång" away, or take it out again."""
        organizer_id = place.organizer.id
        if data.get("visa") == "ja":
            services.take_out(session, actor, organizer_id=organizer_id, part=GUIDE)
            return Done(_("Kom igång visas igen."), to=f"{place.path}/oversikt")
        services.put_away(session, actor, organizer_id=organizer_id, part=GUIDE, now=now)
        return Done(_("Kom igång är undanlagt."), to=f"{place.path}/oversikt")


class ResultController(Controller):
    """What is known about the schools, indicator by indicator."""

    path = "/{organizer:str}/resultat"
    dependencies = {"choice": Provide(provide_choice, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER)
    def list_results(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
        visa: Chosen = None,
        vy: Chosen = None,
        varden: Chosen = None,
    ) -> Page:
        """Show every indicator by delmål, as cards or as a table."""
        kind = KINDS.get(visa or "", "indicator")
        _roles, home = role_and_unit(actor, place.organizer.id)
        results = result_list(
            session, actor, place.organizer, choice,
            kind=kind, only_with_values=bool(varden), home=home,
        )  # fmt: skip
        return Page(
            "overview/results.html",
            results=results,
            kind=kind,
            as_table=vy == "tabell",
            only_with_values=bool(varden),
            known=choice.known,
        )

    @read("/{indicator:str}", needs=Right.ENTER)
    def show_indicator(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
        elever: Chosen = None,
    ) -> Page:
        """Show one indicator over the years, with its sentence, table, source and caution."""
        view = indicator_view(session, actor, place.organizer, indicator, choice)
        may_note = choice.known is None and actor.may_for(
            Right.OBSERVE, place.organizer.id, view.unit.id if view.unit else None
        )
        may_shift = actor.may_for(
            Right.ANALYSE, place.organizer.id, view.unit.id if view.unit else None
        )
        apart = choice.shape in (Shape.GAP, *DIVIDED)
        of_all = _("Alla elever tillsammans") if apart else ""
        return Page(
            "overview/indicator.html",
            view=view,
            chart=view.seen.chart,
            may_note=may_note,
            may_shift=may_shift,
            of_all=of_all,
            step=step_of([(of_all, view.seen.latest)], elever),
            known=choice.known,
        )

    @read("/{indicator:str}/om-mattet", needs=Right.ENTER)
    def show_trust(
        self, indicator: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show what the measure says and cannot say, and how much of it is more than chance."""
        return Page(
            "overview/trust.html", view=trust_view(session, actor, place.organizer, indicator)
        )

    @read("/{indicator:str}/underlag", needs=Right.OBSERVE)
    def show_what_is_seen(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
    ) -> Page:
        """Show the form that pins the indicator's numbers to what is seen in them."""
        view = _quiet_view(session, actor, place, indicator, choice)
        return seen_page(session, actor, place, _sheet(place, view))

    @write("/{indicator:str}/underlag", needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        indicator: FromPath[str],
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
    ) -> Page | Done:
        """Pin the numbers in an analysis, a new one when none is chosen."""
        view = _quiet_view(session, actor, place, indicator, choice)
        return note_seen(session, actor, place, _sheet(place, view), data)

    @read(files_of("/{indicator:str}"), needs=Right.ENTER)
    def download(
        self,
        indicator: FromPath[str],
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
    ) -> Response[bytes]:
        """Give what the chart shows as a file; what may not be shown is not in it."""
        view = indicator_view(session, actor, place.organizer, indicator, choice)
        unit = view.unit.slug if view.unit else ""
        day = f"kant-{choice.known}" if choice.known else ""
        name = "-".join(filter(None, (place.organizer.slug, unit, view.item.code, day)))
        return taken(view.seen.chart, name, request, is_demo=place.organizer.is_demo)


def _quiet_view(
    session: Session, actor: Actor, place: Place, indicator: str, choice: Choice
) -> IndicatorView:
    """Return today's numbers: what is pinned is what is known now."""
    now = replace(choice, known=None)
    return indicator_view(session, actor, place.organizer, indicator, now, with_happenings=False)


def _sheet(place: Place, view: IndicatorView) -> Sheet:
    here = view.unit.name if view.unit else place.organizer.name
    seen = view.to_pin(here)
    path, _mark, asked = seen.at.partition("?")
    return Sheet(seen, f"{place.path}{path}", f"?{asked}", _("Resultat"))
