"""The frame that every source is read into, and the account of what became of each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from ska.values.importers.origin import UNTOLD, Origin
from ska.values.rules import WHOLE, ValueStatus


class Source(StrEnum):
    """Where a file comes from."""

    KOLADA = "kolada"
    SIRIS = "siris"
    QUALITY_SYSTEM = "skolverket_pxweb"
    LOCAL = "local"
    PLANNED_EDUCATIONS = "planned_educations"
    SALSA = "salsa"
    SCHOOL_SURVEY = "skolenkaten"
    SCHOOL_MAP = "skolkarta"


class AreaType(StrEnum):
    """What a value is about."""

    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    MUNICIPALITY_GROUP = "municipality_group"
    FEDERATION = "municipal_federation"  # a kommunalförbund; it has a name and no code
    ORGANIZER = "organizer"
    SCHOOL_UNIT = "school_unit"
    KOLADA_UNIT = "kolada_unit"


class Scope(StrEnum):
    """Whose schools are counted; two scopes are never mixed in one series."""

    ALL = "all"
    MUNICIPAL = "municipal"
    INDEPENDENT = "independent"
    INTERNATIONAL = "international"
    STATE = "state"
    REGION = "region"
    BY_MEASURE = "by_measure"  # the measure's own definition says it (Kolada)


class PeriodType(StrEnum):
    """What kind of time a period is."""

    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    TERM = "term"


OBSERVATION = {
    "measure": pl.String,
    "area_type": pl.String,
    "area_code": pl.String,
    "scope": pl.String,
    "period_type": pl.String,
    "period": pl.String,
    "gender": pl.String,
    "pupil_group": pl.String,
    "value": pl.Float64,
    "status": pl.String,
    "finality": pl.String,
    "raw_value": pl.String,
    "n": pl.Int64,
    "carried_from": pl.String,
    "spread": pl.Float64,
    "row": pl.Int64,
    "column": pl.String,
}
KEY = [
    "measure", "area_type", "area_code", "scope", "period_type", "period", "gender", "pupil_group"
]  # fmt: skip
MEASURE = {
    "code": pl.String,
    "title": pl.String,
    "unit": pl.String,
    "definition": pl.String,
    "nature": pl.String,
    "smallest_group": pl.Int64,
    "scope_note": pl.String,
    "next_publication": pl.String,
}
AREA = {
    "area_type": pl.String,
    "code": pl.String,
    "name": pl.String,
    "municipality_code": pl.String,
    "organizer_number": pl.String,
    "unit_code": pl.String,
    "members": pl.String,
}


class Refused(Exception):
    """The file is not one we know how to read; the text says what was seen, in Swedish."""


class UnknownLayout(Refused):
    """The cells are whole but their arrangement is not known; a person can teach it."""


@dataclass(frozen=True)
class Rejection:
    """A cell that was not stored, where it stood and why."""

    row: int
    column: str
    raw: str
    reason: str


@dataclass(frozen=True)
class Remark:
    """Something about a file that a person should see: a code for programs, a text for people."""

    code: str
    text: str
    measure: str | None = None


@dataclass
class Report:
    """What became of every cell: ``cells == sum(by_status) + len(rejections)``."""

    file: str
    source: Source
    kind: str = ""
    layout: str = ""
    title: str = ""
    rows: int = 0
    cells: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def warn(self, code: str, text: str, measure: str | None = None) -> None:
        """Enter a remark; *code* is what programs go by."""
        self.warnings.append(Remark(code, text, measure))

    @property
    def is_complete(self) -> bool:
        """Tell whether the counts add up to the cells of the file."""
        return self.cells == sum(self.by_status.values()) + len(self.rejections)


@dataclass
class Reading:
    """What a file holds, ready to be compared with what is stored."""

    report: Report
    observations: pl.DataFrame
    measures: pl.DataFrame
    areas: pl.DataFrame
    is_catalogue: bool = False
    is_own: bool = False  # a huvudman's own, never published
    is_counted: bool = False  # out of rows about persons: the file itself is never kept
    page: int | None = None
    next_page: int | None = None
    origin: Origin = UNTOLD
    definitions: str = ""


def empty_observations() -> pl.DataFrame:
    """Return an observation frame without rows, for catalogues."""
    return pl.DataFrame(schema=OBSERVATION)


def measure_frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Return the measures of a file, one row a code; columns not named are null."""
    frame = pl.DataFrame(rows, schema=MEASURE, orient="row")
    return frame.unique("code", keep="first", maintain_order=True)


