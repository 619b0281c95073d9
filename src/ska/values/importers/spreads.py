"""The column ``standardavvikelse``: how the people behind a mean differ from each other."""

from __future__ import annotations

import polars as pl

from ska.values.importers.observations import RANGES

_WRITTEN = pl.col("standardavvikelse")
_NUMBER = r"^\d+(?:[,.]\d+)?$"
_ROUNDING = 0.05  # a mean with one decimal may be off by as much


def spread_written() -> pl.Expr:
    """Return the standard deviation that is written beside a value, null where none is read."""
    plain = _WRITTEN.str.replace_all("[ \u00a0]", "").str.replace(",", ".", literal=True)
    is_number = _WRITTEN.str.contains(_NUMBER)
    return pl.when(is_number).then(plain.cast(pl.Float64, strict=False))


def reasons_of_spread() -> dict[str, pl.Expr]:
    """Return reason → what a row with a standard deviation is rejected for.

    Numbers between *low* and *high* with the mean m have at most the variance
    (high − m)(m − low)n/(n − 1): Bhatia and Davis, The American Mathematical Monthly 107 (2000),
    353–357.
    """
    is_written = _WRITTEN != ""
    spread = pl.col("spread")
    return {
        "standardavvikelsen är inte ett tal från 0 och uppåt": is_written & spread.is_null(),
        "en standardavvikelse står vid ett medelvärde med antal, inte vid en andel eller en lucka":
            is_written & ((pl.col("enhet") == "%") | pl.col("value").is_null()
                          | pl.col("n").fill_null(0).lt(2)),
        "standardavvikelsen är större än den kan vara för medelvärdet på den skalan":
            is_written & (spread > _largest()).fill_null(False),
    }  # fmt: skip


def _largest() -> pl.Expr:
    """Return the largest deviation that the scale allows; null where the scale is not known."""
    among: pl.Expr = pl.lit(None, pl.Float64)
    for unit, (low, high) in RANGES.items():
        value = pl.col("value")
        room = (high - value + _ROUNDING) * (value - low + _ROUNDING)
        among = pl.when(pl.col("enhet") == unit).then(room).otherwise(among)
    n = pl.col("n")
    return (among * n / (n - 1)).sqrt() + _ROUNDING
