"""Goal: five million cells are read in with at most 1.3 × the peak memory of one million.

Each is one file, loaded by a process of its own. What counts is the most that the process itself
ever held (VmHWM): ru_maxrss would begin at what its parent held.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.databases import Databases
from bench.exports import write_export
from sqlalchemy import create_engine

from ska.values.services import load_files

GOAL = 1.3
SCHOOLS, COLUMNS = 10_000, 100
_MOST = re.compile(r"VmHWM:\s+(\d+) kB")


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the two peaks (megabytes) and their ratio."""
    one, five = (_peak(databases, millions) for millions in (1, 5))
    yield {
        "name": "peak_memory_of_five_million_cells_against_one",
        "ours": round(five),
        "reference": round(one),
        "ratio": round(five / one, 2),
        "goal": GOAL,
    }


def _peak(databases: Databases, millions: int) -> float:
    engine = databases.new(f"memory_{millions}")
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as folder:
        path = Path(folder) / "export.csv"
        write_export(path, SCHOOLS * millions, COLUMNS)
        url = engine.url.render_as_string(False)
        child = [sys.executable, "-m", "bench.values_memory", url, str(path)]
        said = subprocess.run(child, check=True, capture_output=True, text=True)  # noqa: S603  # our own
    databases.drop_made()
    return float(said.stdout)


def _load(url: str, path: Path) -> float:
    """Load a file and return the most megabytes that this process has held."""
    with create_engine(url).begin() as connection:
        (report,) = load_files(connection, [path])
    assert report.new == report.cells > 0
    found = _MOST.search(Path("/proc/self/status").read_text())
    assert found, "the system tells how much memory a process has held"
    return int(found[1]) / 1_000


if __name__ == "__main__":
    print(_load(sys.argv[1], Path(sys.argv[2])))  # noqa: T201  # what the parent reads
