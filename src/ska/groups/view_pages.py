"""Pages of what a rektorsgrupp looks at: views fixed for a meeting, replaced and released."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict, Invalid, NotAllowed
from ska.groups import fixing
from ska.groups.forms import FixedViewForm
from ska.groups.queries import fixed_view, views_to_fix
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.groups import group_by_slug, may_lead
from ska.organizers.models import PrincipalsGroup, SavedView
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]
_ONLY_LEADER = _("Den som leder gruppen väljer vad den tittar på.")


class FixedViewController(Controller):
    """The views that a rektorsgrupp has fixed for its meetings."""

    path = "/{organizer:str}/rektorsgrupper/{group:str}/vyer"

    @read("/ny", needs=Right.ANALYSE)
    def choose_view(
        self, group: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Show the saved views to choose among; a member is led to the group and told who may."""
        one = group_by_slug(session, actor, place.organizer.id, group)
        if not may_lead(actor, one):
            return Done(_ONLY_LEADER, to=_home(place, one))
        return _page(one, views_to_fix(session, actor, place.organizer.id), Form())

    @write("/ny", needs=Right.ANALYSE)
    def fix_view(
        self,
        group: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Fix a view for a meeting, or show what is wrong."""
        one = _led(session, actor, place, group)
        views = views_to_fix(session, actor, place.organizer.id)
        form = bind(FixedViewForm, data, today=place.today)
        if form.value is not None:
            try:
                fixing.fix_view(
                    session, actor, group=one, view=_chosen(views, form.value),
                    form=form.value, today=place.today,
                )  # fmt: skip
                return Done(_("Vyn är vald. Alla i gruppen hittar den."), to=_home(place, one))
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "view_id")
        return _page(one, views, form)

    @read("/{fixed_id:uuid}", needs=Right.ANALYSE)
    def show_fixed(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Show a fixed view with what to replace it with, and to release it; as above."""
        one = group_by_slug(session, actor, place.organizer.id, group)
        if not may_lead(actor, one):
            return Done(_ONLY_LEADER, to=_home(place, one))
        fixed = fixed_view(session, actor, one, fixed_id)
        return _page(one, views_to_fix(session, actor, place.organizer.id), Form(), fixed)

    @write("/{fixed_id:uuid}", needs=Right.ANALYSE)
    def replace_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Look at another view instead, or at another day, or show what is wrong."""
        one = _led(session, actor, place, group)
        fixed = fixed_view(session, actor, one, fixed_id)
        views = views_to_fix(session, actor, place.organizer.id)
        form = bind(FixedViewForm, data, today=place.today)
        if form.value is not None:
            try:
                fixing.replace_view(
                    session, actor, group=one, fixed=fixed,
                    view=_chosen([*views, fixed], form.value), form=form.value, now=now,
                )  # fmt: skip
                return Done(_("Vyn är bytt."), to=_home(place, one))
            except (Conflict, Invalid) as refused:
                session.refresh(fixed)
                form.refuse(refused, "view_id")
        return _page(one, views, form, fixed)

    @write("/{fixed_id:uuid}/slapp", needs=Right.ANALYSE)
    def release_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Look at a view no more; it can be taken back."""
        one = _led(session, actor, place, group)
        fixed = fixed_view(session, actor, one, fixed_id)
        fixing.release_view(session, actor, group=one, fixed=fixed, now=now)
        return Done(_("Vyn är släppt. Du kan ångra det."), to=_home(place, one))

    @write("/{fixed_id:uuid}/angra", needs=Right.ANALYSE)
    def retake_view(
        self,
        group: FromPath[str],
        fixed_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Look at a view again that was released."""
        one = _led(session, actor, place, group)
        fixed = fixed_view(session, actor, one, fixed_id)
        fixing.retake_view(session, actor, group=one, fixed=fixed)
        return Done(_("Vyn är tillbaka."), to=_home(place, one))


def _led(session: Session, actor: Actor, place: Place, slug: str) -> PrincipalsGroup:
    """Return the group when the person sees to it; raise NotAllowed to a member."""
    group = group_by_slug(session, actor, place.organizer.id, slug)
    if not may_lead(actor, group):
        raise NotAllowed(_ONLY_LEADER)
    return group


def _home(place: Place, group: PrincipalsGroup) -> str:
    return f"{place.path}/rektorsgrupper/{group.slug}"


def _chosen(views: list[SavedView], form: FixedViewForm) -> SavedView | None:
    return next((one for one in views if one.id == form.view_id), None)


def _page(
    group: PrincipalsGroup,
    views: list[SavedView],
    form: Form[FixedViewForm],
    fixed: SavedView | None = None,
) -> Page:
    return Page("groups/fix.html", group=group, views=views, fixed=fixed, form=form)
