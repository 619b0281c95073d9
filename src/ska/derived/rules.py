"""Working out derived measures: pure, from frames that have already passed the gate.

A result never says more than its parts: where one of them is hidden, missing or not applicable,
so is the result, in the strictest of their words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import polars as pl

from ska.core.periods import kind_of, number_of
from ska.derived.definitions import Derived, Input
from ska.derived.formulas import PERCENT, Pooled
from ska.values.rules import Finality, ValueStatus

KEYS = ["area_type", "area_code", "scope", "gender", "period_type", "period", "is_own"]
ABOUT = ["area", "organizer_number", "unit_code", "nature", "recorded_at"]
STATE = ["value", "status", "n", "finality", "carried_from", "definition_version"]
SOURCE = "derived"
# Strictest first: a part that is hidden hides the result, whatever the other parts say.
STRICTNESS = (
    ValueStatus.HIDDEN_BY_RULE,
    ValueStatus.SUPPRESSED_SMALL_GROUP,
    ValueStatus.NOT_TOLD,
    ValueStatus.WITHHELD,
    ValueStatus.SURVEY_RULES_NOT_MET,
    ValueStatus.NOT_APPLICABLE_LICENCE,
    ValueStatus.NOT_APPLICABLE_OR_MISSING,
    ValueStatus.NOT_ASKED,
    ValueStatus.NOT_COUNTED,
    ValueStatus.MISSING,
    ValueStatus.APPROXIMATE,
    ValueStatus.VALUE,
)
# "Nearly all" and "≈100" speak of the part's own share; of a result they only say: hidden.
_AS_HIDDEN = (ValueStatus.SUPPRESSED_NEAR_ALL, ValueStatus.ROUNDED_NEAR_100)
_RANK = {str(one): rank for rank, one in enumerate(STRICTNESS)} | {
    str(one): STRICTNESS.index(ValueStatus.SUPPRESSED_SMALL_GROUP) for one in _AS_HIDDEN
}
_NAMES = {rank: str(one) for rank, one in enumerate(STRICTNESS)}
_HAS_VALUE = STRICTNESS.index(ValueStatus.APPROXIMATE)


def evaluate_all(measures: Iterable[Derived], cells: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of every derived measure, in the columns of *cells*; *cells* is unchanged."""
    parts = [evaluate(one, cells) for one in measures]
    return pl.concat(parts) if parts else cells.clear()


def evaluate(measure: Derived, cells: pl.DataFrame) -> pl.DataFrame:
    """Return a derived measure's rows: one for each place, gender, scope and period.

    *cells* have the columns of a reading (`overview.queries.values.COLUMNS`) and hold what the
    reader may see. The result has the same columns and no ``value_id``.
    """
    wide = _side_by_side(measure, cells)
    settled = _settled(measure, wide)
    if isinstance(measure.formula, Pooled):
        settled = _over_time(measure, settled)
    return _shaped(measure, settled, cells)


def _side_by_side(measure: Derived, cells: pl.DataFrame) -> pl.DataFrame:
    """Return one row a key, with each input's state in columns that end in its name."""
    frames = [
        _of_input(one, cells).rename({column: f"{column}_{name}" for column in (*STATE, *ABOUT)})
        for name, one in measure.inputs.items()
    ]
    joined = reduce(
        lambda left, right: left.join(right, on=KEYS, how="full", coalesce=True, nulls_equal=True),
        frames,
    )
    about = [
        pl.coalesce(f"{column}_{name}" for name in measure.inputs).alias(column) for column in ABOUT
    ]
    return joined.with_columns(about).sort(KEYS)


def _of_input(one: Input, cells: pl.DataFrame) -> pl.DataFrame:
    is_it = (pl.col("source") == one.source) & (
        (pl.col("measure") == one.measure) | (pl.col("title") == one.measure)
    )
    return (
        cells.filter(is_it)
        .select(*KEYS, *STATE, *ABOUT)
        .unique(KEYS, keep="first", maintain_order=True)
    )


