"""Checks of what is there at all: who left and came, half rounds, new words, late numbers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from ska.values.xrays.findings import COLUMN, FEWEST_IN_A_COLUMN, Finding, made, rows_of


def presence(values: pl.DataFrame) -> pl.DataFrame:
    """Return each column's periods with how many have a value, numbered from the latest."""
    return (
        values.group_by([*COLUMN, "period"])
        .agg(pl.first("title"), codes=pl.col("area_code").unique(), n=pl.n_unique("area_code"))
        .sort([*COLUMN, "period"])
        .with_columns(
            back=pl.int_range(pl.len()).reverse().over(COLUMN), periods=pl.len().over(COLUMN)
        )
    )  # fmt: skip


def gone_and_new(values: pl.DataFrame) -> list[Finding]:
    """Find areas that left a column they were in twice, and those that came to an old one."""
    found = []
    named = dict(values.select("area_code", "area").unique("area_code").iter_rows())
    recent = presence(values).filter((pl.col("periods") >= 3) & (pl.col("back") <= 2))
    for _key, column in recent.group_by(COLUMN, maintain_order=True):
        first, second, last = column.sort("period").to_dicts()
        now, before, earlier = set(last["codes"]), set(second["codes"]), set(first["codes"])
        if len(now) * 2 < len(before) or len(before) * 2 < len(now):
            continue  # half a round is another finding, one for all
        for code in sorted((before & earlier) - now):
            said = f"{named[code]} saknar {last['title']} {last['period']} men hade värden före."
            found.append(made("gone", last | {"area_code": code}, said, last["period"]))
        for code in sorted(now - before - earlier) if len(before) >= 2 else ():
            said = f"{named[code]} har {last['title']} först {last['period']}."
            found.append(made("new", last | {"area_code": code}, said, last["period"]))
    return found


def covered(values: pl.DataFrame) -> list[Finding]:
    """Find periods in which far fewer have values than in the periods around."""
    usual = pl.col("n").median().over(COLUMN)
    thin = presence(values).filter(
        (pl.col("periods") >= 3) & (usual >= FEWEST_IN_A_COLUMN) & (pl.col("n") < 0.6 * usual)
    )
    return [
        made(
            "covered", row, f"{row['title']} {row['period']}: bara {row['n']} har värden.", row["n"]
        )
        for row in rows_of(thin)
    ]  # fmt: skip


def renamed(warnings: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Finding]:
    """Find what imports (by id) warned of: a known measure was described in another way."""
    changed = ("title_changed", "unit_changed", "definition_changed")
    return [
        Finding(
            "renamed",
            f"{one['code']}|{one['measure']}",
            sentence=str(one["text"]),
            content=str(one["text"]),
            measure=str(one["measure"] or ""),
            import_id=import_id,
        )
        for import_id, one in warnings
        if one.get("code") in changed
    ]


def stale(frame: pl.DataFrame, expected: Mapping[tuple[str, str], str]) -> list[Finding]:
    """Find measures whose day of publication (by source and code) has passed long ago."""
    measures = frame.unique(["source", "measure"], maintain_order=True)
    return [
        Finding(
            "stale",
            f"{source}|{measure}",
            f"{title} skulle ha kommit {day}.",
            day,
            source,
            measure,
        )
        for source, measure, title in measures.select("source", "measure", "title").iter_rows()
        if (day := expected.get((source, measure), ""))
    ]
