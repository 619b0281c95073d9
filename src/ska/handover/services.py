"""What people do at a handover: ask, and answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.db.session import lock
from ska.errors import Conflict
from ska.handover.forms import AnswerForm, QuestionForm
from ska.handover.models import HandoverQuestion
from ska.organizers.models import SchoolUnit


def ask(
    session: Session, actor: Actor, *, unit: SchoolUnit, form: QuestionForm
) -> HandoverQuestion:
    """Ask something about the unit."""
    actor.must(Right.ANALYSE, unit.organizer_id, unit.id)
    one = HandoverQuestion(
        organizer_id=unit.organizer_id,
        unit_id=unit.id,
        question=form.question,
        asked_of=form.asked_of,
        asked_by=actor.name,
    )
    session.add(one)
    session.flush()
    record(session, actor, act="handover.ask", thing=one)
    return one


def answer(
    session: Session, actor: Actor, *, question: HandoverQuestion, form: AnswerForm, now: datetime
) -> None:
    """Answer a question; an answer stands, so a second one is refused with Conflict."""
    actor.must(Right.ANALYSE, question.organizer_id, question.unit_id)
    lock(session, question)
    if question.answer is not None:
        raise Conflict("Frågan är redan besvarad. Ställ en ny fråga om du undrar mer.")
    question.answer = form.answer
    question.answered_by = actor.name
    question.answered_at = now
    session.flush()
    record(session, actor, act="handover.answer", thing=question)