def _settled(measure: Derived, wide: pl.DataFrame) -> pl.DataFrame:
    names = list(measure.inputs)
    columns = wide.rename({f"value_{name}": name for name in names})
    rank = pl.min_horizontal(
        pl.col(f"status_{name}")
        .fill_null(str(ValueStatus.MISSING))
        .replace_strict(_RANK, return_dtype=pl.Int64)
        for name in names
    )
    preliminary = pl.any_horizontal(
        pl.col(f"finality_{name}") == str(Finality.PRELIMINARY) for name in names
    )
    version = pl.sum_horizontal(pl.col(f"definition_version_{name}") for name in names)
    frame = columns.with_columns(
        rank=rank,
        value=measure.formula.value(),
        n=measure.formula.size(),
        finality=pl.when(preliminary)
        .then(pl.lit(str(Finality.PRELIMINARY)))
        .otherwise(pl.lit(str(Finality.FINAL))),
        carried_from=pl.coalesce(f"carried_from_{name}" for name in names),
        definition_version=version + _breaks_before(measure),
    )
    return _without_half_results(measure, frame)


def _without_half_results(measure: Derived, frame: pl.DataFrame) -> pl.DataFrame:
    """Take the value away where a part has none, and where the formula has no answer.

    It has none where it divides by nothing, and where a part is larger than its whole.
    """
    answer = pl.col("value").is_finite()
    if measure.unit == PERCENT:
        answer &= pl.col("value").is_between(0, 100)
    undefined = (pl.col("rank") >= _HAS_VALUE) & ~answer.fill_null(False)
    nothing = STRICTNESS.index(ValueStatus.NOT_APPLICABLE_OR_MISSING)
    ranked = frame.with_columns(
        rank=pl.when(undefined).then(pl.lit(nothing)).otherwise(pl.col("rank"))
    )
    whole = pl.col("rank") >= _HAS_VALUE
    return ranked.with_columns(
        value=pl.when(whole).then(pl.col("value")),
        n=pl.when(whole).then(pl.col("n")),
    )


def _breaks_before(measure: Derived) -> pl.Expr:
    """Count the declared breaks up to each period."""
    kinds = {period: kind_of(period) for one in measure.breaks for period in one.periods}
    counted = [
        pl.any_horizontal(_from(period, kinds[period]) for period in one.periods).cast(pl.Int64)
        for one in measure.breaks
    ]
    return pl.sum_horizontal([pl.lit(measure.version, pl.Int64), *counted])


def _from(period: str, kind: str) -> pl.Expr:
    is_kind = pl.col("period_type") == kind
    return is_kind & (_at() >= number_of(period, kind))


def _at() -> pl.Expr:
    """Return where a period stands in time, one more for the next."""
    return pl.struct("period", "period_type").map_elements(
        lambda row: number_of(row["period"], row["period_type"]), return_dtype=pl.Int64
    )


def _over_time(measure: Derived, frame: pl.DataFrame) -> pl.DataFrame:
    """Weigh the latest years together; never across a break, never over a hole."""
    formula = measure.formula
    assert isinstance(formula, Pooled)
    years = formula.years
    place = [*(key for key in KEYS if key != "period"), "definition_version"]
    ordered = frame.with_columns(at=_at()).sort(*place, "at")
    unknown = (pl.col("rank") >= _HAS_VALUE) & pl.col("n").is_null()
    weight = pl.col("n").fill_null(0)
    pooled = ordered.with_columns(
        rank=pl.when(unknown)
        .then(pl.lit(STRICTNESS.index(ValueStatus.MISSING)))
        .otherwise(pl.col("rank"))
        .rolling_min(years)
        .over(place),
        weighed=(pl.col("value").fill_null(0) * weight).rolling_sum(years).over(place),
        n=weight.rolling_sum(years).over(place),
        reaches=(pl.col("at") - pl.col("at").shift(years - 1)).over(place),
    ).filter(pl.col("reaches") == years - 1)
    value = pl.col("weighed") / pl.col("n")
    return _without_half_results(measure, pooled.with_columns(value=value))


def _shaped(measure: Derived, frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    told = frame.with_columns(
        status=pl.col("rank").replace_strict(_NAMES, return_dtype=pl.String),
        source=pl.lit(SOURCE),
        measure=pl.lit(measure.id),
        title=pl.lit(measure.name),
        unit=pl.lit(measure.unit),
    )
    rest = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in cells.schema.items()
        if name not in told.columns
    ]
    return told.with_columns(rest).select(cells.columns).cast(pl.Schema(cells.schema))
