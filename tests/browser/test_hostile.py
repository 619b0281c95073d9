"""In a browser: what was planted in every text neither runs nor is stopped only by the policy."""

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.story_1 import story_1
from tests.hostile import plant
from tests.isolation import chain_parts

INDICATOR = "/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola"
PAGES = (
    "/ekhult/oversikt",
    "/ekhult/resultat",
    "/ekhult/oversikt/var-star-vi",
    "/ekhult/2026-27/analyser",
    "/ekhult/2026-27/analyser/{analysis_id}",
    "/ekhult/2026-27/analyser/{analysis_id}/skriv",
    "/ekhult/2026-27/analyser/{analysis_id}/trad/{area_id}",
    "/ekhult/insatser/{action_id}",
    "/ekhult/2026-27/arshjul",
    "/ekhult/enheter",
    "/ekhult/sok?q=script",
)


def test_nothing_planted_runs(db, reader):
    load_shipped()
    ekhult, _unit = story_1()
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    parts = chain_parts(ekhult)
    with db.as_owner() as session:
        plant(session)
    kim_at = reader(kim)  # every error in the console, the policy's too, fails the test at its end
    kim_at.context.add_init_script("window.planted = () => { window.ran = true }")

    for path in (INDICATOR, *PAGES):
        page = kim_at.open(path.format(**parts))
        assert page.locator("h1").count() == 1, path
        if path == INDICATOR:
            page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
            assert page.locator(".main-svg a, .main-svg image, .main-svg script").count() == 0
        assert page.evaluate("window.ran") is None, path
    page.keyboard.press("Control+k")
    page.locator("#palette-field").fill("script")
    page.wait_for_selector("#palette-hits [role=option]")
    kim_at.shoot("fientligt")
    assert page.evaluate("window.ran") is None
