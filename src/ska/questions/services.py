"""What people do with questions: ask, answer, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid, NotAllowed
from ska.organizers.models import Organizer
from ska.questions.forms import AskForm, GivenAnswerForm
from ska.questions.models import AskedQuestion, GivenAnswer
from ska.questions.queries import Asked, Circle


@dataclass(frozen=True)
class Topic:
    """What a question is about: an indicator, in a comparison among some, at a period.

    *seen_at* is the picture with all that was chosen in it, as `picture_of` gives it.
    """

    circle: Circle
    item: str
    title: str
    period: str = ""
    seen_at: str = ""


def ask(
    session: Session, actor: Actor, *, organizer: Organizer, topic: Topic, form: AskForm
) -> AskedQuestion:
    """Put a question to a unit, to another huvudman, or jointly to the network.

    Raises Invalid for a receiver that is none, and Conflict when the network already has an open
    joint question about the indicator.
    """
    _must_write(actor, organizer)
    circle = topic.circle
    to = next((one for one in circle.receivers if one.slug == form.to), None)
    if to is None and (form.to or circle.network_id is None):
        nobody = _("Välj vem ni frågar.")
        raise Invalid(nobody, {"to": nobody})
    one = AskedQuestion(
        organizer_id=organizer.id,
        network_id=circle.network_id,
        to_organizer_id=to.organizer_id if to else None,
        unit_id=to.unit_id if to else None,
        person_id=actor.person_id,
        asker=organizer.name,
        receiver=to.name if to else circle.name,
        item=topic.item,
        title=topic.title[:300],
        period=topic.period,
        question=form.question,
        asked_by=actor.name,
        meeting_on=form.meeting_on,
        seen_at=topic.seen_at,
    )
    taken = _("Nätverket har redan en gemensam fråga om det här. Svara på den, eller stäng den.")
    _add(session, one, taken)
    record(session, actor, act="question.ask", thing=one, details={"item": one.item})
    session.flush()
    return one


def answer(
    session: Session, actor: Actor, *, organizer: Organizer, asked: Asked, form: GivenAnswerForm
) -> GivenAnswer:
    """Answer for the own huvudman or unit; an answer stands, so a second one is a Conflict.

    Raises NotAllowed to who is not asked.
    """
    row = asked.row
    given = any(one.answerer_id == organizer.id for one in asked.answers)
    taken = _("Frågan är redan besvarad. Ställ en ny om något är oklart.")
    if given:
        raise Conflict(taken)
    if not asked.is_open:
        raise Conflict(_("Frågan är stängd."))
    if not asked.may_answer:
        raise NotAllowed(_("Den som frågan är ställd till svarar."))
    one = GivenAnswer(
        organizer_id=row.organizer_id,
        question_id=row.id,
        answerer_id=organizer.id,
        answerer=row.receiver if row.unit_id else organizer.name,
        person_id=actor.person_id,
        answer=form.answer,
        answered_by=actor.name,
    )
    _add(session, one, taken)
    record(session, actor, act="question.answer", thing=one, organizer_id=organizer.id)
    session.flush()
    return one


def close(session: Session, actor: Actor, *, asked: Asked, now: datetime) -> None:
    """Close a question that the own huvudman asked; it stays to be read. Twice is once."""
    row = asked.row
    if not (asked.is_ours and actor.may(Right.ANALYSE, row.organizer_id)):
        raise NotAllowed(_("Den huvudman som frågade stänger frågan."))
    lock(session, row)
    if row.closed_at is None:
        row.closed_at, row.closed_by = now, actor.name
        record(session, actor, act="question.close", thing=row)
        session.flush()


def _must_write(actor: Actor, organizer: Organizer) -> None:
    if not actor.may(Right.ANALYSE, organizer.id):
        raise NotAllowed(_("Din roll räcker inte till att fråga."))


def _add(session: Session, one: AskedQuestion | GivenAnswer, taken: str) -> None:
    try:
        with session.begin_nested():
            session.add(one)
            session.flush()
    except IntegrityError as error:
        raise Conflict(taken) from error
