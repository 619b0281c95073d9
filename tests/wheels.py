"""Building wheels in tests: begin one, add a step, and what became of it."""

import re

from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory

from ska.cycle.models import CycleStep

YEAR = "/ekhult/2026-27/arshjul"
API = "/api/v1/organizers/ekhult"
STEP = {
    "name": "Läs betygen",
    "level": "organizer",
    "phase": "Period 1",
    "responsible": "quality_lead",
    "artefact": "values",
    "rule": "by_date",
    "day": "5",
    "month": "10",
    "lead_days": "21, 7",
}


def person_in(ekhult, role, unit=None):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=role, unit=unit)
    return person


def begin(browse, **form):
    asked = {"kind": "organizer", "name": "Vårt hjul", "begin_with": "", **form}
    answer = browse.post(f"{YEAR}/nytt", asked)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def steps_of(db, bench):
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.cycle_id == bench.rsplit("/", 1)[1])
        return {one.key: one for one in session.scalars(query.order_by(CycleStep.due))}


def dues_of(db, key):
    with db.as_owner() as session:
        return sorted(session.scalars(select(CycleStep.due).where(CycleStep.key == key)))


def add(browse, bench, **form):
    answer = browse.post(f"{bench}/steg", {**STEP, **form})
    assert answer.status_code == 303, answer.text


def rewrite(browse, at, form):
    """Send the form at *at* as one who has just read it."""
    read = re.search(r'name="seen" value="(\w*)"', browse.get(at).text)[1]
    return browse.post(at, {**form, "seen": read})
