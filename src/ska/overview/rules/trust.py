"""What may be trusted in an indicator: how many have values, and how much is more than chance."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ska.core.periods import WORDS
from ska.core.swedish import MONTHS, count_words, format_percent
from ska.statistics import reliability_of_shares, stability
from ska.statistics.reliability import FEWEST_PLACES
from ska.values.rules import status_word

_SCHOOL = ("skola", "skolor")


@dataclass(frozen=True)
class Standing:
    """How many of the huvudman's units have a value in a period, and why the others have none."""

    period: str
    units: int
    with_value: int
    without: tuple[tuple[str, int], ...]

    @property
    def missing_share(self) -> str:
        """Return the share of units without a value, in whole per cent."""
        return format_percent(100 * (self.units - self.with_value) / self.units, 0)


@dataclass(frozen=True)
class Steadiness:
    """The share (0–1) of the differences between schools that is more than chance; or why not."""

    share: float | None
    sentence: str


def standing_of(rows: pl.DataFrame) -> Standing | None:
    """Return where the units stand in the latest period that has any value; None without rows."""
    one_each = rows.sort("period", "scope").unique(["area_code", "period"], maintain_order=True)
    known = one_each.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return None
    latest = str(known["period"].max())
    now = one_each.filter(pl.col("period") == latest)
    gaps = (
        now.filter(pl.col("value").is_null())
        .group_by("status")
        .len()
        .sort(["len", "status"], descending=[True, False])
    )
    return Standing(
        period=latest,
        units=now.height,
        with_value=now["value"].count(),
        without=tuple((status_word(status), count) for status, count in gaps.rows()),
    )


def steadiness_of(rows: pl.DataFrame) -> Steadiness:
    """Judge the differences between all schools that have values (rows of school units)."""
    known = rows.filter(pl.col("value").is_not_null() & pl.col("carried_from").is_null())
    if known.is_empty():
        return _unknown()
    kind = known["period_type"].mode().sort()[0]
    known = known.filter(pl.col("period_type") == kind)
    return _from_sizes(known) or _from_years(known, WORDS.get(kind, "Period").lower()) or _unknown()


def _from_sizes(known: pl.DataFrame) -> Steadiness | None:
    latest = str(known["period"].max())
    sized = known.filter(
        (pl.col("period") == latest) & (pl.col("n") > 0) & (pl.col("unit") == "%")
    ).unique("area_code", maintain_order=True)
    share = reliability_of_shares((sized["value"] / 100).to_list(), sized["n"].to_list())
    if share is None:
        return None
    return Steadiness(
        share,
        f"Ungefär {_percent(share)} av skillnaderna mellan skolor är mer än slump i små grupper."
        f" Räknat på {count_words(sized.height, *_SCHOOL)}, {latest}.",
    )


def _from_years(known: pl.DataFrame, word: str) -> Steadiness | None:
    table = known.sort("period").pivot(
        "period", index="area_code", values="value", aggregate_function="first"
    )
    share = stability(table.drop("area_code").rows())
    if share is None:
        return None
    return Steadiness(
        share,
        f"Ungefär {_percent(share)} av skillnaderna mellan skolor består från ett {word} till"
        " nästa; resten går upp och ner. Räknat på"
        f" {count_words(table.height, *_SCHOOL)} och {table.width - 1} {word}.",
    )


def _unknown() -> Steadiness:
    return Steadiness(
        None,
        "Det går inte att räkna ut än. Det behövs värden för minst"
        f" {FEWEST_PLACES} skolor, med antalet elever eller för minst två perioder.",
    )


def _percent(share: float) -> str:
    return format_percent(100 * share, 0)


def next_release(month: int | None) -> str:
    """Return when new values usually come, empty when it is not known."""
    return f"Nya värden brukar komma i {MONTHS[month - 1]}." if month else ""
