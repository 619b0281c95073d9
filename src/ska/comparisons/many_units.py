"""Own units in several measures at once: the page, what is taken along, and for programs."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from litestar import Controller, Response
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from ska.access import Right
from ska.charts import heat_picture
from ska.comparisons.dependencies import Several, Written
from ska.comparisons.many import ManyApi, ManyController
from ska.comparisons.queries.many_units import Picked, many_units
from ska.organizers.dependencies import GivenCall
from ska.overview.rules.signals import shown_in
from ska.overview.signal_pages import SignalsOut
from ska.values.known import read_day
from ska.web.dependencies import GivenToday
from ska.web.figures import GivenRequest, files_of, table_of, taken
from ska.web.page import Page
from ska.web.routing import read


def provide_picked(
    today: GivenToday, enhet: Several = None, vad: Several = None, kant: Written = None
) -> Picked:
    """Give what is chosen on the page."""
    known = read_day(kant, today, field="kant")
    return Picked(tuple(enhet or ()), tuple(vad or ()), known)


def provide_api_picked(
    today: GivenToday,
    unit: Several = None,
    indicator: Several = None,
    as_known_on: Written = None,
) -> Picked:
    """Give what a program chooses: units by slug and indicators by code; none is all."""
    known = read_day(as_known_on, today, field="as_known_on")
    return Picked(tuple(unit or ()), tuple(indicator or ()), known)


GivenPicked = NamedDependency[SkipValidation[Picked]]


class ManyUnitsController(Controller):
    """Compare: own units in several measures, told by signal."""

    path = "/{organizer:str}/jamfor/manga/enheter"
    dependencies = {"picked": Provide(provide_picked, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER)
    def show_units(self, call: GivenCall, picked: GivenPicked) -> Page:
        """Show the units beside the whole in each measure, and what may be chosen."""
        view = many_units(*call.who, call.place.organizer, picked)
        known = [("kant", picked.known.isoformat())] if picked.known else []
        return Page(
            "comparisons/many_units.html",
            view=view,
            known=picked.known,
            chosen=f"?{urlencode(view.asked)}",
            query=f"?{urlencode([*view.asked, *known])}",
        )

    @read(files_of(), needs=Right.ENTER)
    def download(
        self, call: GivenCall, picked: GivenPicked, request: GivenRequest
    ) -> Response[bytes]:
        """Give the signals as a file; what may not be shown is not in it."""
        organizer = call.place.organizer
        table = many_units(*call.who, organizer, picked).table
        chart = replace(table.chart, svg=heat_picture(table.rows, shown_in(table.rows)))
        return taken(chart, f"{organizer.slug}-enheter", request, is_demo=organizer.is_demo)


class ManyUnitsApi(Controller):
    """Compare own units in several measures."""

    path = "/api/v1/organizers/{organizer:str}/comparison/units"
    tags = ("Jämför",)
    dependencies = {"picked": Provide(provide_api_picked, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER, summary="Compare own units in several measures")
    def compare_units(self, call: GivenCall, picked: GivenPicked) -> SignalsOut:
        """Return what differs clearly from the whole, all that is asked for judged together."""
        chart = many_units(*call.who, call.place.organizer, picked).table.chart
        return SignalsOut(chart.sentence, chart.caution, chart.source, table_of(chart))


MANY_PAGES = [ManyController, ManyUnitsController]
MANY_API = [ManyApi, ManyUnitsApi]
