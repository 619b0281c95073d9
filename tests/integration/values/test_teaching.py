"""A table that we do not know is taught once; answers are counted together, names confirmed."""

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

PATH = "/ekhult/resultat/las-in"
TABLE = (
    "Trygghet i våra skolor\n\n"
    "Enhet;Kön;Antal;Trygghet;Studiero\n"
    "Ekskolan;alla;52;8,2;7,1\n"
    "Lillskolan;alla;40;många;..\n"
)
TAUGHT = {
    "header": "3", "rows_are": "values", "period": "VT26", "role-0": "area", "role-1": "gender",
    "role-2": "n", "role-3": "value", "unit-3": "index 0–10", "role-4": "value",
    "unit-4": "index 0–10",
}  # fmt: skip
PEOPLE = [
    *((f"elev{i}@skola.se", "Alva Ek", "Ekskolan", 6 + i % 5, "Lugnt;Roligt") for i in range(12)),
    *((f"elev{i}@skola.se", "Bo Al", "Lillskolan", 9, "Stökigt") for i in (20, 21)),
    ("elev30@skola.se", "Cia Ek", "", 9, "Lugnt"),
]
FORM = "\n".join(
    [
        "ID\tStarttid\tE-post\tNamn\tDin skola\tHur trygg är du?\tVad passar in?",
        *(
            "\t".join([str(i), "2026-03-01 08:00", *map(str, person)])
            for i, person in enumerate(PEOPLE)
        ),
        "",
    ]
)
ANSWERS = {
    "header": "1", "rows_are": "answers", "period": "VT26", "role-0": "area", "role-1": "mean",
    "unit-1": "index 0–10", "role-2": "share", "counted-2": "Lugnt|Roligt",
}  # fmt: skip


@pytest.fixture
def ekhult(db):
    organizer = OrganizerFactory(municipality_code="1497", organisation_number="2120009999")
    SchoolUnitFactory(organizer=organizer, name="Ekskolan", school_unit_code="12345678")
    SchoolUnitFactory(organizer=organizer, name="Lillskolan F-6", school_unit_code="12345679")
    return organizer


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def send(browse, content, name="enkat.csv"):
    return browse.post(PATH, files={"file": (name, content.encode())})


def stored(db, query="SELECT area_code, measure, value, status, n FROM cells ORDER BY 1, 2"):
    cells = (
        "WITH cells AS (SELECT a.code AS area_code, m.code AS measure, v.value, v.status, v.n"
        " FROM own_value v JOIN own_series s ON s.id = v.series_id JOIN own_measure m"
        " ON m.id = s.measure_id JOIN own_area a ON a.id = v.area_id"
        " WHERE v.superseded_at IS NULL) "
    )
    with db.as_owner() as session:
        return [tuple(row) for row in session.execute(text(cells + query))]


def kept_bytes(db):
    with db.as_owner() as session:
        return b"".join(session.scalars(text("SELECT content FROM upload")))


def test_an_unknown_table_is_taught_seen_and_read_and_known_next_time(db, kim):
    browse = db.browse(kim)
    asked = send(browse, TABLE)
    page = browse.get(asked.headers["location"])
    shown = browse.post(asked.headers["location"], TAUGHT | {"answer": "visa"})
    saved = browse.post(asked.headers["location"], TAUGHT | {"answer": "spara"})
    trial = browse.get(saved.headers["location"])
    browse.post(saved.headers["location"], {"answer": "las-in"})
    next_time = send(browse, TABLE.replace("8,2", "8,4"), "nästa år.csv")

    assert asked.headers["location"].endswith("/tolka")
    assert "Ekskolan · Lillskolan" in page.text
    assert '<option value="area" selected>' in page.text
    assert (shown.status_code, "Så läses tabellen" in shown.text) == (200, True)
    assert "varken ett tal eller ett tecken" in shown.text
    assert "De första värdena" in shown.text
    assert "3&nbsp;nya värden" in trial.text
    assert stored(db)[:2] == [
        ("12345678", "Studiero", 7.1, "value", 52),
        ("12345678", "Trygghet", 8.2, "value", 52),
    ]
    assert not next_time.headers["location"].endswith("/tolka")
    assert "1&nbsp;ändrat" in browse.get(next_time.headers["location"]).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"role-0": "skip"}, "säger vilken enhet"),
        ({"role-1": "n"}, "bara stå i en kolumn var"),
        ({"role-3": "skip", "role-4": "skip"}, "minst en kolumn"),
        ({"period": "nu"}, "Skriv perioden"),
        ({"header": "99"}, "numret på en rad"),
        ({"role-3": "share", "rows_are": "answers"}, "vilka svar som räknas"),
    ],
)
def test_a_lesson_that_cannot_be_read_by_is_told(db, kim, change, sentence):
    browse = db.browse(kim)
    asked = send(browse, TABLE)

    answer = browse.post(asked.headers["location"], TAUGHT | change | {"answer": "spara"})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_answers_of_a_form_are_counted_together_and_persons_never_kept(db, kim):
    browse = db.browse(kim)
    asked = send(browse, FORM)
    page = browse.get(asked.headers["location"])
    as_values = browse.post(
        asked.headers["location"],
        ANSWERS | {"rows_are": "values", "role-1": "value", "role-2": "skip", "answer": "spara"},
    )
    saved = browse.post(asked.headers["location"], ANSWERS | {"answer": "spara"})
    trial = browse.get(saved.headers["location"])

    assert b"@" not in kept_bytes(db)
    assert b"Alva" not in kept_bytes(db)
    assert "4\u00a0kolumner om personer eller tidpunkter" in page.text
    assert "elev1@skola.se" not in page.text
    assert (as_values.status_code, "svar som räknas ihop" in as_values.text) == (422, True)
    assert "räknas inte" in trial.text
    assert "för få" in trial.text

    browse.post(saved.headers["location"], {"answer": "las-in"})
    assert stored(db) == [
        ("12345678", "Hur trygg är du?", 7.75, "value", 12),
        ("12345678", "Vad passar in?", 100.0, "value", 12),
        ("Lillskolan", "Hur trygg är du?", None, "suppressed_small_group", None),
        ("Lillskolan", "Vad passar in?", None, "suppressed_small_group", None),
    ]
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM upload")) == 0
        kept = str(session.scalars(text("SELECT report FROM own_import")).all())
    assert "@" not in kept


