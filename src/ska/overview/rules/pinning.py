"""What may be pinned in an analysis from a page of numbers: the numbers, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ska.overview.rules.breaks import Breaks
from ska.overview.rules.rows import Row, own_of
from ska.overview.rules.trends import Seen

MOST_PINNED = 10


@dataclass(frozen=True)
class PinnedValue:
    """One number with the row it was read from; None when it was worked out.

    *since* says why it is not counted as those before a break, empty before any.
    """

    period: str
    value: float
    n: int | None
    value_id: int | None
    since: str = ""


@dataclass(frozen=True)
class ToPin:
    """The numbers of a page, with the sentence that it proposes and the questions that it asks.

    *code* is the indicator that the numbers are of; *unit_id* the unit whose they are. *at* is the
    picture's address under the huvudman's; one with *has_history* is drawn again as known on a day.
    """

    code: str
    heading: str
    here: str
    unit_id: UUID | None
    sentence: str
    source: str
    population: str
    unit_of_measure: str
    values: tuple[PinnedValue, ...]
    questions: tuple[str, ...] = ()
    at: str = ""
    has_history: bool = True

    def seen_on(self, day: date) -> str:
        """Return the address that gives the picture again as it was known on a day."""
        is_plain = not self.has_history or "kant=" in self.at
        return self.at if is_plain else f"{self.at}&kant={day.isoformat()}"


def latest_pinned(rows: Sequence[Row], seen: Seen, most: int = 5) -> tuple[PinnedValue, ...]:
    """Return the latest own values as drawn, oldest first, so that an observation can hold them.

    One that only repeats an earlier value is no number of its own.
    """
    breaks = Breaks(seen.spec.breaks)
    ids = {(one.period, one.value): one.value_id for one in own_of(rows) if one.value is not None}
    own = seen.chart.values[:1]
    line = own[0].line if own else ""
    found = [
        PinnedValue(
            one.period, one.value, one.n, ids[one.period, one.value], breaks.part(one.period)[1]
        )
        for one in seen.chart.values
        if one.line == line
        and one.value is not None
        and not one.carried_from
        and (one.period, one.value) in ids
    ]
    return tuple(found[-most:])
