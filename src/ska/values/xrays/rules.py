"""The checks: pure functions from a frame of values, as they may be shown, to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from ska.core.swedish import format_number
from ska.values.importers.observations import RANGES
from ska.values.xrays.catalogue import PLACES
from ska.values.xrays.findings import COLUMN, FEWEST_IN_A_COLUMN, LINE, Finding, made, rows_of
from ska.values.xrays.presence import covered, gone_and_new

FEWEST_POINTS = 6
FAR = 6.0  # robust deviations; the wide limit keeps quiet about what small schools do every year
MAD_TO_SPREAD = 1.4826
TOLERANCE = 0.11  # published shares are rounded to one decimal

Check = Callable[[pl.DataFrame], list[Finding]]


def examine(frame: pl.DataFrame) -> list[Finding]:
    """Return what all checks find in *frame* (CELL and ``is_own``), the gravest first."""
    values = frame.filter(pl.col("value").is_not_null()).with_columns(
        area=pl.coalesce("area", "area_code")
    )
    if values.is_empty():
        return []
    return in_order(one for check in CHECKS for one in check(values))


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Return findings with the gravest first."""
    return sorted(found, key=lambda one: (PLACES[one.rule_id], one.sentence))


def constant(values: pl.DataFrame) -> list[Finding]:
    """Find columns of one period in which all values are zero or one and the same."""
    columns = (
        values.group_by([*COLUMN, "period"], maintain_order=True)
        .agg(pl.first("title", "value_id"), low=pl.min("value"), high=pl.max("value"), n=pl.len())
        .filter((pl.col("low") == pl.col("high")) & (pl.col("n") >= FEWEST_IN_A_COLUMN))
    )
    return [
        made(
            "constant", row,
            f"Alla {row['n']} värden för {row['title']} {row['period']} är "
            f"{format_number(row['low'])}.",
            row["low"], row["n"],
        )
        for row in rows_of(columns)
    ]  # fmt: skip


def outside(values: pl.DataFrame) -> list[Finding]:
    """Find values that their unit does not allow."""
    limits = pl.DataFrame(
        [(unit, *map(float, ends)) for unit, ends in RANGES.items()],
        schema=["unit", "low", "high"],
        orient="row",
    )
    wrong = values.join(limits, on="unit").filter(~pl.col("value").is_between("low", "high"))
    return [
        made(
            "range", row,
            f"{row['title']}, {row['area']} {row['period']}: {format_number(row['value'])} är "
            f"utanför {row['low']:.0f}–{row['high']:.0f} {row['unit']}.",
            row["value"],
        )
        for row in rows_of(wrong)
    ]  # fmt: skip


def outlier(values: pl.DataFrame) -> list[Finding]:
    """Find values far from the median of their own line, by the line's own spread (MAD)."""
    median = pl.col("value").median().over(LINE)
    lines = (
        values.filter(pl.col("carried_from").is_null())
        .with_columns(n_line=pl.len().over(LINE), middle=median)
        .filter(pl.col("n_line") >= FEWEST_POINTS)
        .with_columns(off=(pl.col("value") - pl.col("middle")).abs())
        .with_columns(spread=pl.col("off").median().over(LINE) * MAD_TO_SPREAD)
    )
    far = lines.filter((pl.col("spread") > 0) & (pl.col("off") > FAR * pl.col("spread")))
    far = far.filter(pl.col("off") > _chance("value", "n"))
    return [
        made(
            "outlier", row,
            f"{row['title']}, {row['area']} {row['period']}: {format_number(row['value'])} ligger "
            f"långt från de andra periodernas {format_number(row['middle'])} (mitten).",
            row["value"], row["middle"],
        )
        for row in rows_of(far)
    ]  # fmt: skip


def _chance(value: str, n: str) -> pl.Expr:
    """Return how far chance alone may move a share of a known group; 0 for the rest."""
    share = (pl.col(value) / 100).clip(0.02, 0.98)
    error = (share * (1 - share) / pl.col(n)).sqrt() * 400
    is_share = (pl.col("unit") == "%") & pl.col(n).is_not_null() & (pl.col(n) > 0)
    return pl.when(is_share).then(error).otherwise(0.0)


