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
from ska.organizers.dependencies import GivenCall
from ska.web.routing import act, create
from ska.web.versions import IfMatch, tagged


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
        call: GivenCall,
        year: Annotated[str | None, QueryParameter(max_length=9)] = None,
    ) -> Response[AnalysisOut]:
        """Start an analysis of *year* (the present one without it), with what lies ready."""
        analysis = services.begin_analysis(
            *call.who,
            organizer_id=call.organizer_id,
            year=year_of(year) if year else call.place.year,
            form=data,
            today=call.today,
        )
        return tagged(analysis_out(analysis), 201)

    @act("/{analysis_id:uuid}/gather", needs=Right.ANALYSE, summary="Gather the units' own words")
    def gather_units(
        self, analysis_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> GatheredOut:
        """Lay the units' own words ready in a huvudman's analysis; what is there stays single."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        call.on(analysis, analysis_out, if_match=if_match)
        return GatheredOut(services.gather_units(*call.who, analysis=analysis))
