"""SALSA as published: both values and the publisher's deviation, never a verdict."""

import os
import re
from datetime import datetime
from html import unescape
from pathlib import Path

import orjson
import polars as pl
import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.places import STOCKHOLM, acting_in

from ska.access import Role
from ska.comparisons.queries.salsa import AskedSalsa, salsa_view
from ska.organizers.models import Organizer
from ska.values.given import Given
from ska.values.services import load_files, read_in, try_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
EXAMPLES = DATA / "skolverket/planned_educations_v4/openapi_examples_v4.json"
PAGE = "/ekhult/jamfor/salsa"


def answer(*schools, period="2024/25"):
    names = ("salsaAverageGradesIn9thGradeActual", "salsaAverageCalculated",
             "salsaAverageGradesIn9thGradeDeviation")  # fmt: skip
    told = [
        {
            "schoolUnitCode": code, "name": name, "geographicalAreaCode": "1499",
            **{
                field: {"value": f"{one}", "valueType": "EXISTS"} if one is not None
                else {"value": None, "valueType": "OMITTED_DUE_TO_BASED_ON_FEW_PUPILS"}
                for field, one in zip(names, values, strict=True)
            },
        }
        for code, name, values in schools
    ]  # fmt: skip
    body = {"compulsorySchoolUnitSalsaMetricList": told, "timePeriod": period}
    return {"status": "OK", "message": "Success", "body": body}


@pytest.fixture
def kim(db, tmp_path):
    db.clock.now = datetime.now(STOCKHOLM)  # values are recorded by the database's own clock
    ekhult = OrganizerFactory(name="Ekhult", municipality_code="1499")
    for code, name in (
        ("10000001", "Åskolan"),
        ("10000002", "Ekskolan"),
        ("10000003", "Solskolan"),
    ):
        SchoolUnitFactory(organizer=ekhult, name=name, school_unit_code=code)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.PRINCIPAL)
    schools = (
        ("10000001", "Åskolan", (None, None, None)), ("10000002", "Ekskolan", (213, 233, -20)),
        ("10000003", "Solskolan", (240, 232, 8)), ("90000009", "Grannskolan", (300, 290, 10)),
    )  # fmt: skip
    for period in ("2023/24", "2024/25"):
        file = tmp_path / f"salsa-{period[:4]}.json"
        file.write_bytes(orjson.dumps(answer(*schools, period=period)))
        with db.owner.begin() as connection:
            load_files(connection, [file])
    return db.browse(person)


def read(page):
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " "))


def test_the_own_schools_stand_beside_the_model_with_the_published_deviation(kim):
    said = read(kim.get(PAGE))

    assert "Ekskolan: 213, modellen räknar fram 233 (20 under modellen)." in said
    assert "Solskolan: 240, modellen räknar fram 232 (8 över modellen)." in said
    assert "Utan värden: Åskolan (för få elever)." in said
    assert "Skolverket anger ingen osäkerhet" in said
    assert said.index("Ekskolan") < said.index("Solskolan")
    assert "Grannskolan" not in said
    assert not re.search(r"bättre|sämre|ökade|minskade|tydlig skillnad", said)


def test_another_year_stands_in_the_address_and_programs_are_told_the_same(kim):
    assert '<option value="2023/24" selected>' in kim.get(f"{PAGE}?nar=2023/24").text
    told = kim.api("GET", "/api/v1/organizers/ekhult/comparison/salsa?period=2023/24").json()

    assert (told["period"], told["periods"]) == ("2023/24", ["2024/25", "2023/24"])
    assert told["values"][0] == {"line": "Ekskolan, faktiskt", "value": 213.0, "word": ""}
    assert told["values"][-1]["word"] == "för få elever"


def test_the_values_are_taken_along_with_what_they_are_and_where_from(kim):
    asked = "?matt=meritvarde&nar=2024/25"
    sheet = kim.get(f"{PAGE}/varden.csv{asked}").content.decode("utf-8-sig")
    book = kim.get(f"{PAGE}/varden.xlsx{asked}").content
    about = pl.read_excel(book, sheet_name="Om måttet", has_header=False).rows()

    rows = [line for line in sheet.splitlines() if "Ekskolan" in line]
    assert rows
    assert "213" in rows[0]
    assert any("för få elever" in line for line in sheet.splitlines() if "Åskolan" in line)
    assert any("Skolverket" in str(cell) for row in about for cell in row)
    assert kim.get(f"{PAGE}/varden.csv?matt=alla-amnen").status_code == 404


