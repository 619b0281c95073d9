"""A comparison in a relative set fixed for a network's meeting: each member sees its own set."""

import pytest
from sqlalchemy import text
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.groups import GroupMemberFactory, PrincipalsGroupFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import SchoolUnitFactory, UnitSchoolTypeFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, story_2
from tests.integration.comparisons.test_fixed_for_networks import HERE, opened, read

NEW = "/ekhult/jamfor/vyer/ny?vad={}&vilka={}"
FORM = {"name": "Inför mötet", "whose": "network", "meeting_on": "26/11 2026"}
API = "/api/v1/organizers/{}/views"
UNITS = "Var och en ser sin egen huvudmans enheter."


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    found = story_2()
    for name, number in (("Ekhult", 71.5), ("Lindåsa", 84.5)):
        organizer, _person = found[name]
        code = f"9900{number * 10:04.0f}"
        unit = SchoolUnitFactory(
            organizer=organizer, name=f"Skolan i {name}", school_unit_code=code
        )
        UnitSchoolTypeFactory(unit=unit)
        row = value(
            "2025/26", number, 60, source="local", measure=ITEM, title=ITEM, area=unit.name,
            area_type="school_unit", area_code=code, unit_code=code,
        )  # fmt: skip
        store_values(row, organizer=organizer)
    return {name: (one, db.browse(person)) for name, (one, person) in found.items()}


def codes(db, **known):
    with db.as_owner() as session:
        for slug, code in known.items():
            told = {"code": code, "slug": slug}
            change = "UPDATE organizer SET municipality_code = :code WHERE slug = :slug"
            session.execute(text(change), told)


def publish(*known):
    told = {"measure": ITEM, "title": ITEM, "area_type": "municipality", "organizer_number": None}
    store_values(
        *(
            value("2025/26", number, area_code=code, area=name, **told)
            for code, name, number in known
        )
    )


def test_each_member_sees_its_own_units(made, statements):
    (_one, kim), (_other, ida) = made["Ekhult"], made["Lindåsa"]
    statements.clear()
    form = read(kim.get(NEW.format(ITEM, "enheter")))
    asked = len(statements)
    assert f"Fästs vyn för ett nätverk: {UNITS}" in form
    assert "Alla i Nätverk Mellanslätt" in form
    assert kim.post(NEW.format(ITEM, "enheter"), FORM).status_code == 303

    where = opened(ida, "lindasa")
    theirs = read(ida.get(where))
    assert where == f"/lindasa/jamfor?vad={ITEM}&vilka=enheter"
    assert "84,5 %" in theirs
    assert "71,5 %" not in theirs
    assert "Skolan i Ekhult" not in theirs
    for page in ("/lindasa/jamfor/vyer", "/lindasa/natverk/natverk-mellanslatt"):
        assert UNITS in read(ida.get(page)), page
    assert asked <= 6, "\n".join(statements)


@pytest.mark.parametrize(
    ("among", "words"),
    [
        ("liknande", "Var och en ser sin egen kommun och de kommuner som liknar den."),
        ("liknande-gymnasieskola", "och de kommuner som liknar den."),
        ("lan", "Var och en ser sin egen kommun och kommunerna i sitt eget län."),
        ("grupp", "Var och en ser sin egen kommun och kommunerna i sin egen SKR-grupp."),
        ("lika&lik=gr-antal-elever:3", "dem som är lika den i de valda måtten."),
        ("alla", "Var och en ser sin egen kommun bland alla kommuner."),
        ("valda&kommun=1496", "Var och en ser sin egen kommun bredvid dem som är valda."),
    ],
)
def test_each_member_sees_its_own_municipalities(db, made, among, words):
    codes(db, ekhult="1497", lindasa="0665")
    publish(("0617", "Gnosjö", 61.7), ("1496", "Skövde", 49.6))
    (_one, kim), (_other, ida) = made["Ekhult"], made["Lindåsa"]
    form = read(kim.get(NEW.format(ITEM, among)))
    assert words in form.partition("Fästs vyn för ett nätverk:")[2].partition("</p>")[0]
    assert kim.post(NEW.format(ITEM, among), FORM).status_code == 303
    where = opened(ida, "lindasa")
    theirs = ida.get(where)

    assert theirs.status_code == 200
    if among == "lan":
        assert "61,7 %" in read(theirs)
        assert "49,6 %" not in read(theirs)
        assert "49,6 %" in read(kim.get(opened(kim, "ekhult")))


def test_who_has_no_such_municipalities_is_told_so(db, made):
    codes(db, ekhult="1497")
    (_one, kim), (_other, ida) = made["Ekhult"], made["Lindåsa"]
    kim.post(NEW.format(ITEM, "lan"), FORM)
    where = opened(ida, "lindasa")

    assert where == "/lindasa/jamfor/vyer"
    told = "Det finns inga sådana kommuner att ställa bredvid Lindåsa, så vyn är tom hos er."
    assert told in read(ida.get(where))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("enhet=skolan", HERE),
        ("mot=skolan", "Vyn jämför med en plats som du har valt. Den finns inte hos alla."),
        ("local", HERE),
        ("group", HERE),
    ],
)
def test_what_others_lack_is_not_fixed_and_the_form_says_why(made, what, why):
    ekhult, kim = made["Ekhult"]
    query = f"{NEW.format(ITEM, 'enheter')}&{what}"
    unit = SchoolUnitFactory(organizer=ekhult, name="Skolan", slug="skolan")
    UnitSchoolTypeFactory(unit=unit)
    if what == "local":
        query = NEW.format(f"egen-{LocalIndicatorFactory(organizer=ekhult).id}", "enheter")
    if what == "group":
        group = PrincipalsGroupFactory(organizer=ekhult, slug="f-6")
        GroupMemberFactory(group=group, unit=unit)
        query = NEW.format(ITEM, "rektorsgrupp:f-6")
    page, refused = read(kim.get(query)), kim.post(query, FORM)

    assert f"{why} Den kan inte fästas för ett nätverk." in page
    assert "Alla i Nätverk Mellanslätt" not in page
    assert refused.status_code == 422
    assert why in read(refused)
    assert kim.post(query, FORM | {"whose": "all"}).status_code == 303


@pytest.mark.parametrize("beside", ["helheten", "country", "ingen"])
def test_what_every_huvudman_has_may_be_what_is_compared_with(made, beside):
    (_one, kim), (_other, ida) = made["Ekhult"], made["Lindåsa"]
    query = f"{NEW.format(ITEM, 'enheter')}&mot={beside}"

    assert kim.post(query, FORM).status_code == 303
    assert f"mot={beside}" in opened(ida, "lindasa")


def test_a_program_fixes_it_too(made):
    (_one, kim), (_other, ida) = made["Ekhult"], made["Lindåsa"]
    asked = f"?indicator={ITEM}&among=enheter"
    told = {"name": "Inför mötet", "whose": "network", "meeting_on": "2026-11-26"}
    saved = kim.api("POST", API.format("ekhult") + asked, json=told)

    assert saved.status_code == 201
    (found,) = ida.api("GET", API.format("lindasa")).json()
    assert found["address"] == f"/jamfor?vad={ITEM}&vilka=enheter"
