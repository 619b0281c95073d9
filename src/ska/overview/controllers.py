"""Pages of results: the list of indicators and each indicator's own."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response
from litestar.params import FromPath, QueryParameter

from ska.access import Right
from ska.charts import csv_sheet, xlsx_sheet
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.queries.results import IndicatorView, indicator_view, result_list
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.page import Page
from ska.web.routing import read

Chosen = Annotated[str | None, QueryParameter(max_length=120)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ResultController(Controller):
    """What is known about the schools, indicator by indicator."""

    path = "/{organizer:str}/resultat"

    @read(needs=Right.ENTER)
    def list_results(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
        visa: Chosen = None,
        vy: Chosen = None,
        varden: Chosen = None,
    ) -> Page:
        """Show every indicator by delmål, as cards or as a table."""
        kind = "condition" if visa == "forutsattningar" else "indicator"
        results = result_list(
            session, actor, place.organizer, unit=enhet, kind=kind, only_with_values=bool(varden)
        )
        return Page(
            "overview/results.html",
            results=results,
            kind=kind,
            as_table=vy == "tabell",
            only_with_values=bool(varden),
        )

    @read("/{indicator:str}", needs=Right.ENTER)
    def show_indicator(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
        matt: Chosen = None,
    ) -> Page:
        """Show one indicator over the years, with its sentence, table, source and caution."""
        view = indicator_view(session, actor, place.organizer, indicator, unit=enhet, group=matt)
        return Page("overview/indicator.html", view=view, chart=view.seen.chart)

    @read("/{indicator:str}/varden.csv", needs=Right.ENTER)
    def download_csv(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
        matt: Chosen = None,
    ) -> Response[bytes]:
        """Give what the chart shows as CSV; what may not be shown is not in it."""
        view = indicator_view(session, actor, place.organizer, indicator, unit=enhet, group=matt)
        body = csv_sheet(view.seen.chart)
        return _file(body, "text/csv; charset=utf-8", _name(view, place, "csv"))

    @read("/{indicator:str}/varden.xlsx", needs=Right.ENTER)
    def download_xlsx(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        enhet: Chosen = None,
        matt: Chosen = None,
    ) -> Response[bytes]:
        """Give what the chart shows as a workbook, with a sheet about the measure."""
        view = indicator_view(session, actor, place.organizer, indicator, unit=enhet, group=matt)
        return _file(xlsx_sheet(view.seen.chart), XLSX, _name(view, place, "xlsx"))


def _name(view: IndicatorView, place: Place, ending: str) -> str:
    unit = view.unit.slug if view.unit else ""
    parts = (place.organizer.slug, unit, view.item.code)
    return f"{'-'.join(filter(None, parts))}.{ending}"


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(body, media_type=media_type, headers=headers)
