"""Goals: a measure in 0.3 of Core → Polars, 0.02 cached; a peer group in 0.25, 0.05 cached.

The measure is one KPI of 290 municipalities over twenty years, with all that pages are told of a
cell; the reference selects the same columns of the same rows through SQLAlchemy Core, series by
number so that it has the same way into the index, and makes the same frame of them.

The peer group is fifteen municipalities in 300 measures of one year; ours is n and quartiles from
SQL, the reference fetches the 4 500 values with no more columns than it takes to group them, and
works the same out in Polars. Both are asked in turns and the quickest of each counts. Cold is an
empty process cache; PostgreSQL's own cache is warm on both sides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
from bench import millions
from bench.databases import Databases
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ska.db import embedded
from ska.db.session import make_engine
from ska.values import queries
from ska.values.cache import Frames
from ska.values.columns import CELL
from ska.values.groups import SPREAD, AreaGroup, spread_of_group
from ska.values.models import Area, Measure, Series, Value

COLD, CACHED, COLD_GROUP, CACHED_GROUP = 0.3, 0.02, 0.25, 0.05
TURNS, GROUP = 30, 15
_COLUMNS = (
    Value.id, Measure.source, Measure.code, Measure.title, Measure.unit, Measure.nature,
    Measure.smallest_group, Area.area_type, Area.code, Area.name, Area.organizer_number,
    Area.unit_code, Series.scope, Series.gender, Series.period_type, Value.period, Value.value,
    Value.status, Value.n, Value.finality, Value.raw_value, Value.carried_from, Value.recorded_at,
    Value.superseded_at,
)  # fmt: skip


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the four ratios, read from as many million values as the run is about."""
    name = databases.millions(databases.scale)
    engine = make_engine(embedded.address(databases.server, user="postgres", database=name))
    with Session(engine) as session:
        yield from _whole(session)
        yield from _group(session)
    engine.dispose()


def _whole(session: Session) -> Iterator[dict[str, Any]]:
    measure_id = session.scalars(select(Measure.id).order_by(Measure.id)).first()
    series = session.scalars(select(Series.id).where(Series.measure_id == measure_id)).all()
    query = (
        select(*_COLUMNS)
        .select_from(Measure)
        .join(Series, Series.measure_id == Measure.id)
        .join(Value, Value.series_id == Series.id)
        .join(Area, Area.id == Value.area_id)
        .where(Value.series_id.in_(series), Value.superseded_at.is_(None))
        .order_by(Area.area_type, Area.code, Series.scope, Series.gender, Value.period)
    )
    schema = dict(list(CELL.items())[: len(_COLUMNS)])

    def ours() -> pl.DataFrame:
        return queries.published_values(session, measure_id or 0)

    def reference() -> pl.DataFrame:
        return _frame(session, query, schema)

    assert ours().height == 290 * millions.YEARS
    assert ours().select(*schema).equals(reference())
    yield from _lines(("measure", COLD, CACHED), ours, reference)


def _group(session: Session) -> Iterator[dict[str, Any]]:
    chosen = select(Measure.id).order_by(Measure.id).limit(millions.MEASURES)
    measures = session.scalars(chosen).all()
    codes = tuple(session.scalars(select(Area.code).order_by(Area.code)).all()[::19][:GROUP])
    period = str(millions.LATEST)
    query = (
        select(Series.id, Measure.id, Series.scope, Value.value)
        .join(Series, Series.measure_id == Measure.id)
        .join(Value, Value.series_id == Series.id)
        .join(Area, Area.id == Value.area_id)
        .where(Measure.id.in_(measures), Series.gender == "T", Value.period == period)
        .where(Area.area_type == "municipality", Area.code.in_(codes))
        .where(Value.superseded_at.is_(None))
    )
    schema = dict(list(SPREAD.items())[:3]) | {"value": pl.Float64}
    value = pl.col("value")

    def ours() -> pl.DataFrame:
        return spread_of_group(session, AreaGroup("municipality", codes), measures, period)

    def reference() -> pl.DataFrame:
        quartiles = {
            name: value.quantile(share, "linear")
            for name, share in (("lower", 0.25), ("median", 0.5), ("upper", 0.75))
        }
        groups = _frame(session, query, schema).group_by(list(schema)[:3])
        spread = groups.agg(n=value.count().cast(pl.Int64), **quartiles)
        return spread.filter(pl.col("n") > 0).sort("measure_id", "scope", "series_id")

    assert ours().equals(reference())
    assert ours().height == millions.MEASURES
    yield from _lines(("peer_group", COLD_GROUP, CACHED_GROUP), ours, reference)


def _frame(session: Session, query: Select[Any], schema: dict[str, Any]) -> pl.DataFrame:
    rows = session.execute(query).all()
    return pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)


def _lines(
    about: tuple[str, float, float],
    ours: Callable[[], pl.DataFrame],
    reference: Callable[[], pl.DataFrame],
) -> Iterator[dict[str, Any]]:
    name, cold_goal, cached_goal = about
    cold, cached, theirs = [], [], []
    for _turn in range(TURNS):
        queries._kept = Frames()  # cold
        cold.append(_time(ours))
        cached.append(_time(ours))
        theirs.append(_time(reference))
    for kind, times, goal in (("cold", cold, cold_goal), ("cached", cached, cached_goal)):
        yield {
            "name": f"{name}_{kind}_against_core",
            "ours": round(min(times), 5),
            "reference": round(min(theirs), 5),
            "ratio": round(min(times) / min(theirs), 3),
            "goal": goal,
        }


def _time(function: Callable[[], Any]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started
