"""Editions, items and wording for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.db.session import lock
from ska.errors import Missing
from ska.framework import queries, services
from ska.framework.controllers.wording import patch_file
from ska.framework.forms import AcceptForm, PasteForm
from ska.framework.models import FrameworkWording
from ska.framework.queries import ItemRow
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, must_be

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


def _item(row: ItemRow) -> ItemOut:
    names = ("id", "kind", "heading", "heading_is_official", "text", "text_status", "number")
    return ItemOut(
        **{name: getattr(row, name) for name in names},
        edition=row.edition_id,
        parent=row.parent_id,
        school_types=row.school_types,
        published_label=row.published_label,
        retired_on=row.retired_on,
        definition=row.details,
    )


def _wording(row: FrameworkWording) -> WordingOut:
    names = ("id", "kind", "school_type", "number", "text", "source_url", "seen_on", "replaced_at")
    return WordingOut(
        **{name: getattr(row, name) for name in names},
        edition=row.edition_id,
        item=row.item_id,
        by=row.person_name,
    )


class FrameworkApi(Controller):
    """Editions, items and the wording filled in."""

    path = "/api/v1/organizers/{organizer:str}/framework"
    tags = ["Målsättningar"]  # noqa: RUF012

    @read("/editions", needs=Right.ENTER, summary="List the editions")
    def list_editions(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
    ) -> Response[list[EditionOut]]:
        """Return all editions, the national quality system first."""
        page, headers = pages.of(queries.editions(session))
        names = EditionOut.__struct_fields__
        out = [EditionOut(**{name: getattr(one, name) for name in names}) for one in page]
        return Response(out, headers=headers)

    @read("/items", needs=Right.ENTER, summary="List items of the framework")
    def list_items(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        edition: Filter = None,
        kind: Filter = None,
        school_type: Filter = None,
    ) -> Response[list[ItemOut]]:
        """Return items, filtered by edition, kind and skolform; those retired are left out."""
        rows = queries.items(
            session,
            [edition] if edition else [],
            kinds=[kind] if kind else [],
            school_type=school_type,
        )
        page, headers = pages.of(rows)
        return Response([_item(row) for row in page], headers=headers)

    @read("/items/{edition:str}/{code:str}", needs=Right.ENTER, summary="Show an item")
    def show_item(
        self,
        edition: FromPath[str],
        code: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
    ) -> ItemOut:
        """Return one item, retired or not."""
        row = queries.item(session, f"{edition}/{code}")
        if row is None:
            raise Missing
        return _item(row)

    @read("/wordings", needs=Right.ENTER, summary="List the wordings in use")
    def list_wordings(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[WordingOut]]:
        """Return the wordings that the huvudman has filled in, for the system in force."""
        edition = queries.current_system(session)
        rows = queries.wordings(session, actor, place.organizer.id, edition.id if edition else "")
        page, headers = pages.of(list(rows.values()))
        return Response([_wording(row) for row in page], headers=headers)

    @create(
        "/wordings/proposals",
        needs=Right.EDIT_FRAMEWORK,
        summary="Compare a pasted page",
        status_code=200,
    )
    def propose(
        self,
        data: JSONBody[PasteForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> list[ProposalOut]:
        """Return the parts of the page beside what is known. Nothing is kept."""
        found = queries.propose(
            session,
            actor,
            organizer_id=place.organizer.id,
            edition_id=data.edition,
            text=data.text,
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
            for one in found
        ]

    @read(
        "/wordings/patch",
        needs=Right.EDIT_FRAMEWORK,
        summary="Download the wordings as a patch",
        media_type="application/yaml",
    )
    def download_patch(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[str]:
        """Give the wordings in use as a patch for the project's own files, in YAML."""
        return patch_file(session, actor, place)

    @create("/wordings", needs=Right.EDIT_FRAMEWORK, summary="Keep accepted wordings")
    def accept(
        self,
        data: JSONBody[AcceptForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> list[WordingOut]:
        """Keep the wordings; those already kept are left alone and not returned."""
        kept = services.accept_wordings(
            session, actor, organizer_id=place.organizer.id, form=data, now=now
        )
        return [_wording(row) for row in kept]

    @remove("/wordings/{wording_id:uuid}", needs=Right.EDIT_FRAMEWORK, summary="Withdraw a wording")
    def withdraw(
        self,
        wording_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> None:
        """Take the wording out of use; it stays in the history."""
        row = queries.wording(session, actor, place.organizer.id, wording_id)
        if row is None:
            raise Missing
        must_be(if_match, _wording(lock(session, row)))
        services.withdraw_wording(session, actor, wording=row, now=now)