def test_a_name_is_met_with_ranked_suggestions_and_remembered(db, kim):
    browse = db.browse(kim)
    table = "mått;område;period;värde;antal\nTrygghet;Lillskolan;VT26;8,2;40\n"
    tried = send(browse, table)
    trial = browse.get(tried.headers["location"])
    address = f"{tried.headers['location']}/namn"
    told = browse.post(address, {"written-1": "Lillskolan", "unit-1": "12345679"})
    after = browse.get(told.headers["location"])
    browse.post(tried.headers["location"], {"answer": "las-in"})
    again = send(browse, table.replace("8,2", "8,3"))

    assert "Namn som inte känns igen" in trial.text
    assert trial.text.index("Lillskolan F-6</option>") < trial.text.index("En egen enhet utan kod")
    assert "Namn som inte känns igen" not in after.text
    assert [row[0] for row in stored(db)] == ["12345679"]
    assert "1&nbsp;ändrat" in browse.get(again.headers["location"]).text


def test_two_names_of_one_unit_are_not_both_read(db, kim):
    browse = db.browse(kim)
    table = (
        "mått;område;period;värde;antal\n"
        "Trygghet;Ekskolan;VT26;8,2;40\nTrygghet;12345678;VT26;8,3;40\n"
    )

    trial = browse.get(send(browse, table).headers["location"])

    assert "med ett annat namn" in trial.text
    assert "1&nbsp;nytt värde" in trial.text


def test_a_table_pasted_from_excel_goes_the_same_way(db, kim):
    browse = db.browse(kim)
    pasted = "mått\tområde\tperiod\tvärde\tantal\r\nTrygghet\tEkskolan\tVT26\t8,2\t52\r\n"

    tried = browse.post(PATH, files={"pasted": (None, pasted)})
    trial = browse.get(tried.headers["location"])
    unknown = browse.post(PATH, files={"pasted": (None, TABLE.replace(";", "\t"))})
    nothing = browse.post(PATH, files={"pasted": (None, " ")})

    assert "Inklistrad tabell" in trial.text
    assert unknown.headers["location"].endswith("/tolka")
    assert nothing.status_code == 422


def test_a_lesson_is_forgotten(db, kim):
    browse = db.browse(kim)
    asked = send(browse, TABLE)
    browse.post(asked.headers["location"], TAUGHT | {"answer": "spara"})
    with db.as_owner() as session:
        lesson = session.scalar(text("SELECT id FROM table_lesson"))

    page = browse.get(PATH)
    browse.post(f"/ekhult/resultat/tolkningar/{lesson}/ta-bort")

    assert "Sparade tolkningar" in page.text
    assert send(browse, TABLE).headers["location"].endswith("/tolka")


def test_the_api_reads_by_what_was_taught_on_the_page(db, kim):
    browse = db.browse(kim)
    address = "/api/v1/organizers/ekhult/imports"
    before = browse.api("POST", address, files={"file": ("e.csv", TABLE.encode())})
    asked = send(browse, TABLE)
    browse.post(asked.headers["location"], TAUGHT | {"answer": "spara"})

    after = browse.api("POST", address, files={"file": ("e.csv", TABLE.encode())})

    assert before.status_code == 422
    assert (after.status_code, after.json()["new"]) == (201, 3)
    assert after.json()["layout"] == "taught_values"


def test_another_huvudman_has_not_been_taught(db, kim):
    browse = db.browse(kim)
    browse.post(send(browse, TABLE).headers["location"], TAUGHT | {"answer": "spara"})
    other = OrganizerFactory(slug="norrforsa", name="Norrforsa")
    stranger = PersonFactory()
    RoleAssignmentFactory(person=stranger, organizer=other, role=Role.QUALITY_LEAD)

    asked = db.browse(stranger).post(
        "/norrforsa/resultat/las-in", files={"file": ("e.csv", TABLE.encode())}
    )

    assert asked.headers["location"].endswith("/tolka")
