"""Values as they were known on a day: recorded by its end, not yet replaced by then (decision 24).

The same queries read them and the same gate lets them through. What today's answer hides stays
hidden, whatever was shown then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import polars as pl

from ska.core.swedish import STOCKHOLM, format_date, parse_date
from ska.core.text import _
from ska.errors import Invalid
from ska.values.rules import ValueStatus

Gate = Callable[[pl.DataFrame], pl.DataFrame]
CELL_KEY = (
    "is_own",
    "source",
    "measure",
    "area_type",
    "area_code",
    "scope",
    "gender",
    "period_type",
    "period",
)
HIDDEN = {
    str(ValueStatus.SUPPRESSED_SMALL_GROUP),
    str(ValueStatus.SUPPRESSED_NEAR_ALL),
    str(ValueStatus.ROUNDED_NEAR_100),
    str(ValueStatus.SURVEY_RULES_NOT_MET),
    str(ValueStatus.WITHHELD),
    str(ValueStatus.NOT_TOLD),
    str(ValueStatus.HIDDEN_BY_RULE),
}


def read_day(written: str | None, today: date, *, field: str) -> date | None:
    """Return the day that is asked for, None for now; raise Invalid for one that cannot be read."""
    if not written or not written.strip():
        return None
    try:
        day = parse_date(written, today)
    except ValueError as error:
        raise Invalid(str(error), {field: str(error)}) from error
    if day > today:
        ahead = _("Välj en dag som har varit.")
        raise Invalid(ahead, {field: ahead})
    return day


def end_of(day: date) -> datetime:
    """Return the moment when *day* ends in Sweden; what was recorded before it was known then.

    A moment (datetime) is its own end.
    """
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return datetime.combine(day + timedelta(days=1), time.min, STOCKHOLM).astimezone(UTC)


def said_of(day: date | None) -> str:
    """Return the words for whose knowledge it is, empty for today's."""
    return "" if day is None else _("så som det var känt den {day}").format(day=format_date(day))


@cache
def versions(table: str, *, earlier: bool) -> str:
    """Return the SQL of the current versions, and with *earlier* those in force at ``moment``.

    Two arms, because each has a partial index of its own.
    """
    current = f"SELECT * FROM {table} WHERE superseded_at IS NULL"  # noqa: S608  # a constant
    if not earlier:
        return f"({current})"
    then = "superseded_at >= %(moment)s AND recorded_at < %(moment)s"
    return f"({current} UNION ALL SELECT * FROM {table} WHERE {then})"  # noqa: S608  # a constant


@cache
def every(table: str) -> str:
    """Return the SQL of all versions, in two arms for the same reason: each has its index."""
    past = f"SELECT * FROM {table} WHERE superseded_at IS NOT NULL"  # noqa: S608  # a constant
    return f"(SELECT * FROM {table} WHERE superseded_at IS NULL UNION ALL {past})"  # noqa: S608  # a constant


def parameter(known: date | None) -> dict[str, datetime]:
    """Return what `versions` needs to know of the day."""
    return {} if known is None else {"moment": end_of(known)}


def as_published(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as it is: the publisher has already decided (decision 27)."""
    return frame


def as_known(frame: pl.DataFrame, known: date | None, gate: Gate = as_published) -> pl.DataFrame:
    """Return the versions of *known* (or today's) through *gate*, less what is hidden today.

    *frame* holds both (`versions`). What is hidden today is closed before the gate, which then
    closes what it could be worked out from, and once more after it, so that no gate can open it.
    Such cells look as they do today.
    """
    now = gate(frame.filter(pl.col("superseded_at").is_null()))
    if known is None:
        return now
    key = [name for name in CELL_KEY if name in frame.columns]
    hidden = now.filter(pl.col("status").is_in(HIDDEN)).unique(key)
    moment = end_of(known)
    then = frame.filter(
        (pl.col("recorded_at") < moment)
        & (pl.col("superseded_at").is_null() | (pl.col("superseded_at") >= moment))
    )
    # The gate still needs the size of a group that it is not to show.
    closed = _as_today(then, hidden.with_columns(value=None, raw_value=None), key, "n")
    return _as_today(gate(closed), hidden, key)


def _as_today(
    frame: pl.DataFrame, hidden: pl.DataFrame, key: list[str], *kept: str
) -> pl.DataFrame:
    """Let the cells that are hidden today look as they do today, but for the columns *kept*."""
    told = [name for name in ("value", "raw_value", "n", "status") if name not in kept]
    today = hidden.select(*key, *(pl.col(name).alias(f"{name}_today") for name in told))
    is_hidden = pl.col("status_today").is_not_null()
    joined = frame.join(today, on=key, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(
        pl.when(is_hidden).then(f"{name}_today").otherwise(name).alias(name) for name in told
    ).drop(f"{name}_today" for name in told)
