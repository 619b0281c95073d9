"""What a resultatdialog begins with, from a unit's written work."""

from datetime import date

import msgspec
from tests.unit.xrays.world import key, work, world

from ska.dialogues.rules.results import (
    Agreed,
    Before,
    Measured,
    MeasureLine,
    Prepared,
    Wanted,
    grounds_of,
    prepared_of,
)
from ska.xrays.rules import done, written

TODAY = date(2026, 11, 26)
LINE = MeasureLine("Godkänt", "/x", "61,8 %", "2026", "42 av 68", "50–72 %", "68 % (2025)", "inom")


def told(before=None, things=None):
    measured = Measured([LINE], 3)
    return prepared_of(work(things or world(), TODAY), key("aby"), "/ekhult", before, measured)


def held(*agreed, needs=()):
    return Before(date(2025, 10, 7), "Rektor och skolchef", agreed, needs)


def test_the_first_dialogue_has_nothing_before_it_but_all_that_is_written():
    found = told()

    assert found.since is None
    assert [str(one.year) for one in found.handover.years] == ["2026/27", "2025/26"]
    assert found.measures == [LINE]
    assert found.silent == 3


def test_what_was_agreed_is_told_with_what_came_of_it():
    agreed = Agreed("Läs varje dag", "rektor", date(2026, 5, 20), key("aby-2025-action"))
    (one,) = told(held(agreed)).since.agreed

    assert one.state == "Avslutad"
    assert (one.tried.effect, one.tried.decision) == ("Delvis", "Införliva i det vanliga arbetet")
    assert one.tried.learned == "Börja tidigare"


def test_an_insats_that_the_reader_does_not_see_is_told_as_that():
    (one,) = told(held(Agreed("Läs", "rektor", TODAY, key("gone")))).since.agreed

    assert one.state == "Insatsen syns inte för dig"
    assert one.tried is None


def test_needs_keep_their_answers():
    needs = (Wanted("En psykolog"), Wanted("Fler rum", None, "Nej", "Huset är fullt", "Lo Lind"))

    assert told(held(needs=needs)).since.needs == list(needs)


def test_what_the_unit_wrote_that_it_needs_is_told_and_not_what_others_need():
    things = world()
    for name in ("aby-2026", "bjork-2026", "None-2026"):
        things["texts"] = [
            *things["texts"], written.SectionText(key(name), "needs", f"Behov {name}")
        ]  # fmt: skip

    assert [one.text for one in told(things=things).wanted] == ["Behov aby-2026"]


def test_an_agreement_may_rest_on_areas_about_the_unit_and_its_open_brister():
    things = world()
    things["deficiencies"] = [
        done.Deficiency(key("open"), key("aby"), "Skolläkare saknas", TODAY, None),
        done.Deficiency(key("mended"), key("aby"), "Var en gång", TODAY, TODAY),
        done.Deficiency(key("other"), key("bjork"), "Någon annans", TODAY, None),
    ]
    grounds = grounds_of(work(things, TODAY), key("aby"))

    assert [one.id for one in grounds] == [
        key("aby-2026-area"), key("aby-2025-area"), key("open")
    ]  # fmt: skip


def test_what_is_kept_comes_back_as_it_was():
    agreed = Agreed("Läs varje dag", "rektor", date(2026, 5, 20), key("aby-2025-action"))
    before = held(agreed, needs=[Wanted("En psykolog", TODAY)])
    content = told(before)
    kept = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(content)))

    assert msgspec.convert(kept, Prepared) == content
