"""Survey rounds that Kolada only repeats: a flat line there is not "no change"."""

from __future__ import annotations

import polars as pl

_SURVEYS = (
    ("N15600", "N15629", "åk 5"),
    ("N15630", "N15659", "åk 8"),
    ("N17660", "N17689", "gymnasiet år 2"),
)
_FEWEST_TO_JUDGE = 3  # so many measures of one survey must repeat before a round counts as carried


def mark_carried(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with ``carried_from`` where a whole survey round repeats the one before.

    A round is carried when every measure that one survey family has for an area in both years is
    identical, and there are at least three of them; ``carried_from`` is the year it began.
    """
    family = pl.lit(None, pl.String)
    for first, last, name in _SURVEYS:
        family = (
            pl.when(pl.col("measure").is_between(pl.lit(first), pl.lit(last)))
            .then(pl.lit(name))
            .otherwise(family)
        )
    values = (
        frame.filter(pl.col("value").is_not_null())
        .with_columns(family=family, year=pl.col("period").cast(pl.Int32, strict=False))
        .filter(pl.col("family").is_not_null() & pl.col("year").is_not_null())
        .select("measure", "area_code", "gender", "family", "year", "value")
    )
    if values.is_empty():
        return frame
    return _apply_carried(frame.with_columns(family=family), _carried_rounds(values))


def _carried_rounds(values: pl.DataFrame) -> pl.DataFrame:
    place = ["area_code", "gender", "family"]
    before = values.with_columns(pl.col("year") + 1)
    pairs = (
        values.join(before, on=[*place, "measure", "year"], suffix="_before")
        .group_by(*place, "year")
        .agg(same=(pl.col("value") == pl.col("value_before")).all(), measures=pl.len())
        .filter(pl.col("same") & (pl.col("measures") >= _FEWEST_TO_JUDGE))
        .sort(*place, "year")
    )
    step = pl.col("year") - pl.int_range(pl.len()).over(place)
    return pairs.with_columns(started=pl.col("year").min().over([*place, step]) - 1).select(
        *place, period=pl.col("year").cast(pl.String), started=pl.col("started").cast(pl.String)
    )


def _apply_carried(frame: pl.DataFrame, rounds: pl.DataFrame) -> pl.DataFrame:
    return (
        frame.join(
            rounds,
            on=["area_code", "gender", "family", "period"],
            how="left",
            maintain_order="left",
        )
        .with_columns(carried_from=pl.when(pl.col("value").is_not_null()).then("started"))
        .drop("family", "started")
    )
