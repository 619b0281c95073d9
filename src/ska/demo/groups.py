"""Seed the demo's rektorsgrupper and what they have fixed for their meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.forms import ViewForm, Whose
from ska.comparisons.queries.keeping import ToKeep
from ska.comparisons.saving import save_view
from ska.demo.definitions import OrganizerSeed
from ska.groups.forms import GroupForm
from ska.groups.services import start_group
from ska.organizers.models import Organizer, SchoolUnit
from ska.organizers.rules import GROUP


def seed_groups(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    seed: OrganizerSeed,
    units: Mapping[str, SchoolUnit],
    today: date,
) -> None:
    """Start the groups, and fix their views as the one who leads would from Jämför."""
    where = organizer.id
    for one in seed.groups:
        ids = [units[name].id for name in one.units]
        form = GroupForm(name=one.name, units=ids, leader=units[one.leader].id)
        group = start_group(session, actor, organizer_id=where, form=form, today=today)
        for view in one.views:
            question = {**view.question, "vilka": f"{GROUP}{group.slug}"}
            fixed = ViewForm(name=view.name, whose=Whose.GROUP, meeting_on=view.meeting_on)
            kept = ToKeep(view.name, group.name, question, group=group)
            save_view(session, actor, organizer_id=where, kept=kept, form=fixed)
