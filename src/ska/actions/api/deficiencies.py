"""Brister for programs: what must be mended (skollagen 4:7)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions import forms, queries, services
from ska.actions.models import Deficiency
from ska.core.prints import print_of
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, tagged, version_in


class DeficiencyOut(msgspec.Struct):
    """A brist."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Skolläkare saknas",
        "source": "Tillsyn",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    text: str
    source: str
    found_on: date
    mended_on: date | None
    version: str


def _deficiency(one: Deficiency) -> DeficiencyOut:
    return told(DeficiencyOut, one, version=print_of(one.text, one.source))


def _as_read(call: Call, deficiency_id: UUID, if_match: str | None) -> Deficiency:
    one = queries.deficiency_by_id(*call.where, deficiency_id)
    return call.on(one, _deficiency, if_match=if_match)


class DeficiencyApi(Controller):
    """Brister: noted, said anew, avhjälpta, opened again."""

    path = "/api/v1/organizers/{organizer:str}/deficiencies"
    tags = ("Insatser",)

    @read(needs=Right.READ, summary="List the brister")
    def list_deficiencies(
        self, pages: GivenPages, call: GivenCall
    ) -> Response[list[DeficiencyOut]]:
        """Return the brister, those not mended first."""
        rows = queries.deficiencies_of(*call.where, part=pages.part())
        return pages.answer(rows, _deficiency)

    @create(needs=Right.PLAN_ACTIONS, summary="Note a brist")
    def note_deficiency(
        self, data: JSONBody[forms.DeficiencyForm], call: GivenCall
    ) -> DeficiencyOut:
        """Note a brist that must be mended (skollagen 4:7)."""
        noted = services.note_deficiency(
            *call.who, organizer_id=call.organizer_id, form=data, today=call.today
        )
        return _deficiency(noted)

    @read("/{deficiency_id:uuid}", needs=Right.READ, summary="Read a brist")
    def read_deficiency(
        self, deficiency_id: FromPath[UUID], call: GivenCall
    ) -> Response[DeficiencyOut]:
        """Return a brist, with its print as ETag."""
        return tagged(_deficiency(queries.deficiency_by_id(*call.where, deficiency_id)))

    @replace("/{deficiency_id:uuid}", needs=Right.PLAN_ACTIONS, summary="Change a brist")
    def change_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        data: JSONBody[forms.DeficiencyForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[DeficiencyOut]:
        """Say the brist anew, on the print in If-Match; where it was found stays as it was."""
        one = _as_read(call, deficiency_id, if_match)
        services.change_deficiency(*call.who, deficiency=one, form=data, seen=version_in(if_match))
        return tagged(_deficiency(one))

    @act(
        "/{deficiency_id:uuid}/mended",
        needs=Right.PLAN_ACTIONS,
        summary="Say that a brist is avhjälpt",
    )
    def mend_deficiency(
        self, deficiency_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[DeficiencyOut]:
        """Say that a brist is avhjälpt; 409 while no åtgärd is carried out and followed up."""
        one = _as_read(call, deficiency_id, if_match)
        services.mend_deficiency(*call.who, deficiency=one, today=call.today)
        return tagged(_deficiency(one))

    @act("/{deficiency_id:uuid}/reopen", needs=Right.PLAN_ACTIONS, summary="Open a brist again")
    def reopen_deficiency(
        self, deficiency_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[DeficiencyOut]:
        """Open a brist again that turned out not to be mended."""
        one = _as_read(call, deficiency_id, if_match)
        services.reopen_deficiency(*call.who, deficiency=one)
        return tagged(_deficiency(one))
