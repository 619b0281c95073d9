"""`make bench`: one JSON object a line; fails when a goal is missed.

`make bench ONLY=peer_group` runs the measures whose names hold the word; `SCALE=20` reads from
twenty million values, which are built once and kept, and times the pages against one million.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bench import (
    figures,
    gate,
    over_http,
    pages,
    values_load,
    values_memory,
    values_million,
    values_pages,
    values_read,
    work_xray,
)
from bench.databases import Databases, databases

MEASURES: dict[str, Callable[[Databases], Iterable[dict[str, Any]]]] = {
    "figure_json": figures.measure,
    "values_load": values_load.measure,
    "gate_of_a_dense_frame": gate.measure,
    "slowest_page": pages.measure,
    "million_cells": values_million.measure,
    "whole_measure_and_peer_group": values_read.measure,
    "peak_memory": values_memory.measure,
    "over_http": over_http.measure,
    "pages_at_scale": values_pages.measure,
    "work_xray": work_xray.measure,
}


def main() -> int:
    """Run the measures that are asked for and return 1 when a goal is missed."""
    only, scale = os.environ.get("ONLY", ""), int(os.environ.get("SCALE") or 1)
    chosen = [measure for name, measure in MEASURES.items() if only in name]
    if not chosen:
        sys.exit(f"No measure is called {only}: {', '.join(MEASURES)}")
    missed = False
    with databases(scale) as found:
        for measure in chosen:
            for result in measure(found):
                missed |= result["ratio"] > result["goal"]
                print(json.dumps(result), flush=True)  # noqa: T201  # what the command is for
            found.drop_made()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
