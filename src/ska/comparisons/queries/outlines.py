"""The outlines of the municipalities, read once a process."""

from __future__ import annotations

import json
from functools import cache

from ska.charts import Outlines, outlines_of
from ska.comparisons.queries.placesets import PlaceSet
from ska.settings import bundled


@cache
def outlines() -> Outlines:
    """Return the outline of each municipality by its code (seeds/municipalities-map.meta.yaml)."""
    text = (bundled("seeds") / "municipalities-map.json").read_text(encoding="utf-8")
    return outlines_of(json.loads(text))


def codes_of(chosen: PlaceSet, home: str) -> dict[str, str]:
    """Return the municipality code of each line of a comparison: the own, and its peers by name."""
    return {"own": home, **{one.name: one.code for one in chosen.peers}}
