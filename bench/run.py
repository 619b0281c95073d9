"""`make bench`: one JSON object a line; fails when a goal is missed."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import figures, pages, values_load
from sqlalchemy import Engine, create_engine

from ska.db import embedded, migrate

MEASURES: list[Callable[[Engine], dict[str, Any]]] = [
    figures.measure,
    values_load.measure,
    pages.measure,
]


def main() -> int:
    """Run every measure on a database of its own and return 1 when a goal is missed."""
    folder = Path(tempfile.mkdtemp(prefix="ska-bench-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
    server = embedded.start_server(folder)
    missed = False
    try:
        for number, measure in enumerate(MEASURES):
            engine = create_engine(embedded.ensure_database(server, f"bench{number}"))
            migrate.upgrade(engine)
            result = measure(engine)
            engine.dispose()
            missed |= result["ratio"] >= result["goal"]
            print(json.dumps(result), flush=True)  # noqa: T201  # what the command is for
    finally:
        embedded.stop_server(folder)
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
