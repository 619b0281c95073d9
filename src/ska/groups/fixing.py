"""What a rektorsgrupp looks at when it meets: saved views that are fixed, replaced and released.

A view is fixed as a row of its own with the question of the one that was chosen, so what its maker
does with that one changes nothing for the group.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.audit import record
from ska.comparisons.forms import Whose
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid
from ska.groups.forms import FixedViewForm
from ska.groups.services import hold
from ska.organizers.models import PrincipalsGroup, SavedView


def fix_view(
    session: Session,
    actor: Actor,
    *,
    group: PrincipalsGroup,
    view: SavedView | None,
    form: FixedViewForm,
    today: date,
) -> SavedView:
    """Let the group look at *view* when it meets, on a day or whenever.

    Raises Invalid without a view and for a day that has been, Conflict when it is fixed for that
    meeting already.
    """
    held = hold(session, actor, group)
    made = _fixed(session, actor, held, _to_fix(view, form, today), form.meeting_on)
    record(session, actor, act="group.fix", thing=made)
    session.flush()
    return made


def replace_view(
    session: Session,
    actor: Actor,
    *,
    fixed: SavedView,
    group: PrincipalsGroup,
    view: SavedView | None,
    form: FixedViewForm,
    now: datetime,
) -> SavedView:
    """Let the group look at *view* instead of, or at another day than, the one that is *fixed*.

    Raises what `fix_view` raises, and Conflict when that one is there no more.
    """
    held = hold(session, actor, group)
    if lock(session, fixed).removed_at is not None:
        raise Conflict(_("Någon annan har redan bytt eller släppt vyn. Se vad som gäller nu."))
    chosen = _to_fix(view, form, now.date() if form.meeting_on != fixed.meeting_on else None)
    fixed.removed_at = now
    session.flush()
    made = _fixed(session, actor, held, chosen, form.meeting_on)
    record(session, actor, act="group.replace", thing=made, details={"instead_of": str(fixed.id)})
    session.flush()
    return made


def release_view(
    session: Session, actor: Actor, *, group: PrincipalsGroup, fixed: SavedView, now: datetime
) -> None:
    """Let the group look at a view no more; it can be taken back. Twice is once."""
    hold(session, actor, group)
    if lock(session, fixed).removed_at is None:
        fixed.removed_at = now
        record(session, actor, act="group.release", thing=fixed)
        session.flush()


def retake_view(
    session: Session, actor: Actor, *, group: PrincipalsGroup, fixed: SavedView
) -> None:
    """Let the group look at a view again that was released or replaced. Twice is once."""
    held = hold(session, actor, group)
    if lock(session, fixed).removed_at is not None:
        _must_be_alone(session, actor, held, fixed, fixed.meeting_on)
        fixed.removed_at = None
        record(session, actor, act="group.retake", thing=fixed)
        session.flush()


def _to_fix(view: SavedView | None, form: FixedViewForm, today: date | None) -> SavedView:
    if view is None:
        unknown = _("Välj en vy i listan.")
        raise Invalid(unknown, {"view_id": unknown})
    if today is not None and form.meeting_on is not None and form.meeting_on < today:
        early = _("Dagen har redan varit. Skriv en dag från och med i dag.")
        raise Invalid(early, {"meeting_on": early})
    return view


def _fixed(
    session: Session,
    actor: Actor,
    group: PrincipalsGroup,
    view: SavedView,
    meeting_on: date | None,
) -> SavedView:
    _must_be_alone(session, actor, group, view, meeting_on)
    made = SavedView(
        organizer_id=group.organizer_id,
        person_id=actor.person_id,
        made_by=actor.name,
        name=view.name,
        question=view.question,
        whose=Whose.GROUP,
        group_id=group.id,
        meeting_on=meeting_on,
    )
    session.add(made)
    session.flush()
    return made


def _must_be_alone(
    session: Session,
    actor: Actor,
    group: PrincipalsGroup,
    view: SavedView,
    meeting_on: date | None,
) -> None:
    """Raise Conflict when the group looks at the same question at that meeting already."""
    same = visible(SavedView, actor).where(
        SavedView.organizer_id == group.organizer_id,
        SavedView.group_id == group.id,
        SavedView.removed_at.is_(None),
        SavedView.question == view.question,
        SavedView.meeting_on.is_not_distinct_from(meeting_on),
    )
    if session.scalars(same).first() is not None:
        raise Conflict(_("Den vyn är redan vald till det mötet."))
