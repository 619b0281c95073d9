"""Pages of questions: those that are asked here, asking, answering, closing."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller
from litestar.di import Provide
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.queries.pages import indicator_by_code
from ska.questions import services
from ska.questions.dependencies import About, GivenAbout, provide_about
from ska.questions.forms import AskForm, GivenAnswerForm
from ska.questions.models import AskedQuestion
from ska.questions.queries import asked_here, circle_of, question_by_id
from ska.questions.rules import picture_of
from ska.questions.services import Topic
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]
Written = Annotated[str | None, QueryParameter(max_length=200)]


class QuestionController(Controller):
    """The questions that a huvudman asks and is asked."""

    path = "/{organizer:str}/fragor"
    dependencies = {"about": Provide(provide_about, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.READ)
    def list_questions(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show what waits for an answer, and what has been asked and answered."""
        return _list(session, actor, place, Form())

    @read("/ny", needs=Right.ANALYSE)
    def new_question(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        about: GivenAbout,
        till: Written = None,
    ) -> Page:
        """Show the form, with whom may be asked in the comparison."""
        topic = _topic(session, actor, place, about)
        return Page("questions/ask.html", form=Form(), topic=topic, to=till or "")

    @write("/ny", needs=Right.ANALYSE)
    def ask(
        self,
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        about: GivenAbout,
    ) -> Page | Done:
        """Ask, or show what is wrong."""
        topic = _topic(session, actor, place, about)
        form = bind(AskForm, data, today=place.today)
        if form.value is not None:
            try:
                asked = services.ask(
                    session, actor, organizer=place.organizer, topic=topic, form=form.value
                )
                return Done(_("Frågan är ställd."), to=_address(place, asked))
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "question")
        return Page("questions/ask.html", form=form, topic=topic, to=data.get("to", ""))

    @write("/{question_id:uuid}/svar", needs=Right.ANALYSE)
    def answer(
        self,
        question_id: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Answer for the own huvudman or unit, or show what is wrong."""
        asked = question_by_id(session, actor, place.organizer.id, question_id)
        form = bind(GivenAnswerForm, data)
        if form.value is not None:
            try:
                services.answer(
                    session, actor, organizer=place.organizer, asked=asked, form=form.value
                )
                return Done(_("Svaret är sparat."), to=_address(place, asked.row))
            except Conflict as refused:
                form.refuse(refused, "answer")
        return _list(session, actor, place, form, str(question_id))

    @write("/{question_id:uuid}/stang", needs=Right.ANALYSE)
    def close(
        self,
        question_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Close a question of our own; it stays to be read."""
        asked = question_by_id(session, actor, place.organizer.id, question_id)
        services.close(session, actor, asked=asked, now=now)
        done = _("Frågan är stängd. Den och svaren ligger kvar.")
        return Done(done, to=_address(place, asked.row))


def _topic(session: Session, actor: Actor, place: Place, about: About) -> Topic:
    item = indicator_by_code(session, actor, place.organizer.id, about.item)
    circle = circle_of(session, actor, place.organizer, about.among)
    seen_at = picture_of(about.picture, item.code, circle.key)
    return Topic(circle, item.code, item.heading, about.period, seen_at)


def _address(place: Place, asked: AskedQuestion) -> str:
    return f"{place.path}/fragor#fraga-{asked.id}"


def _list(session: Session, actor: Actor, place: Place, form: Form[Any], at: str = "") -> Page:
    found = asked_here(session, actor, place.organizer.id)
    return Page("questions/list.html", asked=found, form=form, at=at)
