"""Pages of the calendar's address, and the address itself."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller, Response
from litestar.datastructures import State
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.calendars import queries, services
from ska.calendars.forms import FeedForm
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.notices.queries import feed_by_id, feeds_of
from ska.organizers.dependencies import GivenPlace, Place
from ska.sharing.queries import joined_networks
from ska.web.dependencies import GivenActor, GivenNow, GivenScopedSession, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import Needs, read, write

Body = URLEncodedBody[dict[str, str]]


class CalendarController(Controller):
    """The year in the person's own calendar program."""

    path = "/{organizer:str}/kalender"

    @read(needs=Right.ENTER)
    def show(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show how to subscribe, and the addresses that answer."""
        return _calendar(session, actor, place, Form())

    @write(needs=Right.ENTER)
    def open(
        self,
        data: Body,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        state: State,
    ) -> Page:
        """Open a new address and show it once."""
        form = bind(FeedForm, data)
        if form.value is None:
            return _calendar(session, actor, place, form)
        try:
            _feed, secret = services.open_feed(
                session, actor, organizer_id=place.organizer.id, form=form.value
            )
        except Invalid as error:
            form.errors = error.fields
            return _calendar(session, actor, place, form)
        address = f"{state.settings.address}/kalender/{secret}.ics"
        return _calendar(session, actor, place, Form(), address)

    @write("/{feed:uuid}/stang", needs=Right.ENTER)
    def close(
        self,
        feed: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Close an address."""
        found = feed_by_id(session, actor, place.organizer.id, feed)
        if found is None:
            raise Missing
        services.close_feed(session, actor, feed=found, now=now)
        return Done(_("Adressen är stängd."), to=f"{place.path}/kalender")


def _calendar(
    session: Session, actor: Actor, place: Place, form: Form[FeedForm], address: str | None = None
) -> Page:
    units = queries.units_of(session, actor, place.organizer.id)
    networks = joined_networks(session, actor, place.organizer.id)
    return Page(
        "calendars/calendar.html",
        form=form,
        feeds=feeds_of(session, actor, place.organizer.id),
        address=address,
        units=[("", _("Alla som du ser")), *units.items()],
        networks=[("", _("Inget nätverk")), *networks.items()],
        names=units | networks,
    )


@read("/kalender/{name:str}", needs=Needs.ANYONE, include_in_schema=False)
def feed_file(
    name: FromPath[str], session: GivenScopedSession, state: State, now: GivenNow
) -> Response[bytes]:
    """Answer a calendar program that knows a secret address; 404 for every other."""
    body = services.read_feed(
        session, name.removesuffix(".ics"), now=now, address=state.settings.address
    )
    return Response(body, media_type="text/calendar", headers={"Cache-Control": "no-store"})


PAGES = (CalendarController, feed_file)
