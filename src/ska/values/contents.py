"""What a file holds, told without its cells: its account, its names and a digest of its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

import numpy as np
import polars as pl

from ska.values.importers.observations import (
    KEY,
    Reading,
    Report,
    empty_observations,
)
from ska.values.importers.zeros import columns_of, warn_about_columns
from ska.values.naming import SERIES_KEY
from ska.values.reports import FileReport, account_of, with_part
from ska.values.rules import WHOLE

COMPARED = ["value", "n", "status", "finality", "carried_from"]
SPREAD = "spread"  # of own values alone: nobody publishes it


@dataclass(frozen=True)
class Contents:
    """A file's parts, and what they hold together; *reading* has the names but no observations.

    *digest* is that of the cells and their values, in whatever order and spelling they stand.
    """

    parts: Iterable[Reading]
    reading: Reading
    account: FileReport
    series: pl.DataFrame
    cells: int
    digest: str


def gather(parts: Iterable[Reading]) -> Contents:
    """Read every part of a file once; raises Refused when one of them is refused."""
    names, columns, series = [], [], []
    account, cells, digest = None, 0, 0
    for part in parts:
        found = part.observations
        names.append(replace(part, observations=empty_observations()))
        account = account_of(part) if account is None else with_part(account, account_of(part))
        columns.append(columns_of(found))
        series.append(found.select(SERIES_KEY).unique())
        cells += found.height
        digest += _digest(found)
    assert account is not None, "a file has at least one part"
    if len(names) > 1:
        _tell_of_columns(account, names[0].report, columns)
    return Contents(
        parts=parts,
        reading=_named_together(names),
        account=account,
        series=pl.concat(series).unique(),
        cells=cells,
        digest=f"{digest % 2**64:016x}",
    )


def _digest(found: pl.DataFrame) -> int:
    """Return the sum of the cells' 64-bit numbers: the same in any order and any parts."""
    key = KEY if (found["pupil_group"] != WHOLE).any() else KEY[:-1]  # as before there were groups
    compared = [*COMPARED, SPREAD] if found[SPREAD].count() else COMPARED  # as before, likewise
    return int(found.select(key + compared).hash_rows().to_numpy().sum(dtype=np.uint64))


def _named_together(parts: list[Reading]) -> Reading:
    """Return the first part with the measures and areas of all; what came first stands."""
    first = parts[0]
    if len(parts) > 1:
        first.measures = _firsts([one.measures for one in parts], "code")
        first.areas = _firsts([one.areas for one in parts], "area_type", "code")
    return first


def _firsts(frames: list[pl.DataFrame], *key: str) -> pl.DataFrame:
    return pl.concat(frames).unique(key, keep="first", maintain_order=True)


def _tell_of_columns(account: FileReport, about: Report, columns: list[pl.DataFrame]) -> None:
    told = Report(about.file, about.source)
    warn_about_columns(pl.concat(columns), told)
    account.warnings += [asdict(one) for one in told.warnings]
