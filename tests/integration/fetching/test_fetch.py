"""A workspace from open data: fetched from a recorded server, killed, resumed, from files."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from tests import fetching_child
from tests.fetching_child import FEW, fetch
from tests.places import drop_database
from tests.recorded import Recorded, serving
from tests.sizes import size
from tests.sources import HJO, HJO_NUMBER, Sources

from ska.db import embedded
from ska.db.session import make_engine
from ska.errors import Missing, SkaError
from ska.fetching import services
from ska.fetching.answers import body_of
from ska.fetching.plan import core_measures
from ska.organizers import loading
from ska.organizers.register import municipalities

ROOT = Path(__file__).parents[3]
VALUES = """
SELECT m.source, m.code, m.title, a.area_type, a.code, a.name, s.scope, s.gender, v.period,
  v.value, v.status, v.raw_value, v.carried_from, i.source_url, i.source_published_at
FROM value v JOIN series s ON s.id = v.series_id JOIN measure m ON m.id = s.measure_id
  JOIN area a ON a.id = v.area_id JOIN value_import i ON i.id = v.import_id
WHERE v.superseded_at IS NULL
ORDER BY 1, 2, 4, 5, 7, 8, 9
"""
UNITS = "SELECT name, school_unit_code, status, valid_from, valid_to FROM school_unit ORDER BY 2"


def with_municipalities(engine):
    with engine.begin() as connection:
        loading.load_sheet(connection, municipalities())


def everything(engine):
    with engine.begin() as connection:
        values = connection.execute(text(VALUES)).fetchall()
        return repr(values), repr(connection.execute(text(UNITS)).fetchall())


def kept(folder):
    root = folder / "fetches" / HJO_NUMBER / "last"
    return {path.name: body_of(path.read_bytes()) for path in root.glob("*-*.json")}


@contextmanager
def another(server):
    name = f"ska_clone_{uuid4().hex[:10]}"
    engine = make_engine(embedded.ensure_database(server, name, template="ska_test_template"))
    try:
        with_municipalities(engine)
        yield engine
    finally:
        engine.dispose()
        drop_database(server, name)


@pytest.fixture
def owner(db):
    with_municipalities(db.owner)
    return db.owner


def test_one_command_fills_a_huvudman(owner, tmp_path):
    with serving(Recorded(Sources(FEW))) as server:
        first = fetch(owner, server.base, tmp_path)
        asked = len(server.asked)
        again = fetch(owner, server.base, tmp_path)

    assert first.answered == asked
    assert first.counts["new"] > 900
    assert first.missing == []
    assert first.units["new"] == 3
    assert first.proposals == [label for label in first.proposals if label.startswith("Delmål")]
    assert again.alarms == []
    assert again.counts["revised"] == 2  # what Kolada has withdrawn since: asked for by date
    assert again.counts["new"] == 0
    with owner.begin() as connection:
        told = connection.execute(
            text("SELECT source, bool_and(source_url <> ''), bool_and(fetched_at IS NOT NULL),"
                 " bool_and(source_published_at IS NOT NULL) FROM value_import GROUP BY source")
        ).fetchall()  # fmt: skip
        own = connection.execute(text(UNITS)).fetchall()
    assert {row[0] for row in told} == {"kolada", "skolverket_pxweb", "planned_educations", "salsa"}
    assert all(all(row[1:]) for row in told)
    assert [(row.name, row.status) for row in own] == [
        ("Ekskolan", "active"),
        ("Gymnasiet", "active"),
        ("Gamla skolan", "ended"),
    ]


def test_the_county_comes_from_a_table_that_tells_of_it(owner, tmp_path):
    with serving(Recorded(Sources(FEW))) as server:
        came = fetch(owner, server.base, tmp_path)
    with owner.begin() as connection:
        told = connection.execute(
            text("SELECT DISTINCT a.code FROM area a JOIN value v ON v.area_id = a.id"
                 " WHERE a.area_type = 'region'")
        ).scalars().all()  # fmt: skip

    assert told == ["14"]
    assert came.missing == []  # its SKR group is in none of these tables, and not missed


def test_moved_codes_raise_an_alarm_and_values_stay_with_their_words(owner, tmp_path):
    sources = Sources(FEW)
    with serving(Recorded(sources)) as server:
        fetch(owner, server.base, tmp_path)
        before = everything(owner)
        sources.first_code += 2
        after = fetch(owner, server.base, tmp_path)

    assert len(after.alarms) == 3
    assert "har flyttat från kod 24 till 26" in after.alarms[0]
    with owner.begin() as connection:
        count = connection.scalar(text("SELECT count(*) FROM table_label WHERE gone_on IS NULL"))
    assert count == 3 + 2 * 3
    assert before[1] == everything(owner)[1]


def test_what_is_missing_is_told_and_only_that_is_asked_next_time(owner, tmp_path):
    with serving(Recorded(Sources(FEW), stubborn=frozenset({"pxweb"}))) as server:
        first = fetch(owner, server.base, tmp_path)
        server.stubborn = frozenset()
        server.asked.clear()
        second = fetch(owner, server.base, tmp_path)

        assert {path.split("/")[1] for path in server.asked} == {"pxweb"}
    assert first.exit_code == 1
    assert any(one["what"] == "Underlag för analys" for one in first.missing)
    assert second.missing == []


def test_what_is_new_to_the_plan_is_asked_for_whole_and_not_as_changes(
    owner, tmp_path, monkeypatch
):
    with serving(Recorded(Sources(core_measures()[:4]))) as server:
        for few, is_whole in ((3, True), (3, False), (4, True), (4, False)):
            monkeypatch.setattr(fetching_child, "FEW", core_measures()[:few])
            server.asked.clear()
            fetch(owner, server.base, tmp_path)

            asked = [path for path in server.asked if "/kolada/data/" in path]
            assert any("from_date" in path for path in asked) != is_whole


def test_a_round_with_only_lasting_gaps_is_whole(owner, tmp_path, monkeypatch):
    known, other = core_measures()[:2]
    monkeypatch.setattr(fetching_child, "FEW", (known, replace(other, title="Något annat")))
    with serving(Recorded(Sources((known, other)))) as server:
        report = fetch(owner, server.base, tmp_path)

    assert any("heter nu" in one["reason"] for one in report.missing)
    assert (tmp_path / "fetches" / HJO_NUMBER / "last").is_dir()


@pytest.mark.prove
def test_killed_at_random_a_resumed_fetch_ends_byte_equal(server, tmp_path):
    chance = random.Random(7)
    recorded = Recorded(Sources(FEW), chance=chance, share=0.2)
    kills, lives = 0, 0
    with serving(recorded):
        with another(server) as engine:
            fetch(engine, recorded.base, tmp_path / "calm")
            expected = everything(engine), kept(tmp_path / "calm")
        while kills < size(3, 30):
            lives += 1
            folder = tmp_path / str(lives)
            with another(server) as engine:
                while killed(engine, recorded, folder, chance):
                    kills += 1
                    if kept(folder):  # died when all was done: the next run is another round
                        break
                assert (everything(engine), kept(folder)) == expected


def killed(engine, recorded, folder, chance) -> bool:
    """Start a fetch and kill it at some question, or while it loads; tell whether it died."""
    address = engine.url.render_as_string(hide_password=False)
    recorded.asked.clear()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.fetching_child", address, recorded.base, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        stderr=subprocess.DEVNULL,
    )
    after, wait = chance.randint(1, 40), chance.random()
    kill = threading.Timer(wait, child.kill)

    def noticed(count, path):
        if count == after:
            child.kill()
        elif "salsa" in path and not kill.is_alive() and not kill.finished.is_set():
            kill.start()  # the last question: what follows is the loading

    recorded.noticed = noticed
    code = child.wait(timeout=120)
    kill.cancel()
    assert code in (0, -signal.SIGKILL)
    return code == -signal.SIGKILL


def test_files_saved_by_hand_load_the_same_way(owner, tmp_path):
    with serving(Recorded(Sources(FEW))) as server:
        fetch(owner, server.base, tmp_path)
    folder = tmp_path / "fetches" / HJO_NUMBER / "last"
    (folder / "brev.txt").write_text("hej", encoding="utf-8")

    report = services.fetch_from_files(owner, HJO, folder, today=date(2026, 11, 26))

    assert (report.counts["new"], report.counts["revised"]) == (0, 0)
    assert [one["file"] for one in report.skipped] == ["brev.txt"]
    assert "par av nyckeltal och område" in report.missing[-1]["what"]
    json.dumps(report.as_json())


def test_an_unknown_huvudman_or_folder_is_told(owner, tmp_path):
    today = date(2026, 11, 26)

    with pytest.raises(Missing, match="Hittar ingen huvudman"):
        services.fetch_from_files(owner, "9999", tmp_path, today=today)
    with pytest.raises(SkaError, match="finns inte"):
        services.fetch_from_files(owner, HJO, tmp_path / "borta", today=today)
