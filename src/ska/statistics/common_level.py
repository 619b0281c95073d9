"""Places beside the level that they share: which stand out from what chance lets equal ones do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ska.statistics.arrays import Array
from ska.statistics.comparison import Comparison, Verdict
from ska.statistics.funnel import (
    Funnel,
    funnel_limits,
    funnel_of_means,
    funnel_of_shares,
    limits_of_means,
)
from ska.statistics.measures import PUPILS, Measure
from ska.statistics.what_if import gap_in_pupils

INNER, OUTER = 0.95, 0.998
"""Spiegelhalter's two limits. Outside the outer a place is called different: one of 500 equal."""
FEWEST_PLACES = 3
MANY_PLACES = 20
"""Among fewer, one place that stands out looks like a real spread of all, and would hide itself."""


@dataclass(frozen=True)
class CommonLevel:
    """The common level of some places, and what may be said of each against it, in their order.

    *beyond_inner* tells which lie outside the inner limits, whether or not inside the outer. The
    funnel is in fractions for shares and in the measure's unit for means; *scale* leads to the
    unit that values are written in. *decimals* are those of the values.
    """

    funnel: Funnel
    told: tuple[Comparison, ...]
    beyond_inner: tuple[bool, ...]
    n: int
    share: bool = True
    decimals: int = 1

    @property
    def scale(self) -> int:
        """Return 100 for shares, which are written in per cent, else 1."""
        return 100 if self.share else 1

    def limits(self, ns: ArrayLike, level: float = OUTER) -> tuple[Array, Array]:
        """Return between which shares (fractions) or means an equal place with n pupils stays."""
        return _limits(self.funnel, ns, level, share=self.share)

    @property
    def is_widened(self) -> bool:
        """Tell whether the places differ more than chance gives: who lies within differs too."""
        return self.funnel.between > 0

    @property
    def words(self) -> tuple[str, ...]:
        """Return the verdicts, and within which limits; within widened nothing is called usual."""
        return tuple(
            self._word(told, is_beyond=is_beyond)
            for told, is_beyond in zip(self.told, self.beyond_inner, strict=True)
        )

    def _word(self, told: Comparison, *, is_beyond: bool) -> str:
        if told.is_clear:
            return told.word
        if self.is_widened:
            between = "mellan de vidgade inre och yttre gränserna"
            return between if is_beyond else "innanför de vidgade inre gränserna"
        between = f"{told.word}, mellan de inre och yttre gränserna"
        return between if is_beyond else told.word

    @property
    def measure(self) -> Measure:
        """Return the common level as a value."""
        target = self.funnel.target * self.scale
        return Measure(target, self.n, share=self.share, decimals=self.decimals)


def reason_against_a_level(measures: Sequence[Measure], people: str = PUPILS[1]) -> str:
    """Return why the places have no common level, in Swedish; empty when they have."""
    if len(measures) < FEWEST_PLACES:
        if measures and not measures[0].share:
            return (
                f"det behövs minst {FEWEST_PLACES} platser där antalet {people} och"
                " standardavvikelsen är kända"
            )
        return f"det behövs minst {FEWEST_PLACES} platser där antalet {people} är känt"
    if len({one.basis for one in measures}) > 1:
        return "platserna har inte samma definition eller urval"
    return ""


def compare_with_common_level(measures: Sequence[Measure]) -> CommonLevel:
    """Judge each place against the level that all share; clear only outside the outer limits.

    The limits are those of a funnel (Spiegelhalter 2005), widened where many places clearly vary
    more than chance gives, so the verdicts and the picture are the same. Shares with known n, or
    means whose n and spread are known: never both.
    """
    share = measures[0].share
    ns = np.array([one.n for one in measures], dtype=float)
    is_many = len(measures) >= MANY_PLACES
    if share:
        counts = np.array([one.count for one in measures], dtype=float)
        funnel = funnel_of_shares(counts, ns, level=OUTER, overdispersed=is_many)
    else:
        means, spreads = [one.value or 0.0 for one in measures], [one.spread for one in measures]
        spread = np.array(spreads, dtype=float)
        funnel = funnel_of_means(means, spread, ns, level=OUTER, overdispersed=is_many)
    gaps = funnel.value - funnel.target
    pupils = [int(one) for one in gap_in_pupils(gaps, ns)] if share else [None] * len(measures)
    low, high = _limits(funnel, ns, INNER, share=share)
    inner = replace(funnel, low=low, high=high)
    told = tuple(
        Comparison(
            Verdict.CLEAR_DIFFERENCE if is_out else Verdict.WITHIN_VARIATION,
            "",
            float(gap) * (100 if share else 1),
            several,
        )
        for is_out, gap, several in zip(funnel.flagged, gaps, pupils, strict=True)
    )
    beyond = tuple(bool(one) for one in inner.flagged)
    return CommonLevel(funnel, told, beyond, int(ns.sum()), share, measures[0].decimals)


def _limits(funnel: Funnel, ns: ArrayLike, level: float, *, share: bool) -> tuple[Array, Array]:
    if share:
        return funnel_limits(ns, funnel.target, funnel.between, level)
    return limits_of_means(ns, funnel, level)
