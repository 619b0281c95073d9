"""From plain rows, one a cell, to a reading: what the importers of JSON share.

Each row tells measure, area, period and the text of the cell. A status that the source declares
beside the text wins over what the text alone would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ska.values.importers.cells import MACHINE_NUMBER, SWEDISH_NUMBER, read_cells
from ska.values.importers.observations import (
    PeriodType,
    Reading,
    Report,
    Scope,
    area_frame,
    check_ranges,
    measure_frame,
    settle,
)
from ska.values.rules import Finality, ValueStatus

_ROW = {
    "measure": pl.String,
    "area_type": pl.String,
    "area_code": pl.String,
    "scope": pl.String,
    "period_type": pl.String,
    "period": pl.String,
    "gender": pl.String,
    "raw_value": pl.String,
    "declared": pl.String,
    "n": pl.Int64,
    "row": pl.Int64,
    "column": pl.String,
    "counts_in": pl.String,
    "reason": pl.String,
}
_DEFAULTS: dict[str, Any] = dict.fromkeys(_ROW) | {
    "scope": str(Scope.ALL),
    "gender": "T",
    "row": 1,
    "column": "",
    "counts_in": "",
}
_TERM = re.compile(r"(VT|HT) ?(?:20)?(\d\d)", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)/(\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass
class Rows:
    """What an importer collects: rows, and the measures and areas they name."""

    report: Report
    symbols: dict[str, ValueStatus]
    rows: list[dict[str, Any]] = field(default_factory=list)
    measures: dict[str, dict[str, object]] = field(default_factory=dict)
    areas: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def add(self, **cell: Any) -> None:
        """Add one cell; columns not named have their defaults."""
        self.rows.append(_DEFAULTS | cell)

    def count_only(self, status: ValueStatus) -> None:
        """Account for a cell that says nothing to store: no value and no period of its own."""
        self.report.cells += 1
        self.report.by_status[str(status)] = self.report.by_status.get(str(status), 0) + 1

    def name_area(self, area_type: str, code: str, **about: object) -> None:
        """Remember what an area is called; the first name stands."""
        named = {"area_type": area_type, "code": code, **about}
        known = self.areas.setdefault((area_type, code), named)
        for key, value in named.items():
            if not known.get(key):
                known[key] = value

    def reading(self) -> Reading:
        """Return what was collected, every cell settled."""
        frame = pl.DataFrame(self.rows, schema=_ROW, orient="row")
        frame = _declared(_read(frame, self.symbols)).with_columns(
            finality=pl.lit(str(Finality.FINAL)), carried_from=pl.lit(None, pl.String)
        )
        kept = settle(check_ranges(frame, "counts_in", pl.col("counts_in")), self.report)
        self.report.by_status = dict(sorted(self.report.by_status.items()))
        return Reading(
            report=self.report,
            observations=kept,
            measures=measure_frame(list(self.measures.values())),
            areas=area_frame(list(self.areas.values())),
        )


def _read(frame: pl.DataFrame, symbols: dict[str, ValueStatus]) -> pl.DataFrame:
    given = frame["reason"]
    read = read_cells(
        frame.drop("reason"), symbols, number=f"{SWEDISH_NUMBER}|{MACHINE_NUMBER}"
    ).with_columns(given=given)
    return read.with_columns(reason=pl.coalesce("given", "reason")).drop("given")


def _declared(frame: pl.DataFrame) -> pl.DataFrame:
    """Let the source's own word decide; a value it declares that is no number is rejected."""
    declared = pl.col("declared")
    is_gap = declared.is_not_null() & (declared != str(ValueStatus.VALUE))
    no_number = (declared == str(ValueStatus.VALUE)) & pl.col("value").is_null()
    says = pl.lit("källan säger att värdet finns, men det är inget tal")
    return frame.with_columns(
        value=pl.when(~is_gap.fill_null(False)).then(pl.col("value")),
        status=pl.when(is_gap).then(declared).otherwise(pl.col("status")),
        reason=pl.when(is_gap & (pl.col("reason") == _NOT_READ))
        .then(None)
        .otherwise(pl.coalesce("reason", pl.when(no_number).then(says))),
    )


_NOT_READ = "varken ett tal eller ett tecken som källan använder"


def period_of(text: object) -> tuple[str | None, str | None]:
    """Return kind and spelling of a period as sources write it: 2025/26, VT24, VT 2024, 2024."""
    words = text.strip() if isinstance(text, str) else ""
    if found := _SCHOOL_YEAR.fullmatch(words):
        follows = (int(found[1]) + 1) % 100 == int(found[2])
        return (str(PeriodType.SCHOOL_YEAR), words) if follows else (None, None)
    if found := _TERM.fullmatch(words):
        return str(PeriodType.TERM), f"{found[1].upper()}{found[2]}"
    if _YEAR.fullmatch(words):
        return str(PeriodType.CALENDAR_YEAR), words
    return None, None


def dicts(value: Any) -> Iterable[dict[str, Any]]:
    """Return the dicts of a list; nothing for null or another shape."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def plain(value: Any) -> str | None:
    """Return a cell's text as delivered; null stays null."""
    return None if value is None else str(value).replace("\0", "")


def municipality_of(code: Any) -> str | None:
    """Return the municipality of an area's code; a town's begins with it (``2121-Alfta``)."""
    found = re.match(r"(\d{4})(?:-|$)", plain(code) or "")
    return found[1] if found else None
