"""Starting an analysis, for programs: it has already begun, as on the page."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.analyses import queries
from ska.analyses.api import AnalysisApi, AnalysisOut, analysis_out, year_of
from ska.analyses.forms import AnalysisForm
from ska.editor import services
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.routing import create


class GatheredOut(msgspec.Struct):
    """How many underlag were new."""

    example: ClassVar[dict[str, Any]] = {
        "new": 3,
    }

    new: int


class BeginApi(AnalysisApi):
    """Analyses and their parts, and their beginning: only this room knows what lies ready."""

    @create(needs=Right.ANALYSE, summary="Start an analysis")
    def start_analysis(
        self,
        data: JSONBody[AnalysisForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        year: Annotated[str | None, QueryParameter(max_length=9)] = None,
    ) -> Response[AnalysisOut]:
        """Start an analysis of *year* (the present one without it), with what lies ready."""
        analysis = services.begin_analysis(
            session,
            actor,
            organizer_id=place.organizer.id,
            year=year_of(year) if year else place.year,
            form=data,
            today=today,
        )
        out = analysis_out(analysis)
        return Response(out, status_code=201, headers={"ETag": f'"{analysis.version}"'})

    @create(
        "/{analysis_id:uuid}/gather",
        needs=Right.ANALYSE,
        summary="Gather the units' own words",
        status_code=200,
    )
    def gather_units(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> GatheredOut:
        """Lay the units' own words ready in a huvudman's analysis; what is there stays single."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        return GatheredOut(services.gather_units(session, actor, analysis=analysis))
