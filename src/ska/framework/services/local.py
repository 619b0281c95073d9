"""What a huvudman sets for itself: local goals and indicators, tied to the framework."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.framework.forms import GoalForm, LocalIndicatorForm, TieForm
from ska.framework.models import FrameworkItem, LocalGoal, LocalIndicator, LocalTie
from ska.framework.rules import MAY_BE_TIED


def add_goal(session: Session, actor: Actor, *, organizer_id: UUID, form: GoalForm) -> LocalGoal:
    """Add a local goal; raise Conflict when the huvudman has one by that name."""
    actor.must(Right.EDIT_FRAMEWORK, organizer_id)
    _refuse_taken(session, LocalGoal.title, form.title, organizer_id)
    goal = LocalGoal(organizer_id=organizer_id, **form.model_dump())
    session.add(goal)
    session.flush()
    record(session, actor, act="local_goal.add", thing=goal)
    return goal


def change_goal(session: Session, actor: Actor, *, goal: LocalGoal, form: GoalForm) -> None:
    """Change a local goal, or end it by its last day."""
    actor.must(Right.EDIT_FRAMEWORK, goal.organizer_id)
    _refuse_taken(session, LocalGoal.title, form.title, goal.organizer_id, goal.id)
    for name, value in form.model_dump().items():
        setattr(goal, name, value)
    record(session, actor, act="local_goal.change", thing=goal)
    session.flush()


def add_local_indicator(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    form: LocalIndicatorForm,
    published_label: str | None = None,
) -> LocalIndicator:
    """Add a measure of the huvudman's own; raise Conflict when the name is taken.

    With *published_label* it is a measure of the national tables, and shows what they hold.
    """
    actor.must(Right.EDIT_FRAMEWORK, organizer_id)
    _known_goal(session, organizer_id, form.local_goal_id)
    _refuse_taken(session, LocalIndicator.name, form.name, organizer_id)
    indicator = LocalIndicator(
        organizer_id=organizer_id, published_label=published_label, **form.model_dump()
    )
    session.add(indicator)
    session.flush()
    record(session, actor, act="local_indicator.add", thing=indicator)
    return indicator


def change_local_indicator(
    session: Session, actor: Actor, *, indicator: LocalIndicator, form: LocalIndicatorForm
) -> None:
    """Change a local indicator, or retire it by its last day."""
    actor.must(Right.EDIT_FRAMEWORK, indicator.organizer_id)
    _known_goal(session, indicator.organizer_id, form.local_goal_id)
    _refuse_taken(session, LocalIndicator.name, form.name, indicator.organizer_id, indicator.id)
    for name, value in form.model_dump().items():
        setattr(indicator, name, value)
    record(session, actor, act="local_indicator.change", thing=indicator)
    session.flush()


def tie(
    session: Session, actor: Actor, *, to: LocalGoal | LocalIndicator, form: TieForm
) -> LocalTie:
    """Tie a local goal or indicator to an item, with the reason; raise Conflict when it is."""
    actor.must(Right.EDIT_FRAMEWORK, to.organizer_id)
    item = session.get(FrameworkItem, form.item_id)
    if item is None or item.kind not in MAY_BE_TIED:
        raise Invalid(_("Välj ett delmål i listan."), {"item_id": _("Välj ett delmål i listan.")})
    end = "local_goal_id" if isinstance(to, LocalGoal) else "local_indicator_id"
    taken = session.scalar(
        select(LocalTie.id).where(
            LocalTie.organizer_id == to.organizer_id,
            getattr(LocalTie, end) == to.id,
            LocalTie.item_id == item.id,
        )
    )
    if taken is not None:
        raise Conflict(_("Kopplingen finns redan."))
    made = LocalTie(
        organizer_id=to.organizer_id, item_id=item.id, reason=form.reason, **{end: to.id}
    )
    session.add(made)
    session.flush()
    record(session, actor, act="local_tie.add", thing=made, details={"item": item.id})
    return made


def untie(session: Session, actor: Actor, *, made: LocalTie) -> None:
    """Take a tie away."""
    actor.must(Right.EDIT_FRAMEWORK, made.organizer_id)
    record(session, actor, act="local_tie.remove", thing=made, details={"item": made.item_id})
    session.delete(made)
    session.flush()


def _refuse_taken(
    session: Session,
    column: InstrumentedAttribute[str],
    text: str,
    organizer_id: UUID,
    own_id: UUID | None = None,
) -> None:
    table = column.class_
    taken = select(table.id).where(table.organizer_id == organizer_id, column == text)
    if own_id is not None:
        taken = taken.where(table.id != own_id)
    if session.scalar(taken) is not None:
        raise Conflict(_("Det finns redan ett med det namnet. Välj ett annat."))


def _known_goal(session: Session, organizer_id: UUID, goal_id: UUID | None) -> None:
    if goal_id is None:
        return
    known = session.scalar(
        select(LocalGoal.id).where(LocalGoal.id == goal_id, LocalGoal.organizer_id == organizer_id)
    )
    if known is None:
        raise Missing
