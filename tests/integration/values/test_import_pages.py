"""Reading a file in by the pages and by the API: trial, yes, list, undo, sheets."""

from base64 import urlsafe_b64encode

import fastexcel
import pytest
from sqlalchemy import text
from tests import versions
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.values import SHARE, Shelfful, export, own_table

from ska.access import Role

TABLE = own_table(
    "=2+3;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10",
    "Trygghet;12345679;Lillskolan;VT25;alla;7,9;4;index 0–10",
    "Trygghet;12345670;Storskolan;VT25;alla;många;400;index 0–10",
    "Närvaro;2120009999;Ekhult;2024/25;alla;delas inte;400;%",
)
PATH = "/ekhult/resultat/las-in"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(municipality_code="1497", organisation_number="2120009999")


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def send(browse, content=TABLE, name="egna.csv"):
    return browse.post(PATH, files={"file": (name, content)})


def test_a_file_is_tried_read_in_and_undone(db, kim):
    browse = db.browse(kim)

    empty = browse.get(PATH)
    tried = send(browse)
    trial = browse.get(tried.headers["location"])
    done = browse.post(tried.headers["location"], {"answer": "las-in"})
    report = browse.get(done.headers["location"])
    undone = browse.post(f"{done.headers['location']}/angra")
    after = browse.get(undone.headers["location"])

    assert "Här samlas era inläsningar" in empty.text
    assert "Inget är sparat än" in trial.text
    assert "varken ett tal eller ett tecken" in trial.text
    assert "har valt att inte dela" in trial.text
    assert "3&nbsp;nya värden" in trial.text
    assert "Ångra inläsningen" in report.text
    assert "Inläsningen är ångrad." in after.text
    assert browse.get(tried.headers["location"]).status_code == 404


def test_a_file_may_be_left_unread(db, kim):
    browse = db.browse(kim)
    tried = send(browse)

    done = browse.post(tried.headers["location"], {"answer": "nej"})

    assert "Filen lästes inte in." in browse.get(done.headers["location"]).text
    with db.as_owner() as session:
        assert session.scalar(text("SELECT count(*) FROM upload")) == 0
        assert session.scalar(text("SELECT count(*) FROM own_value")) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"a\n1\n", "känns inte igen"), (b"m\xc3\xa5tt;personnr\n", "personuppgifter")],
)
def test_an_unknown_file_is_told_at_the_field(db, kim, content, sentence):
    answer = send(db.browse(kim), content)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_is_told_at_the_field(db, kim):
    answer = db.browse(kim).post(PATH, files={"file": ("", b"")})

    assert answer.status_code == 422
    assert "Välj en fil med innehåll, eller klistra in" in answer.text


def test_a_teacher_may_not_read_in(db, ekhult):
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=ekhult, role=Role.TEACHER)

    assert db.browse(teacher).get(PATH).status_code == 403


def test_own_values_are_taken_away_with_words_and_without_formulas(db, kim):
    browse = db.browse(kim)
    browse.post(send(browse).headers["location"], {"answer": "las-in"})

    sheet = browse.send("GET", "/ekhult/resultat/ladda-ner/egna/csv")
    book = browse.send("GET", "/ekhult/resultat/ladda-ner/egna/xlsx")

    rows = [line.split(";") for line in sheet.content.decode("utf-8-sig").splitlines()]
    assert rows[1][:8] == [
        "'=2+3", "Ekskolan", "12345678", "skolenhet", "samtliga", "VT25", "alla", "8,2",
    ]  # fmt: skip
    assert [(row[7], row[9]) for row in rows[2:]] == [
        ("", "har valt att inte dela"),
        ("", "för få elever, eller skydd för en grupp med få"),
    ]
    cells = fastexcel.read_excel(book.content).load_sheet(0).to_polars()
    assert cells["Värde"].to_list() == [8.2, None, None]


