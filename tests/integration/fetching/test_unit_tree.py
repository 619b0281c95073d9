"""`ska load tree`: the units of a school administration system, seen first, stored on a yes."""

import json

import orjson
import pytest
from sqlalchemy import text
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.recorded import Recorded, serving
from tests.sources import HJO, HJO_NUMBER
from typer.testing import CliRunner

from ska.cli import app

PAGES = {
    "": ([{"id": "h", "organisationNumber": "212000-1728", "displayName": "Hjo"}], "two"),
    "two": (
        [
            {"id": "s", "displayName": "Ekskolan", "schoolUnitCode": "11111111",
             "schoolTypes": ["GR", "FKLASS", "XX"], "parentOrganisation": {"id": "h"},
             "email": "rektor@example.test"},
            {"id": "t", "displayName": "Nya skolan", "schoolUnitCode": "22222222",
             "parentOrganisation": {"id": "s"}},
            {"id": "o", "displayName": "Annans", "schoolUnitCode": "99999999"},
            {"id": "p", "displayName": "Förskolan", "parentOrganisation": {"id": "h"}},
        ],
        None,
    ),
}  # fmt: skip


def page(token=""):
    data, following = PAGES[token]
    return {"data": data, "pageToken": following}


def answer(_path, query, _body, _base):
    return page(query.get("pageToken", [""])[0])


@pytest.fixture
def hjo(db):
    hjo = OrganizerFactory(
        name="Hjo", slug="hjo", municipality_code=HJO, organisation_number=HJO_NUMBER
    )
    SchoolUnitFactory(organizer=hjo, name="Eken", school_unit_code="11111111")
    SchoolUnitFactory(organizer=hjo, name="Gamla", school_unit_code="33333333")
    return hjo


@pytest.fixture
def tree(db, hjo, monkeypatch):
    for name, engine in (("SKA_DATABASE_URL", db.engine), ("SKA_OWNER_DATABASE_URL", db.owner)):
        monkeypatch.setenv(name, engine.url.render_as_string(hide_password=False))

    def load(*words, said=None):
        words = ["load", "tree", "--organizer", "hjo", *map(str, words)]
        return CliRunner().invoke(app, words, input=said)

    return load


@pytest.fixture
def system(monkeypatch):
    with serving(Recorded(answer)) as server:
        monkeypatch.setenv("SKA_SS12000_URL", f"{server.base}/v2/")
        monkeypatch.setenv("SKA_SS12000_TOKEN", "en-nyckel")
        yield server


def units(db):
    with db.as_owner() as session:
        return dict(session.execute(text("SELECT school_unit_code, name FROM school_unit")).all())


BEFORE = {"11111111": "Eken", "33333333": "Gamla"}


def test_the_tree_is_asked_page_by_page_and_persons_never(tree, system):
    done = tree("--json")

    assert [path.split("?")[0] for path in system.asked] == ["/v2/organisations"] * 2
    assert set(system.keys) == {"Bearer en-nyckel"}
    assert "rektor@" not in done.output


def test_it_is_seen_first_and_stored_on_a_yes(db, tree, system):
    refused = tree(said="n\n")
    assert "22222222 Nya skolan: ny" in refused.output
    assert "11111111 Ekskolan: finns, heter ”Eken” här" in refused.output
    assert "33333333 Gamla: finns här men inte i trädet" in refused.output
    assert "Annans" not in refused.output
    assert "Inget är sparat." in refused.output
    assert units(db) == BEFORE

    done = tree(said="y\n")
    assert "Inlästa." in done.output
    assert units(db) == BEFORE | {"22222222": "Nya skolan"}
    assert "Läs in" not in tree().output  # nothing is new any more


def test_a_program_sees_and_stores_by_its_own_words(db, tree, system):
    seen = json.loads(tree("--json").stdout)
    assert (seen["stored"], [one["known_as"] for one in seen["units"]]) == (None, ["Eken", None])
    assert units(db) == BEFORE

    stored = json.loads(tree("--json", "--yes").stdout)
    assert (stored["stored"]["new"], stored["stored"]["revised"]) == (1, 1)  # and its skolformer
    assert json.loads(tree("--json", "--yes").stdout)["stored"] is None


def test_saved_answers_are_read_the_same_way(tree, tmp_path):
    files = [tmp_path / f"{number}.json" for number in (1, 2)]
    for file, token in zip(files, PAGES, strict=True):
        file.write_bytes(orjson.dumps(page(token)))

    assert "22222222 Nya skolan: ny" in tree(*files, said="n\n").output


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (page(), "sista sidan är inte med"),
        ({"values": []}, "inte ett svar på /organisations"),
        ({"data": []}, "inga enheter med skolenhetskod för Hjo"),
    ],
)
def test_a_tree_that_is_not_whole_is_not_read(tree, tmp_path, content, reason):
    (tmp_path / "a.json").write_bytes(orjson.dumps(content))

    done = tree(tmp_path / "a.json")
    assert reason in str(done.exception)


def test_a_system_that_does_not_answer_is_told(tree, system, monkeypatch):
    monkeypatch.setattr("ska.fetching.unit_tree.SKOLVERKET", type(
        "Short", (), {"gap": 0, "waits": ()})())  # fmt: skip
    system.stubborn = frozenset({"pageToken"})

    assert "källan svarade 503" in str(tree().exception)


def test_without_address_or_files_it_says_what_to_set(tree):
    assert "SKA_SS12000_URL" in str(tree().exception)
