"""Which three things come first."""

from tests.unit.xrays.faults import FAULTS
from tests.unit.xrays.world import work, world

from ska.overview.rules.home import Todo
from ska.overview.rules.today import greeting, three_things
from ska.xrays.catalogue import shipped
from ska.xrays.rules import examine


def found(*rules):
    things = world()
    for rule in rules:
        FAULTS[rule](things)
    return examine(work(things), shipped().rules.values())


def todo(name, *, late=True):
    return Todo("Gör klart", name, f"/ekhult/{name}", "i går", "Försenad", late)


def test_what_waits_and_what_was_found_take_turns():
    tasks = three_things([todo("a"), todo("b"), todo("c")], found("remedy-without-end"), "/ekhult")

    assert [one.text[:12] for one in tasks] == ["Gör klart: a", "Åtgärden ”In", "Gör klart: b"]
    assert greeting(tasks) == "Tre saker, ungefär fem minuter var."


def test_what_is_not_late_or_not_soon_done_waits():
    assert three_things([todo("a", late=False)], found("too-many-areas"), "/ekhult") == []


def test_a_page_is_named_once():
    (finding,) = [one for one in found("remedy-without-end") if one.rule.five_minutes]
    same = Todo("Följ upp", "x", f"/ekhult{finding.hit.at}", "", "Försenad", True)

    assert len(three_things([same], [finding], "/ekhult")) == 1
