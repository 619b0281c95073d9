"""One round of a fetch: every source asked for what the plan needs, every answer kept in a folder.

Killed in the middle, the next run finds what was kept and goes on; nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ska.fetching.answers import Collector, Trouble
from ska.fetching.plan import Plan
from ska.fetching.polite import Polite, origin_of
from ska.fetching.rules import KOLADA, SKOLVERKET, STATISTICS_DATABASE, Manners
from ska.fetching.sources import kolada, skolverket, statistics_database
from ska.fetching.sources.statistics_database import Shape
from ska.organizers.register_v2 import Unit

ANALYSIS = ("Underlag_for_analys_inom_det_nationella_kvalitetssystemet", "Underlag för analys")
COMPARISON = ("Kommunala_jamforelsetal", "Kommunala jämförelsetal")


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
    base = addresses.statistics_database
    own = [f"{plan.number}-{one.code}" for one in made.units if one.status == "AKTIV"]
    _branch(collector, base, (ANALYSIS, ["00", *plan.organizer_numbers, *own]), made)
    if plan.municipality:
        _branch(collector, base, (COMPARISON, plan.comparison_levels), made, also=plan.wholes)
    skolverket.collect(collector, addresses.planned_educations, made.units, plan.municipality)
    made.answered = collector.answered
    return made


def _branch(
    collector: Collector,
    base: str,
    asked: tuple[tuple[str, str], list[str]],
    made: Round,
    *,
    also: Sequence[str] = (),
) -> None:
    """Ask every table of a branch for the wanted areas; tell of those that stand in none.

    *also* are asked for where a table has them, and nobody misses them elsewhere.
    """
    (folder, words), levels = asked
    seen: set[str] = set()
    for table in statistics_database.tables_of(collector, base, folder, words):
        wanted, others = [*levels, *also], made.shapes.values()
        shape = statistics_database.collect(collector, base, table, wanted, others)
        if shape is not None:
            made.shapes[table.path] = shape
            seen |= set(shape.areas)
    if seen and (gone := sorted(set(levels) - seen)):
        shown = ", ".join(gone[:10]) + (" …" if len(gone) > 10 else "")
        reason = "området finns inte i någon av tabellerna"
        collector.miss(statistics_database.NAME, f"{words}: {shown}", reason, lasts=True)