def test_a_published_measure_keeps_the_meaning_of_its_symbols(db, kim, tmp_path):
    file = export("1497;Samtliga;120;75,8", "1497;Enskild;..;~100", "1441;Samtliga;80;.")
    with db.owner.begin() as connection:
        Shelfful(connection, tmp_path).load(file)
        measure = connection.scalar(text("SELECT id FROM measure WHERE code = :c"), {"c": SHARE})
    browse = db.browse(kim)

    address = f"/ekhult/resultat/ladda-ner/matt/{measure}/csv"
    sheet = browse.send("GET", address).content.decode("utf-8")
    api = browse.api("GET", f"/api/v1/organizers/ekhult/measures/{measure}/values").json()

    assert "75,8" in sheet
    assert "≈100, färre än fem nådde inte nivån" in sheet
    assert "Kommun 1441" not in sheet
    assert {(one["area_code"], one["status"]) for one in api} == {
        ("1441", "not_applicable_or_missing"),
        ("1497", "value"),
        ("1497", "rounded_near_100"),
    }
    lines = browse.api("GET", f"/api/v1/organizers/ekhult/measures/{measure}/lines").json()["lines"]
    told = {(one["area_code"], one["scope"]): (one["values"], one["words"]) for one in lines}
    assert told == {
        ("1441", "all"): ([None], ["saknas eller ej tillämpligt"]),
        ("1497", "all"): ([75.8], [""]),
        ("1497", "independent"): ([None], ["≈100, färre än fem nådde inte nivån"]),
    }


def test_the_api_reads_in_and_undoes(db, kim):
    browse = db.browse(kim)
    address = "/api/v1/organizers/ekhult/imports"

    tried = browse.api("POST", f"{address}?dry_run=true", files={"file": ("e.csv", TABLE)})
    made = browse.api("POST", address, files={"file": ("e.csv", TABLE)})
    listed = browse.api("GET", address).json()
    values = browse.api("GET", "/api/v1/organizers/ekhult/values?measure=Trygghet").json()
    one = f"{address}/{made.json()['import_id']}"
    shown = browse.api("GET", one)
    read = {"If-Match": shown.headers["etag"]}
    undone = browse.api("DELETE", one, headers=read)
    late = browse.api("DELETE", one, headers=read)
    again = browse.api("DELETE", one, headers=versions.read(browse, one))

    assert (tried.status_code, tried.json()["new"], tried.json()["import_id"]) == (201, 3, None)
    report = made.json()
    assert report["cells"] == sum(report["by_status"].values()) + report["rejected_cells"] == 4
    assert [one["file"] for one in listed] == ["e.csv"]
    assert [one["status"] for one in values] == ["hidden_by_rule"]
    assert (undone.status_code, late.status_code, again.status_code) == (204, 412, 409)
    assert shown.json()["report"]["by_status"] == report["by_status"]
    assert shown.json()["version"] == listed[0]["version"]


def test_the_api_tells_what_is_wrong(db, kim):
    browse = db.browse(kim)
    address = "/api/v1/organizers/ekhult"

    unknown = browse.api("POST", f"{address}/imports", files={"file": ("e.csv", b"a;b\n")})

    assert unknown.status_code == 422
    assert unknown.json()["invalid-params"][0]["name"] == "file"
    assert browse.api("GET", f"{address}/measures/7/values").status_code == 404
    assert browse.api("GET", f"{address}/measures/7/lines").status_code == 404
    assert browse.api("GET", f"{address}/values?cursor=%20x").status_code == 422
    assert browse.api("GET", f"{address}/measures?q=betyg").json() == []


