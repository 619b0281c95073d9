"""Whole measures that the process keeps (decision 10)."""

from __future__ import annotations

import polars as pl

from ska.core.kept import Kept

LARGEST = 256_000_000  # bytes; one measure of all municipalities is about half a million


class Frames(Kept[pl.DataFrame]):
    """Whole measures."""

    def __init__(self, largest: int = LARGEST) -> None:
        super().__init__(largest, lambda frame: int(frame.estimated_size()))
