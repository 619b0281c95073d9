"""A part of an analysis for programs: read it, say it anew, strike it, put it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.analyses import changes, forms, parts, queries, services
from ska.analyses.models import StruckPart
from ska.db.session import lock
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged, version_in


class OnePartOut(msgspec.Struct):
    """A part as its form says it; its print is the ETag."""

    example: ClassVar[dict[str, Any]] = {
        "says": {
            "title": "Tidig kartläggning",
            "reason": "",
            "causes": ["01990f6e-5c00-7000-8000-000000000001"],
        },
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    analysis_id: UUID
    says: dict[str, Any]
    version: str


class StruckOut(Stamped):
    """A part that was struck."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "area",
        "label": "Tidig kartläggning",
        "reason": "Skrevs två gånger",
        "struck_by": "Kim Ekman",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    kind: str
    part_id: UUID
    label: str
    reason: str
    struck_by: str
    struck_at: datetime


class KeptOut(msgspec.Struct):
    """Whether an underlag counts."""

    id: UUID
    is_kept: bool


def _out(kind: parts.Kind, part: Any) -> OnePartOut:
    return OnePartOut(part.id, part.analysis_id, kind.content(part), kind.print_of(part))


def _struck(one: StruckPart) -> StruckOut:
    return told(StruckOut, one, struck_at=one.created_at)


def _reading(path: str, kind: parts.Kind) -> Any:
    def read_part(
        self: Any, analysis_id: FromPath[UUID], part_id: FromPath[UUID], call: GivenCall
    ) -> Response[OnePartOut]:
        """Return what the part says, with its print as ETag."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        return tagged(_out(kind, changes.part_of(*call.who, analysis, kind, part_id)))

    read_part.__name__ = f"read_{kind.name}"
    address = f"/{{analysis_id:uuid}}/{path}/{{part_id:uuid}}"
    return read(address, needs=Right.ENTER, summary=f"Read one of the {path}")(read_part)


def _changing(path: str, kind: parts.Kind) -> Any:
    def change_part(
        self: Any,
        analysis_id: FromPath[UUID],
        part_id: FromPath[UUID],
        data: JSONBody[Any],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[OnePartOut]:
        """Say the part anew, on the print in If-Match; 412 when it says something else by now."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        now = changes.part_of(*call.who, analysis, kind, part_id)
        services.insist_on_day_ahead(data, call.place.today, now)
        part = changes.change_part(
            *call.who,
            analysis=analysis,
            kind=kind,
            part_id=part_id,
            form=data,
            seen=version_in(if_match),
        )
        return tagged(_out(kind, part))

    change_part.__annotations__["data"] = cast("Any", JSONBody)[kind.form]
    change_part.__name__ = f"change_{kind.name}"
    address = f"/{{analysis_id:uuid}}/{path}/{{part_id:uuid}}"
    return replace(address, needs=Right.OBSERVE, summary=f"Change one of the {path}")(change_part)


def _striking(path: str, kind: parts.Kind) -> Any:
    def strike_part(
        self: Any,
        analysis_id: FromPath[UUID],
        part_id: FromPath[UUID],
        data: JSONBody[forms.StrikeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> StruckOut:
        """Strike the part with a reason, on the print in If-Match; it can be put back."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        struck = changes.strike_part(
            *call.who,
            analysis=analysis,
            kind=kind,
            part_id=part_id,
            form=data,
            seen=version_in(if_match),
        )
        return _struck(struck)

    strike_part.__name__ = f"strike_{kind.name}"
    address = f"/{{analysis_id:uuid}}/{path}/{{part_id:uuid}}/strike"
    summary = f"Strike one of the {path}"
    return create(address, needs=Right.OBSERVE, summary=summary)(strike_part)


def _keeping(word: str, summary: str, *, keep: bool) -> Any:
    def keep_or_strike(
        self: Any,
        analysis_id: FromPath[UUID],
        part_id: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> KeptOut:
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        lock(call.session, analysis)  # its parts are changed by one at a time
        one = changes.part_of(*call.who, analysis, parts.OBSERVATION, part_id)
        must_match(if_match, parts.OBSERVATION.print_of(one))
        services.strike_observation(*call.who, analysis=analysis, observation=one, keep=keep)
        return KeptOut(one.id, one.is_kept)

    keep_or_strike.__name__ = f"{word.replace('-', '_')}_observation"
    keep_or_strike.__doc__ = f"{summary}, on the print in If-Match; nothing is deleted."
    address = f"/{{analysis_id:uuid}}/observations/{{part_id:uuid}}/{word}"
    return act(address, needs=Right.OBSERVE, summary=summary)(keep_or_strike)


class PartApi(Controller):
    """One part of an analysis after it was written."""

    path = "/api/v1/organizers/{organizer:str}/analyses"
    tags = ("Analyser",)

    read_observation = _reading("observations", parts.OBSERVATION)
    change_observation = _changing("observations", parts.OBSERVATION)
    strike_observation = _keeping("strike", "Strike an underlag", keep=False)
    put_back_observation = _keeping("put-back", "Take an underlag back", keep=True)
    read_finding = _reading("findings", parts.FINDING)
    change_finding = _changing("findings", parts.FINDING)
    strike_finding = _striking("findings", parts.FINDING)
    read_cause = _reading("causes", parts.CAUSE)
    change_cause = _changing("causes", parts.CAUSE)
    strike_cause = _striking("causes", parts.CAUSE)
    read_evidence = _reading("evidence", parts.EVIDENCE)
    change_evidence = _changing("evidence", parts.EVIDENCE)
    strike_evidence = _striking("evidence", parts.EVIDENCE)
    read_area = _reading("areas", parts.AREA)
    change_area = _changing("areas", parts.AREA)
    strike_area = _striking("areas", parts.AREA)
    read_effect = _reading("effects", parts.EFFECT)
    change_effect = _changing("effects", parts.EFFECT)
    strike_effect = _striking("effects", parts.EFFECT)
    read_participation = _reading("participation", parts.PARTICIPATION)
    change_participation = _changing("participation", parts.PARTICIPATION)
    strike_participation = _striking("participation", parts.PARTICIPATION)

    @read("/{analysis_id:uuid}/struck", needs=Right.ENTER, summary="List the struck parts")
    def list_struck(
        self, pages: GivenPages, analysis_id: FromPath[UUID], call: GivenCall
    ) -> Response[list[StruckOut]]:
        """Return what was struck, with its reason, for those who work with drafts."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        struck = queries.parts_of(*call.who, analysis).struck
        return pages.of(struck, _struck)

    @act(
        "/{analysis_id:uuid}/struck/{struck_id:uuid}/put-back",
        needs=Right.OBSERVE,
        summary="Put a struck part back",
    )
    def put_back(
        self,
        analysis_id: FromPath[UUID],
        struck_id: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[OnePartOut]:
        """Put a struck part back as it was."""
        analysis = queries.analysis_by_id(*call.where, analysis_id)
        struck = changes.struck_of(*call.who, analysis, struck_id)
        call.on(struck, _struck, if_match=if_match)
        part = changes.put_back(*call.who, analysis=analysis, struck=struck)
        return tagged(_out(parts.KINDS[struck.kind], part))
