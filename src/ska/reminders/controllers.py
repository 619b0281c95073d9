"""Pages of being told: the notice centre, its settings, and the calendar's address."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody

from ska.access import Right
from ska.core.text import _
from ska.db.parts import Part
from ska.errors import Missing
from ska.notices import queries, services
from ska.notices.rules import UNCHOSEN, NoticeKind
from ska.organizers.dependencies import GivenPlace
from ska.reminders.forms import CHANNEL_NAMES, ChannelForm
from ska.web.dependencies import (
    GivenActor,
    GivenNow,
    GivenSession,
    GivenToday,
)
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Body = URLEncodedBody[dict[str, str]]


class NoticeController(Controller):
    """What the person has been told."""

    path = "/{organizer:str}/notiser"

    @read(needs=Right.ENTER)
    def show(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the notices: today, this week, earlier."""
        told = queries.notices_of(session, actor, place.organizer.id, part=Part(100))
        return Page("reminders/notices.html", groups=queries.groups_of(told, today))

    @write(needs=Right.ENTER)
    def read_all(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, now: GivenNow
    ) -> Done:
        """Mark all as read."""
        services.mark_all_read(session, actor, organizer_id=place.organizer.id, now=now)
        return Done(_("Alla notiser är lästa."))

    @write("/{notice:uuid}", needs=Right.ENTER)
    def open(
        self,
        notice: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Mark a notice as read and go where it leads."""
        found = queries.notice_by_id(session, actor, place.organizer.id, notice)
        if found is None:
            raise Missing
        services.mark_read(session, found, now=now)
        return Done(to=found.href)


class ChannelController(Controller):
    """How the person wants to be told."""

    path = "/{organizer:str}/notiser/installningar"

    @read(needs=Right.ENTER)
    def show(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the choices."""
        chosen = queries.settings_of(session, actor, place.organizer.id)
        raw = {
            **{str(kind): str(one) for kind, one in UNCHOSEN.items()},
            **{c.kind: c.channel for c in chosen},
        }
        return _channels(Form(raw=raw))

    @write(needs=Right.ENTER)
    def choose(
        self, data: Body, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Remember the choices."""
        form = bind(ChannelForm, data)
        if form.value is None:
            return _channels(form)
        for kind, channel in form.value.model_dump().items():
            services.choose_channel(
                session,
                actor,
                organizer_id=place.organizer.id,
                kind=NoticeKind(kind),
                channel=channel,
            )
        return Done(_("Dina val är sparade."))


def _channels(form: Form[ChannelForm]) -> Page:
    return Page("reminders/channels.html", form=form, channels=list(CHANNEL_NAMES.items()))
