"""Means whose spread is known are compared as shares are; others say why they cannot be."""

import csv
import io
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory, load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

HEAD = "mått;område;områdesnamn;period;värde;antal;standardavvikelse;enhet"
SCHOOLS = ("Alskolan", "Björkskolan", "Cederskolan", "Dalskolan", "Ekskolan", "Furuskolan")
SIZES = (44, 120, 61, 18, 90, 75)
NAME = "Trygghet, egen enkät"
CANNOT = "källan visar inte hur mycket slumpen kan påverka"


def table(spread):
    rows = [
        f"{NAME};1234567{at};{name};{year};{value};{n};{spread};index 0–10"
        for at, (name, n) in enumerate(zip(SCHOOLS, SIZES, strict=True))
        for year, value in (("2024", "7,4"), ("2025", "5,9" if name == "Ekskolan" else "7,3"))
    ]
    return "\n".join([HEAD, *rows]).encode()


@pytest.fixture
def ekhult(db):
    load_shipped()
    organizer = OrganizerFactory()
    for at, name in enumerate(SCHOOLS):
        SchoolUnitFactory(organizer=organizer, name=name, school_unit_code=f"1234567{at}")
    return organizer


@pytest.fixture
def seen(db, ekhult):
    """Return what a page says when an own survey is read in, with or without its spread."""
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    one = LocalIndicatorFactory(organizer=ekhult, name=NAME, unit="index 0–10")
    browse = db.browse(person)

    def read(path, spread="2,1"):
        file = {"file": ("egna.csv", table(spread))}
        sent = browse.post("/ekhult/resultat/las-in", files=file)
        browse.post(sent.headers["location"], {"answer": "las-in"})
        answer = browse.get(path.format(code=f"egen-{one.id}"))
        assert answer.status_code == 200, answer.text[:300]
        return unescape(answer.text).replace("\u00a0", " ")

    return read


def sentence(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


COMPARED = "/ekhult/jamfor?vad={code}&vilka=enheter&mot=furuskolan"


def test_who_differs_clearly_is_told_and_of_few_it_is_said_why_not(seen):
    said = sentence(seen(COMPARED))

    assert "Tydligt lägre: Ekskolan (5,9)" in said
    assert f"Kan inte avgöras ({CANNOT}): Dalskolan (7,3)" in said
    assert "Inom vanlig variation: 4 enheter" in said or "Inom vanlig variation: Alskolan" in said


def test_without_a_spread_nobody_is_told_apart(seen):
    said = sentence(seen(COMPARED, spread=""))

    assert "Tydligt" not in said
    assert CANNOT in said


def test_a_funnel_and_steadied_values_are_drawn_of_those_that_are_many(seen):
    funnel = seen(f"{COMPARED}&som=tratt")
    steadied = seen(f"{COMPARED}&som=utjamnat")

    assert "Tillsammans: 7,0 (390 elever) 2025" in funnel
    assert "Tydligt lägre: Ekskolan (5,9)" in sentence(funnel)
    assert f"Dalskolan är inte med i tratten: {CANNOT}." in funnel
    assert f"Inte utjämnade: Dalskolan ({CANNOT})." in sentence(steadied)
    assert "normalfördelad utjämning" in steadied


def test_the_indicators_page_and_its_program_say_whether_a_mean_has_changed(seen):
    page = seen("/ekhult/resultat/{code}?enhet=ekskolan")
    silent = seen("/ekhult/resultat/{code}?enhet=dalskolan")

    assert "minskade" in sentence(page)
    assert "tydlig skillnad" in sentence(page)
    assert CANNOT in sentence(silent)


def test_what_is_downloaded_has_the_limits_that_are_drawn(seen):
    sheet = seen("/ekhult/jamfor/varden.csv?vad={code}&vilka=enheter&mot=furuskolan")
    rows = list(csv.reader(io.StringIO(sheet.lstrip("\ufeff")), delimiter=";"))
    ekskolan = next(one for one in rows if one and "Ekskolan" in one[0:3])

    assert "5,9" in ekskolan
    assert any("Students intervall" in cell for cell in ekskolan)
