"""Röntgen av siffrorna: what the standing checks find, and what is explained."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.values.forms import AlarmForm
from ska.values.past import own_imports_of
from ska.values.xrays import services
from ska.values.xrays.catalogue import RULES
from ska.values.xrays.queries import Xray, xray_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

MOST = 30  # more at once nobody reads


class XrayController(Controller):
    """The findings of today."""

    path = "/{organizer:str}/rontgen"

    @read(needs=Right.IMPORT_VALUES)
    def show_xray(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Run the checks and show what they find."""
        return _page(session, _first(session, actor, place, today), Form())

    @read("/regler", needs=Right.IMPORT_VALUES)
    def show_rules(self, place: GivenPlace) -> Page:
        """Show what each check looks for and what to do about it."""
        return Page("values/xray_rules.html", rules=list(RULES.values()))

    @write("/{finding:str}", needs=Right.IMPORT_VALUES)
    def answer(
        self,
        finding: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Close a finding with a reason, or let a closed one be seen again."""
        xray = xray_of(session, actor, place.organizer, today)
        back = f"{place.path}/rontgen"
        alarm = next((one for _found, one in xray.closed if one.finding == finding), None)
        if alarm is not None:
            services.open_finding(session, actor, alarm=alarm)
            return Done(_("Fyndet visas igen."), to=back)
        if finding not in {one.key for one in xray.open}:
            raise Missing
        form = bind(AlarmForm, data or {})
        if form.value is None:
            return _page(session, _first(session, actor, place, today), form, finding)
        services.close_finding(
            session, actor, place.organizer, xray=xray, key=finding, form=form.value
        )
        return Done(_("Fyndet är stängt. Det kommer tillbaka om siffrorna ändras."), to=back)


def _first(session: Session, actor: Actor, place: Place, today: date) -> Xray:
    return xray_of(session, actor, place.organizer, today, most=MOST)


def _page(session: Session, xray: Xray, form: Form[Any], at: str = "") -> Page:
    shown = [one.value_id for one in xray.open if one.value_id is not None]
    return Page(
        "values/xray.html",
        xray=xray,
        imports=own_imports_of(session, shown),
        form=form,
        at=at,
        most=MOST,
    )
