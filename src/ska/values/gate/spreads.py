"""What is told of how the people behind a mean differ: never more than of the mean itself."""

from __future__ import annotations

import polars as pl

from ska.values.rules import FEWEST_WITH_SPREAD, Audience


def told_spread(audience: Audience) -> pl.Expr:
    """Return the standard deviation of rows that have passed the gate, or null.

    It goes with a told value, inside the huvudman alone, of at least FEWEST_WITH_SPREAD people, and
    rounded up to two digits: sums of squares hang together as sums do, so what is hidden of a mean
    is hidden of its spread, and the rounding makes chance no smaller than it is. Nothing is told
    where all are alike: it would tell what each of them answered.
    """
    spread = pl.col("spread")
    step = 10.0 ** (spread.log10().floor() - 1)
    rounded = ((spread / step - 1e-9).ceil() * step).round(12)
    may = (
        pl.lit(audience is Audience.INSIDE)
        & pl.col("value").is_not_null()
        & (pl.col("n") >= FEWEST_WITH_SPREAD)
        & (spread > 0)
    )
    return pl.when(may).then(rounded).alias("spread")
