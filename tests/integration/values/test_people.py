"""Files about pupils: counted together when someone says so, and no pupil is left anywhere."""

import json
import logging
import re

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.pupils import CLASS, FIRST, LAST, UNIT, file, line, subjects
from tests.unit.values.books import book
from typer.testing import CliRunner

from ska.cli import app

PATH = "/ekhult/resultat/las-in"
GRADES = file(
    *(line("betyg_ak9", i, gender="KM"[i % 2], **subjects("C")) for i in range(24)),
    line("betyg_ak9", 30) + ";en cell för mycket;och en",
)
TESTS = file(*(line("np_ak9", i, MA_PROVB="D") for i in range(24)), encoding="cp1252")
SECRETS = re.compile(rf"{FIRST}|{LAST}|{CLASS}|20109\d{{7}}")
NAME = "201201019872 betyg.csv"  # an invented number with a right check digit


@pytest.fixture
def ekhult(db):
    organizer = OrganizerFactory(municipality_code="1497", organisation_number="2120009999")
    SchoolUnitFactory(organizer=organizer, name="Ekskolan", school_unit_code=UNIT)
    return organizer


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


@pytest.fixture
def ska(db, monkeypatch):
    for name, engine in (("SKA_DATABASE_URL", db.engine), ("SKA_OWNER_DATABASE_URL", db.owner)):
        monkeypatch.setenv(name, engine.url.render_as_string(hide_password=False))
    return lambda *words: CliRunner().invoke(app, ["load", "values", *map(str, words)])


def everything_in(db):
    """Return every row of every table, and what waits for a yes, as one text."""
    with db.as_owner() as session:
        tables = session.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).all()
        rows = [
            row
            for table in tables
            for row in session.scalars(text(f'SELECT one::text FROM "{table}" one'))
        ]
        waiting = session.scalars(text("SELECT content FROM upload")).all()
    return "\n".join(rows) + b"\n".join(waiting).decode("utf-8", "replace")


def test_no_pupil_is_left_in_any_table_log_or_answer(db, kim, caplog):
    caplog.set_level(logging.DEBUG)
    browse = db.browse(kim)
    said = []

    refused = browse.post(PATH, files={"file": (NAME, GRADES)})
    tried = browse.post(
        PATH,
        {"counts_people": "1"},
        files={"file": (NAME, GRADES), "also": ("prov.csv", TESTS)},
    )
    said.append(everything_in(db))
    trial = browse.get(tried.headers["location"])
    done = browse.post(tried.headers["location"], {"answer": "las-in"})
    report = browse.get(done.headers["location"])
    values = browse.api("GET", "/api/v1/organizers/ekhult/values")
    sheet = browse.send("GET", "/ekhult/resultat/ladda-ner/egna/csv")
    again = browse.api(
        "POST",
        "/api/v1/organizers/ekhult/imports?counts_people=true&dry_run=true",
        files={"file": ("betyg.csv", GRADES), "also": ("prov.csv", TESTS)},
    )
    said += [everything_in(db), caplog.text]
    said += [one.text for one in (refused, trial, report, values, sheet, again)]

    assert (refused.status_code, "Räkna ihop raderna" in refused.text) == (422, True)
    assert "Elevraderna är sammanräknade i minnet" in trial.text
    assert "raden har inte de kolumner" in trial.text
    assert "Betyg åk 9, meritvärde" in sheet.text
    assert "Betyg högre än provbetyg, åk 9, matematik" in values.text + sheet.text
    assert (again.json()["new"], again.json()["revised"]) == (0, 0)
    assert not [SECRETS.search(one) for one in said if SECRETS.search(one)]
    assert not any("201201019872" in one for one in said)


@pytest.mark.parametrize("damage", [b"\xff\xfe" + GRADES[:301], GRADES.replace(b";", b"\t")])
def test_a_damaged_pupil_file_leaves_nothing(db, kim, damage):
    browse = db.browse(kim)

    answer = browse.post(PATH, {"counts_people": "1"}, files={"file": ("e.csv", damage)})

    assert answer.status_code == 422
    assert not SECRETS.search(answer.text + everything_in(db))


