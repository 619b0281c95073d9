"""A value with what it takes to judge it: how many it is built on, and what it may stand beside."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from ska.core.swedish import count_words, format_number, format_percent
from ska.statistics.intervals import LEVEL, Interval, wilson_interval

PUPILS = ("elev", "elever")
FEW = 30
"""Below this many, single pupils move the share by more than three percentage points."""


@dataclass(frozen=True)
class Measure:
    """One value of a measure, for one place and one period.

    *value* is in the measure's own unit (shares in percent), None when there is none; *word* then
    says why ("för få elever"). *n* is the number the share is built on, None when not known.
    *whole* marks a value of a whole population so large that chance does not move it (the country).
    Values with unlike *basis* (definition, population, scale) are never compared.
    """

    value: float | None
    n: int | None = None
    label: str = ""
    word: str = ""
    basis: str = ""
    share: bool = True
    whole: bool = False
    decimals: int = 1
    people: tuple[str, str] = PUPILS

    def __post_init__(self) -> None:
        if self.value is not None and not isfinite(self.value):
            raise ValueError("a missing value is None, never NaN")
        if self.n is not None and self.n < 1:
            raise ValueError("n counts the pupils behind the value: at least one")
        if self.share and self.value is not None and not 0 <= self.value <= 100:
            raise ValueError(f"a share lies between 0 and 100 per cent, not {self.value}")

    @property
    def is_few(self) -> bool:
        """Tell whether single pupils move the value much (fewer than 30, ux-guide §6)."""
        return self.n is not None and self.n < FEW

    @property
    def count(self) -> int | None:
        """Return how many of the n the share stands for; None for other measures."""
        if not self.share or self.value is None or self.n is None:
            return None
        return int(self.value / 100 * self.n + 0.5)

    @property
    def is_count_exact(self) -> bool:
        """Tell whether count of n gives back the value as it was rounded."""
        if self.count is None or self.n is None or self.value is None:
            return False
        rounding = 0.5 * 10.0**-self.decimals + 1e-9
        return abs(100 * self.count / self.n - self.value) <= rounding

    def interval(self, level: float = LEVEL) -> Interval | None:
        """Return the Wilson interval of a share as a fraction; None when n or value is unknown."""
        if not self.share or self.value is None:
            return None
        if self.whole:
            return Interval(self.value / 100, self.value / 100)
        if self.n is None or self.count is None:
            return None
        around = wilson_interval(self.count, self.n, level)
        share = self.value / 100
        return Interval(min(around.low, share), max(around.high, share))

    def written(self) -> str:
        """Return the value as it is read, "61,8 %" or "5,9", or the word for why it is missing."""
        if self.value is None:
            return self.word or "uppgift saknas"
        if self.share:
            return format_percent(self.value, self.decimals)
        return format_number(self.value, self.decimals)

    def written_with_count(self) -> str:
        """Return "61,8 % (42 av 68 elever)", with as much of the count as is known."""
        if self.value is None or self.n is None:
            return self.written()
        people = count_words(self.n, *self.people)
        if self.count is None:
            return f"{self.written()} ({people})"
        about = "" if self.is_count_exact else "ungefär "
        return f"{self.written()} ({about}{self.count} av {people})"

    def written_interval(self) -> str:
        """Return "50–72 %", whole percent, or an empty text when no interval can be given."""
        around = self.interval()
        if around is None or self.whole:
            return ""
        low, high = (int(end * 100 + 0.5) for end in (around.low, around.high))
        return f"{low}–{high}\u00a0%"
