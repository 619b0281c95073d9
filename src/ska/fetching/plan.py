"""What a huvudman's workspace needs from open data: which figures, about whom, for which years."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from ska.settings import bundled

YEARS_BACK = 10
COUNTRY = "0000"
NOWHERE = UUID(int=0)
SURVEYS = (("N15600", "N15659"), ("N17660", "N17689"))  # rounds repeat: always asked for whole


@dataclass(frozen=True)
class CoreMeasure:
    """A figure of Kolada's that every workspace holds."""

    code: str
    title: str
    has_units: bool

    @property
    def is_survey(self) -> bool:
        """Tell whether it is of the survey whose rounds may only repeat the one before."""
        return any(first <= self.code <= last for first, last in SURVEYS)


@dataclass(frozen=True)
class Municipality:
    """A municipality of the reference list, with those it is compared with.

    *groups* are Kolada's, *wholes* the county and the SKR group as Skolverket's tables know them.
    """

    code: str
    name: str
    number: str
    similar: frozenset[str]
    groups: frozenset[str]
    wholes: frozenset[str]


def _rows(name: str) -> list[dict[str, str]]:
    with (bundled("seeds") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def core_measures() -> tuple[CoreMeasure, ...]:
    """Return the figures marked as core in our list of Kolada's school figures."""
    return tuple(
        CoreMeasure(row["id"], row["title"], row["ou_level"] == "yes")
        for row in _rows("kolada-school-kpis.csv")
        if row["priority"] == "core"
    )


@dataclass(frozen=True)
class Plan:
    """What to fetch for one huvudman."""

    number: str
    name: str
    municipality: str | None
    peers: tuple[str, ...]  # municipality codes: similar ones and the network's
    groups: tuple[str, ...]  # Kolada's ids of their groups
    years: tuple[int, ...]
    organizer_id: UUID = NOWHERE
    since: date | None = None  # only what has changed since then, where that is safe
    measures: tuple[CoreMeasure, ...] = field(default_factory=core_measures)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the municipalities to ask Kolada about: the own one, its peers, the country."""
        own = (self.municipality,) if self.municipality else ()
        return tuple(sorted({*own, *self.peers, COUNTRY}))

    @property
    def scope(self) -> frozenset[str]:
        """Return the figures and areas of Kolada that the plan is about.

        A figure or an area that is new to it has a history that no list of changes tells.
        """
        measures = (f"{one.code} {one.title}" for one in self.measures)
        return frozenset({*measures, *self.areas, *self.groups})

    @property
    def comparison_levels(self) -> list[str]:
        """Return the areas of the municipal comparison tables: municipalities and the country."""
        return ["00", *(code for code in self.areas if code != COUNTRY)]

    @property
    def wholes(self) -> list[str]:
        """Return the own county and SKR group, as those tables know them where they tell of any."""
        own = municipalities().get(self.municipality or "")
        return sorted(own.wholes) if own else []

    @property
    def organizer_numbers(self) -> tuple[str, ...]:
        """Return the huvudmän to ask the quality system's own table about."""
        known = municipalities()
        return tuple(sorted({self.number, *(known[code].number for code in self.peers)}))


def plan_for(
    number: str,
    name: str,
    municipality: str | None,
    *,
    network: frozenset[str] = frozenset(),
    today: date,
    since: date | None = None,
    organizer_id: UUID = NOWHERE,
) -> Plan:
    """Return the plan of a huvudman: itself, similar municipalities, its network, the country."""
    own = municipalities().get(municipality or "")
    similar = own.similar if own else frozenset()
    peers = (similar | network) & set(municipalities()) - {municipality or ""}
    return Plan(
        number=number,
        name=name,
        municipality=municipality,
        peers=tuple(sorted(peers)),
        groups=tuple(sorted(own.groups)) if own else (),
        years=tuple(range(today.year - YEARS_BACK + 1, today.year + 1)),
        since=since,
        organizer_id=organizer_id,
    )


@cache
def municipalities() -> dict[str, Municipality]:
    """Return the municipalities by code."""
    return {row["municipality_code"]: _municipality(row) for row in _rows("municipalities.csv")}


def _municipality(row: dict[str, str]) -> Municipality:
    similar = [name for name in row if name.startswith("similar_") and name.endswith("_codes")]
    groups = [name for name in row if name.startswith("similar_") and name.endswith("_group_id")]
    groups += ["kolada_county_group_id", "kolada_skr_group_id", "association_group_ids"]
    return Municipality(
        code=row["municipality_code"],
        name=row["municipality_name"],
        number=row["organisation_number"],
        similar=frozenset(code for name in similar for code in row[name].split("|") if code),
        groups=frozenset(code for name in groups for code in row[name].split("|") if code),
        wholes=frozenset({row["county_code"], row["skr2023_code"]}),
    )
