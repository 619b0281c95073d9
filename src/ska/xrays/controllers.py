"""Röntgen av arbetet: what the standing rules find in the quality work, and what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.datastructures import State
from litestar.params import FromPath, URLEncodedBody

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write
from ska.xrays import services
from ska.xrays.catalogue import shipped
from ska.xrays.definitions import Ground, WorkRule
from ska.xrays.forms import KnownForm
from ska.xrays.queries import WorkXray, work_xray
from ska.xrays.rules import SEVERITY_WORDS, Finding

MOST_OF_ONE = 30  # findings of one rule that are shown at once


@dataclass(frozen=True)
class OfRule:
    """A rule with what it found."""

    rule: WorkRule
    found: list[Finding]

    @property
    def grade(self) -> str:
        """Return its severity in words."""
        return SEVERITY_WORDS[self.rule.severity]

    @property
    def ground(self) -> Ground:
        """Return what the rule stands on."""
        return shipped().grounds[self.rule.ground]


class WorkXrayController(Controller):
    """The findings of today about the work."""

    path = "/{organizer:str}/rontgen/arbetet"

    @read(needs=Right.READ)
    def show_work_xray(
        self,
        request: Request[Any, Any, State],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Go through the rules and show what they find, by rule."""
        xray = work_xray(session, actor, place.organizer, today)
        return _page(actor, place, xray, Form(), unit=request.query_params.get("enhet", ""))

    @read("/regler", needs=Right.ENTER)
    def show_rules(self, place: GivenPlace) -> Page:
        """Show what each rule looks for, what it stands on and what to do about it."""
        catalogue = shipped()
        return Page("xrays/rules.html", catalogue=catalogue, severities=SEVERITY_WORDS)

    @write("/{finding:str}", needs=Right.ANALYSE)
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
        xray = work_xray(session, actor, place.organizer, today)
        back = f"{place.path}/rontgen/arbetet"
        if any(one.key == finding for one, _alarm in xray.closed):
            services.open_finding(session, actor, place.organizer, xray=xray, key=finding)
            return Done(_("Fyndet visas igen."), to=back)
        if finding not in {one.key for one in xray.open}:
            raise Missing
        form = bind(KnownForm, data or {})
        if form.value is None:
            return _page(actor, place, xray, form, at=finding)
        services.close_finding(
            session, actor, place.organizer, xray=xray, key=finding, form=form.value
        )
        return Done(_("Fyndet är stängt. Det kommer tillbaka om något ändras."), to=back)


def _page(
    actor: Actor, place: Place, xray: WorkXray, form: Form[Any], *, unit: str = "", at: str = ""
) -> Page:
    chosen = _chosen(xray, unit)
    found = [one for one in xray.open if chosen is None or one.hit.unit_id == chosen.id]
    return Page(
        "xrays/work.html",
        xray=xray,
        groups=by_rule(found),
        count=len(found),
        places=_places(xray),
        chosen=unit if chosen else "",
        form=form,
        at=at,
        most=MOST_OF_ONE,
        may_close=lambda one: actor.may_for(Right.ANALYSE, place.organizer.id, one.hit.unit_id),
        is_whole=actor.units(Right.READ, place.organizer.id) is None,
    )


def by_rule(found: Sequence[Finding]) -> list[OfRule]:
    """Return the findings by rule, the gravest rule first."""
    groups: dict[str, list[Finding]] = {}
    for one in found:
        groups.setdefault(one.rule.id, []).append(one)
    return [OfRule(some[0].rule, some) for some in groups.values()]


@dataclass(frozen=True)
class _Chosen:
    """What the page is narrowed to: a unit, or the huvudman as a whole."""

    id: UUID | None


def _chosen(xray: WorkXray, written: str) -> _Chosen | None:
    names = {str(key or "huvudmannen"): key for key in xray.units}
    return _Chosen(names[written]) if written in names else None


def _places(xray: WorkXray) -> list[tuple[str, str]]:
    """Return the choices of where: everywhere, the huvudman, and the units with findings."""
    here = {one.hit.unit_id for one in xray.open}
    named = [(str(key or "huvudmannen"), name) for key, name in xray.units.items() if key in here]
    return [("", _("Alla")), *named]
