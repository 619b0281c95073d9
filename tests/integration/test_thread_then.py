"""Så visste ni i oktober: the röd tråd as it was known on a day."""

from __future__ import annotations

from datetime import date, datetime

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
from tests.factories.dialogues import AboutActionFactory
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
    words = {"text": "Nämnden avsätter medel.", "decided_on": date(2026, 10, 20)}
    AboutActionFactory(action=action, **words, created_at=NOVEMBER)
    AboutActionFactory(action=action, text="Ett misstag.", struck_at=NOVEMBER, struck_by="Kim Ek")
    AboutActionFactory(action=ActionFactory(organizer=ekhult), text="Om något annat.")
    kim = db.browse(person)
    thread = f"/ekhult/2026-27/analyser/{early['analysis'].id}/trad/{finding.id}"

    def read(query=""):
        return kim.get(thread + query)

    def steps(query=""):
        path = f"/api/v1/organizers/ekhult/thread?analysis={early['analysis'].id}{query}"
        found = kim.api("GET", path).json()["steps"]
        return {one["kind"]: [node["label"] for node in one["nodes"]] for one in found}

    read.steps = steps
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


def test_what_the_board_decided_stands_on_the_thread_with_its_number(told):
    now, then = told().text, told("?kant=2026-10-31").text

    assert "BUN 2026/0147, 20 oktober 2026: Nämnden avsätter medel." in now.replace("\u00a0", " ")
    assert "/ekhult/namndbeslut#b" in now
    assert "Ett misstag." not in now
    assert "Om något annat." not in now
    assert "Nämnden avsätter medel." not in then  # written down in November


def test_the_months_in_which_something_was_written_are_ways_back(told):
    page = told().text

    assert 'kant=2026-09-30"' in page
    assert "kant=2026-10-31" not in page
    assert "kant=2026-11-30" not in page  # the month is not over
    assert 'kant=2026-09-30" aria-current="page"' in told("?kant=2026-09-30").text


def test_programs_read_the_thread_of_a_day(told):
    now, then = told.steps(), told.steps("&as_known_on=2026-10-15")

    assert "Nämndens beslut" in now
    assert "Nämndens beslut" not in then
    assert "Sen kartläggning" in now["Orsak"]
    assert "Sen kartläggning" not in then["Orsak"]