def test_the_command_counts_for_a_huvudman_and_twice_changes_nothing(db, ska, ekhult, tmp_path):
    grades, tests = tmp_path / "betyg.csv", tmp_path / "prov.csv"
    grades.write_bytes(GRADES)
    tests.write_bytes(TESTS)
    words = (grades, tests, "--aggregate", "--organizer", "ekhult", "--json")

    plain = ska(grades, "--json")
    published = ska(grades, "--aggregate", "--json")
    first, second = ska(*words), ska(*words)

    assert (plain.exit_code, published.exit_code, first.exit_code) == (2, 2, 1)
    assert "--aggregate" in json.loads(plain.stdout)[0]["refused"]
    assert "--organizer" in json.loads(published.stdout)[0]["refused"]
    (report,), (again,) = json.loads(first.stdout), json.loads(second.stdout)
    assert report["file"] == "betyg.csv + prov.csv"
    assert report["layout"] == "scb_betyg_ak9+scb_np_ak9"
    assert report["cells"] == sum(report["by_status"].values()) + len(report["rejected"])
    assert report["new"] > 100
    assert (again["new"], again["revised"]) == (0, 0)
    said = "".join(one.output for one in (plain, published, first, second))
    assert not SECRETS.search(said + everything_in(db))
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM value")) == 0


def test_what_was_counted_cannot_be_sent_in_as_a_file(db, kim):
    forged = b'\0counted\n{"report": {}}'

    answer = db.browse(kim).post(PATH, files={"file": ("x.csv", forged)})

    assert answer.status_code == 422


def test_absence_a_pupil_is_counted_on_the_page_and_met_with_the_units_name(db, kim):
    browse = db.browse(kim)
    head = "Namn;Personnr;Undv. tid;Lekt.;N min;GF min;F min"
    pupils = [f"{FIRST} {LAST};20109{i:07};1000;20;900;60;40" for i in range(12)]
    sheet = ["Skola: Ekskolan", "Period: 2025/26", "", f"Klass: {CLASS}", head, *pupils]
    content = "\n".join(sheet).encode()

    refused = browse.post(PATH, files={"file": ("f.csv", content)})
    tried = browse.post(PATH, {"counts_people": "1"}, files={"file": ("f.csv", content)})
    waiting = everything_in(db)
    trial = browse.get(tried.headers["location"])
    browse.post(tried.headers["location"], {"answer": "las-in"})
    values = browse.api("GET", "/api/v1/organizers/ekhult/values").json()

    assert refused.status_code == 422
    assert {one["area_code"] for one in values} == {UNIT}
    assert {one["value"] for one in values if one["measure"] == "Frånvaro, giltig"} == {6.0}
    assert not SECRETS.search(refused.text + waiting + trial.text + everything_in(db))


HEAD = ["mått", "område", "period", "värde", "antal"]
PUPILS = [["Namn", "Klass"], ["Alva Hemlighagen", "7A"], ["Elias Hemlighagen", "7B"]]
HIDDEN = re.compile("Hemlighagen")


@pytest.mark.parametrize(
    "sheets",
    [
        {"Egna": [HEAD, ["Närvaro", UNIT, "VT25", 91, 40]], "Klasslista": PUPILS},
        {"Egna": [[*HEAD, "vem"], ["Närvaro", UNIT, "VT25", 91, 40, "Alva Hemlighagen"]]},
    ],
)
def test_a_sheet_or_column_that_was_not_read_does_not_wait_for_the_yes(db, kim, sheets):
    browse = db.browse(kim)
    tried = browse.post(PATH, files={"file": ("egna.xlsx", book(sheets))})
    trial = browse.get(tried.headers["location"])
    waiting = everything_in(db)
    done = browse.post(tried.headers["location"], {"answer": "las-in"})

    assert re.search("läses inte|inte läses", trial.text)
    assert not HIDDEN.search(waiting)
    assert "1 nytt värde" in browse.get(done.headers["location"]).text.replace("\u00a0", " ")
    assert not HIDDEN.search(everything_in(db))


def test_a_file_that_was_read_whole_waits_as_it_is(db, kim):
    content = f"{';'.join(HEAD)}\nNärvaro;{UNIT};VT25;91;40\n"
    db.browse(kim).post(PATH, files={"file": ("egna.csv", content.encode())})

    assert content in everything_in(db)


NAMES = [
    "Alva Hemlighagen",
    "Hemlighagen, Elias",
    "Maja-Stina Hemlighagen",
    "Zlatomira Hemlighagen",
]


@pytest.mark.parametrize(
    "table",
    [
        ["Namn;Läsförståelse", *(f"{name};{4 + i}" for i, name in enumerate(NAMES))],
        [";".join(HEAD), *(f"Läsning;{name};VT25;91;40" for name in NAMES)],
    ],
)
def test_a_column_of_persons_names_is_not_taken_for_units(db, kim, table):
    refused = db.browse(kim).post(PATH, files={"file": ("a.csv", "\n".join([*table, ""]).encode())})

    assert refused.status_code == 422
    assert "personers namn där det skulle stå enheter" in refused.text
    assert not HIDDEN.search(refused.text + everything_in(db))
