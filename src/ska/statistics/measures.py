"""A value with what it takes to judge it: how many it is built on, and what it may stand beside."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from ska.core.swedish import beside, count_words, format_number, format_percent
from ska.statistics.intervals import LEVEL, Interval, mean_limits, wilson_interval

PUPILS = ("elev", "elever")
NO_SPREAD = "källan visar inte hur mycket slumpen kan påverka"
"""What is no share has an interval only when it is known how its people differ."""
FEW = 30
"""Below this many, single pupils move the share by more than three percentage points."""


@dataclass(frozen=True)
class Measure:
    """One value of a measure, for one place and one period.

    *value* is in the measure's own unit (shares in percent), None when there is none; *word* then
    says why ("för få elever"), or that the value is no plain one. *n* is the number the share is
    built on, None when not known.
    *whole* marks a value of a whole population so large that chance does not move it (the country).
    *spread* is the standard deviation among the n people of a mean; without it a mean has no
    interval. Values with unlike *basis* (definition, population, scale) are never compared.
    *since* says in Swedish what makes its basis another than that of values before it.
    *kind* marks a label that is no name ("Flickor"): inside a sentence it begins small.
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
    spread: float | None = None
    kind: bool = False
    since: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not isfinite(self.value):
            raise ValueError("a missing value is None, never NaN")
        if self.n is not None and self.n < 1:
            raise ValueError("n counts the pupils behind the value: at least one")
        if self.share and self.value is not None and not 0 <= self.value <= 100:
            raise ValueError(f"a share lies between 0 and 100 per cent, not {self.value}")
        if self.spread is not None and not (isfinite(self.spread) and self.spread >= 0):
            raise ValueError("a spread is 0 or more, None when it is not known")

    @property
    def mentioned(self) -> str:
        """Return the label as it stands inside a sentence: a name, or "svensk bakgrund"."""
        return self.label[:1].lower() + self.label[1:] if self.kind else self.label

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

    @property
    def no_interval(self) -> str:
        """Return why no interval can be given, in Swedish; empty when one can."""
        if self.value is None:
            return self.written()
        if self.whole:
            return ""
        if not self.share and self.spread is None:
            return NO_SPREAD
        if self.n is None:
            return f"antalet {self.people[1]} är inte känt"
        if not self.share and self.n < 2:
            return f"det är bara en {self.people[0]}"
        return ""

    @property
    def is_uncertain(self) -> bool:
        """Tell whether chance moves the value, and it is known how far."""
        return self.value is not None and not self.whole and not self.no_interval

    def interval(self, level: float = LEVEL) -> Interval | None:
        """Return Wilson's interval of a share as fractions, Student's of a mean in its own unit.

        None when it cannot be given; ``no_interval`` then says why.
        """
        if self.value is None or self.no_interval:
            return None
        if self.whole:
            scale = 100 if self.share else 1
            return Interval(self.value / scale, self.value / scale)
        assert self.n is not None
        if not self.share:
            assert self.spread is not None
            low, high = mean_limits(self.value, self.spread, self.n, level)
            return Interval(float(low), float(high))
        assert self.count is not None
        around = wilson_interval(self.count, self.n, level)
        share = self.value / 100
        return Interval(min(around.low, share), max(around.high, share))

    def reach(self, level: float = LEVEL) -> Interval | None:
        """Return the interval in the unit that the value is written in: per cent for shares."""
        around = self.interval(level)
        if around is None or not self.share:
            return around
        return Interval(around.low * 100, around.high * 100)

    def written(self) -> str:
        """Return the value as it is read, "61,8 %" or "5,9", or the word for why it is missing."""
        if self.value is None:
            return beside(None, self.word or "uppgift saknas")
        as_read = format_percent if self.share else format_number
        return beside(as_read(self.value, self.decimals), self.word)

    def written_with_count(self) -> str:
        """Return "61,8 % (42 av 68 elever)", with as much of the count as is known."""
        if self.value is None or self.n is None:
            return self.written()
        people = count_words(self.n, *self.people)
        if self.count is None:
            return f"{self.written()} ({people})"
        about = "" if self.is_count_exact else "ungefär "
        return f"{self.written()} ({about}{format_number(self.count)} av {people})"

    def written_interval(self) -> str:
        """Return "50–72 %", whole percent, or an empty text when no interval can be given.

        For a mean "5,4–6,2", in the decimals of the value.
        """
        around = self.reach()
        if around is None or self.whole:
            return ""
        if not self.share:
            ends = (format_number(end, self.decimals) for end in (around.low, around.high))
            return "–".join(ends)
        low, high = (int(end + 0.5) for end in (around.low, around.high))
        return f"{low}–{high}\u00a0%"
