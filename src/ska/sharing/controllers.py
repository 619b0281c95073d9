"""Pages of networks: which we are in, who is there, what is shared and who has read it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.meetings import views_of_network
from ska.organizers.rules import meetings_of
from ska.sharing import networks, services
from ska.sharing.forms import InvitationForm, NetworkForm
from ska.sharing.queries import network_by_slug, network_view, networks_of
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class NetworkController(Controller):
    """The huvudman's networks."""

    path = "/{organizer:str}/natverk"

    @read(needs=Right.READ)
    def list_networks(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the networks that the huvudman is in or invited to."""
        return _list(session, actor, place, today, Form())

    @write(needs=Right.SHARE)
    def form_network(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Form a network, or show what is wrong."""
        form = bind(NetworkForm, data)
        if form.value is not None:
            try:
                made = networks.form_network(
                    session, actor, organizer=place.organizer, form=form.value, today=today
                )
                done = _("Nätverket finns. Bjud in de andra huvudmännen.")
                return Done(done, to=f"{place.path}/natverk/{made.slug}")
            except Conflict as refused:
                form.refuse(refused, "name")
        return _list(session, actor, place, today, form)

    @read("/{network:str}", needs=Right.READ)
    def show_network(
        self,
        network: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show a network: its members, what is shared and who has read ours."""
        return _show(session, actor, place, network, today, Form())

    @write("/{network:str}/inbjudan", needs=Right.SHARE)
    def invite(
        self,
        network: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Invite a huvudman, or show what is wrong."""
        found, _members = network_by_slug(session, place.organizer.id, network)
        form = bind(InvitationForm, data)
        if form.value is not None:
            try:
                guest = networks.invite(
                    session, actor, organizer=place.organizer, network=found, form=form.value
                )
                done = _("{name} är inbjuden och svarar själv.").format(name=guest.name)
                return Done(done, to=f"{place.path}/natverk/{network}")
            except Invalid as refused:
                form.refuse(refused, "organizer")
        return _show(session, actor, place, network, today, form)

    @write("/{network:str}/svar", needs=Right.SHARE)
    def answer_invitation(
        self,
        network: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Join a network, or decline."""
        yes = data.get("svar") == "ja"
        found, _members = network_by_slug(session, place.organizer.id, network)
        networks.answer_invitation(
            session, actor, organizer_id=place.organizer.id, network=found, yes=yes, today=today
        )
        if yes:
            return Done(_("Ni är med i nätverket."), to=f"{place.path}/natverk/{network}")
        return Done(_("Ni har tackat nej."), to=f"{place.path}/natverk")

    @write("/{network:str}/lamna", needs=Right.SHARE)
    def leave_network(
        self,
        network: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Leave a network and withdraw what is shared there."""
        found, _members = network_by_slug(session, place.organizer.id, network)
        networks.leave(session, actor, organizer_id=place.organizer.id, network=found, today=today)
        return Done(
            _("Ni har lämnat nätverket. Inget delas där längre."), to=f"{place.path}/natverk"
        )

    @write("/{network:str}/delat/{grant_id:uuid}/sluta", needs=Right.SHARE)
    def withdraw(
        self,
        network: FromPath[str],
        grant_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Stop sharing one thing, at once."""
        grant = services.own_grant(session, actor, place.organizer.id, grant_id)
        services.withdraw(session, actor, grant=grant, now=now)
        done = _("Ni har slutat dela. De andra ser inte längre era värden.")
        return Done(done, to=f"{place.path}/natverk/{network}")


def _list(session: Session, actor: Actor, place: Place, today: date, form: Form[Any]) -> Page:
    return Page(
        "sharing/networks.html",
        networks=networks_of(session, actor, place.organizer.id, today),
        may_share=actor.may_for(Right.SHARE, place.organizer.id, None),
        form=form,
    )


def _show(
    session: Session, actor: Actor, place: Place, network: str, today: date, form: Form[Any]
) -> Page:
    view = network_view(session, actor, place.organizer.id, network, today)
    fixed = views_of_network(session, actor, place.organizer.id, view.network.id)
    return Page(
        "sharing/network.html",
        view=view,
        met=meetings_of(fixed, today),
        may_share=actor.may_for(Right.SHARE, place.organizer.id, None),
        form=form,
    )
