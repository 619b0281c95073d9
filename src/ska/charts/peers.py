"""Similar places: many thin lines gathered into one, since each line of its own costs time."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ska.charts.spec import FRAME_SCHEMA, Line, TrendSpec


@dataclass(frozen=True)
class Peers:
    """The lines of similar places laid end to end; None in *positions* and *values* parts them.

    *alone* are the places of points without a neighbour, *rows* the full grid of their values
    (columns ``line``, ``period``, ``value``, ``word``).
    """

    lines: tuple[Line, ...]
    positions: tuple[int | None, ...]
    values: tuple[float | None, ...]
    alone: tuple[int, ...]
    rows: pl.DataFrame

    def pieces(self) -> list[list[tuple[int, float]]]:
        """Return the runs of (position, value) that a line may join."""
        found: list[list[tuple[int, float]]] = [[]]
        for position, value in zip(self.positions, self.values, strict=True):
            if position is None or value is None:
                found.append([])
            else:
                found[-1].append((position, value))
        return [run for run in found if run]


def gather(spec: TrendSpec, frame: pl.DataFrame) -> Peers:
    """Return the peers' lines of *frame*, parted at gaps, breaks and repeated values."""
    lines = tuple(line for line in spec.lines if line.role == "peer")
    if not lines:
        return Peers((), (), (), (), pl.DataFrame(schema=FRAME_SCHEMA))
    order = pl.DataFrame(
        {"line": [line.key for line in lines], "order": range(len(lines))},
        schema={"line": pl.String, "order": pl.Int64},
    )
    places = pl.DataFrame(
        {"period": spec.periods, "at": [float(at) for at in range(len(spec.periods))]},
        schema={"period": pl.String, "at": pl.Float64},
    )
    grid = order.join(places, how="cross").join(frame, on=["line", "period"], how="left")
    laid = pl.concat([grid.select("order", "at", "value"), _stops(spec, order, grid)])
    laid = laid.sort("order", "at")
    dots = laid["value"].is_not_null()
    positions = laid.select(pl.when(dots).then(pl.col("at").cast(pl.Int64)))["at"]
    alone = dots & ~dots.shift(1, fill_value=False) & ~dots.shift(-1, fill_value=False)
    return Peers(
        lines,
        tuple(positions.to_list()),
        tuple(laid["value"].to_list()),
        tuple(alone.arg_true().to_list()),
        grid.sort("order", "at"),
    )


def _stops(spec: TrendSpec, order: pl.DataFrame, grid: pl.DataFrame) -> pl.DataFrame:
    """Return the places between periods where no line may pass."""
    fixed = [spec.periods.index(one.at) - 0.5 for one in spec.breaks if one.at in spec.periods]
    stops = pl.DataFrame({"at": [*fixed, float(len(spec.periods))]}, schema={"at": pl.Float64})
    everywhere = order.join(stops, how="cross").select("order", "at")
    repeated = grid.filter(pl.col("carried_from").is_not_null())
    around = [repeated.select("order", pl.col("at") + step) for step in (-0.5, 0.5)]
    return pl.concat([everywhere, *around]).with_columns(value=pl.lit(None, pl.Float64))
