"""Similar municipalities, as RKA's model for grundskola groups them (seeds/municipalities.csv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from ska.settings import bundled


@dataclass(frozen=True)
class Peer:
    """A municipality with the two numbers that sources know it by."""

    name: str
    code: str
    organisation_number: str


@cache
def _municipalities() -> dict[str, tuple[Peer, tuple[str, ...]]]:
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["municipality_code"]: (
                Peer(
                    row["municipality_name"], row["municipality_code"], row["organisation_number"]
                ),
                tuple(filter(None, row["similar_grundskola_2024_codes"].split("|"))),
            )
            for row in csv.DictReader(file)
        }


def similar_to(municipality_code: str | None) -> tuple[Peer, ...]:
    """Return the municipalities most like this one, by name; none for other huvudmän."""
    known = _municipalities()
    if municipality_code not in known:
        return ()
    return tuple(known[code][0] for code in known[municipality_code][1] if code in known)
