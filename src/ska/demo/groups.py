"""Seed the demo's rektorsgrupper, and what they and networks have fixed for their meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.forms import ViewForm, Whose
from ska.comparisons.queries.keeping import ToKeep
from ska.comparisons.saving import save_view
from ska.core.holidays import this_or_next_working_day
from ska.demo.definitions import MeetingViewSeed, OrganizerSeed
from ska.groups.forms import GroupForm
from ska.groups.services import start_group
from ska.organizers.models import Organizer, SchoolUnit
from ska.organizers.rules import GROUP, slug_of
from ska.sharing.queries import network_by_slug


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


def seed_meetings(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    seeds: Iterable[MeetingViewSeed],
    today: date,
) -> None:
    """Fix what the huvudman's networks are to look at when they meet next."""
    for one in seeds:
        network, _members = network_by_slug(session, organizer.id, slug_of(one.network))
        day = this_or_next_working_day(today + timedelta(days=one.in_days))
        fixed = ViewForm(name=one.name, whose=Whose.NETWORK, meeting_on=day)
        kept = ToKeep(one.name, network.name, one.question, network_id=network.id)
        save_view(session, actor, organizer_id=organizer.id, kept=kept, form=fixed)
