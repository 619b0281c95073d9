"""`ska load`: what programs read of it, and its exit codes."""

import json

import pytest
from sqlalchemy import text
from tests.factories.values import COUNT, SHARE, export
from typer.testing import CliRunner

from ska.cli import app, main

GOOD = export("1497;Samtliga;120;75,8", "1441;Enskild;..;~100")
ODD = export("1497;Samtliga;120;många", "1441;Enskild;..;~100")
KEYS = {
    "file", "source", "layout", "periods", "operator_types", "genders", "measures", "rows", "cells",
    "by_status", "rejected", "new", "unchanged", "revised", "carried_forward", "warnings",
}  # fmt: skip


@pytest.fixture
def ska(db, monkeypatch):
    for name, engine in (("SKA_DATABASE_URL", db.engine), ("SKA_OWNER_DATABASE_URL", db.owner)):
        monkeypatch.setenv(name, engine.url.render_as_string(hide_password=False))
    return lambda *words: CliRunner().invoke(app, ["load", *map(str, words)])


@pytest.fixture
def exported(ska):
    def read(*words):
        words = ["export", "values", "--measure", SHARE, *words]
        return CliRunner().invoke(app, words)

    return read


@pytest.fixture
def file(tmp_path):
    def write(content, name="export.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def stored(db):
    with db.as_owner() as session:
        return session.scalar(text("SELECT count(*) FROM value WHERE superseded_at IS NULL"))


def test_one_object_a_file_with_every_cell_accounted_for(db, ska, file):
    done = ska("values", file(GOOD), "--json")
    (report,) = json.loads(done.stdout)

    assert done.exit_code == 0
    assert set(report) >= KEYS
    assert (report["source"], report["rows"], report["cells"]) == ("siris", 2, 4)
    assert report["by_status"] == {
        "rounded_near_100": 1,
        "suppressed_small_group": 1,
        "value": 2,
    }
    assert (report["new"], report["unchanged"], report["revised"]) == (4, 0, 0)
    assert (report["layout"], report["periods"], report["genders"]) == ("plain", ["2024/25"], ["T"])
    assert report["operator_types"] == ["Samtliga", "Enskild"]
    assert report["measures"] == [COUNT, SHARE]
    assert (report["carried_forward"], report["warnings"]) == (0, [])
    assert stored(db) == 4


def test_again_nothing_changes(db, ska, file):
    ska("values", file(GOOD))
    (report,) = json.loads(ska("values", file(GOOD), "--json").stdout)

    assert (report["new"], report["unchanged"], report["revised"]) == (0, 4, 0)
    assert stored(db) == 4


def test_a_rejected_cell_is_exit_1_and_the_rest_is_kept(db, ska, file):
    done = ska("values", file(ODD), "--json")
    (report,) = json.loads(done.stdout)

    assert done.exit_code == 1
    assert [(one["row"], one["column"][:5]) for one in report["rejected"]] == [(7, "Andel")]
    assert report["cells"] == sum(report["by_status"].values()) + len(report["rejected"])
    assert stored(db) == 3


def test_a_refused_file_is_exit_2_and_nothing_is_kept(db, ska, file):
    done = ska("values", file(GOOD), file("a;b\n", "x.csv"), "--json")
    good, bad = json.loads(done.stdout)

    assert done.exit_code == 2
    assert good["import_id"] is None
    assert "känns inte igen" in bad["refused"]
    assert stored(db) == 0


def test_a_dry_run_keeps_nothing(db, ska, file):
    done = ska("values", file(GOOD), "--dry-run", "--json")

    assert json.loads(done.stdout)[0]["new"] == 4
    assert stored(db) == 0


def test_the_findings_of_published_imports_are_shown(ska, file):
    rows = [f"{1000 + number};Samtliga;120;0,0" for number in range(12)]
    nothing = CliRunner().invoke(app, ["xray"])
    first = json.loads(ska("values", file(export(*rows)), "--json").stdout)[0]["import_id"]
    json.loads(ska("values", file(GOOD), "--json").stdout)

    newest = CliRunner().invoke(app, ["xray"])
    named = CliRunner().invoke(app, ["xray", first, "--json"])
    unknown = CliRunner().invoke(app, ["xray", "00000000-0000-0000-0000-000000000000"])

    assert (nothing.exit_code, "Inget är inläst." in nothing.stdout) == (0, True)
    assert "export.csv" in newest.stdout
    (told,) = json.loads(named.stdout)
    assert named.exit_code == 1
    assert {one["rule"] for one in told["findings"]} >= {"constant"}
    assert "finns inte bland de publicerade" in str(unknown.exception)


def test_in_words_for_people(ska, file):
    said = ska("values", file(ODD), "--dry-run").stdout

    assert "2 rader, 4 celler" in said.replace("\u00a0", " ")
    assert "Avvisad: rad 7" in said
    assert "Inget är sparat." in said


def test_an_import_is_undone_by_its_number(db, ska, file):
    (report,) = json.loads(ska("values", file(GOOD), "--json").stdout)

    assert "4 värden är borttagna" in ska("undo", report["import_id"]).stdout
    assert stored(db) == 0


def test_an_import_is_undone_with_its_account(ska, file):
    (report,) = json.loads(ska("values", file(GOOD), "--json").stdout)

    told = json.loads(ska("undo", report["import_id"], "--json").stdout)

    assert told == {"import_id": report["import_id"], "values": 4}


def test_units_are_loaded_with_their_account(db, ska):
    done = ska("units", "--json")

    assert done.exit_code == 0
    (report,) = json.loads(done.stdout)
    assert (report["rows"], report["new"], report["rejected"]) == (290, 290, 0)


def test_what_was_loaded_comes_back_as_it_was_known_on_a_day(db, ska, exported, file):
    ska("values", file(GOOD))
    with db.owner.begin() as connection:
        connection.execute(text("UPDATE value SET recorded_at = '2026-03-01 12:00+01'"))
    ska("values", file(GOOD.replace("75,8", "76,0")))

    before = json.loads(exported("--as-of", "2026-03-01", "--json").stdout)
    now = json.loads(exported("--area", "1497", "--json").stdout)
    sheet = exported("--area", "1497", "--as-of", "2026-03-01", "--csv").stdout

    assert [
        (one["area_code"], one["value"], one["status"], one["raw_value"]) for one in before
    ] == [
        ("1441", None, "rounded_near_100", "~100"),
        ("1497", 75.8, "value", "75,8"),
    ]
    assert [one["value"] for one in now] == [76.0]
    assert [line.split(";")[7] for line in sheet.splitlines()] == ["Värde", "75,8"]
    assert json.loads(exported("--as-of", "2026-02-28", "--json").stdout) == []


def test_an_unknown_measure_is_one_sentence(ska, file, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["ska", "export", "values", "--measure", "Påhittat"])

    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code == 2
    assert "Måttet ”Påhittat” finns inte" in capsys.readouterr().err
