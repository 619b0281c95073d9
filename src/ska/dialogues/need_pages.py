"""Behov: what the units need of the level above, in one list, each with its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dialogues.forms import NeedAnswerForm
from ska.dialogues.models import BoardDecision
from ska.dialogues.queries.decisions import decided
from ska.dialogues.queries.results import need_by_id, needs_of
from ska.dialogues.rules.results import ANSWER_NAMES, AnswerKind
from ska.dialogues.services import results as services
from ska.errors import Conflict, found
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class NeedController(Controller):
    """What the units need, and what the huvudman answers."""

    path = "/{organizer:str}/behov"

    @read(needs=Right.READ)
    def list_needs(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the needs, those that wait first."""
        lines = needs_of(session, actor, place.organizer.id)
        return Page("dialogues/needs.html", lines=lines, answers=ANSWER_NAMES)

    @read("/{need:uuid}", needs=Right.READ)
    def show_need(
        self, need: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show a need, its answer, and to those who answer the form."""
        return _one(session, actor, place, need, Form())

    @write("/{need:uuid}", needs=Right.PLAN_ACTIONS)
    def answer_need(
        self,
        need: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Answer a need, or show what is wrong with the answer."""
        one = need_by_id(session, actor, place.organizer.id, need)
        form = bind(NeedAnswerForm, data)
        if form.value is not None:
            try:
                services.answer_need(session, actor, need=one, form=form.value, now=now)
                return Done(_("Svaret är sparat. Enheten ser det."), to=f"{place.path}/behov")
            except Conflict as refused:
                form.add_error("answer", refused.detail)
        return _one(session, actor, place, need, form)


def _one(session: Session, actor: Actor, place: Place, need_id: UUID, form: Form[Any]) -> Page:
    lines = needs_of(session, actor, place.organizer.id, need_id)
    line = found(next(iter(lines), None))
    waits = line.need.answered_at is None or line.need.answer_kind == AnswerKind.LATER
    return Page(
        "dialogues/need.html",
        form=form,
        line=line,
        answers=ANSWER_NAMES,
        decided=decided(session, actor, place.organizer.id, BoardDecision.need_id == need_id),
        may_answer=waits and actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, None),
    )
