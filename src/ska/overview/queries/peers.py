"""Municipalities and their like: RKA's model, county and SKR group (seeds/municipalities.csv)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ska.settings import bundled


@dataclass(frozen=True)
class Peer:
    """A municipality with the two numbers that sources know it by."""

    name: str
    code: str
    organisation_number: str


@dataclass(frozen=True)
class _Municipality:
    peer: Peer
    county: str
    group: str
    similar: tuple[str, ...]


@cache
def _municipalities() -> dict[str, _Municipality]:
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["municipality_code"]: _Municipality(
                Peer(
                    row["municipality_name"], row["municipality_code"], row["organisation_number"]
                ),
                row["county_name"],
                row["skr2023_name"],
                tuple(filter(None, row["similar_grundskola_2024_codes"].split("|"))),
            )
            for row in csv.DictReader(file)
        }


def similar_to(municipality_code: str | None) -> tuple[Peer, ...]:
    """Return the municipalities most like this one, by name; none for other huvudmän."""
    known = _municipalities()
    if municipality_code not in known:
        return ()
    return tuple(known[code].peer for code in known[municipality_code].similar if code in known)


def in_county_of(municipality_code: str | None) -> tuple[str, tuple[Peer, ...]]:
    """Return the county's name and its other municipalities; nothing for other huvudmän."""
    here = _municipalities().get(municipality_code or "")
    return ("", ()) if here is None else (here.county, _others(here, "county"))


def in_group_of(municipality_code: str | None) -> tuple[str, tuple[Peer, ...]]:
    """Return the name of SKR's group of 2023 and its other municipalities."""
    here = _municipalities().get(municipality_code or "")
    return ("", ()) if here is None else (here.group, _others(here, "group"))


def _others(here: _Municipality, by: str) -> tuple[Peer, ...]:
    return tuple(
        one.peer
        for one in _municipalities().values()
        if getattr(one, by) == getattr(here, by) and one is not here
    )


def everyone() -> tuple[Peer, ...]:
    """Return all municipalities."""
    return tuple(one.peer for one in _municipalities().values())


def called(words: str, most: int = 8) -> tuple[Peer, ...]:
    """Return the municipality of that name or code; else those that begin so, or hold the words.

    "Hjo kommun" is Hjo. Nothing for no words.
    """
    sought = words.strip().casefold().removesuffix(" kommun")
    if not sought:
        return ()
    known = everyone()
    exact = tuple(one for one in known if sought in {one.name.casefold(), one.code})
    begins = tuple(one for one in known if one.name.casefold().startswith(sought))
    holds = tuple(one for one in known if sought in one.name.casefold())
    return (exact or begins or holds)[:most]


def with_codes(codes: Iterable[str]) -> tuple[Peer, ...]:
    """Return the municipalities of *codes*; unknown ones are left out."""
    known = _municipalities()
    return tuple(known[code].peer for code in dict.fromkeys(codes) if code in known)
