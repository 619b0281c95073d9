"""At 320 px the demo's pages stand still sideways; the year's longest words included."""

import pytest
from tests.integration.demo.test_demo import NOW

from ska.accounts.models import Person
from ska.demo import services
from ska.demo.definitions import read_demo
from ska.framework.services import load_framework
from ska.settings import bundled

PAGES = (
    "/ekhult/oversikt",
    "/ekhult/oversikt/var-star-vi",
    "/ekhult/malsattningar",
    "/ekhult/resultat",
    "/ekhult/resultat/gr-alla-amnen-ak9",
    "/ekhult/2026-27/analyser",
    "/ekhult/insatser",
    "/ekhult/2026-27/arshjul",
    "/ekhult/sok?q=matematik",
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def kim(db):
    network = read_demo(bundled("seeds") / "demo", years=0)
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=NOW.date())
    services.seed_demo(db.owner, db.engine, network, NOW.date())
    db.clock.now = NOW
    with db.as_owner() as session:
        return session.query(Person).filter_by(email="kim@ekhult.example").one()


def test_no_page_scrolls_sideways_and_axe_finds_nothing(reader, kim):
    at = reader(kim, width=320, dark=True)
    for path in PAGES:
        page = at.open(path)
        assert page.evaluate(WIDER) <= 0, path
        assert at.axe() == [], path
    page = at.open("/ekhult/2026-27/analyser")
    page.get_by_role("link", name="Kunskapsresultat i årskurs 9").first.click()
    page.wait_for_load_state()
    assert page.evaluate(WIDER) <= 0
    assert at.axe() == []


def test_axe_bites(reader):
    one = reader()
    one.page.set_content("<main><h1>En sida</h1><img src='data:,'><input></main>")

    assert {found.partition(":")[0] for found in one.axe()} >= {"image-alt", "label"}