def test_what_salsa_shows_becomes_an_underlag_and_nothing_is_called_a_change(kim):
    asked = "?matt=meritvarde&nar=2024/25"
    form = read(kim.get(f"{PAGE}/underlag{asked}"))
    answer = kim.post(f"{PAGE}/underlag{asked}", {"text": "Ekskolan ligger under modellen"})
    page = kim.get(answer.headers["location"].partition("#")[0])
    kept = read(page)

    assert "Ekskolan: 213, modellen räknar fram 233 (20 under modellen)." in form
    assert "Ekskolan, faktiskt 2024/25 213" in kept
    assert "Ekskolan, modellberäknat 2024/25 233" in kept
    assert "Åskolan," not in kept
    assert "Grannskolan" not in kept
    assert not re.search(r"ökade|minskade|ändrats\b(?! hos)", kept)
    (again,) = re.findall(r'<a href="([^"]+)">Se bilden som den var den dagen', page.text)
    (picture,) = re.findall(r'<img src="([^"]+)" alt="Ekskolan ligger under modellen"', page.text)
    assert kim.get(unescape(picture)).text.count("<svg") >= 2
    then = read(kim.get(unescape(again)))
    assert "Ekskolan: 213, modellen räknar fram 233 (20 under modellen)." in then
    assert "så som det var känt den" in then
    assert "Inga värden ur SALSA" in read(kim.get(f"{PAGE}?kant=2020-01-01"))


def test_programs_pin_what_salsa_shows(kim):
    api = "/api/v1/organizers/ekhult/comparison/salsa/observations"

    assert kim.api("POST", f"{api}?period=2023/24", json={"text": "Se"}).status_code == 201
    nothing = read(kim.get(f"{PAGE}/underlag?matt=alla-amnen"))
    assert "Här finns inga siffror att spara" in nothing


def test_without_values_the_page_says_what_to_do(kim, statements):
    statements.clear()
    page = kim.get(f"{PAGE}?matt=alla-amnen")

    assert "Inga värden ur SALSA" in page.text
    assert len(statements) <= 6


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set")
def test_skolverkets_own_example_is_shown_as_published(db, tmp_path):
    body = orjson.loads(EXAMPLES.read_bytes())["/v4/statistics/all-schools/salsa"]
    body["body"].setdefault("timePeriod", "2022/23")
    file = tmp_path / "salsa.json"
    file.write_bytes(orjson.dumps(body))
    with db.owner.begin() as connection:
        load_files(connection, [file])
    huvudman = OrganizerFactory(name="Varberg", municipality_code="1383")
    SchoolUnitFactory(organizer=huvudman, name="Väröbackaskolan", school_unit_code="68613823")
    kim = acting_in(Role.QUALITY_LEAD, huvudman)

    with db.session(kim.scope(huvudman.id)) as session:
        chart = salsa_view(session, kim, huvudman, AskedSalsa("alla-amnen")).chart

    assert chart.sentence == "Väröbackaskolan: 84, modellen räknar fram 74 (10 över modellen)."


def read_in_own(db, text):
    """Read in the huvudman's own values, as its quality lead does."""
    with db.as_owner() as owner:
        ekhult = owner.scalars(select(Organizer).where(Organizer.name == "Ekhult")).one()
    lead = acting_in(Role.QUALITY_LEAD, ekhult)
    with db.session(lead.scope(ekhult.id)) as session:
        given = Given((("egna.csv", text.encode()),))
        upload, _told = try_file(session, lead, organizer_id=ekhult.id, given=given)
        read_in(session, lead, upload=upload)
        session.commit()


def test_own_values_under_the_models_names_fill_the_periods_that_nothing_is_published_of(kim, db):
    values = {"faktiskt": "221", "modellberäknat": "228", "avvikelse": "-7"}
    rows = [
        f"SALSA: Meritvärde, {name};10000002;Ekskolan;{period};{value};60"
        for name, value in values.items()
        for period in ("2024/25", "2025/26")
    ]
    read_in_own(db, "\n".join(["mått;område;områdesnamn;period;värde;antal", *rows]))

    newest, published = (read(kim.get(f"{PAGE}?nar={at}")) for at in ("2025/26", "2024/25"))
    assert "Ekskolan: 221, modellen räknar fram 228 (7 under modellen)." in newest
    assert "Källa: egna värden, inläst" in newest
    assert "Solskolan:" not in newest
    assert "Ekskolan: 213, modellen räknar fram 233 (20 under modellen)." in published
    assert "Källa: Skolverket, SALSA" in published


def test_who_only_enters_is_not_led_to_what_is_closed(db, kim):
    with db.as_owner() as owner:
        ekhult = owner.scalars(select(Organizer).where(Organizer.name == "Ekhult")).one()
    alex = PersonFactory()
    RoleAssignmentFactory(person=alex, organizer=ekhult, role=Role.POLITICIAN)
    browse = db.browse(alex)
    pages = ("jamfor", "jamfor/salsa?matt=alla-amnen", "jamfor/manga", "np-betyg", "tavlor")
    for page in pages:
        for link in set(
            re.findall(r'href="(/ekhult/[^"?#]+)"', browse.get(f"/ekhult/{page}").text)
        ):
            assert browse.get(link).status_code < 400, (page, link)
