"""What is told by groups of the pupils: a division whole, beside its told whole, or nothing of it.

The gate never sees a group, so what is told of all else is as if nobody were divided. A division is
of a huvudman's pupils together, and its groups and what they leave over add up to a whole that is
told. Every table of units and genders that fits the whole then fits with the groups as well (record
116), so they narrow nothing that is hidden there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil, floor
from typing import NamedTuple

import polars as pl

from ska.values.gate.rows import HIDDEN, Row, contents_of, is_known, limit_of
from ska.values.rules import Audience, Nature, ValueStatus, division_of

_FINE = 0.1  # per cent: values add up as if rounded to this, if they are not written finer
_NEARLY = 1e-6
_WHOLE = ["measure", "definition_version", "period_type", "period", "area_type", "area_code"]

Part = tuple[int, int, int]  # how many, and between which two numbers those who reached the level


class _Version(NamedTuple):
    name: str  # of the group, empty for the whole
    row: Row


def as_told(groups: pl.DataFrame, whole: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Return values by group as *audience* may see them; what is hidden loses value, text and n.

    Both frames hold every version of whole measures. *whole* is what the gate let through.
    """
    if groups.is_empty():
        return groups
    beside = whole.filter(pl.col("is_own") & ~pl.col("is_beside"))
    # Who is in a number and in its repetition could be sought in the groups of both years.
    repeating = set(beside.filter(pl.col("carried_from").is_not_null())["measure"])
    wholes = beside.filter(scope="all", gender="T").partition_by(_WHOLE, as_dict=True)
    by = groups.with_columns(division=pl.col("pupil_group").map_elements(division_of, pl.String))
    shown = []
    for key, part in by.partition_by([*_WHOLE, "division"], as_dict=True).items():
        mine = wholes.get(key[:-1])
        is_told = (
            mine is not None
            and key[0] not in repeating
            and _may_be_told(_versions(part), [one.row for one in _versions(mine)], audience)
        )
        shown.append(part if is_told else _hidden(part))
    return pl.concat(shown).drop("division").sort("value_id")


def _hidden(part: pl.DataFrame) -> pl.DataFrame:
    had_value = pl.col("status").is_in([str(one) for one in ValueStatus if one.has_value])
    status = pl.when(had_value).then(pl.lit(str(HIDDEN))).otherwise("status")
    nothing = [pl.lit(None, part.schema[name]).alias(name) for name in ("value", "n", "raw_value")]
    return part.with_columns(status.alias("status"), *nothing)


def _versions(part: pl.DataFrame) -> list[_Version]:
    names = part["pupil_group"].to_list()
    rows = [Row(*one) for one in part.select(Row._fields).iter_rows()]
    return [_Version(name, row) for name, row in zip(names, rows, strict=True)]


def _may_be_told(groups: Sequence[_Version], whole: Sequence[Row], audience: Audience) -> bool:
    """Tell whether a division may be told: in every version ever put out, or in none."""
    if not all(map(_is_plain, (*(one.row for one in groups), *whole))):
        return False
    state = _state(groups, whole)
    parts = None if state is None else _parts(*state)
    return parts is not None and _is_large(parts, _limit(groups, audience))


def _limit(groups: Sequence[_Version], audience: Audience) -> int:
    """Return the limit of background, outside no smaller than the measure's own."""
    limit = max(limit_of(one.row._replace(nature=Nature.BACKGROUND), audience) for one in groups)
    if audience is Audience.OUTSIDE:
        return max(limit, *(one.row.smallest_group or 0 for one in groups))
    return limit


def _is_plain(row: Row) -> bool:
    """Tell whether a row is a share of its own period that its reader is told, with its n."""
    is_told = row.status == ValueStatus.VALUE and is_known(row)
    return is_told and row.is_share and row.carried_from is None


def _state(groups: Sequence[_Version], whole: Sequence[Row]) -> tuple[Row, dict[str, Row]] | None:
    """Return the whole and its groups by name, as they stood whenever any of the groups did.

    None when there was no whole, or when any of them was corrected: who were in it before and are
    not now could be told apart. A whole that was put out after its groups is what it was before, as
    far as anyone knows.
    """
    rows = [*(one.row for one in groups), *whole]
    moments = {at for one in rows for at in (one.recorded_at, one.superseded_at) if at}
    first = min(whole, key=lambda row: row.recorded_at)
    found: dict[str, Row] = {}
    for moment in sorted(moments):
        standing = [(one.name, one.row) for one in groups if _stands(one.row, moment)]
        if not standing:
            continue
        beside = [row for row in whole if _stands(row, moment)]
        if not beside and moment < first.recorded_at:
            beside = [first]
        if len(beside) != 1:
            return None
        for name, row in (("", beside[0]), *standing):
            if found.setdefault(name, row).told != row.told:
                return None
    return (found.pop(""), found) if found else None


def _stands(row: Row, moment: datetime) -> bool:
    return row.recorded_at <= moment and (row.superseded_at is None or row.superseded_at > moment)


def _parts(whole: Row, groups: Mapping[str, Row]) -> dict[str, Part] | None:
    """Return the groups and what they leave over (named ""), None when they do not add up."""
    if any(_reached(row, _FINE) is None for row in (whole, *groups.values())):
        return None
    found = {name: _part(row) for name, row in groups.items()}
    left = (whole.n or 0) - sum(one[0] for one in found.values())
    if left > 0:
        _n, low, high = _part(whole)
        low -= sum(one[2] for one in found.values())
        high -= sum(one[1] for one in found.values())
        return found | {"": (left, low, high)}
    finely = [_reached(row, _FINE) or (0, 0) for row in groups.values()]
    least, most = (sum(one[at] for one in finely) for at in (0, 1))
    return found if left == 0 and least <= contents_of(whole)[0] <= most else None


def _part(row: Row) -> Part:
    low, high = _reached(row, _step_of(row)) or (0, 0)
    return (row.n or 0, low, high)


def _reached(row: Row, step: float) -> tuple[int, int] | None:
    """Return the fewest and the most who may have reached the level, None when no number fits.

    The value is taken to be rounded to its own decimals, but to no coarser *step* than this.
    """
    n, value = row.n or 0, row.value or 0.0
    half = min(step, _step_of(row)) / 2
    low = max(ceil(n * (value - half) / 100 - _NEARLY), 0)
    high = min(floor(n * (value + half) / 100 + _NEARLY), n)
    return (low, high) if low <= high else None


def _step_of(row: Row) -> float:
    """Return the last decimal of a value: 0.1 for 66.7, 1 for 67."""
    decimals = repr(float(row.value or 0)).partition(".")[2].rstrip("0")
    return float(10.0 ** -len(decimals))


def _is_large(parts: Mapping[str, Part], limit: int) -> bool:
    """Tell whether each group has many on both sides of the level, and what is left too.

    One group that is all there is would tell of each pupil which group is theirs.
    """
    some = parts.values()
    return len(some) > 1 and all(min(low, n - high) >= limit for n, low, high in some)
