"""Questions at a handover, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.handover import services
from ska.handover.forms import AnswerForm, QuestionForm
from ska.handover.models import HandoverQuestion
from ska.handover.queries import question_by_id, questions_of, unit_seen
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.models import SchoolUnit
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read
from ska.web.versions import IfMatch, Stamped, tagged


class HandoverQuestionOut(Stamped):
    """A question about a unit, whom it is asked of (leaver or organizer), and its answer."""

    example: ClassVar[dict[str, Any]] = {
        "question": "Varför slutade ni med läsveckorna?",
        "asked_of": "leaver",
        "asked_by": "Tove Lind",
        "answer": "De tog tid från matematiken.",
        "answered_by": "Robin Berg",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    question: str
    asked_of: str
    asked_by: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


class HandoverApi(Controller):
    """What a new rektor asks, and what is answered; both are kept for the next one."""

    path = "/api/v1/organizers/{organizer:str}/units/{unit:str}/handover-questions"
    tags = ("Organisation",)

    @read(needs=Right.READ, summary="List the questions at a unit's handover")
    def list_questions(
        self, unit: FromPath[str], pages: GivenPages, call: GivenCall
    ) -> Response[list[HandoverQuestionOut]]:
        """Return the questions with their answers, the latest first."""
        return pages.of(questions_of(*call.who, _unit(call, unit)), _out)

    @create(needs=Right.ANALYSE, summary="Ask something about a unit")
    def ask(
        self, data: JSONBody[QuestionForm], unit: FromPath[str], call: GivenCall
    ) -> Response[HandoverQuestionOut]:
        """Ask the one who leaves, or the huvudman."""
        asked = services.ask(*call.who, unit=_unit(call, unit), form=data)
        return tagged(_out(asked), 201)

    @read("/{question:uuid}", needs=Right.READ, summary="Read a question at a handover")
    def read_question(
        self, unit: FromPath[str], question: FromPath[UUID], call: GivenCall
    ) -> Response[HandoverQuestionOut]:
        """Return a question with its print as ETag."""
        return tagged(_out(question_by_id(*call.who, _unit(call, unit), question)))

    @act("/{question:uuid}/answer", needs=Right.ANALYSE, summary="Answer a question at a handover")
    def answer(
        self,
        data: JSONBody[AnswerForm],
        unit: FromPath[str],
        question: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[HandoverQuestionOut]:
        """Answer a question; an answer stands, so a second one is refused with 409."""
        asked = question_by_id(*call.who, _unit(call, unit), question)
        one = call.on(asked, _out, if_match=if_match)
        services.answer(*call.who, question=one, form=data, now=call.now)
        return tagged(_out(one))


def _unit(call: Call, slug: str) -> SchoolUnit:
    return unit_seen(*call.who, call.place, slug)


def _out(one: HandoverQuestion) -> HandoverQuestionOut:
    return told(HandoverQuestionOut, one)
