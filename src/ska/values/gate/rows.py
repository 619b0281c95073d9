"""From rows to cells: the counts behind each number, and whether it may be told by itself."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from ska.values.gate.lines import Tail
from ska.values.gate.tables import Cell, Counts
from ska.values.rules import (
    FEWEST_OUTSIDE_A_LEVEL,
    Audience,
    Limits,
    Nature,
    Origin,
    ValueStatus,
    is_count,
    smallest_group,
    status_shown,
)
from ska.values.rules import Cell as Told

HIDDEN = ValueStatus.HIDDEN_BY_RULE
NEAR = {ValueStatus.ROUNDED_NEAR_100, ValueStatus.SUPPRESSED_NEAR_ALL}
NOT_TOLD = ValueStatus.NOT_TOLD
KEPT = {ValueStatus.SUPPRESSED_SMALL_GROUP, ValueStatus.WITHHELD, NOT_TOLD, HIDDEN}

Line = tuple[tuple[object, ...], Tail]
_HAVE_PART = {str(one) for one in ValueStatus if one.has_value or one in KEPT or one in NEAR}


class Row(NamedTuple):
    """What the gate reads of a row; the columns of the same names."""

    measure: str
    definition_version: int
    period_type: str
    period: str
    scope: str
    gender: str
    area_type: str
    area_code: str
    organizer_number: str | None
    members: str | None
    unit: str
    nature: str | None
    smallest_group: int | None
    value: float | None
    n: int | None
    status: str
    carried_from: str | None
    recorded_at: datetime
    superseded_at: datetime | None
    is_beside: bool
    limit_inside: int | None
    limit_outside: int | None

    @property
    def line(self) -> Line:
        """Return what its versions have in common: which table, and where in it."""
        return self[:4], self[4:8]

    @property
    def repeats(self) -> Line:
        """Return the line whose number it says again: the same of an earlier period."""
        return (*self[:3], self.carried_from), self[4:8]

    @property
    def told(self) -> tuple[object, ...]:
        """Return what it says; the same said twice is one version."""
        return (self.value, self.n, self.status)

    @property
    def is_share(self) -> bool:
        """Tell whether the value is per cent of the group."""
        return self.unit == "%"


def limit_of(row: Row, audience: Audience) -> int:
    """Return the smallest group that *audience* may see of the row's kind (decision 27)."""
    is_unit = row.area_type == "school_unit"
    raised = row.limit_inside or 0, row.limit_outside or 0
    return _limit(audience, row.nature or "result", is_unit, row.smallest_group or 0, raised)


@lru_cache(1_000)
def _limit(
    audience: Audience, nature: str, is_unit: bool, measure_limit: int, raised: tuple[int, int]
) -> int:
    return smallest_group(
        audience,
        Nature(nature),
        is_school_unit=is_unit,
        measure_limit=measure_limit,
        raised=Limits(*raised),
    )


def told_alone(row: Row, limit: int) -> ValueStatus:
    """Return the status in which the row could be told if it stood alone."""
    return _told((row.status, row.value, row.n), row.unit, row.nature or "result", limit)


@lru_cache(50_000)
def _told(
    told: tuple[str, float | None, int | None], unit: str, nature: str, limit: int
) -> ValueStatus:
    cell = Told(
        ValueStatus(told[0]),
        *told[1:],
        is_share=unit == "%",
        is_count=is_count(unit),
        nature=Nature(nature),
    )
    return status_shown(cell, Origin.OWN, limit)


def has_part(row: Row) -> bool:
    """Tell whether there is a number behind the row; a plain gap is no part of a sum."""
    return row.status in _HAVE_PART


def is_known(row: Row) -> bool:
    """Tell whether the counts behind the row are known to us."""
    return row.n is not None and row.value is not None and not row.is_beside


def contents_of(row: Row) -> Counts:
    """Return the counts behind a row, zeros where they are not known."""
    n, value = (row.n or 0, row.value or 0.0) if is_known(row) else (0, 0.0)
    if row.is_share:
        reached = min(max(round(n * value / 100), 0), n)
        return (reached, n - reached)
    return (n, max(value, 0.0)) if is_count(row.unit) else (n,)


def cell_of(row: Row, audience: Audience, since: int, until: int | None) -> Cell:
    """Return the cell of a row with a number, or of one whose number is kept from the reader."""
    limit = limit_of(row, audience)
    least = told_alone(row, smallest_group(Audience.INSIDE))  # the same whoever reads
    return Cell(
        contents=contents_of(row),
        limit=limit,
        is_split=row.is_share,
        is_secret=not row.is_beside and told_alone(row, limit) in KEPT,
        is_always=not row.is_beside and least in KEPT,
        is_near=not row.is_beside and least in NEAR,
        since=since,
        until=until,
    )


def unnamed(row: Row, limit: int, since: int) -> Cell:
    """Return the cell of a line like *row* that nobody put out."""
    nothing = tuple(0.0 for _ in contents_of(row))
    return Cell(nothing, limit, row.is_share, is_rest=True, since=since)


def is_few(row: Row, counts: Counts, limit: int) -> bool:
    """Tell whether counts like those behind *row* are of too few to be told."""
    if not row.is_share:
        return any(0 < one < limit for one in counts)
    small = counts if row.nature == Nature.BACKGROUND else counts[-1:]
    return 0 < sum(counts) < limit or any(0 < one < FEWEST_OUTSIDE_A_LEVEL for one in small)