def test_own_values_come_a_page_at_a_time(db, kim):
    browse = db.browse(kim)
    home = "/api/v1/organizers/ekhult"

    def read_in(*numbers):
        rows = [f"M{one:03};12345678;Ekskolan;VT25;alla;8,2;52;" for one in numbers]
        files = {"file": ("e.csv", own_table(*rows))}
        return browse.api("POST", f"{home}/imports", files=files).json()["import_id"]

    early, _late = read_in(*range(10)), read_in(*range(100, 141))
    first = browse.api("GET", f"{home}/values?limit=30")
    one = f"{home}/imports/{early}"
    assert browse.api("DELETE", one, headers=versions.read(browse, one)).status_code == 204
    second = browse.api("GET", first.links["next"]["url"])
    read_in(50)
    again = browse.api("GET", first.links["next"]["url"])

    shown = [one["measure"] for one in [*first.json(), *second.json()]]
    assert shown == [f"M{one:03}" for one in [*range(10), *range(100, 141)]]
    assert again.json() == second.json()
    assert "next" not in second.links


@pytest.mark.parametrize("place", ["", "7", "[]", '["a"]', "[1,2,3,4,5,6,7,8,9]", "{", "[[]]"])
def test_a_cursor_that_names_no_value_is_refused(db, kim, place):
    cursor = urlsafe_b64encode(place.encode()).decode() or "="

    answer = db.browse(kim).api("GET", f"/api/v1/organizers/ekhult/values?cursor={cursor}")

    assert answer.status_code == 422
    assert answer.json()["invalid-params"][0]["name"] == "cursor"


def test_measures_come_page_by_page_by_title(db, kim):
    browse = db.browse(kim)
    home = "/api/v1/organizers/ekhult"
    with db.owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO measure (source, code, title, unit, nature, definition)"
                " SELECT 'kolada', 'N' || n, 'Elever ' || n / 2, 'share', 'result', ''"
                " FROM generate_series(1, 5) n"
            )
        )
    path, seen = f"{home}/measures?q=elever&limit=2", []
    while path:
        answer = browse.api("GET", path)
        seen += [one["code"] for one in answer.json()]
        path = answer.links.get("next", {}).get("url")

    assert seen == ["N1", "N2", "N3", "N4", "N5"]


def test_the_page_asks_few_questions_however_many_imports(db, kim, statements):
    browse = db.browse(kim)
    counts = []
    for round_ in range(2):
        for i in range(1 + 8 * round_):
            content = own_table(f"M{round_}{i};12345678;Ekskolan;VT25;alla;8,2;52;")
            browse.post(send(browse, content).headers["location"], {"answer": "las-in"})
        statements.clear()
        browse.get(PATH)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6


def test_the_limits_are_raised_on_their_page(db, kim):
    browse = db.browse(kim)
    page = "/ekhult/resultat/granser"

    first = browse.get(page)
    low = browse.post(page, {"inside": "4", "outside": "10"})
    done = browse.post(page, {"inside": "8", "outside": "15"})
    after = browse.get(done.headers["location"])

    assert 'value="5"' in first.text
    assert (low.status_code, done.status_code) == (422, 303)
    assert "Skriv ett heltal från 5 till 100." in low.text
    assert 'value="8"' in after.text


def test_the_template_can_be_read_in_as_it_is(db, kim):
    browse = db.browse(kim)
    sheet = browse.send("GET", "/ekhult/resultat/ladda-ner/mall/csv")

    tried = send(browse, sheet.content, "mall.csv")

    assert "2&nbsp;nya värden" in browse.get(tried.headers["location"]).text


def test_a_program_raises_the_limits_and_never_lowers_them(db, kim):
    browse = db.browse(kim)
    address = "/api/v1/organizers/ekhult/limits"
    before = browse.api("GET", address)
    etag = {"If-Match": before.headers["etag"]}

    low = browse.api("PUT", address, json={"inside": 4, "outside": 10}, headers=etag)
    blind = browse.api("PUT", address, json={"inside": 8, "outside": 12})
    done = browse.api("PUT", address, json={"inside": 8, "outside": 12}, headers=etag)
    late = browse.api("PUT", address, json={"inside": 9, "outside": 12}, headers=etag)

    answers = [one.status_code for one in (low, blind, done, late)]
    assert answers == [422, 428, 200, 412]
    assert browse.api("GET", address).json() == done.json()
    assert (before.json()["inside"], done.json()["inside"]) == (5, 8)
