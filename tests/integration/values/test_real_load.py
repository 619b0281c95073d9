"""The real files loaded through the database: all of them, once, and again without a trace."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.conftest import cloned

from ska.values import history, queries
from ska.values.reports import exit_code
from ska.values.services import load_files

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
FILES = [
    *sorted(DATA.glob("kolada/*.json")),
    *sorted(DATA.glob("kolada/*.csv")),
    *sorted(DATA.glob("skolverket/planned_educations_v4/s*")),
    *sorted(DATA.glob("skolenkaten/*.json")),
    *sorted(DATA.glob("skolverket/siris_csv/*")),
    *sorted(DATA.glob("skolverket/siris_xml/*")),
    *DATA.glob("skolverket/ufa/*.xlsx"),
]


@pytest.fixture(scope="module")
def db(server):
    with cloned(server) as one:
        yield one


@pytest.fixture(scope="module")
def loaded(db):
    with db.owner.begin() as connection:
        return load_files(connection, FILES)


def test_every_file_adds_up_and_a_second_time_changes_nothing(db, loaded):
    assert exit_code(loaded) == 0
    for report in loaded:
        assert report.cells == sum(report.by_status.values()) + report.rejected_cells
        stored = report.new + report.revised + report.unchanged
        # What has neither value nor period is counted but has nothing to store.
        unsaid = 295 if report.file == "statistics_gr.jsonl.gz" else None
        if report.kind != "data" or report.source == "kolada":
            unsaid = 0
        assert unsaid is None or stored == report.cells - unsaid, report.file
        assert not (report.revised and report.kind in ("table", "data")), report.file
    assert sum(report.rows for report in loaded if report.kind == "kpi") == 6_099
    with db.owner.begin() as connection:
        before = connection.scalar(text("SELECT count(*) FROM value"))
        again = load_files(connection, FILES)
        after = connection.scalar(text("SELECT count(*) FROM value"))
    assert before == after
    assert {(report.new, report.revised) for report in again} == {(0, 0)}


def test_any_huvudman_finds_its_own_values_and_symbols_keep_their_meaning(db, loaded):
    with db.session() as session:
        counts = dict(
            session.execute(
                text(
                    "SELECT v.status, count(*) FROM value v JOIN series s ON s.id = v.series_id"
                    " JOIN measure m ON m.id = s.measure_id WHERE m.source = 'skolverket_pxweb'"
                    " GROUP BY v.status"
                )
            ).all()
        )
        numbers = session.scalars(
            text("SELECT code FROM area WHERE area_type = 'organizer' ORDER BY code")
        ).all()
        few = [queries.published_values_of_organizer(session, number) for number in numbers[::97]]
        pinned = few[0]["value_id"].to_list()

        assert history.revised_since(session, pinned) == {}
    assert counts == {
        "not_applicable_or_missing": 137_605,
        "suppressed_small_group": 25_225,
        "suppressed_near_all": 12_262,
        "survey_rules_not_met": 3_243,
        "value": 115_273,
    }
    assert len(numbers) == 875
    for frame in few:
        own = frame.filter(frame["area_type"] == "organizer")
        assert own.height == 49


def test_one_huvudman_is_found_without_reading_the_whole_table(db, loaded):
    with db.owner.begin() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN (FORMAT json) "
                + queries.published_cells()
                + " WHERE a.area_type = 'organizer' AND a.code = '2120001728'"
            )
        ).scalar()

    assert "ix_value_area" in str(plan)
