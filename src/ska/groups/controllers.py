"""Pages of rektorsgrupper: which there are, who is in one, and what those who lead it do."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid
from ska.groups import services
from ska.groups.forms import GroupForm
from ska.groups.queries import differing_group, group_rows, group_view
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.groups import group_by_slug
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str | list[str]]]


class GroupController(Controller):
    """The rektorsgrupper of the huvudman."""

    path = "/{organizer:str}/rektorsgrupper"

    @read(needs=Right.READ)
    def list_groups(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the groups, those that have ended below."""
        return _list(session, actor, place, Form())

    @write(needs=Right.SHARE)
    def start_group(
        self, data: Sent, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Start a group, or show what is wrong."""
        form = bind(GroupForm, data)
        if form.value is not None:
            try:
                made = services.start_group(
                    session, actor, organizer_id=place.organizer.id, form=form.value,
                    today=place.today,
                )  # fmt: skip
                return Done(_("Gruppen finns."), to=f"{place.path}/rektorsgrupper/{made.slug}")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "name")
        return _list(session, actor, place, form)

    @read("/{group:str}", needs=Right.READ)
    def show_group(
        self,
        group: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show a group: who is in it, and its units to compare."""
        return _show(session, actor, place, group)

    @write("/{group:str}", needs=Right.ANALYSE)
    def change_group(
        self,
        group: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change a group, or show what is wrong or what another wrote meanwhile."""
        one = group_by_slug(session, actor, place.organizer.id, group)
        seen = str(data.pop("seen", ""))
        form = bind(GroupForm, data)
        if form.value is not None:
            try:
                services.change_group(
                    session, actor, group=one, form=form.value, seen=seen, today=place.today
                )
                return Done(_("Gruppen är ändrad."), to=f"{place.path}/rektorsgrupper/{group}")
            except Changed:
                return _show(session, actor, place, group, tried=form, met=form.value)
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "name")
        return _show(session, actor, place, group, tried=form)

    @write("/{group:str}/avsluta", needs=Right.ANALYSE)
    def end_group(
        self,
        group: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """End a group; it can be taken back."""
        one = group_by_slug(session, actor, place.organizer.id, group)
        services.end_group(session, actor, group=one, now=now)
        done = _("{name} är avslutad. Du kan ångra det.").format(name=one.name)
        return Done(done, to=f"{place.path}/rektorsgrupper/{group}")

    @write("/{group:str}/angra", needs=Right.ANALYSE)
    def restore_group(
        self,
        group: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Take a group back that has ended."""
        one = group_by_slug(session, actor, place.organizer.id, group)
        services.restore_group(session, actor, group=one)
        done = _("{name} är tillbaka.").format(name=one.name)
        return Done(done, to=f"{place.path}/rektorsgrupper/{group}")


def _list(session: Session, actor: Actor, place: Place, form: Form[GroupForm]) -> Page:
    rows, units = group_rows(session, actor, place.organizer.id)
    return Page(
        "groups/list.html",
        groups=[one for one in rows if one.group.ended_at is None],
        ended=[one for one in rows if one.group.ended_at is not None],
        units=[one for one in units if one.is_open(place.today)],
        may_start=actor.may_for(Right.SHARE, place.organizer.id, None),
        form=form,
    )


def _show(
    session: Session,
    actor: Actor,
    place: Place,
    slug: str,
    *,
    tried: Form[GroupForm] | None = None,
    met: GroupForm | None = None,
) -> Page:
    """Show a group, and the form that was *tried*; *met* is what another's change met."""
    view = group_view(session, actor, place, slug)
    chosen = {one.unit_id for one in view.group.members}
    standing = {
        "name": view.group.name,
        "units": [str(one) for one in chosen],
        "leader": str(view.group.leading_unit or ""),
    }
    more = {} if met is None else {"differs": differing_group(view, met)}
    return Page(
        "groups/show.html",
        view=view,
        units=[one for one in view.all_units if one.id in chosen or one.is_open(place.today)],
        seen=view.group.print,
        form=tried or Form(),
        change=tried or Form(raw=standing),
        status_code=412 if met is not None else None,
        **more,
    )
