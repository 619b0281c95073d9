"""From rows of values to places beside each other: which may be compared, and what to say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import polars as pl

from ska.charts import DotRow, Role
from ska.core.periods import number_of
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.statistics import Comparison, Measure, Verdict, compare_many
from ska.values.rules import ValueStatus, status_word, word_beside


class Order(StrEnum):
    """How places are ordered; by size only when the reader asks for it, and then it is said."""

    NAME = "namn"
    VALUE = "varde"


ORDER_WORDS = {Order.NAME: "i bokstavsordning", Order.VALUE: "efter värde, som du har valt"}
OTHER_DEFINITION = "annan definition"
_ROLES = {"own": Role.OWN, "other": Role.OTHER, "country": Role.COUNTRY, "peer": Role.OTHER}


@dataclass(frozen=True)
class Standing:
    """A place at one period: its value, and the key that only like ones share.

    *definition* says how it is counted where that is known; *carried_from* names the earlier
    round that a survey value only repeats.
    """

    key: str
    name: str
    role: Role
    measure: Measure
    definition: str = ""
    carried_from: str = ""
    value_id: int | None = None


def standings(rows: pl.DataFrame, period: str) -> list[Standing]:
    """Return the places of *rows* (VALUE_ROWS, one a line and period) as they stand in *period*.

    A place with rows only for other periods stands there without a value.
    """
    by_line: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        by_line.setdefault(str(row["line"]), []).append(row)
    found = []
    for line, of_line in sorted(by_line.items()):
        first = of_line[0]
        now = next((one for one in of_line if one["period"] == period), {})
        found.append(
            Standing(
                key=line,
                name=str(first["name"]),
                role=_ROLES[first["role"]],
                measure=_measure(first, now or None),
                carried_from=str(now.get("carried_from") or ""),
                value_id=now.get("value_id"),
            )
        )
    return found


def _measure(first: dict[str, Any], row: dict[str, Any] | None) -> Measure:
    share, whole = first["unit"] == "%", first["role"] == "country"
    if row is None:
        missing = status_word(ValueStatus.MISSING)
        return Measure(None, label=str(first["name"]), word=missing, share=share, whole=whole)
    value = row["value"]
    if share and value is not None and not 0 <= value <= 100:
        share = False
    return Measure(
        value=value,
        n=row["n"] if value is not None and row["n"] else None,
        label=str(first["name"]),
        word=word_beside(row["status"]),
        basis=f"{row['source']}|{row['scope']}|{row['definition_version']}",
        share=share,
        whole=whole,
    )


def without_value(key: str, name: str, status: ValueStatus, role: Role = Role.OTHER) -> Standing:
    """Return a place that has no value, with the words for why."""
    return Standing(key, name, role, Measure(None, label=name, word=status_word(status)))


def dot_rows(
    standing: Sequence[Standing], reference: str, order: Order = Order.NAME
) -> tuple[DotRow, ...]:
    """Return the rows of the picture: those that are counted alike, then those set apart.

    Each is judged against *reference* (a key) by the one function of `statistics`.
    """
    mine = next((one for one in standing if one.key == reference), None)
    rows = _judged(standing, mine)
    together = [row for row in rows if not row.apart]
    apart = [row for row in rows if row.apart]
    return (*_ordered(together, order), *_ordered(apart, order))


def _judged(standing: Sequence[Standing], mine: Standing | None) -> list[DotRow]:
    """Judge all against *mine* when they are looked at together: few of the clear are chance."""
    apart = {one.key: _apart(one, mine) for one in standing}
    told: dict[str, Comparison] = {}
    if mine is not None:
        others = [one for one in standing if one is not mine]
        alike = [one for one in others if not apart[one.key]]
        pairs = [(mine.measure, _beside(mine, one)) for one in alike]
        told = dict(zip([one.key for one in alike], compare_many(pairs), strict=True))
        for one in others:
            if apart[one.key]:
                why = apart[one.key]
                told[one.key] = Comparison(Verdict.CANNOT_TELL, "", reason=why)
    return [
        DotRow(one.key, one.name, one.measure, one.role, told.get(one.key), apart[one.key])
        for one in standing
    ]


def _beside(mine: Standing, one: Standing) -> Measure:
    """Return a place's value to be judged; the country's is counted by its publisher, as ours."""
    if one.measure.whole:
        return replace(one.measure, basis=mine.measure.basis)
    return one.measure


def _apart(one: Standing, mine: Standing | None) -> str:
    if one.measure.value is None:
        return ""
    if one.carried_from:
        return _("värdet är från {period}").format(period=one.carried_from)
    if mine is None or mine is one or one.role is Role.COUNTRY:
        return ""
    if one.definition != mine.definition:
        how = one.definition or _("inte beskriven")
        return f"{OTHER_DEFINITION}: {how}"
    return ""


def _ordered(rows: Sequence[DotRow], order: Order) -> list[DotRow]:
    by_name = sorted(rows, key=lambda row: sort_key(row.name))
    if order is Order.NAME:
        return by_name
    known = [row for row in by_name if row.measure.value is not None]
    silent = [row for row in by_name if row.measure.value is None]
    return [*sorted(known, key=lambda row: -(row.measure.value or 0.0)), *silent]


def periods_of(rows: pl.DataFrame) -> list[str]:
    """Return the periods in which any place has a value, the latest first."""
    known = rows.filter(pl.col("value").is_not_null())
    pairs = known.select("period", "period_type").unique().rows()
    return [name for name, _kind in sorted(pairs, key=lambda pair: -number_of(*pair))]


def latest_shared(rows: pl.DataFrame) -> str:
    """Return the latest period in which at least two places have a value, else the latest."""
    known = rows.filter(pl.col("value").is_not_null())
    places = dict(known.group_by("period").agg(pl.col("line").n_unique()).rows())
    found = periods_of(rows)
    return next((one for one in found if places[one] > 1), next(iter(found), ""))
