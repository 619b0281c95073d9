"""What a rektorsgrupp looks at, for programs: the same services and rules as the pages."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.comparisons.queries.saved import views_here
from ska.comparisons.view_api import ViewOut, view_out
from ska.db.session import lock
from ska.groups import fixing
from ska.groups.forms import FixedViewForm
from ska.groups.queries import fixed_view, views_to_fix
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.groups import group_by_slug
from ska.organizers.models import PrincipalsGroup, SavedView
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, remove, replace
from ska.web.versions import IfMatch, tagged


class FixedViewApi(Controller):
    """The views that a rektorsgrupp has fixed for its meetings."""

    path = "/api/v1/organizers/{organizer:str}/groups/{group:str}/views"
    tags = ("Jämför",)

    @read(needs=Right.READ, summary="List what a principals' group looks at")
    def list_views(
        self, group: FromPath[str], pages: GivenPages, call: GivenCall
    ) -> Response[list[ViewOut]]:
        """Return the views by meeting, those that are released too."""
        one = group_by_slug(*call.where, group)
        views = [view for view in views_here(*call.where) if view.group_id == one.id]
        return pages.of(views, view_out)

    @create(needs=Right.ANALYSE, summary="Fix a view for a group's meeting")
    def fix_view(
        self, group: FromPath[str], data: JSONBody[FixedViewForm], call: GivenCall
    ) -> ViewOut:
        """Fix a copy of a saved view, for a day or for whenever the group meets."""
        one = group_by_slug(*call.where, group)
        made = fixing.fix_view(
            *call.who, group=one, view=_chosen(call, data), form=data, today=call.today
        )
        return view_out(made)

    @read("/{fixed_id:uuid}", needs=Right.READ, summary="Read a fixed view")
    def read_view(
        self, group: FromPath[str], fixed_id: FromPath[UUID], call: GivenCall
    ) -> Response[ViewOut]:
        """Return a fixed view with its print as ETag."""
        one = group_by_slug(*call.where, group)
        return tagged(view_out(fixed_view(*call.who, one, fixed_id)))

    @replace("/{fixed_id:uuid}", needs=Right.ANALYSE, summary="Replace a fixed view")
    def replace_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        data: JSONBody[FixedViewForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ViewOut]:
        """Look at another view, or at another day; the answer is a new one, the old is released."""
        one, fixed = _as_read(call, group, fixed_id, if_match)
        view = fixed if data.view_id == fixed.id else _chosen(call, data)
        made = fixing.replace_view(
            *call.who, group=one, fixed=fixed, view=view, form=data, now=call.now
        )
        return tagged(view_out(made))

    @remove("/{fixed_id:uuid}", needs=Right.ANALYSE, summary="Release a fixed view")
    def release_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> None:
        """Look at it no more; it can be taken back."""
        one, fixed = _as_read(call, group, fixed_id, if_match)
        fixing.release_view(*call.who, group=one, fixed=fixed, now=call.now)

    @act("/{fixed_id:uuid}/restore", needs=Right.ANALYSE, summary="Take a released view back")
    def retake_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ViewOut]:
        """Look at a view again that was released."""
        one, fixed = _as_read(call, group, fixed_id, if_match)
        fixing.retake_view(*call.who, group=one, fixed=fixed)
        return tagged(view_out(fixed))


def _chosen(call: Call, form: FixedViewForm) -> SavedView | None:
    views = views_to_fix(*call.where)
    return next((one for one in views if one.id == form.view_id), None)


def _as_read(
    call: Call, slug: str, fixed_id: UUID, if_match: str | None
) -> tuple[PrincipalsGroup, SavedView]:
    """Return the group, held first as the pages do, and its view when it is as it was read."""
    group = lock(call.session, group_by_slug(*call.where, slug))
    fixed = fixed_view(*call.who, group, fixed_id)
    return group, call.on(fixed, view_out, if_match=if_match)
