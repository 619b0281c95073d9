"""Published values: all or nothing, every version kept, and undone as a whole."""

from datetime import UTC, datetime
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from tests.factories.base import current
from tests.factories.values import COUNT, SHARE, Shelfful, export

from ska.errors import Conflict, Missing
from ska.values import history, queries
from ska.values.services import load_files
from ska.values.shelves import PUBLISHED
from ska.values.undoing import undo

FIRST = export("1497;Samtliga;120;75,8", "1497;Enskild;..;~100", "1441;Samtliga;80;.")


@pytest.fixture
def shelf(session, tmp_path):
    with current.as_owner() as owner:
        yield Shelfful(owner.connection(), tmp_path)


def share(session):
    return queries.measure_by_code(session, "siris", SHARE)


def cells(session):
    frame = queries.published_values(session, share(session).id)
    return frame.select("area_code", "scope", "value", "status").rows()


def test_a_file_is_stored_with_its_gaps(session, shelf):
    report = shelf.load(FIRST)

    assert (report.rows, report.cells, report.new) == (3, 6, 6)
    assert cells(session) == [
        ("1441", "all", None, "not_applicable_or_missing"),
        ("1497", "all", 75.8, "value"),
        ("1497", "independent", None, "rounded_near_100"),
    ]


def test_the_same_file_twice_changes_nothing(session, shelf):
    shelf.load(FIRST)
    again = shelf.load(FIRST)

    assert (again.new, again.revised, again.unchanged) == (0, 0, 6)
    assert again.import_id is None
    assert session.scalar(text("SELECT count(*) FROM value")) == 6
    assert session.scalar(text("SELECT count(*) FROM value_import")) == 1


def test_a_trial_stores_nothing_and_says_the_same(session, shelf):
    tried = shelf.load(FIRST, dry=True)

    assert (tried.new, tried.import_id) == (6, None)
    assert session.scalar(text("SELECT count(*) FROM value")) == 0
    assert session.scalar(text("SELECT count(*) FROM measure")) == 0


def test_a_changed_value_is_a_revision_and_the_old_one_is_kept(session, shelf):
    shelf.load(FIRST)
    old = queries.published_values(session, share(session).id)
    pinned = old.filter(pl.col("value") == 75.8)["value_id"].item()
    before = datetime.now(UTC)
    report = shelf.load(FIRST.replace("75,8", "76,1").replace(";120;", ";121;"))

    assert (report.new, report.revised, report.unchanged) == (0, 2, 4)
    assert ("1497", "all", 76.1, "value") in cells(session)
    known = queries.published_values(session, share(session).id, known=before)
    assert 75.8 in known["value"].to_list()
    revised = history.revised_since(session, [pinned])
    assert (revised[pinned].value, revised[pinned].n) == (76.1, 121)


def test_a_pinned_value_that_stands_is_not_told_as_revised(session, shelf):
    shelf.load(FIRST)
    ids = queries.published_values(session, share(session).id)["value_id"].to_list()
    shelf.load(export("1497;Samtliga;200;81,0", year="2025/26"))

    assert history.revised_since(session, ids) == {}


def test_undo_takes_the_whole_import_and_restores_what_it_replaced(session, shelf):
    shelf.load(FIRST)
    before = cells(session)
    second = shelf.load(FIRST.replace("75,8", "76,1") + "\n")
    pinned = queries.published_values(session, share(session).id)["value_id"].to_list()

    undo(shelf.connection, PUBLISHED, UUID(second.import_id))

    assert cells(session) == before
    assert {one.value for one in history.revised_since(session, pinned).values()} == {75.8}
    with pytest.raises(Conflict, match="redan ångrad"):
        undo(shelf.connection, PUBLISHED, UUID(second.import_id))


def test_an_import_that_others_have_built_on_is_undone_last(session, shelf):
    first = shelf.load(FIRST)
    second = shelf.load(FIRST.replace("75,8", "76,1"), "rättad.csv")

    with pytest.raises(Conflict, match=r"rättad\.csv har ändrat"):
        undo(shelf.connection, PUBLISHED, UUID(first.import_id))

    undo(shelf.connection, PUBLISHED, UUID(second.import_id))
    undo(shelf.connection, PUBLISHED, UUID(first.import_id))
    assert cells(session) == []
    with pytest.raises(Missing):
        undo(shelf.connection, PUBLISHED, UUID(int=0))


def test_a_value_that_comes_back_after_an_undo_is_new(session, shelf):
    first = shelf.load(FIRST)
    undo(shelf.connection, PUBLISHED, UUID(first.import_id))

    assert shelf.load(FIRST).new == 6


def test_a_refused_file_among_others_is_reported_and_not_raised(shelf, tmp_path):
    (tmp_path / "good.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "bad.csv").write_text("a;b\n", encoding="utf-8")

    good, bad = load_files(shelf.connection, [tmp_path / "good.csv", tmp_path / "bad.csv"])

    assert good.refused is None
    assert "känns inte igen" in bad.refused


def test_a_changed_definition_is_warned_about(shelf):
    meaning = "Rapportbeskrivning och definitioner etc.\nAntal elever;Alla elever.;\n"
    text_before = FIRST.replace("Rapportbeskrivning och definitioner etc.\n", meaning)
    shelf.load(text_before)

    report = shelf.load(text_before.replace("Alla elever", "Elever med betyg"))

    assert report.warnings == [
        {
            "code": "definition_changed",
            "text": f"Måttet {COUNT}: definitionen har ändrats sedan förra inläsningen.",
            "measure": COUNT,
        }
    ]


def test_frames_are_kept_until_something_changes(session, shelf):
    shelf.load(FIRST)
    first = queries.published_values(session, share(session).id)

    assert queries.published_values(session, share(session).id) is first
    shelf.load(FIRST.replace("75,8", "76,1"))
    assert queries.published_values(session, share(session).id) is not first


def test_why_there_is_no_value_is_said_in_words(session, shelf):
    shelf.load(FIRST)
    frame = queries.with_words(queries.published_values(session, share(session).id))

    assert frame["word"].to_list() == [
        "saknas eller ej tillämpligt",
        "",
        "≈100, färre än fem nådde inte nivån",
    ]


@pytest.mark.parametrize("table", ["measure", "area", "series", "value", "value_import"])
def test_the_application_only_reads_what_is_published(session, table):
    session.execute(text(f"SELECT count(*) FROM {table}"))
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(f"DELETE FROM {table}"))
