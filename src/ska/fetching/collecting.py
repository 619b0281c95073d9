"""One round of a fetch: every source asked for what the plan needs, every answer kept in a folder.

Killed in the middle, the next run finds what was kept and goes on; nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ska.fetching.answers import Collector, Trouble
from ska.fetching.plan import Plan
from ska.fetching.polite import Polite, origin_of
from ska.fetching.rules import KOLADA, SKOLVERKET, STATISTICS_DATABASE, Manners
from ska.fetching.sources import kolada, skolverket, statistics_database
from ska.fetching.sources.statistics_database import Shape, Table
from ska.organizers.register_v2 import Unit

_UFA = "Underlag_for_analys_inom_det_nationella_kvalitetssystemet"
_KJT = "Kommunala_jamforelsetal"
ANALYSIS_TABLES = (
    ("GR", Table(f"{_UFA}/Grundskola/Grundskola.px", "Underlag för analys, grundskola")),
)
COMPARISON_TABLES = (
    Table(f"{_KJT}/Grundskola/Betyg/Grundskola_betyg.px", "Kommunala jämförelsetal, betyg"),
    Table(
        f"{_KJT}/Grundskola/Skolor_och_elever/Grundskola_skolor_elever.px",
        "Kommunala jämförelsetal, skolor och elever",
    ),
    Table(
        f"{_KJT}/Forskola/Barn_och_grupper/Forskola_barn_grupper.px",
        "Kommunala jämförelsetal, barn och grupper",
    ),
)


@dataclass(frozen=True)
class Addresses:
    """Where the sources are."""

    kolada: str
    statistics_database: str
    planned_educations: str
    school_register: str

    @property
    def manners(self) -> dict[str, Manners]:
        """Return whom we may ask, and how; the most careful manners win where two share a host."""
        chosen: dict[str, Manners] = {}
        for address, manners in (
            (self.kolada, KOLADA),
            (self.planned_educations, SKOLVERKET),
            (self.school_register, SKOLVERKET),
            (self.statistics_database, STATISTICS_DATABASE),
        ):
            known = chosen.get(origin_of(address))
            if known is None or known.gap < manners.gap:
                chosen[origin_of(address)] = manners
        return chosen


@dataclass
class Round:
    """What a round came to: the units, the tables' shapes, and what did not come."""

    units: list[Unit] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    answered: int = 0


def collect(
    plan: Plan,
    folder: Path,
    addresses: Addresses,
    polite: Polite | None,
    tell: Callable[[int, str], None] = lambda _count, _name: None,
) -> Round:
    """Ask every source, saved answers first, and return what came and what did not."""
    collector = Collector(folder, polite, tell)
    made = Round(troubles=collector.troubles)
    made.units = skolverket.units_of(collector, addresses.school_register, plan.number)
    kolada.collect(collector, addresses.kolada, plan)
    levels = ["00", *plan.organizer_numbers]
    for kind, table in ANALYSIS_TABLES:
        own = [f"{plan.number}-{one.code}" for one in made.units if one.works_with(kind)]
        _table(collector, addresses.statistics_database, (table, levels + own), made)
    for table in COMPARISON_TABLES if plan.municipality else ():
        _table(collector, addresses.statistics_database, (table, plan.comparison_levels), made)
    skolverket.collect(collector, addresses.planned_educations, made.units)
    made.answered = collector.answered
    return made


def _table(collector: Collector, base: str, asked: tuple[Table, list[str]], made: Round) -> None:
    table, levels = asked
    shape = statistics_database.collect(collector, base, table, levels)
    if shape is not None:
        made.shapes[table.path] = shape
