"""Goal: municipal exports, repeated 20 times, load in less than 3 × a bare COPY of the same rows.

Both sides run on one machine in one run, into PostgreSQL with the same indexes. The files are the
real ones when SKA_REAL_DATA names their folder, else exports of the same grammar made here. Each
repetition is another school year, so that every row is new: the hard case for both sides.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.databases import Databases
from sqlalchemy import Engine, text

from ska.values.services import load_files
from ska.values.shelves import cursor_of

GOAL = 3.0
REPETITIONS = 20
_YEAR = re.compile(r"Valt läsår: *(\d{4})/\d{2}")
_KINDS = ("Antal elever per årskurs", "Betyg årskurs 6", "Personalstatistik")


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return ours, the reference (seconds) and their ratio."""
    engine = databases.new("load")
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as folder:
        files = list(repeated(Path(folder)))
        ours, cells = _load(engine, files)
        reference = _copy(engine)
    yield {
        "name": "values_load_against_copy",
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ours / reference, 2),
        "goal": GOAL,
        "rows": cells,
        "files": len(files),
    }


def repeated(folder: Path) -> Iterator[Path]:
    """Write every export once a repetition, moved to a school year of its own."""
    for number, content in enumerate(_exports()):
        for turn in range(REPETITIONS):
            start = 2000 + turn
            year = f"Valt läsår: {start}/{(start + 1) % 100:02}"
            moved = _YEAR.sub(year, content).replace("\nGrundskola - ", f"\nGrundskola {number} - ")
            path = folder / f"{number:02}-{turn:02}.csv"
            path.write_text(moved, encoding="utf-8")
            yield path


def _exports() -> list[str]:
    real = Path(os.environ.get("SKA_REAL_DATA") or os.devnull) / "skolverket" / "siris_csv"
    named = [one for one in sorted(real.glob("*.csv")) if any(kind in one.name for kind in _KINDS)]
    return [path.read_text(encoding="utf-8-sig") for path in named] or _invented()


def _invented() -> list[str]:
    """Return fourteen exports of 290 municipalities, three kinds of huvudman, fourteen measures."""
    names = ";".join(f"Elever, årskurs {year}" for year in range(1, 15))
    rows = [
        f"Kommun {code};{code:04};Län;14;{kind};" + ";".join(str(code + i) for i in range(14)) + ";"
        for code in range(1001, 1291)
        for kind in ("Samtliga", "Kommunal", "Enskild")
    ]
    head = "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;"
    return [
        f"Statistik\n\nGrundskola - Rapport {turn // 4}\nValt läsår: 2020/21\n\n{head}{names};\n"
        + "\n".join(rows)
        + "\n\nRapportbeskrivning och definitioner etc.\n"
        for turn in range(14)
    ]


def _load(engine: Engine, files: list[Path]) -> tuple[float, int]:
    started = time.perf_counter()
    with engine.begin() as connection:
        reports = load_files(connection, files)
    seconds = time.perf_counter() - started
    cells = sum(report.new for report in reports)
    assert not any(report.refused or report.rejected_cells for report in reports)
    assert cells == sum(report.cells for report in reports), "every repetition is new rows"
    return seconds, cells


def _copy(engine: Engine) -> float:
    """Return the seconds of a bare COPY of the rows just loaded into a table with the indexes."""
    rows = io.BytesIO()
    stored = "COPY (SELECT * FROM value ORDER BY id) TO STDOUT (FORMAT csv)"
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (LIKE value INCLUDING ALL)"))
        with cursor_of(connection) as cursor, cursor.copy(stored) as copy:
            for part in copy:
                rows.write(part)
    started = time.perf_counter()
    with engine.begin() as connection, cursor_of(connection) as cursor:
        copying = cursor.copy("COPY bare FROM STDIN (FORMAT csv)")
        with copying as copy:
            copy.write(rows.getvalue())
    return time.perf_counter() - started
