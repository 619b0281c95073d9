"""Lend the demo's arbetssätt to its network and tell what they gave, as its people would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.borrowing.forms import LendForm, TellForm
from ska.actions.borrowing.loans import loan_of
from ska.actions.borrowing.services import lend, tell_back
from ska.actions.models import Action
from ska.demo.chain import moment_of
from ska.demo.chained import ActionSeed
from ska.demo.definitions import OrganizerSeed
from ska.organizers.models import NetworkMember, Organizer
from ska.sharing.queries import shared_titles


def seed_lent(
    session: Session, organizer: Organizer, actor: Actor, seed: OrganizerSeed, today: date
) -> None:
    """Lend every insats that is told to be lent, and tell of those that were borrowed."""
    for words, action in _insatser(session, organizer, actor, seed):
        if words.lent is not None:
            _lend(session, organizer, actor, action, words.lent, today)
        loan = loan_of(session, actor, action)
        if words.told is not None and loan is not None:
            form = TellForm.model_validate(words.told)
            tell_back(
                session, actor, organizer=organizer, action=action, loan=loan, form=form,
                now=moment_of(today),
            )  # fmt: skip


def _insatser(
    session: Session, organizer: Organizer, actor: Actor, seed: OrganizerSeed
) -> Iterator[tuple[ActionSeed, Action]]:
    """Yield the insatser that are lent or told of, each found by its title."""
    for analysis in seed.analyses:
        for area in analysis.areas:
            for one in area.actions:
                if one.lent or one.told:
                    named = visible(Action, actor).where(
                        Action.organizer_id == organizer.id, Action.title == one.form["title"]
                    )
                    yield one, session.scalars(named).one()


def _lend(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    action: Action,
    words: dict[str, Any],
    today: date,
) -> None:
    network_id = session.scalar(
        select(NetworkMember.network_id).where(NetworkMember.organizer_id == organizer.id)
    )
    form = LendForm.model_validate({"network_id": network_id, "title": action.title, **words})
    lend(
        session, actor, organizer=organizer, action=action, form=form,
        titles=shared_titles(session, actor, organizer.id, today), now=moment_of(today),
    )  # fmt: skip
