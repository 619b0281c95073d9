"""Analyses for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.analyses import changes, forms, queries, rules, services
from ska.analyses.models import Analysis
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Invalid
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read
from ska.web.versions import IfMatch, tagged


class AnalysisOut(msgspec.Struct):
    """An analysis in a list."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kunskapsresultat i årskurs 9",
        "state": "draft",
        "level": "organizer",
        "year": "2026/27",
        "version": 1,
    }

    id: UUID
    title: str
    state: str
    level: str
    year: str
    unit_id: UUID | None
    established_at: datetime | None
    established_by: str | None
    established_role: str | None
    version: int


class PartOut(msgspec.Struct):
    """A part that was added."""

    id: UUID
    analysis_id: UUID


class WholeOut(msgspec.Struct):
    """An analysis with everything in it."""

    example: ClassVar[dict[str, Any]] = {
        "texts": {
            "about": {
                "id": "01990f6e-5c00-7000-8000-000000000001",
                "text": "Vi ser på årskurs 9.",
                "version": 3,
                "written_at": "2026-09-15T12:30:00Z",
            }
        },
    }

    analysis: AnalysisOut
    texts: dict[str, dict[str, Any]]
    observations: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    causes: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    participation: list[dict[str, Any]]
    about: list[dict[str, Any]]

    @property
    def version(self) -> int:
        """Return the version of the analysis."""
        return self.analysis.version


def analysis_out(analysis: Analysis) -> AnalysisOut:
    """Return an analysis as programs see it in a list."""
    return told(AnalysisOut, analysis, year=str(analysis.school_year))


def _row(thing: Any, *names: str, **more: Any) -> dict[str, Any]:
    return {"id": thing.id, **{name: getattr(thing, name) for name in names}, **more}


def _whole(parts: queries.Parts, revised: dict[UUID, list[str]]) -> WholeOut:
    return WholeOut(
        analysis=analysis_out(parts.analysis),
        texts={key: _row(one, "text", "version", "written_at") for key, one in parts.texts.items()},
        observations=[_observation(one, revised[one.id]) for one in parts.observations],
        findings=[
            _row(
                one,
                "kind",
                "text",
                observations=[link.observation_id for link in one.observations],
                tags=[f"{tag.kind}:{tag.item}" for tag in one.tags],
            )
            for one in parts.findings
        ],
        causes=[_cause(one) for one in parts.causes],
        areas=[
            _row(
                one,
                "title",
                "reason",
                causes=[link.cause_id for link in one.causes],
                effects=[_row(effect, "text", "expected_by") for effect in one.effects],
            )
            for one in parts.areas
        ],
        participation=[
            _row(one, "group", "offered", "took_part", "how", "happened_on")
            for one in parts.participation
        ],
        about=[{"id": unit.id, "name": unit.name} for unit in parts.about],
    )


def _observation(one: Any, revised: list[str]) -> dict[str, Any]:
    numbers = rules.read_numbers(one.unit_of_measure, one.values)
    values = [
        {
            "period": value.period,
            "value": None if value.value is None else float(value.value),
            "n": value.n,
            "status": value.status,
            "written": line.written,
            "interval": line.interval,
        }
        for value, line in zip(one.values, numbers.lines, strict=True)
    ]
    return _row(
        one,
        "kind",
        "text",
        "source",
        "population",
        "unit_of_measure",
        "observed_on",
        "is_kept",
        "origin",
        "seen_at",
        values=values,
        change=numbers.change,
        revised=revised,
    )


def _cause(one: Any) -> dict[str, Any]:
    evidence = [_row(piece, "side", "text", "observation_id") for piece in one.evidence]
    names = ("finding_id", "text", "certainty", "is_external", "is_open", "owner_role", "answer_by")
    return _row(one, *names, evidence=evidence)


def _part_route(path: str, summary: str, form: Any, add: Any) -> Any:
    """Return the route that adds one kind of part."""

    def add_part(
        self: Any, analysis_id: FromPath[UUID], data: JSONBody[Any], call: GivenCall
    ) -> PartOut:
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        services.insist_on_day_ahead(data, call.place.today)
        part = add(*call.who, analysis=analysis, form=data)
        return PartOut(id=part.id, analysis_id=analysis.id)

    add_part.__annotations__["data"] = cast("Any", JSONBody)[form]
    add_part.__name__ = f"add_{add.__name__}"
    add_part.__doc__ = add.__doc__
    return create(f"/{{analysis_id:uuid}}/{path}", needs=Right.OBSERVE, summary=summary)(add_part)


class AnalysisApi(Controller):
    """Analyses and their parts."""

    path = "/api/v1/organizers/{organizer:str}/analyses"
    tags = ("Analyser",)

    @read(needs=Right.ENTER, summary="List the analyses of a school year")
    def list_analyses(
        self,
        pages: GivenPages,
        call: GivenCall,
        year: Annotated[str | None, QueryParameter(max_length=9)] = None,
    ) -> Response[list[AnalysisOut]]:
        """Return the analyses of *year* (``2026/27``; the present one without it)."""
        wanted = year_of(year) if year else call.place.year
        rows = queries.whole_analyses(*call.where, wanted, part=pages.part())
        return pages.answer(rows, analysis_out)

    @read("/{analysis_id:uuid}", needs=Right.ENTER, summary="Read an analysis")
    def read_analysis(self, analysis_id: FromPath[UUID], call: GivenCall) -> Response[WholeOut]:
        """Return the analysis with all its parts; the version is the ETag."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        parts = queries.parts_of(*call.who, analysis)
        return tagged(_whole(parts, queries.revised_sentences(call.session, parts)))

    @change("/{analysis_id:uuid}", needs=Right.ANALYSE, summary="Change title, state or units")
    def change_analysis(
        self,
        analysis_id: FromPath[UUID],
        data: JSONBody[forms.AnalysisChangeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[AnalysisOut]:
        """Change an analysis on the version in If-Match: title, units, or draft and review."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        call.on(analysis, analysis_out, if_match=if_match)
        changes.change_analysis(*call.who, analysis=analysis, form=data, today=call.today)
        return tagged(analysis_out(analysis))

    add_observation = _part_route(
        "observations", "Add an underlag", forms.ObservationForm, services.observe
    )
    add_finding = _part_route(
        "findings", "Add a styrka or utmaning", forms.FindingForm, services.find
    )
    add_cause = _part_route("causes", "Add an orsak", forms.CauseForm, services.name_cause)
    add_evidence = _part_route(
        "evidence", "Add what speaks for or against a cause", forms.EvidenceForm, services.weigh
    )
    add_area = _part_route(
        "areas", "Choose a utvecklingsområde", forms.AreaForm, services.choose_area
    )
    add_effect = _part_route(
        "effects", "Write an expected effect", forms.EffectForm, services.expect
    )
    add_participation = _part_route(
        "participation", "Record who took part", forms.ParticipationForm, services.take_part
    )


def year_of(text: str) -> SchoolYear:
    """Return the läsår that a program wrote; raise Invalid when it is none."""
    try:
        return SchoolYear.parse(text)
    except ValueError as error:
        raise Invalid(_("Skriv läsåret som 2026/27."), {"year": _("Ogiltigt läsår.")}) from error
