"""What goals and indicators share: the choices of what to tie to."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.errors import Conflict, Invalid
from ska.framework import queries, services
from ska.framework.forms import TieForm
from ska.framework.models import LocalGoal, LocalIndicator
from ska.framework.rules import KIND_WORDS, MAY_BE_TIED
from ska.organizers.dependencies import Place
from ska.web.forms import Form


def tied(
    session: Session, actor: Actor, to: LocalGoal | LocalIndicator, form: Form[TieForm]
) -> Form[TieForm]:
    """Tie, or return the form with what was wrong."""
    if form.value is not None:
        try:
            services.tie(session, actor, to=to, form=form.value)
        except (Conflict, Invalid) as wrong:
            form.refuse(wrong, "item_id")
    return form


def choices(session: Session, actor: Actor, place: Place) -> dict[str, Any]:
    """Return what a goal can be tied to, for the form, and whether this person may."""
    known = queries.items(session, kinds=MAY_BE_TIED)
    return {
        "headings": {one.id: one.heading for one in known},
        "choices": [(one.id, f"{KIND_WORDS[one.kind]}: {one.heading}") for one in known],
        "may_edit": actor.may(Right.EDIT_FRAMEWORK, place.organizer.id),
    }


def headings(session: Session) -> dict[str, str]:
    """Return item id → heading of all that may be tied."""
    return {one.id: one.heading for one in queries.items(session, kinds=MAY_BE_TIED)}
