"""Every page of the chain: axe finds nothing, nothing runs out of a narrow screen."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DeficiencyFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
    ObservationFactory,
    StruckPartFactory,
)
from tests.factories.organizers import OrganizerFactory

FORMS = ("underlag", "fynd", "orsak", "belagg", "omrade", "effekt", "medverkan")


@pytest.fixture
def chain(db):
    ekhult = OrganizerFactory(is_demo=True)
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult)
    ObservationFactory(analysis=analysis)
    ObservationFactory(analysis=analysis, origin="open_question", text="Har frånvaron ökat?")
    finding = FindingFactory(analysis=analysis)
    cause = CauseFactory(analysis=analysis, finding_id=finding.id)
    area = DevelopmentAreaFactory(analysis=analysis)
    AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=cause.id)
    action = ActionFactory(organizer=ekhult, area_id=area.id, state="in_force")
    follow_up = FollowUpFactory(action=action)
    StruckPartFactory(analysis=analysis)
    deficiency = DeficiencyFactory(organizer=ekhult)
    return kim, analysis, area, action, follow_up, deficiency


def _pages(chain) -> dict[str, str]:
    _kim, analysis, area, action, follow_up, deficiency = chain
    at = f"/ekhult/2026-27/analyser/{analysis.id}"
    return {
        "analyser": "/ekhult/2026-27/analyser",
        "ny-analys": "/ekhult/2026-27/analyser/ny",
        "analys": at,
        **{form: f"{at}/ny/{form}" for form in FORMS},
        "ny-insats": f"{at}/omraden/{area.id}/insats",
        "insatser": "/ekhult/insatser",
        "insats": f"/ekhult/insatser/{action.id}",
        "uppfoljning": f"/ekhult/uppfoljningar/{follow_up.id}",
        "trad": f"{at}/trad/{area.id}",
        "andra": f"{at}/andra/omrade/{area.id}",
        "brister": "/ekhult/brister",
        "ny-brist": "/ekhult/brister/ny",
        "brist": f"/ekhult/brister/{deficiency.id}",
        "ny-atgard": f"/ekhult/brister/{deficiency.id}/atgard",
    }


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_and_nothing_runs_out(reader, chain, width, dark):
    at = reader(chain[0], width=width, dark=dark)
    for name, path in _pages(chain).items():
        page = at.open(path)
        at.shoot(f"{name}-{width}")
        assert at.axe() == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_an_empty_list_says_how_to_begin(reader, db):
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=OrganizerFactory())
    at = reader(kim)

    for path in ("/ekhult/2026-27/analyser", "/ekhult/insatser"):
        at.open(path)
        assert at.page.get_by_role("heading", name="Här samlas era").is_visible()
        assert at.axe() == [], path


def test_what_lies_open_since_last_year_is_kept_or_struck(reader, chain):
    kim, analysis, *_rest = chain
    page = reader(kim, javascript=False).open(f"/ekhult/2026-27/analyser/{analysis.id}")
    card = page.locator("article").filter(has_text="Har frånvaron ökat?")
    assert card.get_by_role("heading", name="Öppen fråga sedan förra året").is_visible()

    card.get_by_role("button", name="Stryk").click()

    card = page.locator("article").filter(has_text="Har frånvaron ökat?")
    card.get_by_text("Struket").wait_for()
    card.get_by_role("button", name="Ta med igen").click()
    page.get_by_text("Underlaget är med igen.").wait_for()
