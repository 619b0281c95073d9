"""Places beside the level that they share: which stand out from what chance lets equal ones do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ska.statistics.arrays import Array
from ska.statistics.comparison import Comparison, Verdict
from ska.statistics.funnel import Funnel, funnel_limits, funnel_of_shares
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

    *beyond_inner* tells which lie outside the inner limits, whether or not inside the outer.
    """

    funnel: Funnel
    told: tuple[Comparison, ...]
    beyond_inner: tuple[bool, ...]
    count: int
    n: int

    def limits(self, ns: ArrayLike, level: float = OUTER) -> tuple[Array, Array]:
        """Return the shares between which an equal place with n pupils stays."""
        return funnel_limits(ns, self.funnel.target, self.funnel.between, level)

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
        return Measure(self.funnel.target * 100, self.n)


def reason_against_a_level(measures: Sequence[Measure], people: str = PUPILS[1]) -> str:
    """Return why the places have no common level, in Swedish; empty when they have."""
    if len(measures) < FEWEST_PLACES:
        return f"det behövs minst {FEWEST_PLACES} platser där antalet {people} är känt"
    if len({one.basis for one in measures}) > 1:
        return "platserna har inte samma definition eller urval"
    return ""


def compare_with_common_level(measures: Sequence[Measure]) -> CommonLevel:
    """Judge each place against the level that all share; clear only outside the outer limits.

    The limits are those of a funnel (Spiegelhalter 2005), widened where many places clearly vary
    more than chance gives, so the verdicts and the picture are the same. Shares with known n only.
    """
    counts = np.array([one.count for one in measures], dtype=float)
    ns = np.array([one.n for one in measures], dtype=float)
    funnel = funnel_of_shares(counts, ns, level=OUTER, overdispersed=len(measures) >= MANY_PLACES)
    gaps = funnel.value - funnel.target
    pupils = gap_in_pupils(gaps, ns)
    inner = Funnel(
        funnel.value, funnel.target, *funnel_limits(ns, funnel.target, funnel.between, INNER)
    )
    told = tuple(
        Comparison(
            Verdict.CLEAR_DIFFERENCE if is_out else Verdict.WITHIN_VARIATION,
            "",
            float(gap) * 100,
            int(several),
        )
        for is_out, gap, several in zip(funnel.flagged, gaps, pupils, strict=True)
    )
    beyond = tuple(bool(one) for one in inner.flagged)
    return CommonLevel(funnel, told, beyond, int(counts.sum()), int(ns.sum()))
