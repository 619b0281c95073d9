"""Pages of saved views: the list, saving one, its deep link, and what its maker does with it."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons import saving
from ska.comparisons.dependencies import ASKED_FOR, COMPARED, GivenAskedFor, GivenCompared
from ska.comparisons.forms import ViewForm, ViewNameForm, Whose
from ska.comparisons.queries.keeping import ToKeep, compared_to_keep, page_to_keep, path_of
from ska.comparisons.queries.placesets import has_set
from ska.comparisons.queries.saved import group_compared, own_view, view_by_id, views_of
from ska.comparisons.queries.shown import Compared
from ska.comparisons.queries.view import comparison_view
from ska.core.text import _
from ska.errors import Invalid, Missing, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.groups import may_lead
from ska.organizers.meetings import whose_numbers
from ska.organizers.models import SavedView
from ska.overview.queries.home import role_and_unit
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]


class ViewController(Controller):
    """The views that a person finds in a huvudman."""

    path = "/{organizer:str}/jamfor/vyer"
    dependencies = {**COMPARED, **ASKED_FOR}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER)
    def list_views(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the views, those fixed for a meeting first; and the removed ones."""
        return _list(session, actor, place)

    @read("/ny", needs=Right.ENTER)
    def new_view(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, compared: GivenCompared
    ) -> Page:
        """Show the form that saves the comparison of the address."""
        return _form_page(actor, place, _compared(session, actor, place, compared), Form())

    @write("/ny", needs=Right.ENTER)
    def save_view(
        self,
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        compared: GivenCompared,
    ) -> Page | Done:
        """Save the comparison of the address as a view, or show what is wrong."""
        return _save(session, actor, place, _compared(session, actor, place, compared), data)

    @read("/ny/{page:str}", needs=Right.ENTER)
    def new_view_of_page(
        self,
        page: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAskedFor,
    ) -> Page:
        """Show the form that saves another page with a chart, as the address asks for it."""
        kept = page_to_keep(session, actor, place.organizer, page, asked, place.today)
        return _form_page(actor, place, kept, Form(), page)

    @write("/ny/{page:str}", needs=Right.ENTER)
    def save_view_of_page(
        self,
        page: FromPath[str],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAskedFor,
    ) -> Page | Done:
        """Save another page with a chart as a view, or show what is wrong."""
        kept = page_to_keep(session, actor, place.organizer, page, asked, place.today)
        return _save(session, actor, place, kept, data, page)

    @read("/{view_id:uuid}", needs=Right.ENTER)
    def open_view(
        self,
        view_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Lead to the comparison, as it stands today."""
        view = view_by_id(session, actor, place.organizer.id, view_id)
        if view.removed_at is not None:
            raise Missing
        if not has_set(place.organizer, str(view.question.get("vilka", ""))):
            none = _(
                "Det finns inga sådana kommuner att ställa bredvid {name}, så vyn är tom hos er."
                " Jämför i nätverket i stället."
            )
            told = none.format(name=place.organizer.name)
            return Done(told, to=f"{place.path}/jamfor/vyer")
        return Done(to=f"{place.path}{path_of(view.question)}")

    @write("/{view_id:uuid}/namn", needs=Right.ENTER)
    def rename_view(
        self,
        view_id: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Give a view another name."""
        view = own_view(session, actor, place.organizer.id, view_id)
        form = bind(ViewNameForm, data)
        if form.value is None:
            return _list(session, actor, place, form, view)
        saving.rename_view(session, actor, view=view, form=form.value)
        return Done(_("Vyn har fått ett nytt namn."), to=f"{place.path}/jamfor/vyer")

    @write("/{view_id:uuid}/ta-bort", needs=Right.ENTER)
    def remove_view(
        self,
        view_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Remove a view; it can be taken back."""
        view = own_view(session, actor, place.organizer.id, view_id)
        saving.remove_view(session, actor, view=view, now=now)
        return Done(_("Vyn är borttagen. Du kan ångra det."), to=f"{place.path}/jamfor/vyer")

    @write("/{view_id:uuid}/angra", needs=Right.ENTER)
    def restore_view(
        self, view_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Take a removed view back."""
        view = own_view(session, actor, place.organizer.id, view_id)
        saving.restore_view(session, actor, view=view)
        return Done(_("Vyn är tillbaka."), to=f"{place.path}/jamfor/vyer")


def _compared(session: Session, actor: Actor, place: Place, compared: Compared) -> ToKeep:
    """Return the comparison that is saved; what is read here leaves no trace with others."""
    _roles, home = role_and_unit(actor, place.organizer.id)
    view = comparison_view(session, actor, place.organizer, compared, today=place.today, home=home)
    group = group_compared(session, actor, place.organizer.id, view.chosen)
    return compared_to_keep(view, compared, group)


def _save(
    session: Session, actor: Actor, place: Place, kept: ToKeep, data: dict[str, str], page: str = ""
) -> Page | Done:
    form = bind(ViewForm, data, today=place.today)
    if form.value is None:
        return _form_page(actor, place, kept, form, page)
    try:
        saved = saving.save_view(
            session, actor, organizer_id=place.organizer.id, kept=kept, form=form.value
        )
    except (Invalid, NotAllowed) as error:
        form.errors = getattr(error, "fields", None) or {"whose": error.detail}
        return _form_page(actor, place, kept, form, page)
    return Done(_("Vyn är sparad."), to=f"{place.path}{path_of(saved.question)}")


def _list(
    session: Session,
    actor: Actor,
    place: Place,
    form: Form[ViewNameForm] | None = None,
    renamed: SavedView | None = None,
) -> Page:
    organizer_id = place.organizer.id
    here = [
        (view, network, view.organizer_id == organizer_id and saving.may_change(actor, view))
        for view, network in views_of(session, actor, organizer_id)
    ]
    gone = [view for view, _network in views_of(session, actor, organizer_id, removed=True)
            if saving.may_change(actor, view)]  # fmt: skip
    return Page(
        "comparisons/views.html",
        form=form or Form(),
        views=here,
        removed=gone,
        renamed=renamed.id if renamed else None,
        shows=whose_numbers,
    )


def _form_page(
    actor: Actor, place: Place, kept: ToKeep, form: Form[ViewForm], page: str = ""
) -> Page:
    """Show the form; *page* is the one that is kept, none for a comparison."""
    may_all = actor.may(Right.ANALYSE, place.organizer.id)
    whose = [(Whose.MINE, _("Bara jag"))]
    if may_all:
        whose.append((Whose.ALL, _("Alla i {name}").format(name=place.organizer.name)))
    may_fix = actor.may_for(Right.SHARE, place.organizer.id, None)
    names = [kept.network] if kept.network else [name for _id, name in kept.networks]
    if names and may_fix and not kept.only_here:
        one = _("Alla i {name}").format(name=names[0])
        whose.append((Whose.NETWORK, one if len(names) == 1 else _("Alla i ett av våra nätverk")))
    if kept.group and may_lead(actor, kept.group):
        whose.append((Whose.GROUP, _("Alla i {name}").format(name=kept.group.name)))
    return Page(
        "comparisons/view_form.html",
        form=form,
        kept=kept,
        page=page,
        whose=whose,
        may_fix=may_fix,
        shows=whose_numbers(kept.asked),
    )
