"""Questions for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from ska.access import Right
from ska.core.fields import Optional, Required
from ska.core.text import _
from ska.organizers.dependencies import Call, GivenCall
from ska.overview.queries.pages import indicator_by_code
from ska.questions import services
from ska.questions.forms import AskForm, GivenAnswerForm
from ska.questions.models import GivenAnswer
from ska.questions.queries import Asked, asked_here, circle_of, question_by_id
from ska.questions.rules import LONGEST, picture_of
from ska.questions.services import Topic
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class AskIn(AskForm):
    """What is asked about: an indicator, *among* "enheter", a rektorsgrupp or a network.

    *seen_at* is the comparison it is asked of, with what is chosen there.
    """

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak6",
        "among": "natverk:natverk-mellanslatt",
        "period": "2025/26",
        "seen_at": "/jamfor?vad=gr-alla-amnen-ak6&vilka=natverk:natverk-mellanslatt&mot=lindasa",
        **AskForm.example,
    }

    indicator: Annotated[str, Required(_("Skriv vilken indikator frågan gäller"), 200)]
    among: Annotated[str, Required(_("Skriv bland vilka frågan ställs"), 200)]
    period: Annotated[str, Optional(20), Field(default="")] = ""
    seen_at: Annotated[str, Optional(LONGEST), Field(default="")] = ""


class AnswerOut(msgspec.Struct):
    """An answer, by whom and for whom."""

    example: ClassVar[dict[str, Any]] = {
        "answerer": "Lindåsa",
        "answer": "Lästimme varje dag, i hela skolan samtidigt.",
        "answered_by": "Ida Holm",
    }

    answerer: str
    answer: str
    answered_by: str
    created_at: datetime


class QuestionOut(Stamped):
    """A question with its answers; *is_joint* is the one that a network has together."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak6",
        "title": "Lägst betyget E i samtliga ämnen, årskurs 6",
        "period": "2025/26",
        "seen_at": "/jamfor?vad=gr-alla-amnen-ak6&vilka=natverk%3Anatverk-mellanslatt&mot=lindasa",
        "asker": "Ekhult",
        "receiver": "Nätverk Mellanslätt",
        "question": "Vad gör ni när en elev inte läser flytande i årskurs 4?",
        "asked_by": "Kim Ek",
        "meeting_on": "2026-11-12",
        "is_joint": True,
        "closed": False,
        "may_answer": True,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    indicator: str
    title: str
    period: str
    seen_at: str
    asker: str
    receiver: str
    question: str
    asked_by: str
    meeting_on: date | None
    is_joint: bool
    closed: bool
    may_answer: bool
    answers: list[AnswerOut]


class QuestionApi(Controller):
    """Questions out of comparisons."""

    path = "/api/v1/organizers/{organizer:str}/questions"
    tags = ("Jämför",)

    @read(needs=Right.READ, summary="List the questions")
    def list_questions(self, call: GivenCall, pages: GivenPages) -> Response[list[QuestionOut]]:
        """Return what the huvudman asks and is asked, those that wait first."""
        return pages.of(asked_here(*call.where), _out, lambda one: one.row.id)

    @create(needs=Right.ANALYSE, summary="Ask")
    def ask(self, data: JSONBody[AskIn], call: GivenCall) -> QuestionOut:
        """Ask a unit or another huvudman, or the whole network when *to* is empty; 409 when the
        network has an open joint question about the indicator."""
        item = indicator_by_code(*call.where, data.indicator)
        circle = circle_of(*call.who, call.place.organizer, data.among)
        asked = services.ask(
            *call.who,
            organizer=call.place.organizer,
            topic=Topic(
                circle,
                item.code,
                item.heading,
                data.period,
                picture_of(data.seen_at.partition("?")[2], item.code, circle.key),
            ),
            form=AskForm(to=data.to, question=data.question, meeting_on=data.meeting_on),
        )
        return _out(question_by_id(*call.where, asked.id))

    @read("/{question_id:uuid}", needs=Right.READ, summary="Read a question")
    def read_question(self, question_id: FromPath[UUID], call: GivenCall) -> Response[QuestionOut]:
        """Return a question with its answers."""
        return tagged(_out(question_by_id(*call.where, question_id)))

    @create("/{question_id:uuid}/answers", needs=Right.ANALYSE, summary="Answer a question")
    def answer(
        self, question_id: FromPath[UUID], data: JSONBody[GivenAnswerForm], call: GivenCall
    ) -> AnswerOut:
        """Answer for the huvudman or its unit; 409 for a second answer, which would not stand."""
        asked = question_by_id(*call.where, question_id)
        given = services.answer(*call.who, organizer=call.place.organizer, asked=asked, form=data)
        return _answer(given)

    @act("/{question_id:uuid}/close", needs=Right.ANALYSE, summary="Close a question")
    def close(
        self, question_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[QuestionOut]:
        """Close a question that the huvudman asked; it stays to be read."""
        asked = _as_read(call, question_id, if_match)
        services.close(*call.who, asked=asked, now=call.now)
        return tagged(_out(question_by_id(*call.where, question_id)))


def _as_read(call: Call, question_id: UUID, if_match: str | None) -> Asked:
    asked = question_by_id(*call.where, question_id)
    must_match(if_match, _out(asked).version)
    return asked


def _out(asked: Asked) -> QuestionOut:
    row = asked.row
    return told(
        QuestionOut, row, indicator=row.item, closed=not asked.is_open,
        may_answer=asked.may_answer, answers=[_answer(one) for one in asked.answers],
    )  # fmt: skip


def _answer(one: GivenAnswer) -> AnswerOut:
    return AnswerOut(one.answerer, one.answer, one.answered_by, one.created_at)
