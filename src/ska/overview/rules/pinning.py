"""What may be pinned in an analysis from a page of numbers: the numbers, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

MOST_PINNED = 10


@dataclass(frozen=True)
class PinnedValue:
    """One number with the row it was read from; None when it was worked out."""

    period: str
    value: float
    n: int | None
    value_id: int | None


@dataclass(frozen=True)
class ToPin:
    """The numbers of a page, with the sentence that it proposes and the questions that it asks.

    *code* is the indicator that the numbers are of; *unit_id* the unit whose they are.
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
