"""Seed an earlier report of the demo, read in and looked at as on the pages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.school_year import SchoolYear
from ska.demo.definitions import ReportSeed
from ska.history import services
from ska.history.forms import ArrangeForm, PastedForm
from ska.organizers.models import SchoolUnit


def seed_report(
    session: Session, actor: Actor, unit: SchoolUnit, seed: ReportSeed, today: date
) -> UUID:
    """Keep a report of an earlier year as its reader would, and return it."""
    form = PastedForm(text=seed.text, name=seed.title)
    draft = services.read_text(
        session, actor, organizer_id=unit.organizer_id, form=form, today=today
    )
    sections = services.looked_at(draft).sections
    arranged = ArrangeForm(
        title=seed.title,
        year=str(SchoolYear(seed.year)),
        unit_id=unit.id,
        headings=[one.start for one in sections if one.heading],
    )
    services.arrange(session, actor, draft=draft, form=arranged, today=today)
    return services.keep(session, actor, draft=draft, today=today).id
