"""Så visste ni i oktober: the röd tråd as it was known on a day."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory
from tests.places import STOCKHOLM

SEPTEMBER = datetime(2026, 9, 15, 12, tzinfo=STOCKHOLM)
NOVEMBER = datetime(2026, 11, 3, 12, tzinfo=STOCKHOLM)


@pytest.fixture
def told(db):
    """Return what a person reads of a thread on a day; the answer came in November."""
    db.clock.now = datetime(2026, 11, 26, 9, tzinfo=STOCKHOLM)
    ekhult = OrganizerFactory()
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    early = {"analysis": AnalysisFactory(organizer=ekhult), "created_at": SEPTEMBER}
    finding = FindingFactory(**early, text="Färre når målen")
    cause = CauseFactory(**early, finding_id=finding.id, text="Många vikarier")
    CauseFactory(
        **{**early, "created_at": NOVEMBER}, finding_id=finding.id, text="Sen kartläggning"
    )
    area = DevelopmentAreaFactory(**early)
    AreaCauseFactory(**early, area_id=area.id, cause_id=cause.id)
    action = ActionFactory(area=area, state="in_force", title="Läs varje dag", created_at=SEPTEMBER)
    FollowUpFactory(
        action=action, done_answer="yes", effect_answer="partly", effect_ground="Proven",
        answered_at=NOVEMBER, answered_by="Kim Ek", created_at=SEPTEMBER,
    )  # fmt: skip
    kim = db.browse(person)
    thread = f"/ekhult/2026-27/analyser/{early['analysis'].id}/trad/{finding.id}"

    def read(query=""):
        return kim.get(thread + query)

    return read


def test_what_came_later_is_not_on_the_thread(told):
    now, then = told().text, told("?kant=2026-10-15").text

    assert "Sen kartläggning" in now
    assert "Effekt? Delvis" in now
    assert "Många vikarier" in then
    assert "Läs varje dag" in then
    assert "Sen kartläggning" not in then
    assert "Effekt? Delvis" not in then
    assert "Planerad" in then
    assert "Så visste ni den 15 oktober 2026." in then
    assert "Skriv en orsak" not in then


def test_before_anything_was_written_the_thread_is_empty(told):
    then = told("?kant=2026-09-01").text

    assert "Många vikarier" not in then
    assert "Ingen orsak" in then
    assert "Färre når målen" in then  # what is asked about is named


def test_a_day_that_cannot_be_read_or_has_not_been_is_refused(told):
    assert told("?kant=snart").status_code == 422
    assert told("?kant=2031-01-01").status_code == 422
