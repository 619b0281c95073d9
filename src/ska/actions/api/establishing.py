"""Fastställ an analysis, for programs: its insatser are looked at too."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath

from ska.access import Right
from ska.actions import services
from ska.analyses import queries
from ska.analyses.api import AnalysisOut, analysis_out
from ska.organizers.dependencies import GivenCall
from ska.web.routing import act
from ska.web.versions import IfMatch, tagged


class EstablishingApi(Controller):
    """An analysis made final."""

    path = "/api/v1/organizers/{organizer:str}/analyses/{analysis_id:uuid}/establish"
    tags = ("Analyser",)

    @act(needs=Right.ESTABLISH, summary="Fastställ an analysis")
    def establish(
        self, analysis_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[AnalysisOut]:
        """Freeze an analysis with name, role and time; 409 says what is missing."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        call.on(analysis, analysis_out, if_match=if_match)
        services.establish_analysis(*call.who, analysis=analysis, now=call.now)
        return tagged(analysis_out(analysis))
