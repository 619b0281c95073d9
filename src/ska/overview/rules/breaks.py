"""Where a series starts anew, for every picture and card that speaks of a change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ska.charts import Break
from ska.core.periods import kind_of, number_of, spelled, without_holes
from ska.core.text import _
from ska.overview.rules.rows import Row
from ska.values.rules import ValueStatus
from ska.values.zeros import SILENT, Silence, turned_to_zeros

ANEW = "måttet fick en ny definition"


@dataclass(frozen=True)
class Breaks:
    """The breaks of one measure, oldest first: no value is judged against one before a break."""

    told: tuple[Break, ...] = ()

    def part(self, period: str) -> tuple[str, str]:
        """Return which stretch of the series a period lies in, and what that starts with."""
        kind = kind_of(period)
        at = number_of(period, kind) if self.told else 0
        begun = [one for one in self.told if number_of(one.at, kind) <= at]
        return f"{len(begun)}", begun[-1].said if begun else ""

    def between(self, first: str, last: str) -> Break | None:
        """Return the latest break after the period *first*, up to *last*."""
        kind = kind_of(last)
        start, end = number_of(first, kind), number_of(last, kind)
        inside = [one for one in self.told if start < number_of(one.at, kind) <= end]
        return inside[-1] if inside else None


def breaks_of(rows: Sequence[Row], kind: str, declared: Iterable[tuple[str, str]] = ()) -> Breaks:
    """Return a break where one is *declared*, where the definition got a new version, and where
    all values turn to zeros or back; *rows* are one a line and period, of one kind of period.
    """
    reasons = {**turned_to_zeros(rows, kind), **dict(declared)}
    periods = without_holes({one.period for one in rows}, kind)
    anew = _renewed(rows, periods)
    return Breaks(
        tuple(
            Break(period, reasons.get(period, ANEW))
            for period in periods[1:]
            if period in reasons or period in anew
        )
    )


def counted(rows: Iterable[Row], silence: Silence, reads: Collection[str] = ()) -> list[Row]:
    """Return *rows* where those in a stretch of nothing but zeros have no number.

    For what stands beside another column and not beside its own years: there a break says nothing.
    What is worked out of other measures, *reads*, has none where one of them has none, whatever
    number came of its zeros.
    """
    return [
        one._replace(value=None, n=None, status=str(ValueStatus.NOT_COUNTED))
        if one.value is not None and _is_of_zeros(one, silence, reads)
        else one
        for one in rows
    ]


def _is_of_zeros(row: Row, silence: Silence, reads: Collection[str]) -> bool:
    own = silence.get(row.group) or silence.get(row.title) or {}
    if row.value == 0 and _is_silent(row, own):
        return True
    return any(_is_silent(row, silence.get(one, {})) for one in reads)


def _is_silent(row: Row, turned: Mapping[str, str]) -> bool:
    at = number_of(row.period, row.period_type)
    begun = [
        (number_of(period, row.period_type), why)
        for period, why in turned.items()
        if kind_of(period) == row.period_type
    ]
    return max((one for one in begun if one[0] <= at), default=(0, ""))[1] == SILENT


def _renewed(rows: Iterable[Row], periods: Sequence[str]) -> set[str]:
    versions: dict[str, int] = {}
    for one in rows:
        versions[one.period] = max(versions.get(one.period, 0), one.definition_version)
    known = [(period, versions[period]) for period in periods if period in versions]
    return {period for (_before, earlier), (period, later) in pairwise(known) if later > earlier}


def declared_in(details: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the breaks that a measure's definition tells of, as (period, reason)."""
    found = details.get("breaks") or ()
    assert isinstance(found, (list, tuple))
    return [(str(period), str(reason)) for period, reason in found]


def silent_at(breaks: Breaks, period: str) -> list[str]:
    """Return what must be said of a period in which the source seems to count nothing."""
    kind = kind_of(period)
    begun = [one for one in breaks.told if number_of(one.at, kind) <= number_of(period, kind)]
    if not begun or begun[-1].text != SILENT:
        return []
    return [
        _("Från och med {period} är alla värden 0. Källan har troligen slutat räkna.").format(
            period=spelled(begun[-1].at)
        )
    ]
