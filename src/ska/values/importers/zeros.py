"""Columns that hold nothing but zeros: a sign of a source gone wrong (section 16, 9)."""

from __future__ import annotations

import polars as pl

from ska.values.importers.observations import Report

_FEWEST = 10


def warn_about_zeros(frame: pl.DataFrame, report: Report) -> None:
    """Enter a warning for each column of at least ten values that are all zero."""
    warn_about_columns(columns_of(frame), report)


def columns_of(frame: pl.DataFrame) -> pl.DataFrame:
    """Return how many values each column has, and whether all of them are zero."""
    return (
        frame.filter(pl.col("value").is_not_null())
        .group_by("column", maintain_order=True)
        .agg(
            pl.len().alias("count"),
            (pl.col("value") == 0).all().alias("all_zero"),
            pl.col("measure").first(),
        )
    )


def warn_about_columns(columns: pl.DataFrame, report: Report) -> None:
    """Enter the warnings of `warn_about_zeros` from what was counted, in one part or several."""
    whole = columns.group_by("column", maintain_order=True).agg(
        pl.col("count").sum(), pl.col("all_zero").all(), pl.col("measure").first()
    )
    zeros = whole.filter(pl.col("all_zero") & (pl.col("count") >= _FEWEST))
    for column, measure in zeros.select("column", "measure").iter_rows():
        text = f"Alla värden i kolumnen ”{column}” är 0. Kontrollera källan."
        report.warn("whole_column_zero", text, measure)
