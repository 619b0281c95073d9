"""Vklass absence for everyone: a section a class, a row a pupil, counted together in memory.

Minutes are added up to school and åk. Names and personal numbers end with the function that reads
the row; a row that cannot be read is told by its number alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from ska.values.importers.absence import (
    KINDS,
    UNIT,
    hours,
    measure,
    period_in,
    threshold_in,
)
from ska.values.importers.counting import also_hidden
from ska.values.importers.long_rows import Rows
from ska.values.importers.observations import (
    AreaType,
    Reading,
    Refused,
    Rejection,
    Report,
    Source,
)
from ska.values.importers.people import NOT_ASKED_TO, People
from ska.values.importers.sheets import Sheet
from ska.values.rules import ValueStatus

_SECTION = re.compile(r"(?i)^klass: ?(\S.*)?$")
_UNIT = re.compile(r"(?i)^(?:skola|skolenhet|enhet): ?(\S.*)$")
_COLUMNS = {"undv. tid": "time", "n min": "present", "gf min": "valid", "f min": "invalid"}
_STAGE = re.compile(r"^(\d)(?!\d)")


@dataclass
class _Minutes:
    """What was added up of a group; it never knew whose."""

    n: int = 0
    time: float = 0
    present: float = 0
    valid: float = 0
    invalid: float = 0

    def add(self, minutes: dict[str, float]) -> None:
        self.n += 1
        for name, amount in minutes.items():
            setattr(self, name, getattr(self, name) + amount)

    def shares(self) -> dict[str, float]:
        """Return absence as shares of the time that was reported, and how much that was."""
        reported = self.present + self.valid + self.invalid
        if not reported or not self.time:
            return {}
        return {
            "total": 100 * (self.valid + self.invalid) / reported,
            "valid": 100 * self.valid / reported,
            "invalid": 100 * self.invalid / reported,
            "reported": min(100.0, 100 * reported / self.time),
        }


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet has class sections and Vklass' columns of minutes."""
    rows = [sheet.row(i) for i in range(min(60, sheet.cells.height))]
    return any(_SECTION.match(row[0]) for row in rows) and any(map(_columns, rows))


def read(sheet: Sheet, file: str, people: People) -> Reading:
    """Return the shares of a school and its åk; raise Refused unless pupils may be counted."""
    if not people.may_be_counted:
        raise Refused(NOT_ASKED_TO)
    report = Report(file=file, source=Source.LOCAL, kind="table", layout="absence_vklass")
    report.title = "Frånvaro ur Vklass, sammanräknad"
    groups, above = _added(sheet, report)
    unit = next((found[1] for text in above if (found := _UNIT.match(text))), None)
    period_type, period = period_in(above)
    if not unit or not period:
        raise Refused(
            "Filen säger inte vilken skola och period den gäller. Skriv ”Skola: …” och "
            "”Period: 2025/26” på egna rader överst."
        )
    if groups[""].n < people.limit:
        raise Refused(f"Filen har färre än {people.limit} elever. Inget om så få kan sparas.")
    report.cells = len(report.rejections)
    rows = Rows(report, {})
    rows.name_area(str(AreaType.SCHOOL_UNIT), unit, name=unit)
    hidden = _hidden(groups, people.limit)
    # Groups of one whole give each other away: who has a higher limit sees all or none.
    base = min((one.n for name, one in groups.items() if name and name not in hidden), default=0)
    for stage, minutes in sorted(groups.items()):
        for kind, share in minutes.shares().items():
            named = measure(kind, stage, threshold_in(above))
            rows.measures[str(named["code"])] = named
            rows.add(
                measure=named["code"],
                area_type=str(AreaType.SCHOOL_UNIT),
                area_code=unit,
                period_type=period_type,
                period=period,
                raw_value="" if stage in hidden else f"{share:.1f}",
                declared=str(ValueStatus.SUPPRESSED_SMALL_GROUP) if stage in hidden else None,
                n=None if stage in hidden else base if stage else minutes.n,
                column=KINDS[kind],
                counts_in=UNIT,
            )
    reading = rows.reading()
    reading.is_own = reading.is_counted = True
    report.warn(
        "counted_in_memory",
        "Elevraderna är sammanräknade i minnet. Namn, personnummer, klass och filen själv sparas "
        "inte. Andelarna är av den rapporterade tiden.",
    )
    return reading


def _hidden(groups: dict[str, _Minutes], limit: int) -> set[str]:
    stages = sorted(stage for stage in groups if stage)
    parts = [(groups[stage].n, groups[stage].n < limit) for stage in stages]
    return {one for one, hide in zip(stages, also_hidden(parts, limit), strict=True) if hide}


def _added(sheet: Sheet, report: Report) -> tuple[dict[str, _Minutes], list[str]]:
    """Return the minutes of the school ("") and each åk, and the lines above the first class."""
    groups: dict[str, _Minutes] = defaultdict(_Minutes)
    above: list[str] = []
    columns: dict[str, int] = {}
    stage, is_above = "", True
    for i in range(sheet.cells.height):
        cells = sheet.row(i)
        section = _SECTION.match(cells[0])
        if section:
            found = _STAGE.match(section[1] or "")
            stage, is_above = (f"åk {found[1]}" if found else "utan årskurs"), False
        elif is_above:
            above += [cell for cell in cells if cell]
        elif heading := _columns(cells):
            columns = heading
        elif columns and any(cells[1:]):
            report.rows += 1
            minutes = {name: hours(cells[place]) for name, place in columns.items()}
            known = {name: number for name, number in minutes.items() if number is not None}
            if len(known) < len(_COLUMNS):
                reason = "raden har inte tal i alla kolumner med minuter"
                report.rejections.append(Rejection(sheet.first_row + i, "raden", "", reason))
                continue
            for group in ("", stage):
                groups[group].add(known)
    return groups or {"": _Minutes()}, above


def _columns(cells: list[str]) -> dict[str, int]:
    """Return where the minutes stand, or nothing when a row is no header."""
    found = {_COLUMNS[cell.lower()]: i for i, cell in enumerate(cells) if cell.lower() in _COLUMNS}
    return found if len(found) == len(_COLUMNS) else {}
