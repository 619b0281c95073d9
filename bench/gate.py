"""Goal: the gate of a dense frame of 10 000 cells takes at most 30 × the reading of it, again 2 ×.

Twenty measures of twenty units, girls and boys and all, over eight years; nearly every table has
small groups, so that most cells are weighed. Reading is the same rows out of PostgreSQL as a frame.
Both are CPU time of this process: the gate is arithmetic, and waits for nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from random import Random
from typing import Any

import polars as pl
from bench.databases import Databases
from sqlalchemy import Connection, text

from ska.values.gate import pass_gate
from ska.values.rules import Audience

GOAL, GOAL_AGAIN = 30, 2
MEASURES, UNITS, YEARS = 20, 20, 8
ORGANIZER = "2120001234"
SCHEMA: dict[str, Any] = {
    "measure": pl.String, "definition_version": pl.Int64, "period_type": pl.String,
    "period": pl.String, "scope": pl.String, "gender": pl.String, "area_type": pl.String,
    "area_code": pl.String, "organizer_number": pl.String, "members": pl.String,
    "unit": pl.String, "nature": pl.String, "smallest_group": pl.Int64, "value": pl.Float64,
    "n": pl.Int64, "status": pl.String, "carried_from": pl.String,
    "recorded_at": pl.Datetime(time_zone="UTC"), "superseded_at": pl.Datetime(time_zone="UTC"),
    "is_beside": pl.Boolean, "limit_inside": pl.Int64, "limit_outside": pl.Int64,
    "raw_value": pl.String,
}  # fmt: skip
Counts = dict[tuple[int, str], tuple[int, int]]  # reached and group, by unit and gender


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the gate and the reading (CPU seconds) and their ratio."""
    engine = databases.new("gate")
    with engine.begin() as connection:
        _store(connection, list(_rows()))
        reading = _best(lambda: _read(connection))
        frame = _read(connection)
    anew = max(_best(lambda who=who: pass_gate(frame, who), 1) for who in Audience)
    again = max(_best(lambda who=who: pass_gate(frame, who), 3) for who in Audience)
    for name, ours, goal in (("gate", anew, GOAL), ("gate_asked_again", again, GOAL_AGAIN)):
        yield {
            "name": f"{name}_of_a_dense_frame_of_10000_cells_against_reading_it",
            "ours": round(ours, 4),
            "reference": round(reading, 4),
            "ratio": round(ours / reading, 2),
            "goal": goal,
        }


def _rows() -> Iterator[tuple[Any, ...]]:
    draw = Random(1)  # noqa: S311  # the same frame each time
    for number, year in product(range(MEASURES), range(YEARS)):
        counts: Counts = {}
        for one in product(range(UNITS), "KM"):
            n = draw.choice([draw.randint(1, 12), draw.randint(10, 60), draw.randint(20, 60)])
            counts[one] = (round(n * draw.choice([1, 0.97, 0.9, 0.7, 0.5])), n)
        for gender in ("T", "K", "M"):
            for unit in (*range(UNITS), None):
                some = [
                    pair
                    for (at, of), pair in counts.items()
                    if unit in (None, at) and gender in ("T", of)
                ]
                yield _row(f"m{number}", str(2018 + year), gender, unit, some)


def _row(
    name: str, year: str, gender: str, unit: int | None, some: list[tuple[int, int]]
) -> tuple[Any, ...]:
    reached, n = (sum(one) for one in zip(*some, strict=True))
    kind, code = ("organizer", ORGANIZER) if unit is None else ("school_unit", f"{10**7 + unit}")
    told = {
        "measure": name, "definition_version": 1, "period_type": "year", "period": year,
        "scope": "all", "gender": gender, "area_type": kind, "area_code": code,
        "organizer_number": ORGANIZER, "unit": "%", "nature": "result",
        "value": 100 * reached / n, "n": n, "status": "value", "raw_value": "x",
        "recorded_at": datetime(2026, 9, 1, tzinfo=UTC), "is_beside": False,
    }  # fmt: skip
    return tuple(told.get(name) for name in SCHEMA)


def _store(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    kinds = {pl.String: "text", pl.Int64: "bigint", pl.Float64: "float8", pl.Boolean: "boolean"}
    columns = ", ".join(f"{name} {kinds.get(kind, 'timestamptz')}" for name, kind in SCHEMA.items())
    connection.execute(text(f"CREATE TEMP TABLE dense ({columns})"))
    places = ", ".join(f":{name}" for name in SCHEMA)
    insert = text(f"INSERT INTO dense VALUES ({places})")  # noqa: S608  # constants only
    connection.execute(insert, [dict(zip(SCHEMA, row, strict=True)) for row in rows])


def _read(connection: Connection) -> pl.DataFrame:
    cursor = connection.exec_driver_sql("SELECT * FROM dense").cursor
    rows = cursor.fetchall() if cursor is not None else []
    return pl.DataFrame(rows, schema=SCHEMA, orient="row", infer_schema_length=None)


def _best(function: Callable[[], Any], times: int = 3) -> float:
    taken = []
    for _round in range(times):
        started = time.process_time()
        function()
        taken.append(time.process_time() - started)
    return min(taken)
