"""Nämndens beslut: the list, a new one, struck and put back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dialogues.forms import BoardDecisionForm
from ska.dialogues.queries.decisions import decision_by_id, decision_view
from ska.dialogues.services import decisions as services
from ska.errors import Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class BoardDecisionController(Controller):
    """What the nämnd has decided, and about what."""

    path = "/{organizer:str}/namndbeslut"

    @read(needs=Right.ENTER)
    def list_decisions(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the decisions, the latest first, and to those who may the form of a new one."""
        return _page(session, actor, place, Form())

    @write(needs=Right.PLAN_ACTIONS)
    def write_decision(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Write a decision down, or show what is wrong."""
        form = bind(BoardDecisionForm, data, today=today)
        if form.value is not None:
            organizer_id = place.organizer.id
            view = decision_view(session, actor, organizer_id)
            try:
                services.write_decision(
                    session, actor, organizer_id=organizer_id, form=form.value, view=view
                )
                return Done(_("Beslutet är sparat."), to=f"{place.path}/namndbeslut")
            except Invalid as refused:
                form.errors = refused.fields
        return _page(session, actor, place, form)

    @write("/{decision:uuid}/stryk", needs=Right.PLAN_ACTIONS)
    def strike_decision(
        self,
        decision: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Strike a decision that was written by mistake."""
        one = decision_by_id(session, actor, place.organizer.id, decision)
        services.strike_decision(session, actor, decision=one, now=now)
        done = _("Beslutet är struket. Det kan tas tillbaka.")
        return Done(done, to=f"{place.path}/namndbeslut")

    @write("/{decision:uuid}/ta-tillbaka", needs=Right.PLAN_ACTIONS)
    def restore_decision(
        self, decision: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Put a struck decision back."""
        one = decision_by_id(session, actor, place.organizer.id, decision)
        services.restore_decision(session, actor, decision=one)
        return Done(_("Beslutet är tillbaka."), to=f"{place.path}/namndbeslut")


def _page(session: Session, actor: Actor, place: Place, form: Form[Any]) -> Page:
    view = decision_view(session, actor, place.organizer.id)
    return Page(
        "dialogues/decisions.html",
        form=form,
        view=view,
        may_write=actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, None),
    )
