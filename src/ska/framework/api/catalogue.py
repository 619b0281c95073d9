"""Editions, items and wording for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.errors import found
from ska.framework import queries, services
from ska.framework.controllers.wording import patch_file
from ska.framework.forms import AcceptForm, PasteForm
from ska.framework.models import FrameworkWording
from ska.framework.queries import EditionRow, ItemRow
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, remove
from ska.web.versions import IfMatch, Stamped

Filter = Annotated[str | None, QueryParameter(max_length=60)]


class EditionOut(msgspec.Struct):
    """An edition; *text_note* says what of its wording has been read."""

    example: ClassVar[dict[str, Any]] = {
        "id": "nks-2023",
        "kind": "quality_system",
        "name": "Nationella kvalitetssystemet",
        "publisher": "Skolverket",
        "status": "current",
        "url": "https://www.skolverket.se/sida",
        "text_note": "Rubriker är lästa, texter fylls i.",
    }

    id: str
    kind: str
    name: str
    publisher: str
    status: str
    released: str | None
    url: str
    text_note: str


class ItemOut(msgspec.Struct):
    """An item of an edition; *definition* is what its data file says."""

    example: ClassVar[dict[str, Any]] = {
        "id": "nks-2023/gr-1",
        "edition": "nks-2023",
        "kind": "sub_goal",
        "heading": "Alla elever når godkänt i alla ämnen",
        "school_types": ["compulsory_school"],
    }

    id: str
    edition: str
    kind: str
    heading: str
    heading_is_official: bool
    text: str | None
    text_status: str | None
    parent: str | None
    number: int | None
    school_types: list[str]
    published_label: str | None
    retired_on: date | None
    definition: dict[str, Any]


class WordingOut(Stamped):
    """A wording that the huvudman has filled in."""

    example: ClassVar[dict[str, Any]] = {
        "edition": "nks-2023",
        "item": "nks-2023/gr-1",
        "kind": "sub_goal",
        "text": "Alla når målen.",
        "source_url": "https://www.skolverket.se/sida",
        "by": "Kim Ekman",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    edition: str
    item: str | None
    kind: str
    school_type: str | None
    number: int | None
    text: str
    source_url: str
    seen_on: date
    by: str
    replaced_at: datetime | None


class ProposalOut(msgspec.Struct):
    """A part of a pasted page beside what is known."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "sub_goal",
        "item": "nks-2023/gr-1",
        "heading": "Delmål 1",
        "text": "Alla når målen.",
        "state": "new",
    }

    kind: str
    item: str | None
    heading: str
    school_type: str | None
    number: int | None
    text: str
    now: str | None
    state: str


def _edition(row: EditionRow) -> EditionOut:
    return told(EditionOut, row)


def _item(row: ItemRow) -> ItemOut:
    more = {"edition": row.edition_id, "parent": row.parent_id, "definition": row.details}
    return told(ItemOut, row, **more)


def _wording(row: FrameworkWording) -> WordingOut:
    more = {"edition": row.edition_id, "item": row.item_id, "by": row.person_name}
    return told(WordingOut, row, **more)


class FrameworkApi(Controller):
    """Editions, items and the wording filled in."""

    path = "/api/v1/organizers/{organizer:str}/framework"
    tags = ("Målsättningar",)

    @read("/editions", needs=Right.ENTER, summary="List the editions")
    def list_editions(self, pages: GivenPages, call: GivenCall) -> Response[list[EditionOut]]:
        """Return all editions, the national quality system first."""
        return pages.of(queries.editions(call.session), _edition)

    @read("/items", needs=Right.ENTER, summary="List items of the framework")
    def list_items(
        self,
        pages: GivenPages,
        call: GivenCall,
        edition: Filter = None,
        kind: Filter = None,
        school_type: Filter = None,
    ) -> Response[list[ItemOut]]:
        """Return items, filtered by edition, kind and skolform; those retired are left out."""
        rows = queries.items(
            call.session,
            [edition] if edition else [],
            kinds=[kind] if kind else [],
            school_type=school_type,
            part=pages.part(str),
        )
        return pages.answer(rows, _item)

    @read("/items/{edition:str}/{code:str}", needs=Right.ENTER, summary="Show an item")
    def show_item(self, edition: FromPath[str], code: FromPath[str], call: GivenCall) -> ItemOut:
        """Return one item, retired or not."""
        return _item(found(queries.item(call.session, f"{edition}/{code}")))

    @read("/wordings", needs=Right.ENTER, summary="List the wordings in use")
    def list_wordings(self, pages: GivenPages, call: GivenCall) -> Response[list[WordingOut]]:
        """Return the wordings that the huvudman has filled in, for the system in force."""
        edition = queries.current_system(call.session)
        rows = queries.wordings(*call.where, edition.id if edition else "")
        return pages.of(list(rows.values()), _wording)

    @act("/wordings/proposals", needs=Right.EDIT_FRAMEWORK, summary="Compare a pasted page")
    def propose(self, data: JSONBody[PasteForm], call: GivenCall) -> list[ProposalOut]:
        """Return the parts of the page beside what is known.

        Needs no If-Match: nothing is kept.
        """
        proposals = queries.propose(
            *call.who, organizer_id=call.organizer_id, edition_id=data.edition, text=data.text
        )
        return [
            ProposalOut(
                kind=one.pasted.kind,
                item=one.item_id,
                heading=one.heading,
                school_type=one.pasted.school_type,
                number=one.pasted.number,
                text=one.pasted.text,
                now=one.now,
                state=one.state,
            )
            for one in proposals
        ]

    @read(
        "/wordings/patch",
        needs=Right.EDIT_FRAMEWORK,
        summary="Download the wordings as a patch",
        media_type="application/yaml",
    )
    def download_patch(self, call: GivenCall) -> Response[str]:
        """Give the wordings in use as a patch for the project's own files, in YAML."""
        return patch_file(*call.who, call.place)

    @create("/wordings", needs=Right.EDIT_FRAMEWORK, summary="Keep accepted wordings")
    def accept(self, data: JSONBody[AcceptForm], call: GivenCall) -> list[WordingOut]:
        """Keep the wordings; those already kept are left alone and not returned."""
        kept = services.accept_wordings(
            *call.who, organizer_id=call.organizer_id, form=data, now=call.now
        )
        return [_wording(row) for row in kept]

    @remove("/wordings/{wording_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Withdraw a wording")
    def withdraw(
        self, wording_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Take the wording out of use; it stays in the history."""
        row = call.on(queries.wording(*call.where, wording_id), _wording, if_match=if_match)
        services.withdraw_wording(*call.who, wording=row, now=call.now)
