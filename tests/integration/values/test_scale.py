"""Large files and files read again: what is quick says the same as what is thorough."""

import random
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import select, text
from tests.factories.base import current
from tests.factories.values import SHARE, Shelfful, export

from ska.values import groups, queries
from ska.values.groups import AreaGroup, spread_of_group
from ska.values.importers import large
from ska.values.loading import _Loading
from ska.values.models import Measure
from ska.values.shelves import PUBLISHED
from ska.values.undoing import undo

FIRST = export(*(f"{1401 + at};Samtliga;{100 + at};{50 + at},5" for at in range(12)))
RESAVED = FIRST.replace(",5;", ",50;").replace("\n", "\r\n")


@pytest.fixture
def shelf(session, tmp_path):
    with current.as_owner() as owner:
        yield Shelfful(owner.connection(), tmp_path)


@pytest.fixture
def compared(monkeypatch):
    """Count how often stored values are fetched to be compared cell by cell."""
    calls, fetch = [], _Loading._current
    monkeypatch.setattr(
        _Loading, "_current", lambda self, *parts: calls.append(1) or fetch(self, *parts)
    )
    return calls


def counts(report):
    return report.new, report.revised, report.unchanged


def test_a_file_saved_anew_is_known_by_what_it_holds(shelf, compared):
    first = shelf.load(FIRST)
    compared.clear()
    again = shelf.load(RESAVED, "sparad igen.csv")

    assert counts(again) == (0, 0, 24)
    assert compared == []
    told, same = again.as_json(), first.as_json()
    apart = {"file", "new", "unchanged", "import_id"}
    assert all(told[name] == same[name] for name in told.keys() - apart)


def test_what_another_file_has_revised_since_is_compared_and_revised_back(shelf, compared):
    shelf.load(FIRST)
    assert counts(shelf.load(FIRST.replace(";53,5;", ";99,5;"))) == (0, 1, 23)
    compared.clear()

    assert counts(shelf.load(RESAVED)) == (0, 1, 23)
    assert compared == [1]
    assert counts(shelf.load(FIRST)) == (0, 0, 24)


def test_an_undone_file_is_new_again_and_a_restored_one_stands(shelf):
    first = shelf.load(FIRST)
    second = shelf.load(FIRST.replace(";53,5;", ";99,5;"))
    undo(shelf.connection, PUBLISHED, UUID(second.import_id))

    assert counts(shelf.load(RESAVED)) == (0, 0, 24)
    undo(shelf.connection, PUBLISHED, UUID(first.import_id))
    assert counts(shelf.load(RESAVED)) == (24, 0, 0)


def test_a_large_file_is_one_import_with_the_counts_of_all_its_parts(session, shelf, monkeypatch):
    monkeypatch.setattr(large, "SMALL", 100)
    monkeypatch.setattr(large, "PART", 10)
    shelf.load(export("1401;Samtliga;100;50,5", "1412;Samtliga;111;12,5"))

    assert counts(shelf.load(FIRST, dry=True)) == (20, 1, 3)
    report = shelf.load(FIRST)

    assert counts(report) == (20, 1, 3)
    kept = session.scalar(
        text("SELECT report FROM value_import WHERE id = :id"), {"id": report.import_id}
    )
    assert (kept["new"], kept["revised"], kept["unchanged"]) == (20, 1, 3)
    assert session.scalar(text("SELECT count(*) FROM value WHERE superseded_at IS NULL")) == 24
    assert counts(shelf.load(FIRST)) == (0, 0, 24)


def test_a_large_file_that_is_damaged_far_down_leaves_nothing(session, shelf, monkeypatch):
    monkeypatch.setattr(large, "SMALL", 100)
    monkeypatch.setattr(large, "PART", 10)
    damaged = export(
        *(f"{1401 + at};Samtliga;100;50,5" for at in range(12)), "1499;Enskild;1;2;3;4"
    )

    assert "fler celler än rubriker" in shelf.load(damaged).refused
    assert session.scalar(text("SELECT count(*) FROM value")) == 0


def test_whole_measures_are_the_cells_that_stand(session, shelf):
    shelf.load(FIRST)
    shelf.load(FIRST.replace(";53,5;", ";..;").replace("2024/25", "2023/24"))
    shelf.load(FIRST.replace(";53,5;", ";99,5;"))
    measure = queries.measure_by_code(session, "siris", SHARE)

    whole = queries.published_values(session, measure.id)
    rows = queries.read_cells(
        session,
        f"{queries.published_cells()} WHERE m.id = %(measure)s{queries.ORDER}",
        {"measure": measure.id},
    )
    assert whole.height == 24
    assert whole.equals(rows)
    assert queries.published_values(session, 0).schema == whole.schema


def test_a_groups_spread_counts_values_and_not_gaps(session, shelf):
    shelf.load(FIRST.replace(";53,5;", ";..;"))
    share = queries.measure_by_code(session, "siris", SHARE)
    group = AreaGroup("municipality", ("1401", "1402", "1403", "1404", "1405", "0000"))

    frame = spread_of_group(session, group, [share.id, 0], "2024/25")

    values = pl.Series([50.5, 51.5, 52.5, 54.5])  # that of 1404 is hidden
    quartiles = [values.quantile(share, "linear") for share in (0.25, 0.5, 0.75)]
    assert frame.drop("series_id").rows() == [(share.id, "all", 4, *quartiles)]
    assert frame.schema == groups.SPREAD
    assert spread_of_group(session, group, [share.id, 0], "2024/25") is frame
    shelf.load(FIRST)
    assert spread_of_group(session, group, [share.id, 0], "2024/25")["n"].to_list() == [5]
    assert spread_of_group(session, group, [share.id], "2019/20").is_empty()


@pytest.mark.parametrize("seed", range(3))
def test_a_groups_spread_is_that_of_its_cells_whatever_is_missing(session, shelf, seed):
    chance = random.Random(seed)
    cells = [[chance.choice(("..", f"{chance.randint(1, 99)},5")) for _ in "ab"] for _ in range(12)]
    shelf.load(export(*(f"{1401 + at};Samtliga;{a};{b}" for at, (a, b) in enumerate(cells))))
    measures = session.scalars(select(Measure.id).order_by(Measure.id)).all()
    codes = tuple(str(1401 + at) for at in chance.sample(range(12), 7))

    frame = spread_of_group(session, AreaGroup("municipality", codes), measures, "2024/25")

    told = pl.concat(queries.published_values(session, measure) for measure in measures)
    told = told.filter(pl.col("area_code").is_in(codes) & (pl.col("period") == "2024/25"))
    shares = {"lower": 0.25, "median": 0.5, "upper": 0.75}
    quartiles = {name: pl.col("value").quantile(q, "linear") for name, q in shares.items()}
    by_measure = told.group_by("title", "scope").agg(
        pl.col("value").count().alias("n"), **quartiles
    )
    expected = by_measure.filter(pl.col("n") > 0).drop("title", "scope").rows()
    assert expected
    assert sorted(frame.drop("series_id", "measure_id", "scope").rows()) == sorted(expected)
