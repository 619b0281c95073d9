"""From a share to how much single pupils weigh in it, and to what the measure can say."""

import re

import pytest
from tests.the_demo import person_of_the_demo

SALSA = "/storlunda/jamfor/salsa"


@pytest.fixture
def vera(db, demo):
    return db.browse(person_of_the_demo(db, "vera@storlunda.example"))


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def test_the_schools_beside_the_model_are_told_in_pupils_where_it_is_a_share(vera):
    page = vera.get(f"{SALSA}?matt=alla-amnen").text
    said = words(page)

    assert "Om tre elever till …" in said
    # 114 of 142 are 80 per cent; 117 are 82, 111 are 78.
    assert (
        "Centralskolan: Med tre elever till hade andelen varit 82 %."
        " Med tre elever färre hade andelen varit 78 %." in said
    )
    (more,) = re.findall(r'href="([^"]+elever=4)#om-elever"', page)
    assert "Om fyra elever till …" in words(vera.get(more.replace("&amp;", "&")).text)
    assert "elever till …" not in words(vera.get(f"{SALSA}?matt=meritvarde").text)


def test_from_the_model_one_is_led_to_what_the_measure_says_where_it_is_an_indicator(vera):
    page = vera.get(f"{SALSA}?matt=alla-amnen").text
    trust = "/storlunda/resultat/gr-alla-amnen-ak9/om-mattet"

    assert f'href="{trust}"' in page
    assert vera.get(trust).status_code == 200
    assert "om-mattet" not in vera.get(f"{SALSA}?matt=meritvarde").text


def test_clear_signals_are_told_in_pupils_too(vera):
    page = vera.get("/storlunda/resultat/signaler?elever=2").text
    said = words(page)
    named = re.search(r"Tydligt lägre än Storlunda i ([^:]+): (\S+)", said)

    assert "Om två elever till …" in said
    assert f"{named[2]}, {named[1]}: Med två elever till hade andelen varit" in said
    assert said.count("Med två elever till") <= 8


def test_what_is_seen_is_led_back_to_the_huvudman(vera):
    form = vera.get("/storlunda/resultat/signaler/underlag").text
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', form, re.DOTALL)[0]

    assert words(crumbs).split() == ["Storlunda", "Resultat", "Signaler", "Vad", "ser", "vi?"]
