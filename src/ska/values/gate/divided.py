"""What is told by groups of the pupils: a division whole, beside its told whole, or nothing of it.

The gate never sees a group, so what is told of all else is as if nobody were divided. A division is
of a huvudman's pupils, or of a unit's, and its groups and what they leave over add up to a whole that
is told. What the units that are told leave over of the huvudman's does too. Every table of units and
genders that fits the wholes then fits with the groups as well (records 116 and 120), so they narrow
nothing that is hidden there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from ska.values.gate.divisions import (
    NOBODY,
    Division,
    Part,
    State,
    Version,
    are_many,
    is_exact,
    state_told,
    stood_through,
)
from ska.values.gate.rows import HIDDEN, Row, contents_of
from ska.values.rules import Audience, ValueStatus, division_of

_TABLE = ["measure", "definition_version", "period_type", "period"]
_AREA = ["area_type", "area_code"]

Area = tuple[object, ...]


def as_told(groups: pl.DataFrame, whole: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Return values by group as *audience* may see them; what is hidden loses value, text and n.

    Both frames hold every version of whole measures. *whole* is what the gate let through.
    """
    if groups.is_empty():
        return groups
    beside = whole.filter(pl.col("is_own") & ~pl.col("is_beside"))
    # Who is in a number and in its repetition could be sought in the groups of both years.
    repeating = set(beside.filter(pl.col("carried_from").is_not_null())["measure"])
    wholes = beside.filter(scope="all", gender="T").partition_by([*_TABLE, *_AREA], as_dict=True)
    by = groups.with_columns(division=pl.col("pupil_group").map_elements(division_of, pl.String))
    shown = []
    for key, some in by.partition_by([*_TABLE, "division"], as_dict=True).items():
        parts = some.partition_by(_AREA, as_dict=True)
        divisions = {
            area: Division(_versions(part), _rows(wholes.get((*key[:-1], *area))))
            for area, part in parts.items()
        }
        told = set() if key[0] in repeating else _areas_told(divisions, audience)
        shown += [part if area in told else _hidden(part) for area, part in parts.items()]
    return pl.concat(shown).drop("division").sort("value_id")


def _hidden(part: pl.DataFrame) -> pl.DataFrame:
    had_value = pl.col("status").is_in([str(one) for one in ValueStatus if one.has_value])
    status = pl.when(had_value).then(pl.lit(str(HIDDEN))).otherwise("status")
    nothing = [pl.lit(None, part.schema[name]).alias(name) for name in ("value", "n", "raw_value")]
    return part.with_columns(status.alias("status"), *nothing)


def _versions(part: pl.DataFrame) -> list[Version]:
    return [Version(*one) for one in zip(part["pupil_group"], _rows(part), strict=True)]


def _rows(part: pl.DataFrame | None) -> list[Row]:
    return [] if part is None else [Row(*one) for one in part.select(Row._fields).iter_rows()]


def _areas_told(divisions: Mapping[Area, Division], audience: Audience) -> set[Area]:
    """Return the areas whose divisions are told: the huvudman's first, then all units' or none.

    Whether the huvudman's is told depends on no unit. Units are told beside it only, and all that
    may be told at once: which of them a small number stopped is then for no reader to work out.
    """
    states = {area: state_told(one, audience) for area, one in divisions.items()}
    found = {area: one for area, one in states.items() if one is not None}
    wholes = {area for area in found if area[0] == "organizer"}
    if len(wholes) != 1:
        return wholes
    (huvudman,) = wholes
    units = {
        area: one
        for area, one in found.items()
        if area[0] == "school_unit"
        and _is_named_alike(one, found[huvudman])
        and stood_through([divisions[huvudman], divisions[area]])
    }
    together = units and _leave_many(found[huvudman], list(units.values()))
    return wholes | set(units) if together else wholes


def _is_named_alike(unit: State, whole: State) -> bool:
    """Tell whether a unit's groups are the huvudman's: each of them, or what is missing is nobody."""
    names, all_names = set(unit.groups), set(whole.groups)
    return names == all_names or (names < all_names and "" not in unit.parts)


def _leave_many(whole: State, units: list[State]) -> bool:
    """Tell whether what units leave over of the huvudman's groups is many too, or nobody at all."""
    left = {
        name: _less(part, [one.parts.get(name, NOBODY) for one in units])
        for name, part in {"": NOBODY, **whole.parts}.items()
    }
    if not any(n for n, _low, _high in left.values()):
        return _is_all(whole, units)
    n, low, high = left[""]
    if n == 0 and low <= 0 <= high:
        del left[""]
    return are_many(left.values(), max(one.limit for one in (whole, *units)))


def _less(part: Part, some: Iterable[Part]) -> Part:
    n, low, high = part
    for less in some:
        n, low, high = n - less[0], low - less[2], high - less[1]
    return (n, low, high)


def _is_all(whole: State, units: list[State]) -> bool:
    """Tell whether the units' groups are the huvudman's to a pupil."""
    for name, row in whole.groups.items():
        counts = [is_exact(one.groups[name]) for one in units if name in one.groups]
        known = [one for one in counts if one is not None]
        if len(known) < len(counts) or is_exact(row) != sum(known):
            return False
    return contents_of(whole.whole) == _sum([contents_of(one.whole) for one in units])


def _sum(counts: list[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(map(sum, zip(*counts, strict=True)))
