"""Municipalities and their like: RKA's model, county and SKR group (seeds/municipalities.csv)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ska.core.text import _
from ska.settings import bundled


@dataclass(frozen=True)
class Peer:
    """A municipality with the two numbers that sources know it by."""

    name: str
    code: str
    organisation_number: str


Whole = tuple[tuple[str, str], ...]
"""The numbers that sources know many municipalities by as one, each with what is then told."""
MEAN = _("Medelvärde, {of}")
"""What Kolada tells of a group: the mean of its municipalities, small and large alike."""


@dataclass(frozen=True)
class _Municipality:
    peer: Peer
    county: str
    group: str
    similar: dict[str, tuple[str, ...]]
    numbers: dict[str, str]


SCHOOLS, UPPER, PRESCHOOL = "grundskola", "gymnasieskola", "forskola"
"""What RKA's model tells municipalities alike in, as the columns of the seed are named."""
_LIKE = {
    "compulsory_school": SCHOOLS, "upper_secondary_school": UPPER, "preschool": PRESCHOOL,
}  # fmt: skip


def like_in(school_types: Iterable[str]) -> str:
    """Return in what municipalities should be alike for a measure of these skolformer."""
    known = {_LIKE[one] for one in school_types if one in _LIKE}
    return next((one for one in (SCHOOLS, UPPER, PRESCHOOL) if one in known), SCHOOLS)


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
                {
                    kind: tuple(filter(None, row[f"similar_{kind}_2024_codes"].split("|")))
                    for kind in _LIKE.values()
                },
                {name: row[name] for name in row if name.endswith(("_code", "_group_id"))},
            )
            for row in csv.DictReader(file)
        }


def similar_to(municipality_code: str | None, kind: str = SCHOOLS) -> tuple[Peer, ...]:
    """Return the municipalities most like this one in a *kind* of school, in RKA's order.

    None for other huvudmän.
    """
    known = _municipalities()
    if municipality_code not in known:
        return ()
    similar = known[municipality_code].similar[kind]
    return tuple(known[code].peer for code in similar if code in known)


def in_county_of(municipality_code: str | None) -> tuple[str, tuple[Peer, ...]]:
    """Return the county's name and its other municipalities; nothing for other huvudmän."""
    here = _municipalities().get(municipality_code or "")
    return ("", ()) if here is None else (here.county, _others(here, "county"))


def in_group_of(municipality_code: str | None) -> tuple[str, tuple[Peer, ...]]:
    """Return the name of SKR's group of 2023 and its other municipalities."""
    here = _municipalities().get(municipality_code or "")
    return ("", ()) if here is None else (here.group, _others(here, "group"))


def county_as_whole(municipality_code: str | None) -> Whole:
    """Return by what numbers sources know the county, with what is told of it by each."""
    here = _municipalities().get(municipality_code or "")
    return (
        () if here is None else _whole(here, "kolada_county_group_id", "county_code", here.county)
    )


def group_as_whole(municipality_code: str | None) -> Whole:
    """Return the same of SKR's group."""
    here = _municipalities().get(municipality_code or "")
    if here is None:
        return ()
    return _whole(here, "kolada_skr_group_id", "skr2023_code", here.group)


def similar_as_whole(municipality_code: str | None, kind: str = SCHOOLS) -> Whole:
    """Return the same of the municipalities most like this one, which Kolada alone knows."""
    here = _municipalities().get(municipality_code or "")
    if here is None:
        return ()
    return (
        (here.numbers[f"similar_{kind}_2024_group_id"], MEAN.format(of=_("liknande kommuner"))),
    )


def _whole(here: _Municipality, mean: str, whole: str, name: str) -> Whole:
    return (here.numbers[mean], MEAN.format(of=name)), (here.numbers[whole], name)


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