def jump(values: pl.DataFrame) -> list[Finding]:
    """Find a last step much larger than the line's own steps, and than chance."""
    lines = (
        values.filter(pl.col("carried_from").is_null())
        .sort(*LINE, "period")
        .with_columns(
            before=pl.col("value").shift().over(LINE),
            before_period=pl.col("period").shift().over(LINE),
            n_line=pl.len().over(LINE),
            last=pl.col("period").max().over(LINE),
        )
        .with_columns(step=(pl.col("value") - pl.col("before")).abs())
    )
    usual = pl.col("step").filter(pl.col("period") != pl.col("last")).median().over(LINE)
    leaps = lines.with_columns(usual=usual).filter(
        (pl.col("period") == pl.col("last"))
        & (pl.col("n_line") >= FEWEST_POINTS - 1)
        & (pl.col("usual") > 0)
        & (pl.col("step") > FAR * pl.col("usual"))
        & (pl.col("step") > _chance("value", "n"))
    )
    return [
        made(
            "jump", row,
            f"{row['title']}, {row['area']}: från {format_number(row['before'])} "
            f"({row['before_period']}) till {format_number(row['value'])} ({row['period']}). "
            f"Det vanliga steget är {format_number(round(row['usual'], 2))}.",
            row["before"], row["value"],
        )
        for row in rows_of(leaps)
    ]  # fmt: skip


def repeated(values: pl.DataFrame) -> list[Finding]:
    """Find rounds that a source only repeats, and whole columns equal to the one before."""
    marked = (
        values.filter(pl.col("carried_from").is_not_null())
        .group_by([*COLUMN, "period", "carried_from"], maintain_order=True)
        .agg(pl.first("title", "value_id"), n=pl.len())
        .with_columns(before=pl.col("carried_from"))
    )
    columns = (
        values.filter(pl.col("carried_from").is_null())
        .sort(*LINE, "period")
        .with_columns(
            same=(pl.col("value") == pl.col("value").shift().over(LINE)),
            before=pl.col("period").shift().over(LINE),
        )
        .filter(pl.col("same").is_not_null())
        .group_by([*COLUMN, "period", "before"], maintain_order=True)
        .agg(pl.first("title", "value_id"), all_same=pl.col("same").all(), n=pl.len(),
             kinds=pl.n_unique("value"))
        .filter(pl.col("all_same") & (pl.col("n") >= FEWEST_IN_A_COLUMN) & (pl.col("kinds") > 1))
    )  # fmt: skip
    return [
        made(
            "repeated", row,
            f"{row['title']}: {row['n']} värden för {row['period']} upprepar {row['before']}.",
            row["before"], row["n"],
        )
        for row in [*rows_of(marked), *rows_of(columns)]
    ]  # fmt: skip


def totals(values: pl.DataFrame) -> list[Finding]:
    """Find cells whose girls and boys do not make the whole, or whose whole lies outside both."""
    cell = [name for name in LINE if name != "gender"] + ["period"]
    whole = values.filter(pl.col("gender") == "T")
    for letter in ("K", "M"):
        part = values.filter(pl.col("gender") == letter).select(*cell, **{letter: "value"})
        whole = whole.join(part, on=cell, how="inner", nulls_equal=True)
    is_count = pl.col("unit").is_in(["antal", "elever", "st"])
    slack = pl.when(pl.col("status") == "approximate").then(15.0).otherwise(1.0)
    off_count = is_count & ((pl.col("K") + pl.col("M") - pl.col("value")).abs() > slack)
    low, high = pl.min_horizontal("K", "M"), pl.max_horizontal("K", "M")
    off_mean = ~is_count & ~pl.col("value").is_between(low - TOLERANCE, high + TOLERANCE)
    is_mean = pl.col("unit").is_in(list(RANGES))
    wrong = whole.filter(off_count | (off_mean & is_mean))
    return [
        made(
            "totals", row,
            f"{row['title']}, {row['area']} {row['period']}: alla {format_number(row['value'])}, "
            f"flickor {format_number(row['K'])}, pojkar {format_number(row['M'])}.",
            row["value"], row["K"], row["M"],
        )
        for row in rows_of(wrong)
    ]  # fmt: skip


CHECKS: tuple[Check, ...] = (
    constant,
    outside,
    outlier,
    jump,
    repeated,
    totals,
    gone_and_new,
    covered,
)
