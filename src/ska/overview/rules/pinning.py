"""What may be pinned in an analysis from a page of numbers: the numbers, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
