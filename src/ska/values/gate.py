"""The gate: every own value passes here on its way out, as whole families of cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from ska.values.rules import (
    NO_LIMITS_OF_ITS_OWN,
    Audience,
    Cell,
    Limits,
    Nature,
    Origin,
    Part,
    ValueStatus,
    also_hidden,
    smallest_group,
    status_shown,
)

GENDER_FAMILY = ("measure", "area_type", "area_code", "scope", "period")
UNIT_FAMILY = ("measure", "organizer_number", "scope", "period", "gender")
PROTECTED = {
    ValueStatus.SUPPRESSED_SMALL_GROUP,
    ValueStatus.SUPPRESSED_NEAR_ALL,
    ValueStatus.ROUNDED_NEAR_100,
    ValueStatus.WITHHELD,
    ValueStatus.HIDDEN_BY_RULE,
}
Row = dict[str, Any]


def pass_gate(
    frame: pl.DataFrame,
    audience: Audience,
    *,
    origin: Origin = Origin.OWN,
    raised: Limits = NO_LIMITS_OF_ITS_OWN,
) -> pl.DataFrame:
    """Return the frame as *audience* may see it; value, raw text and n leave with what is hidden.

    The frame holds whole families: all genders of a cell and all units of a huvudman, because a
    part that is asked for alone could otherwise be worked out from the others. The huvudman's own
    limits come with the rows (``limit_inside``, ``limit_outside``), so that none can forget them.
    Published frames come back untouched: the publisher has already decided (decision 27).
    """
    if origin is Origin.PUBLISHED or frame.is_empty():
        return frame
    rows = frame.to_dicts()
    limits = [_limit(row, audience, raised) for row in rows]
    shown = [_alone(row, limit) for row, limit in zip(rows, limits, strict=True)]
    while _hide_relatives(rows, shown, limits):
        pass
    return _without_hidden(frame, shown)


def _limit(row: Row, audience: Audience, raised: Limits) -> int:
    own = Limits(row.get("limit_inside") or 0, row.get("limit_outside") or 0)
    limit = _of_row(row, audience, raised)
    return max(limit, own.of(audience))


def _of_row(row: Row, audience: Audience, raised: Limits) -> int:
    return smallest_group(
        audience,
        Nature(row.get("nature") or Nature.RESULT),
        is_school_unit=row["area_type"] == "school_unit",
        measure_limit=row.get("smallest_group") or 0,
        raised=raised,
    )


def _alone(row: Row, limit: int) -> ValueStatus:
    cell = Cell(
        status=ValueStatus(row["status"]),
        value=row["value"],
        n=row["n"],
        is_share=row.get("unit") == "%",
        nature=Nature(row.get("nature") or Nature.RESULT),
    )
    return status_shown(cell, Origin.OWN, limit)


def _hide_relatives(rows: list[Row], shown: list[ValueStatus], limits: list[int]) -> bool:
    changed = False
    for relatives in (*_genders(rows), *_units(rows)):
        # A plain gap (missing, not asked) protects nobody, so it is no part of the sum.
        family = [i for i in relatives if shown[i].has_value or shown[i] in PROTECTED]
        parts = [Part(n=rows[i]["n"], is_hidden=shown[i] in PROTECTED) for i in family]
        limit = max((limits[i] for i in family), default=0)
        for i, hide in zip(family, also_hidden(parts, limit), strict=True):
            if hide and shown[i].has_value:
                shown[i] = ValueStatus.HIDDEN_BY_RULE
                changed = True
    return changed


def _genders(rows: list[Row]) -> list[list[int]]:
    return _families(rows, GENDER_FAMILY, lambda row: row["gender"] != "T")


def _units(rows: list[Row]) -> list[list[int]]:
    return _families(rows, UNIT_FAMILY, lambda row: row["area_type"] == "school_unit")


def _families(
    rows: list[Row], key: tuple[str, ...], is_part: Callable[[Row], bool]
) -> list[list[int]]:
    families: dict[tuple[Any, ...], list[int]] = {}
    for i, row in enumerate(rows):
        if is_part(row):
            families.setdefault(tuple(row.get(name) for name in key), []).append(i)
    return [family for family in families.values() if len(family) > 1]


def _without_hidden(frame: pl.DataFrame, shown: list[ValueStatus]) -> pl.DataFrame:
    status = pl.Series("shown", [str(one) for one in shown], dtype=pl.String)
    changed = pl.col("shown") != pl.col("status")
    hidden = pl.col("shown") == ValueStatus.HIDDEN_BY_RULE
    return (
        frame.with_columns(status)
        .with_columns(
            [
                pl.when(changed).then(None).otherwise(pl.col(name)).alias(name)
                for name in ("value", "raw_value")
                if name in frame.columns
            ]
            + [pl.when(hidden).then(None).otherwise(pl.col("n")).alias("n")]
        )
        .with_columns(status=pl.col("shown"))
        .drop("shown")
    )
