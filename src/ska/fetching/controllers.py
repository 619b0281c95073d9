"""The page of fetches: what is fetched, how far it has come, what is missing, what comes when."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller
from litestar.datastructures import State
from litestar.params import URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.swedish import format_date, format_number
from ska.core.text import _
from ska.errors import Conflict
from ska.fetching import proposals, queue
from ska.fetching.calendar import SOURCE_NAMES, coming
from ska.fetching.models import Fetch, FetchState
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.page import Done, Page
from ska.web.routing import read, write

MOST_SHOWN = 50
STATES = {
    FetchState.WAITING: _("väntar"),
    FetchState.RUNNING: _("pågår"),
    FetchState.DONE: _("klar"),
    FetchState.INCOMPLETE: _("allt kom inte"),
}


class FetchController(Controller):
    """Open data for the huvudman."""

    path = "/{organizer:str}/resultat/hamta"

    @read(needs=Right.IMPORT_VALUES)
    def show(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        state: State,
    ) -> Page:
        """Show the fetches, the newest with its account, and the calendar."""
        return _page(session, actor, place, (today, state.settings.fetch))

    @write(needs=Right.IMPORT_VALUES)
    def ask(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        state: State,
    ) -> Done:
        """Leave a fetch for the worker."""
        back = f"{place.path}/resultat/hamta"
        try:
            queue.ask(
                session,
                actor,
                organizer_id=place.organizer.id,
                today=today,
                on=state.settings.fetch,
            )
        except Conflict as conflict:
            return Done(conflict.detail, to=back)
        return Done(_("Hämtningen börjar inom några minuter."), to=back)

    @write("/forslag", needs=Right.EDIT_FRAMEWORK)
    def accept(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Make the ticked proposals indicators of the huvudman's own."""
        ticked = (data or {}).get("label") or []
        labels = [ticked] if isinstance(ticked, str) else [str(one) for one in ticked]
        added = proposals.accept(session, actor, organizer_id=place.organizer.id, labels=labels)
        back = f"{place.path}/resultat/hamta"
        if not added:
            return Done(_("Inget nytt lades till."), to=back)
        return Done(_("Tillagt bland era egna indikatorer."), to=back)


def _page(session: Session, actor: Actor, place: Place, about: tuple[date, bool]) -> Page:
    today, is_on = about
    fetches = queue.fetches_of(session, actor, place.organizer.id)
    newest = fetches[0] if fetches else None
    return Page(
        "fetching/fetches.html",
        fetches=fetches,
        newest=newest,
        states={str(state): words for state, words in STATES.items()},
        is_active=newest is not None and newest.state in queue.ACTIVE,
        is_on=is_on,
        proposals=proposals.waiting(session, actor, place.organizer.id),
        may_accept=actor.may(Right.EDIT_FRAMEWORK, place.organizer.id),
        calendar=[
            (format_date(day), one.title, one.measures, SOURCE_NAMES.get(one.source, one.source))
            for day, one in coming(today, queue.days_told(session))
        ],
        code=place.organizer.municipality_code or place.organizer.organisation_number,
        **_account(newest),
    )


def _account(fetch: Fetch | None) -> dict[str, Any]:
    account: dict[str, Any] = (fetch.account if fetch else None) or {}
    counts = account.get("counts") or {}
    missing = account.get("missing") or []
    return {
        "counts": [
            (words, format_number(counts[name]))
            for name, words in (
                ("new", _("nya")),
                ("revised", _("ändrade")),
                ("unchanged", _("oförändrade")),
                ("rejected_cells", _("avvisade")),
            )
            if name in counts
        ],
        "missing": [
            (SOURCE_NAMES.get(one["source"], one["source"]), one["what"], one["reason"])
            for one in missing[:MOST_SHOWN]
        ],
        "missing_count": len(missing),
        "alarms": account.get("alarms") or [],
    }
