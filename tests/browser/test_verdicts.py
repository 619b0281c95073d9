"""A verdict as the rektor reads it: on a screen, on a narrow dark one, and without JavaScript."""

import pytest
from tests.the_demo import person_of_the_demo


@pytest.fixture
def hanna(db, demo):
    return person_of_the_demo(db, "hanna@bredasa.example")


@pytest.mark.parametrize(
    ("width", "dark", "javascript"),
    [(1366, False, True), (320, True, True), (320, False, False)],
)
def test_a_rektor_reads_what_came_of_it_and_what_to_do(reader, hanna, width, dark, javascript):
    me = reader(hanna, width=width, dark=dark, javascript=javascript)
    page = me.open("/bredasa/insatser")

    page.get_by_role("link", name="Läs tillsammans tjugo minuter varje dag").click()
    page.get_by_role("link", name="Läsprov i årskurs 3 ska öka med minst 22").click()
    said = page.get_by_role("region", name="Vad siffrorna säger i dag")
    said.get_by_text("Pekar mot förbättring.").wait_for()
    assert "+24,7" in said.inner_text()
    said.get_by_role("heading", name="Vad ni kan göra nu").wait_for()
    page.get_by_role("link", name="Till uppföljningen").click()
    page.get_by_text("Alla klasser läste tillsammans").wait_for()
    page.go_back()

    for fold in page.locator("main details.fold > summary").all():
        fold.click()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    if javascript:
        assert me.axe() == []
    assert me.problems == []
