"""The årshjul of a unit that has ended, or will have by then, reminds nobody."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.cycle.queries import open_steps
from ska.organizers.models import SchoolUnit
from ska.overview.queries.home import home_rows
from ska.overview.rules.home import Kind
from ska.reminders.services import clockwork, plan_reminders

TODAY = date(2026, 8, 24)  # a week before the step is due
MORNING = datetime(2026, 8, 24, 9, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("last_day", "status", "reminded"),
    [
        (None, "active", True),
        (date(2027, 6, 30), "active", True),
        (date(2026, 8, 31), "active", True),  # the day that it is due
        (date(2026, 8, 30), "active", False),
        (date(2026, 6, 30), "active", False),
        (None, "ended", False),
    ],
)
def test_a_unit_that_has_ended_is_not_reminded(session, acting, last_day, status, reminded):
    organizer = OrganizerFactory()
    unit = SchoolUnitFactory(organizer=organizer, valid_to=last_day, status=status)
    RoleAssignmentFactory(organizer=organizer, unit=unit, role=Role.PRINCIPAL)
    CycleStepFactory(cycle=AnnualCycleFactory(organizer=organizer, unit=unit))
    rektor = acting(Role.PRINCIPAL, organizer, unit)
    session.limit_to(rektor.scope(organizer.id))

    steps = open_steps(session, clockwork(organizer.id), organizer.id, TODAY, date(2026, 12, 31))
    rows = home_rows(session, rektor, organizer.id, TODAY, "guide")
    plan = plan_reminders(session, organizer.id, now=MORNING, address="https://ska.example")

    assert len(steps) == reminded
    assert any(row.kind is Kind.STEP for row in rows) is reminded
    assert bool(plan and plan.planned) is reminded
    found = session.get_one(SchoolUnit, unit.id)
    open_on_both = found.is_open(TODAY) and found.is_open(date(2026, 8, 31))
    assert open_on_both is reminded


def test_the_huvudmans_own_steps_go_on(session, acting):
    organizer = OrganizerFactory()
    CycleStepFactory(cycle=AnnualCycleFactory(organizer=organizer))
    acting(Role.QUALITY_LEAD, organizer)

    found = open_steps(session, clockwork(organizer.id), organizer.id, TODAY, date(2026, 12, 31))

    assert len(found) == 1