def area_frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Return the areas of a file, one row a type and code; columns not named are null."""
    frame = pl.DataFrame(rows, schema=AREA, orient="row")
    return frame.unique(["area_type", "code"], keep="first", maintain_order=True)


def settle(frame: pl.DataFrame, report: Report, *, is_part: bool = False) -> pl.DataFrame:
    """Return the rows that may be stored, and enter every cell of *frame* in the report.

    *frame* has the observation columns and ``reason``: a text where the cell is rejected, else
    null; without ``pupil_group`` it is of all pupils, without ``spread`` nothing is known of how
    they differ. A cell that repeats an earlier one of the
    same file is rejected too; in a part of a file by the one who sees all parts.
    """
    if "pupil_group" not in frame.columns:
        frame = frame.with_columns(pupil_group=pl.lit(WHOLE))
    if "spread" not in frame.columns:
        frame = frame.with_columns(spread=pl.lit(None, pl.Float64))
    if not is_part and _has_repeats(frame):
        again = pl.lit("samma mått, område, period och kön står redan i filen")
        first = pl.struct(KEY).is_first_distinct()
        frame = frame.with_columns(reason=pl.coalesce("reason", pl.when(~first).then(again)))
    rejected = frame.filter(pl.col("reason").is_not_null())
    kept = frame.filter(pl.col("reason").is_null())
    report.cells += frame.height
    report.rejections += [
        Rejection(row, column, raw or "", reason)
        for row, column, raw, reason in rejected.select(
            "row", "column", "raw_value", "reason"
        ).iter_rows()
    ]
    for status, count in kept.group_by("status").len().sort("status").iter_rows():
        report.by_status[status] = report.by_status.get(status, 0) + count
    return kept.select(list(OBSERVATION))


def cell_numbers(frame: pl.DataFrame) -> pl.Series:
    """Return a number for each cell's KEY: 64 bits, equal for equal keys."""
    return frame.select(KEY).hash_rows()


def _has_repeats(frame: pl.DataFrame) -> bool:
    """Tell whether two cells may have the same key; quicker than to compare the keys."""
    numbers = cell_numbers(frame).sort()
    return bool((numbers == numbers.shift()).any())  # a difference does not hold 64 bits


def merge(readings: list[Reading]) -> Reading:
    """Return the sheets of one file as one reading; no cell is taken from two of them."""
    first, *others = readings
    for other in others:
        again = other.observations.join(first.observations, on=KEY, how="semi")
        reason = "samma mått, område, period och kön står redan på ett annat blad"
        first.report.rejections += other.report.rejections + [
            Rejection(row, column, raw or "", reason)
            for row, column, raw in again.select("row", "column", "raw_value").iter_rows()
        ]
        kept = other.observations.join(again, on=KEY, how="anti")
        first.observations = pl.concat([first.observations, kept])
        first.report.rows += other.report.rows
        first.report.cells += other.report.cells
        first.report.warnings += other.report.warnings
        first.measures = measure_frame([*first.measures.to_dicts(), *other.measures.to_dicts()])
        first.areas = area_frame([*first.areas.to_dicts(), *other.areas.to_dicts()])
    counts = first.observations.group_by("status").len().sort("status")
    if others:
        first.report.by_status = dict(counts.iter_rows())
    return first


def check_ranges(frame: pl.DataFrame, by: str, unit: pl.Expr) -> pl.DataFrame:
    """Return the frame with a reason on values that their unit does not allow (section 16, 9).

    *unit* is worked out from the column *by*, once for each text in it.
    """
    units = frame.select(pl.col(by).unique()).select(by, unit=unit)
    limits = units.join(_RANGES, on="unit").drop("unit")
    if limits.is_empty():
        return frame
    reason = pl.when(~pl.col("value").is_between("low", "high")).then(pl.col("outside"))
    return (
        frame.join(limits, on=by, how="left", maintain_order="left")
        .with_columns(reason=pl.coalesce("reason", reason))
        .drop("low", "high", "outside")
    )


RANGES = {"%": (0, 100), "meritvärde": (0, 340), "index 0–10": (0, 10), "betygspoäng": (0, 20)}
_RANGES = pl.DataFrame(
    [
        (unit, low, high, f"utanför det möjliga, {low}–{high}")
        for unit, (low, high) in RANGES.items()
    ],
    schema={"unit": pl.String, "low": pl.Float64, "high": pl.Float64, "outside": pl.String},
    orient="row",
)


def value_status(has_value: pl.Expr) -> pl.Expr:
    """Return the plain status: value where there is a number, otherwise missing."""
    return (
        pl.when(has_value)
        .then(pl.lit(ValueStatus.VALUE.value))
        .otherwise(pl.lit(ValueStatus.MISSING.value))
    )
