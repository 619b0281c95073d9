"""Editions, items and wording for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.errors import Missing
from ska.framework import queries, services
from ska.framework.forms import AcceptForm, PasteForm
from ska.framework.models import FrameworkWording
from ska.framework.queries import ItemRow
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.routing import create, read, remove

Filter = Annotated[str | None, QueryParameter(max_length=60)]


class EditionOut(msgspec.Struct):
    """An edition; *text_note* says what of its wording has been read."""

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


class WordingOut(msgspec.Struct):
    """A wording that the huvudman has filled in."""

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
    def list_editions(self, place: GivenPlace, session: GivenSession) -> list[EditionOut]:
        """Return all editions, the national quality system first."""
        names = EditionOut.__struct_fields__
        return [
            EditionOut(**{name: getattr(one, name) for name in names})
            for one in queries.editions(session)
        ]

    @read("/items", needs=Right.ENTER, summary="List items of the framework")
    def list_items(
        self,
        place: GivenPlace,
        session: GivenSession,
        edition: Filter = None,
        kind: Filter = None,
        school_type: Filter = None,
    ) -> list[ItemOut]:
        """Return items, filtered by edition, kind and skolform; those retired are left out."""
        rows = queries.items(
            session,
            [edition] if edition else [],
            kinds=[kind] if kind else [],
            school_type=school_type,
        )
        return [_item(row) for row in rows]

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
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> list[WordingOut]:
        """Return the wordings that the huvudman has filled in, for the system in force."""
        edition = queries.current_system(session)
        if edition is None:
            return []
        rows = queries.wordings(session, actor, place.organizer.id, edition.id)
        return [_wording(row) for row in rows.values()]

    @create("/wordings/proposals", needs=Right.EDIT_FRAMEWORK, summary="Compare a pasted page")
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
    ) -> None:
        """Take the wording out of use; it stays in the history."""
        row = queries.wording(session, actor, place.organizer.id, wording_id)
        if row is None:
            raise Missing
        services.withdraw_wording(session, actor, wording=row, now=now)
