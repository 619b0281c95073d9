"""Goals: a million new cells in 1.3 × COPY + upsert of the same rows; saved anew, in 1/10 of that.

Ours is the whole way: the file's bytes are recognised, read, judged and compared, and the account
is written. The reference gets the very rows that ours stored, ready as text in memory: COPY into a
temporary table, then INSERT … ON CONFLICT DO UPDATE into an empty table with the columns, checks
and indexes of ours, in one transaction. The quickest of the rounds counts for either side.

The file that is read again holds the same values but not the same bytes: it was saved anew with
other line ends and a byte order mark, as Excel does. `compared` is the same once another file has
revised one cell: then every cell is compared with what is stored.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.databases import Databases
from bench.exports import write_export
from sqlalchemy import Engine, text

from ska.values.services import load_files
from ska.values.shelves import cursor_of

GOAL, GOAL_AGAIN = 1.3, 0.1
ROUNDS = 2
SCHOOLS, COLUMNS = 10_000, 100
_STORED = (
    "series_id, area_id, period, value, n, status, finality, raw_value, carried_from,"
    " import_id, recorded_at"
)
_UPSERT = f"""
INSERT INTO bare ({_STORED}) SELECT {_STORED} FROM staging
ON CONFLICT (series_id, area_id, period) WHERE superseded_at IS NULL DO UPDATE SET
  value = excluded.value, n = excluded.n, status = excluded.status, finality = excluded.finality,
  raw_value = excluded.raw_value, carried_from = excluded.carried_from,
  import_id = excluded.import_id, recorded_at = excluded.recorded_at
"""  # noqa: S608  # put together of constants only


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the two ratios."""
    engine = databases.new("million")
    firsts, agains, references = [], [], []
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as folder:
        path, anew, other = (Path(folder) / f"{name}.csv" for name in ("a", "anew", "other"))
        write_export(path, SCHOOLS, COLUMNS)
        anew.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        write_export(other, 1, COLUMNS, changed=1)
        for _round in range(ROUNDS):
            _empty(engine)
            firsts.append(_load(engine, path, new=SCHOOLS * COLUMNS))
            agains.append(_load(engine, anew, new=0))
            references.append(_upsert(engine))
        _load(engine, other, new=0)
        compared = _load(engine, path, new=0)
    first, again, reference = min(firsts), min(agains), min(references)
    yield _line("million_cells_against_copy_and_upsert", first, reference, GOAL)
    yield _line("million_cells_saved_anew_against_first", again, first, GOAL_AGAIN) | {
        "compared": round(compared / first, 3)
    }


def _line(name: str, ours: float, reference: float, goal: float) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 3),
        "goal": goal,
        "cells": SCHOOLS * COLUMNS,
    }


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE value, value_import, series, measure, area CASCADE"))


def _load(engine: Engine, path: Path, *, new: int) -> float:
    started = time.perf_counter()
    with engine.begin() as connection:
        (report,) = load_files(connection, [path])
    seconds = time.perf_counter() - started
    assert report.refused is None
    assert report.rejected_cells == 0
    assert report.new == new, "the file is wholly new, or wholly known"
    return seconds


def _upsert(engine: Engine) -> float:
    rows = io.BytesIO()
    with engine.begin() as connection, cursor_of(connection) as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare (LIKE value INCLUDING ALL)")
        stored = f"COPY (SELECT {_STORED} FROM value ORDER BY id) TO STDOUT (FORMAT csv)"  # noqa: S608  # as above
        with cursor.copy(stored) as copy:
            for part in copy:
                rows.write(part)
    started = time.perf_counter()
    with engine.begin() as connection, cursor_of(connection) as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE staging ON COMMIT DROP AS SELECT {_STORED} FROM value"  # noqa: S608  # as above
            " WITH NO DATA"
        )
        with cursor.copy(f"COPY staging ({_STORED}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(rows.getvalue())
        cursor.execute(_UPSERT)
    return time.perf_counter() - started
