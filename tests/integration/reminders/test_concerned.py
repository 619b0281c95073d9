"""A step of the huvudman's that a role of the units sees to is told in the units it concerns."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory, UnitSchoolTypeFactory
from tests.lindasa import at

from ska.access import Role
from ska.cycle.models import Reminder
from ska.notices.mail import Folder
from ska.scheduler import Scheduler

UNITS = {
    "Solrosen": "preschool",
    "Almen": "preschool",
    "Byskolan": "compulsory_school",
    "Åskolan": "compulsory_school",
}


@pytest.fixture
def ekhult(db):
    db.clock.now = at(date(2026, 8, 10))
    organizer = OrganizerFactory()
    director = PersonFactory(name="Sofia Skolchef")
    RoleAssignmentFactory(person=director, organizer=organizer, role=Role.DIRECTOR)
    both = PersonFactory(name="Rektor för två")
    for name, kind in UNITS.items():
        unit = SchoolUnitFactory(organizer=organizer, name=name)
        UnitSchoolTypeFactory(unit=unit, school_type=kind)
        person = both if kind == "preschool" else PersonFactory(name=f"Rektor {name}")
        RoleAssignmentFactory(person=person, organizer=organizer, unit=unit, role=Role.PRINCIPAL)
    return organizer


def told(db, tmp_path, organizer, **wheel):
    """Return who hears of a step of the huvudman's, in a wheel of this kind."""
    step = CycleStepFactory(cycle=AnnualCycleFactory(organizer=organizer, **wheel))
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).plan()
    with db.as_owner() as session:
        (reminder,) = session.scalars(select(Reminder).where(Reminder.step_id == step.id))
    return reminder.receivers


def test_a_skolforms_step_is_told_to_its_rektorer_each_once(db, tmp_path, ekhult):
    wheel = {"kind": "school_type", "school_type": "preschool"}

    assert told(db, tmp_path, ekhult, **wheel) == ["Rektor för två"]


def test_a_step_in_the_huvudmans_wheel_is_told_to_every_rektor(db, tmp_path, ekhult):
    everyone = {"Rektor för två", "Rektor Byskolan", "Rektor Åskolan"}

    assert set(told(db, tmp_path, ekhult)) == everyone


def test_where_no_unit_has_the_skolform_the_next_level_hears_of_it(db, tmp_path, ekhult):
    wheel = {"kind": "school_type", "school_type": "upper_secondary_school"}

    assert told(db, tmp_path, ekhult, **wheel) == ["Sofia Skolchef"]
