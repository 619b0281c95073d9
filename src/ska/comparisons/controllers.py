"""Pages of comparison: the builder with its result, the sheets, and sharing with a network."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons import services
from ska.comparisons.dependencies import COMPARED, GivenCompared, Written
from ska.comparisons.queries.alike import choices
from ska.comparisons.queries.context import MOST as MOST_FACTORS
from ska.comparisons.queries.context import conditions
from ska.comparisons.queries.rows import own_copy
from ska.comparisons.queries.saved import views_of
from ska.comparisons.queries.sets import MOST_CHOSEN
from ska.comparisons.queries.shown import Compared, ComparisonView, shapes_of
from ska.comparisons.queries.view import read_comparison
from ska.comparisons.rules import said_once
from ska.comparisons.seeing import query_of
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import file_name
from ska.overview.queries.happenings import happenings_of
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.pages import indicator_by_code
from ska.overview.queries.peers import called, everyone
from ska.overview.rules.steps import step_of
from ska.sharing import services as sharing
from ska.sharing.forms import AS_DESCRIBED, ShareForm
from ska.sharing.queries import countings, networks_of
from ska.values.rules import status_word
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.figures import GivenRequest, files_of, taken
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

SHOWN = 8


class ComparisonController(Controller):
    """Compare: what, with whom, and when."""

    path = "/{organizer:str}/jamfor"
    dependencies = COMPARED

    @read(needs=Right.ENTER)
    def compare(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        compared: GivenCompared,
        elever: Written = None,
    ) -> Page:
        """Show the builder, the picture of what is chosen, and what may be done with it."""
        view = _view(session, actor, place, compared)
        organizer_id, standing = place.organizer.id, view.standing
        done = happenings_of(
            session, actor, organizer_id, code=view.item.code,
            sub_goals=list(view.item.details.get("sub_goals") or ()),
            unit_id=view.unit.id if view.unit else None, path=place.path,
        ) if view.item and view.period and not view.sharing else None  # fmt: skip
        return Page(
            "comparisons/compare.html",
            view=view,
            may_ask=actor.may(Right.ANALYSE, organizer_id),
            query=query_of(view, compared),
            shapes=shapes_of(view.chosen),
            conditions=conditions(view.items),
            most_factors=MOST_FACTORS,
            everyone=everyone(),
            most=MOST_CHOSEN,
            sought=compared.sought,
            compared=compared,
            alike=choices(view.items, place.today),
            meant=called(compared.sought),
            step=step_of([("", standing.measure if standing else None)], elever),
            done=done,
            saved=views_of(session, actor, organizer_id)[:SHOWN] if not view.item else (),
            may_note=actor.may(Right.OBSERVE, organizer_id),
            may_share=actor.may_for(Right.SHARE, organizer_id, None),
        )

    @read(files_of(), needs=Right.ENTER)
    def download(
        self,
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        compared: GivenCompared,
    ) -> Response[bytes]:
        """Give what is shown as a file; what may not be shown is not in it."""
        view = _view(session, actor, place, compared)
        if view.chart is None:
            raise Missing
        name = file_name("jamforelse", place.organizer.slug, compared.what)
        return taken(view.chart, name, request, is_demo=place.organizer.is_demo)

    @read("/dela", needs=Right.SHARE)
    def show_share(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        vad: Written = None,
        natverk: Written = None,
    ) -> Page:
        """Show what would be shared, with whom, and ask for the purpose and the day."""
        return _share_page(session, actor, place, today, vad or "", Form(), natverk or "")

    @write("/dela", needs=Right.SHARE)
    def share(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Share an indicator with a network, or show what is wrong."""
        what = data.pop("vad", "")
        item = indicator_by_code(session, actor, place.organizer.id, what)
        form = bind(ShareForm, data, today=now.date())
        if form.value is not None:
            try:
                services.share_indicator(
                    session, actor, organizer=place.organizer, item=item, form=form.value, now=now
                )
                slug = _slug_of(session, actor, place, form.value.network_id)
                done = _("Ni delar {what}. De andra som delar ser era värden.").format(
                    what=item.heading
                )
                return Done(done, to=f"{place.path}/jamfor?vad={what}&vilka=natverk:{slug}")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "network_id")
        return _share_page(session, actor, place, now.date(), what, form)

    @write("/dela/{grant_id:uuid}/ny-kopia", needs=Right.SHARE)
    def renew(
        self,
        grant_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Publish the values of today instead of the copy."""
        grant = sharing.own_grant(session, actor, place.organizer.id, grant_id)
        services.renew_indicator(session, actor, organizer=place.organizer, grant=grant, now=now)
        slug = _slug_of(session, actor, place, grant.network_id)
        to = f"{place.path}/jamfor?vad={grant.item}&vilka=natverk:{slug}"
        return Done(_("Kopian är ny. De andra ser värdena av i dag."), to=to)


def _view(session: Session, actor: Actor, place: Place, compared: Compared) -> ComparisonView:
    _roles, home = role_and_unit(actor, place.organizer.id)
    return read_comparison(session, actor, place.organizer, compared, today=place.today, home=home)


def _slug_of(session: Session, actor: Actor, place: Place, network_id: UUID) -> str:
    rows = networks_of(session, actor, place.organizer.id, place.today)
    return next((one.network.slug for one in rows if one.network.id == network_id), "")


def _share_page(
    session: Session,
    actor: Actor,
    place: Place,
    today: date,
    what: str,
    form: Form[Any],
    network: str = "",
) -> Page:
    item = indicator_by_code(session, actor, place.organizer.id, what)
    networks = networks_of(session, actor, place.organizer.id, today)
    joined = [one for one in networks if one.is_member]
    chosen = next((one.network.id for one in joined if one.network.slug == network), None)
    return Page(
        "comparisons/share.html",
        item=item,
        networks=joined,
        chosen=chosen,
        copy=own_copy(session, actor, place.organizer, item),
        as_described=AS_DESCRIBED,
        countings=said_once([AS_DESCRIBED, *countings(session, actor, today)]),
        until=date(today.year + 1, 6, 30),
        word=status_word,
        form=form,
    )
