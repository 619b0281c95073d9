"""How to behave towards a source: when to wait, for how long, and what is worth asking again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TypeVar

WORTH_ASKING_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 300.0
T = TypeVar("T")


@dataclass(frozen=True)
class Manners:
    """A source's limits: least time between questions, and the waits after it has said no."""

    gap: float = 0.25
    waits: tuple[float, ...] = (1, 2, 4, 8, 16, 32)


KOLADA = Manners(gap=0.25)  # five a second at most
STATISTICS_DATABASE = Manners(gap=2.0, waits=(5, 15, 30, 60, 120))  # a bare 429, ten calls in 10 s
SKOLVERKET = Manners(gap=0.2)


def wait_of(manners: Manners, attempt: int, retry_after: float | None, chance: float) -> float:
    """Return how long to wait after *attempt* refusals; *chance* (0–1) spreads out the callers.

    A wait that the source itself asks for is kept to the second, but never beyond five minutes.
    """
    if retry_after is not None:
        return min(max(retry_after, 0.0), LONGEST_WAIT) + chance
    step = manners.waits[min(attempt, len(manners.waits) - 1)]
    return min(step * (1 + chance / 2), LONGEST_WAIT)


def retry_after_of(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or as a date."""
    text = (header or "").strip()
    if not text:
        return None
    if text.isdecimal():
        return float(text)
    moment = moment_of(text)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def moment_of(header: str | None) -> datetime | None:
    """Return the moment that an HTTP date tells, None for anything else."""
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most *size*."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
