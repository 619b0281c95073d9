"""A cell stands once in a file: repeats seen when its names, or its parts, are put together."""

from __future__ import annotations

import numpy as np
import polars as pl

from ska.values.importers.observations import KEY, Reading, Rejection, cell_numbers

REPEATED = "samma mått, område, period och kön står redan i filen"


def without_repeats(reading: Reading) -> Reading:
    """Return a reading where a cell that stands twice, once its names are known, is rejected."""
    is_first = reading.observations.select(pl.struct(KEY).is_first_distinct()).to_series()
    return _without(reading, ~is_first, f"{REPEATED}, med ett annat namn")


class Seen:
    """The cells of a file's earlier parts, as numbers of eight bytes each.

    Two different cells have the same number once in a million files of five million cells.
    """

    def __init__(self) -> None:
        self._earlier: list[np.ndarray] = []

    def without_repeats(self, reading: Reading) -> Reading:
        """Return a part without the cells that it or an earlier one held, and remember it."""
        numbers = cell_numbers(reading.observations).to_numpy()
        ordered = np.sort(numbers)
        earlier = [one for one in self._earlier if _meet(one, ordered)]
        self._earlier.append(ordered)
        repeats = np.isin(numbers, np.concatenate(earlier)) if earlier else None
        if (ordered[1:] == ordered[:-1]).any():
            first = reading.observations.select(pl.struct(KEY).is_first_distinct()).to_series()
            repeats = ~first.to_numpy() | (False if repeats is None else repeats)
        return reading if repeats is None else _without(reading, pl.Series(repeats), REPEATED)


def _meet(earlier: np.ndarray, ordered: np.ndarray) -> bool:
    places = np.searchsorted(earlier, ordered).clip(max=max(len(earlier) - 1, 0))
    return len(earlier) > 0 and bool((earlier[places] == ordered).any())


def _without(reading: Reading, is_repeat: pl.Series, reason: str) -> Reading:
    again = reading.observations.filter(is_repeat)
    if again.height:
        reading.report.rejections += [
            Rejection(row, column, raw or "", reason)
            for row, column, raw in again.select("row", "column", "raw_value").iter_rows()
        ]
        reading.observations = reading.observations.filter(~is_repeat)
        counts = reading.observations.group_by("status").len().sort("status")
        reading.report.by_status = dict(counts.iter_rows())
    return reading
