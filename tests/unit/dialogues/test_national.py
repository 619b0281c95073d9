"""What the page before the state's dialogue says, and what it says is missing."""

from datetime import date

from tests.unit.xrays.world import held, key, work, world

from ska.dialogues.rules.contents import Factor, GoalLines, Ground
from ska.dialogues.rules.national import national_of, principals_on
from ska.dialogues.rules.voices import Answer, Rating, Voice

TODAY = date(2026, 11, 26)
FACTOR = Factor("ff", "Kvalitetsarbete med undervisningen i fokus")


def answer(voice, rating):
    return Answer(voice, None, "ff", rating, "Därför", "Någon")


def told(things=None, **changed):
    said = {
        "path": "/ekhult",
        "here": "/ekhult/kvalitetsdialog/1",
        "types": [("compulsory_school", key("aby")), ("compulsory_school", key("bjork"))],
        "goals": [GoalLines("Resultat i alla ämnen", True, [], ["Godkänt i åk 9"])],
        "factors": [FACTOR],
        "answers": [answer(voice, Rating.SOME) for voice in Voice],
        "texts": {"questions": "Hur delar vi orsaker?"},
        "before": None,
        "decided": [],
        "held_on": date(2027, 2, 10),
        **changed,
    }
    return national_of(work(things or world(), TODAY), Ground(**said))


def missing(found):
    return [one.text for one in found.missing]


def test_it_gathers_the_huvudmans_own_work_and_counts_the_units():
    found = told()

    assert [(one.name, one.units) for one in found.forms] == [
        ("grundskola", ["Björkbacka skola", "Åby byskola"])
    ]
    assert {one.analysis for one in found.areas} == {"Analys None-2026", "Analys None-2025"}
    assert all(one.causes and one.effects for one in found.areas)
    assert [one.text for one in found.ongoing] == ["Insats None-2026"]
    assert [one.decision for one in found.ended] == ["Införliva i det vanliga arbetet"]
    assert (found.units.ongoing, found.units.ended, found.units.with_effect) == (2, 2, 2)
    assert found.taken_part == ["Lärare och förskollärare", "Elever", "Vårdnadshavare"]


def test_what_is_whole_misses_only_what_is_not_there():
    assert missing(told()) == [
        "1 av 1 indikatorer har inga värden",
        "Utvecklingsområden: 2 av de tre som dialogen brukar utgå från",
    ]


def test_each_hole_is_named_with_where_it_is_mended():
    nothing = told(
        {"units": world()["units"]}, types=[], goals=[], answers=[], texts={"questions": ""}
    )
    holes = {one.text: one.href for one in nothing.missing}

    assert holes["Skolform för Åby byskola"] == "/ekhult/enheter/aby"
    assert holes["Det nationella kvalitetssystemet är inte inläst"] == "/ekhult/malsattningar"
    assert holes["Huvudmannens utvecklingsområden med orsaker"] == "/ekhult/2026-27/analyser"
    assert holes["Huvudmannens egna insatser"] == "/ekhult/insatser"
    assert holes["Medverkan: elever"] == "/ekhult/2026-27/analyser"
    assert holes["Självskattning: nämnden har inte svarat än"].endswith("/skattning")
    assert holes["Våra egna frågor"].endswith("/skriv")


def test_an_area_without_cause_or_effect_is_a_hole():
    things = world()
    things["area_causes"] = things["effects"] = []

    assert {"Orsak till", "Förväntad effekt av"} <= {
        one.split(" ”")[0] for one in missing(told(things))
    }
    assert sum("Orsak till" in one for one in missing(told(things))) == 2


def test_a_late_follow_up_is_a_hole():
    found = national_of(
        work(world(), date(2027, 3, 1)),
        Ground("/ekhult", "", [], [], [], [], {}, None, [], None),
    )

    assert "Uppföljning av ”Insats None-2026” är sen" in missing(found)


def test_what_the_reader_does_not_see_is_not_said_to_be_missing():
    assert "Våra egna frågor" not in missing(told(texts={}))


def test_who_leads_several_units_is_one_voice():
    things = world()
    things["held"] = [held("principal", "aby", "a"), held("principal", "bjork", "a")]

    assert principals_on(work(things, TODAY), None).leading == 1
