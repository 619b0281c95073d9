"""What is told by groups of the pupils: a division whole, beside its told whole, or nothing of it.

The gate never sees a group, so what is told of all else is as if nobody were divided. A division is
of a huvudman's pupils, or of a unit's, and its groups and what they leave over add up to a whole
that is told. What told units leave over of the huvudman's does too. Every table of units and
genders that fits the wholes then fits with the groups as well (records 116 and 120), so they narrow
nothing that is hidden there.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ska.values.gate.divisions import Division, State, Version, state_told, stood_through
from ska.values.gate.left_over import leave_many
from ska.values.gate.rows import HIDDEN, Row
from ska.values.rules import Audience, ValueStatus, division_of

_TABLE = ["measure", "definition_version", "period_type", "period"]
_AREA = ["area_type", "area_code"]

HUVUDMAN, UNIT = "organizer", "school_unit"

Area = tuple[object, ...]
Wholes = Mapping[Area, pl.DataFrame]


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
        told = set() if key[0] in repeating else _areas_told(parts, wholes, key[:-1], audience)
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


def _areas_told(
    parts: Mapping[Area, pl.DataFrame], wholes: Wholes, table: Area, audience: Audience
) -> set[Area]:
    """Return the areas whose divisions are told: the huvudman's first, then all units' or none.

    Whether the huvudman's is told depends on no unit. Units are told beside it only, and all that
    may be told at once: which of them a small number stopped is then for no reader to work out.
    """
    states, divisions = {}, {}
    for area, part in parts.items():
        divisions[area] = Division(_versions(part), _rows(wholes.get((*table, *area))))
        if state := state_told(divisions[area], audience):
            states[area] = state
    told = {area for area in states if area[0] == HUVUDMAN}
    if len(told) != 1:
        return told
    (huvudman,) = told
    units = {
        area: state
        for area, state in states.items()
        if area[0] == UNIT
        and _is_named_alike(state, states[huvudman])
        and stood_through([divisions[huvudman], divisions[area]])
    }
    others = [
        row
        for key, part in wholes.items()
        if key[:-2] == table and key[-2] == UNIT and key[-2:] not in units
        for row in _rows(part)
    ]
    hold = units and leave_many(states[huvudman], list(units.values()), others)
    return told | set(units) if hold else told


def _is_named_alike(unit: State, whole: State) -> bool:
    """Tell whether a unit has the huvudman's groups: each, or those missing are nobody."""
    names, all_names = set(unit.groups), set(whole.groups)
    return names == all_names or (names < all_names and "" not in unit.parts)
