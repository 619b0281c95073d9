"""One whole errand with the keyboard alone: what has the focus is always there to be seen."""

import pytest
from tests.the_demo import network, person_of_the_demo
from tests.written_forms import form_with

HERE = """() => {
  const at = document.activeElement, { outlineStyle } = getComputedStyle(at);
  const { left, top, bottom, width, height } = at.getBoundingClientRect();
  // Of what begins above the window, as a tall table, the part that is in it is looked at.
  const y = top < 0 ? Math.min(bottom, innerHeight) / 2 : top + Math.min(height / 2, 10);
  const over = document.elementFromPoint(left + width / 2, y);
  return {
    name: (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, " ") || at.value,
    tag: at.tagName,
    is_lost: at === document.body,
    is_marked: outlineStyle !== "none",
    is_seen: top < innerHeight && bottom > 0 && Boolean(over) &&
      (at.contains(over) || over.contains(at)),
  };
}"""


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page):
        self.page = page

    def at(self):
        return self.page.evaluate(HERE)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, name, tag=None, key="Tab", most=60):
        """Go on until what begins with *name* has the focus; each stop on the way is checked."""
        for _ in range(most):
            self.press(key)
            at = self.at()
            if at["is_lost"]:
                continue  # past the end of the page, and around
            assert at["is_marked"], at
            assert at["is_seen"], at
            if at["name"].startswith(name) and tag in {None, at["tag"]}:
                return self
        raise AssertionError(f"{name} is not reached at {self.page.url}")

    def write(self, text):
        self.page.keyboard.type(text)
        return self

    def enter(self, *, lands=None):
        """Press Enter and wait for the page it leads to; *lands* begins what has the focus."""
        with self.page.expect_navigation():
            self.press("Enter")
        self.page.wait_for_load_state()
        if lands is not None:
            at = self.at()
            assert at["name"].startswith(lands), at
            assert at["is_marked"], at
        return self

    def skip(self):
        self.to("Hoppa till innehållet")
        self.press("Enter")
        assert self.at()["tag"] == "MAIN"
        return self


@pytest.fixture
def robin(db, demo):
    """Robin, rektor, who has begun an analysis of the school."""
    robin = person_of_the_demo(db, "robin@ekhult.example")
    browse, new = db.browse(robin), "/ekhult/2026-27/analyser/ny"
    begun = browse.post(new, {**form_with(browse.get(new).text, "title"), "title": "Läsningen"})
    assert begun.status_code == 303
    return robin


def test_a_rektor_lives_an_errand_without_a_mouse(reader, robin):
    page = reader().open("/logga-in")
    keys = Keys(page)
    keys.to("E-post").write("robin@ekhult.example")
    keys.to("Lösenord").write(network().password).enter().skip()
    keys.to("Jämför").enter()

    # Filters: what was used keeps the focus, also when the page it leads to has more of them.
    keys.skip().to("Vad vill du jämföra?").write("Lägst betyget E i samtliga")
    keys.to("Vilka?").write("Nätverk")
    keys.to("Visa", "BUTTON").enter(lands="Visa")
    assert "vilka=natverk" in page.url
    keys.to("Ordning", key="Shift+Tab").press("ArrowDown")
    keys.to("Visa", "BUTTON").enter(lands="Visa")
    assert "ordning=varde" in page.url

    # The chart's table, and out of it again.
    keys.to("Diagram", "BUTTON").press("ArrowRight")
    assert keys.at()["name"] == "Tabell"
    assert page.get_by_role("tabpanel", name="Tabell").get_by_role("table").is_visible()

    # What we see, pinned in the analysis.
    keys.to("Vad ser vi?", key="Shift+Tab").enter()
    keys.skip().to("Vad ser ni i siffrorna?").press("Control+End")
    keys.write(" Det är lugnt.").to("Spara som underlag").enter()
    assert page.get_by_text("Siffrorna är sparade som underlag.").is_visible()
    assert page.get_by_text("Det är lugnt.").first.is_visible()

    # A tavla: a tile that moves takes the focus with it; at the end the heading has it.
    page.goto(page.url.partition("/ekhult")[0] + "/ekhult/tavlor/enhet/andra")
    tiles = page.locator(".arrange li > span:first-child")
    first, count = tiles.first.inner_text(), tiles.count()
    keys.skip().to("Flytta ner")
    for place in range(1, count - 1):
        keys.enter(lands="Flytta ner: ")
        assert tiles.nth(place).inner_text() == first
    keys.enter(lands="Ändra tavlan")
    assert tiles.last.inner_text() == first

    # The own menu opens, closes with Escape to where it was opened, and leads out.
    keys.skip().to("Robin Sandberg", "SUMMARY", key="Shift+Tab").press("Enter")
    keys.to("Min profil").press("Escape")
    assert keys.at()["tag"] == "SUMMARY"
    keys.press("Enter")
    keys.to("Logga ut").enter()
    assert page.url.endswith("/logga-in")


def test_past_the_people_of_the_demo_there_is_a_way_to_the_form(reader, db, demo):
    db.app.state.settings = db.settings.model_copy(update={"demo": True})
    page = reader().open("/logga-in")
    assert page.get_by_role("button", name="Se det som").count() > 20
    keys = Keys(page)
    keys.to("Hoppa till e-post och lösenord", most=2).press("Enter")
    assert keys.at()["name"] == "E-post"
