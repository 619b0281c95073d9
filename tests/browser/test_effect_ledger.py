"""The ledger in a browser: from what can be seen at all to a verdict beside the people's answer."""

import pytest
from tests.factories.effects import NEXT, started

ITEM = "gr-alla-amnen-ak9"


@pytest.fixture
def begun(db):
    return started()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_what_could_be_seen_to_what_was_said(reader, begun, javascript):
    page = reader(begun.person, javascript=javascript).open(begun.path)

    page.get_by_role("link", name="Välj en siffra som ska ändras").click()
    page.get_by_label("Vilken siffra?").select_option(ITEM)
    page.get_by_role("button", name="Visa vad som kan synas").click()
    page.get_by_text("Med 24 elever om året syns först en ändring").wait_for()
    page.get_by_label("Hur mycket, minst?").fill("3")
    page.get_by_role("button", name="Skriv och frys underlaget").click()
    page.get_by_role("link", name="En så liten ändring kan inte skiljas").wait_for()
    page.get_by_label("Hur mycket, minst?").fill("30")
    page.get_by_role("button", name="Skriv och frys underlaget").click()
    page.get_by_text("Fingeravtryck", exact=True).wait_for()
    begun.schools.publish(NEXT, begun.schools.year(step=30))

    page = reader(begun.person, javascript=javascript).open(
        f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}"
    )
    page.get_by_text("Pekar mot förbättring.").wait_for()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Vad hände?").fill("Alla kartlades.")
    page.get_by_label("Delvis").last.check()
    page.get_by_label("Vad bygger svaret på?").fill("Betygen i juni.")
    page.get_by_role("button", name="Spara och gå vidare").click()
    kept = page.get_by_role("region", name="Det siffrorna sade den dagen")
    assert "Pekar mot förbättring." in kept.inner_text()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_and_nothing_is_cut(db, reader, begun, width, dark):
    home = f"/{begun.organizer.slug}"
    body = {
        "indicator": ITEM, "unit_id": str(begun.unit.id), "direction": "higher", "size": "30",
        "expected_in": NEXT, "gender": "T",
    }  # fmt: skip
    api = f"/api/v1/organizers{home}/actions/{begun.action.id}/expectations"
    made = db.browse(begun.person).api("POST", api, json=body)
    assert made.status_code == 201, made.text
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    kim = reader(begun.person, width=width, dark=dark)
    wrong = {}
    for name, path in {
        "effekt-ny": f"{begun.path}/effekt",
        "effekt-vald": f"{begun.path}/effekt?indikator={ITEM}&var={begun.unit.id}",
        "effekter": f"{home}/effekter",
        "effekt": f"{home}/effekter/{made.json()['id']}",
        "effekt-uppfoljning": f"{home}/uppfoljningar/{begun.follow_up.id}",
        "effekt-insats": begun.path,
    }.items():
        page = kim.open(path)
        for fold in page.locator("main details.fold > summary").all():
            fold.click()
        kim.shoot(f"{name}-{width}")
        cut = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        wrong[name] = [*kim.axe(), *(["cut"] if cut else [])]
    assert {name: found for name, found in wrong.items() if found} == {}
    assert kim.problems == []
