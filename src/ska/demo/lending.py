"""Lend the demo's arbetssätt to its network, as whoever answers for the huvudman would."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.borrowing.forms import LendForm
from ska.actions.borrowing.services import lend
from ska.actions.models import Action
from ska.demo.chain import moment_of
from ska.demo.definitions import OrganizerSeed
from ska.organizers.models import NetworkMember, Organizer
from ska.sharing.queries import shared_titles


def seed_lent(
    session: Session, organizer: Organizer, actor: Actor, seed: OrganizerSeed, today: date
) -> None:
    """Lend every insats that is told to be lent; it is found by its title."""
    lent = [
        (one.form["title"], one.lent)
        for analysis in seed.analyses
        for area in analysis.areas
        for one in area.actions
        if one.lent is not None
    ]
    if not lent:
        return
    network_id = session.scalar(
        select(NetworkMember.network_id).where(NetworkMember.organizer_id == organizer.id)
    )
    titles = shared_titles(session, actor, organizer.id, today)
    for title, words in lent:
        action = session.scalars(
            visible(Action, actor).where(Action.organizer_id == organizer.id, Action.title == title)
        ).one()
        form = LendForm.model_validate({"network_id": network_id, "title": title, **words})
        lend(
            session, actor, organizer=organizer, action=action, titles=titles, form=form,
            now=moment_of(today),
        )  # fmt: skip
