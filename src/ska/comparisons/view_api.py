"""Saved views for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.comparisons import saving
from ska.comparisons.dependencies import (
    API_ASKED_FOR,
    API_COMPARED,
    GivenAskedFor,
    GivenCompared,
)
from ska.comparisons.forms import ViewForm, ViewNameForm
from ska.comparisons.queries.keeping import compared_to_keep, page_to_keep, path_of
from ska.comparisons.queries.saved import group_compared, listed_views, own_view, view_by_id
from ska.comparisons.queries.view import comparison_view
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.models import SavedView
from ska.overview.queries.home import role_and_unit
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, tagged


class ViewOut(Stamped):
    """A saved view; *address* is put after the huvudman's own."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Åk 6 inför rektorsgruppen",
        "whose": "all",
        "made_by": "Kim Ek",
        "address": "/jamfor?vad=gr-alla-amnen-ak6&vilka=liknande",
        "removed": False,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    name: str
    whose: str
    made_by: str
    address: str
    meeting_on: date | None
    removed: bool


class ViewApi(Controller):
    """Comparisons saved as views."""

    path = "/api/v1/organizers/{organizer:str}/views"
    tags = ("Jämför",)
    dependencies = API_ASKED_FOR

    @read(needs=Right.ENTER, summary="List the saved views")
    def list_views(self, pages: GivenPages, call: GivenCall) -> Response[list[ViewOut]]:
        """Return the person's own views, those for all, and those fixed where she is a member."""
        return pages.answer(listed_views(*call.where, part=pages.part()), view_out)

    @create(
        needs=Right.ENTER,
        summary="Save a comparison as a view",
        dependencies=API_COMPARED,
    )
    def save_view(
        self, data: JSONBody[ViewForm], call: GivenCall, compared: GivenCompared
    ) -> ViewOut:
        """Save what the question asks for, never what it answers."""
        organizer = call.place.organizer
        _roles, home = role_and_unit(call.actor, organizer.id)
        view = comparison_view(*call.who, organizer, compared, today=call.today, home=home)
        saved = saving.save_view(
            *call.who,
            organizer_id=organizer.id,
            kept=compared_to_keep(view, compared, group_compared(*call.where, view.chosen)),
            form=data,
        )
        return view_out(saved)

    @create("/{page:str}", needs=Right.ENTER, summary="Save another chart's page as a view")
    def save_view_of_page(
        self, page: FromPath[str], data: JSONBody[ViewForm], call: GivenCall, asked: GivenAskedFor
    ) -> ViewOut:
        """Save the page *salsa*, *np-betyg* or *resultat*, as in the pages' addresses."""
        organizer = call.place.organizer
        kept = page_to_keep(*call.who, organizer, page, asked, call.today)
        saved = saving.save_view(*call.who, organizer_id=organizer.id, kept=kept, form=data)
        return view_out(saved)

    @read("/{view_id:uuid}", needs=Right.ENTER, summary="Read a saved view")
    def read_view(self, view_id: FromPath[UUID], call: GivenCall) -> Response[ViewOut]:
        """Return a view with its print as ETag."""
        return tagged(view_out(view_by_id(*call.where, view_id)))

    @replace("/{view_id:uuid}/name", needs=Right.ENTER, summary="Rename a saved view")
    def rename_view(
        self,
        view_id: FromPath[UUID],
        data: JSONBody[ViewNameForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ViewOut]:
        """Give a view another name; its maker or who answers for it."""
        view = _as_read(call, view_id, if_match)
        saving.rename_view(*call.who, view=view, form=data)
        return tagged(view_out(view))

    @remove("/{view_id:uuid}", needs=Right.ENTER, summary="Remove a saved view")
    def remove_view(
        self, view_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Remove a view; it can be taken back."""
        view = _as_read(call, view_id, if_match)
        saving.remove_view(*call.who, view=view, now=call.now)

    @act("/{view_id:uuid}/restore", needs=Right.ENTER, summary="Take a removed view back")
    def restore_view(
        self, view_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ViewOut]:
        """Take a removed view back."""
        view = _as_read(call, view_id, if_match)
        saving.restore_view(*call.who, view=view)
        return tagged(view_out(view))


def _as_read(call: Call, view_id: UUID, if_match: str | None) -> SavedView:
    return call.on(own_view(*call.where, view_id), view_out, if_match=if_match)


def view_out(view: SavedView) -> ViewOut:
    """Return a view as programs see it."""
    removed = view.removed_at is not None
    return told(ViewOut, view, address=path_of(view.question), removed=removed)
