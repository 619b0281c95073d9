"""Så visste ni: the röd tråd is stepped through month by month, with and without a script."""

from datetime import datetime

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    FindingFactory,
)
from tests.factories.dialogues import AboutActionFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import STOCKHOLM

SEPTEMBER = datetime(2026, 9, 15, 12, tzinfo=STOCKHOLM)
OCTOBER = datetime(2026, 10, 12, 12, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(("javascript", "width"), [(True, 320), (False, 1366)], ids=["js", "no-js"])
def test_one_steps_back_and_forth_in_what_was_known(db, reader, javascript, width):
    db.clock.now = datetime(2026, 11, 26, 9, tzinfo=STOCKHOLM)
    ekhult, kim = OrganizerFactory(), PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult)
    finding = FindingFactory(analysis=analysis, text="Färre når målen", created_at=SEPTEMBER)
    late = {"finding_id": finding.id, "created_at": OCTOBER}
    CauseFactory(analysis=analysis, text="Sen kartläggning", **late)
    area = DevelopmentAreaFactory(analysis=analysis, created_at=SEPTEMBER)
    action = ActionFactory(area=area, title="Läs varje dag", created_at=SEPTEMBER)
    AboutActionFactory(action=action, text="Nämnden avsätter medel.", created_at=OCTOBER)

    kim_at = reader(kim, javascript=javascript, width=width)
    page = kim_at.open(f"/ekhult/2026-27/analyser/{analysis.id}/trad/{action.id}")
    page.get_by_text("Nämnden avsätter medel.").first.wait_for()

    back = page.get_by_role("navigation", name="Så visste ni").get_by_role("link")
    assert [one.split()[-2] for one in back.all_inner_texts()] == ["september", "oktober", "i"]
    back.first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Så visste ni den 30 september 2026.").wait_for()
    assert page.get_by_text("Nämnden avsätter medel.").count() == 0
    page.get_by_text("Läs varje dag").first.wait_for()
    kim_at.shoot(f"trad-{width}")
    if javascript:
        assert kim_at.axe() == []
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0

    if not page.get_by_label("Som kända den").is_visible():
        page.get_by_text("Se värdena som de var kända en dag").click()
    page.get_by_label("Som kända den").fill("15 oktober 2026")
    page.get_by_role("button", name="Visa den dagen").click()
    page.get_by_text("Så visste ni den 15 oktober 2026.").wait_for()
    page.get_by_text("Nämnden avsätter medel.").first.wait_for()
    page.get_by_role("navigation", name="Så visste ni").get_by_role("link", name="i dag").click()
    page.wait_for_url("**/trad/*")
    assert page.get_by_text("Så visste ni den").count() == 0
