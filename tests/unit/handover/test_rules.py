"""What a new rektor is told, from a unit's written work."""

from dataclasses import replace
from datetime import date

from tests.unit.xrays.world import key, work, world

from ska.handover.rules import handover_of
from ska.xrays.rules import written


def told(things=None, today=date(2026, 11, 26)):
    return handover_of(work(things or world(), today), key("aby"), "/ekhult")


def test_it_tells_what_is_known_what_was_tried_and_what_came_of_it():
    this, last = told().years

    assert (str(this.year), str(last.year)) == ("2026/27", "2025/26")
    assert this.challenges[0].text == "Färre når målen i läsning 2026"
    assert this.challenges[0].causes == (
        "Det tror vi beror på: Nya elever kartläggs för sent på hösten",
    )
    (tried,) = last.tried
    assert (tried.effect, tried.decision) == ("Delvis", "Införliva i det vanliga arbetet")
    assert (tried.reason, tried.learned) == ("Det fungerar", "Börja tidigare")
    assert this.tried[0].effect == "Inte uppföljd än"


def test_it_tells_what_is_under_way_due_and_promised():
    found = told()

    assert [(one.text, one.day) for one in found.ongoing] == [
        ("Insats aby-2026", date(2027, 1, 22))
    ]
    assert [one.text for one in found.due] == ["Följ upp ”Insats aby-2026”"]
    assert found.due[0].href.startswith("/ekhult/uppfoljningar/")
    assert [one.day for one in found.promised] == [date(2027, 5, 15)]


def test_nothing_of_another_unit_is_told():
    words = repr(told())

    assert "bjork" not in words
    assert "None-2026" not in words


def test_what_the_huvudman_wrote_about_the_unit_is_told():
    things = world()
    things["about"] = [written.About(key("None-2026"), key("aby"))]

    found = told(things)

    assert "Insats None-2026" in [one.text for one in found.ongoing]
    assert "Analys None-2026" in [one.text for one in found.years[0].analyses]


def test_numbers_about_few_say_so():
    things = world()
    things["pinned"] = [replace(one, n=12) for one in things["pinned"]]

    assert {one.more for one in told(things).few} == {"12"}
    assert told().few == []


def test_a_unit_without_a_word_is_empty():
    assert handover_of(work({}), key("aby"), "/ekhult").is_empty
