"""After an insats: did the unit change more than units like it, and more than chance gives?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from ska.core.swedish import count_words, format_number
from ska.statistics.arrays import Array
from ska.statistics.intervals import LEVEL
from ska.statistics.matching import (
    FEW_UNITS,
    FEWEST_PLACEBOS,
    Earlier,
    Plan,
    fingerprint_of,
    pool_of,
)

UNITS = ("enhet", "enheter")
NO_OUTCOME = "det finns inget värde efter insatsen"


class EffectVerdict(StrEnum):
    """What may be said of an insats; people decide what it means."""

    CANNOT_TELL = "cannot_tell"
    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    NO_LARGER_DIFFERENCE = "no_larger_difference"


@dataclass(frozen=True)
class Outcome:
    """How the outcome is read: which way is sought, and how its differences are written."""

    higher_is_better: bool = True
    unit: str = "procentenheter"
    decimals: int = 1


@dataclass(frozen=True)
class Sides:
    """The change on both sides, each as (before, after): the unit's own and its matches' mean."""

    own: tuple[float, float]
    theirs: tuple[float, float]
    matches: int


@dataclass(frozen=True)
class Effect:
    """What came of it. *estimate* is the difference-in-differences, in the values' unit.

    *p* is the placebo p-value: the share of *placebos* (units without the insats, with this one)
    that differ as much from their own matches. *limit* is the X of "ingen skillnad större än X",
    the far end of the 95 per cent interval. *word* is the verdict, *reason* why there is none.
    """

    verdict: EffectVerdict
    word: str
    sentence: str
    estimate: float | None = None
    p: float | None = None
    placebos: int = 0
    as_large: int = 0
    limit: float | None = None
    reason: str = ""
    sides: Sides | None = None


def follow_up(
    plan: Plan, earlier: Earlier, later: ArrayLike, outcome: Outcome | None = None
) -> Effect:
    """Judge the outcome of a planned effect: difference-in-differences and a placebo rank.

    O. Ashenfelter and D. Card, Review of Economics and Statistics 67 (1985), for the difference;
    A. Abadie, A. Diamond and J. Hainmueller, Journal of the American Statistical Association 105
    (2010), for ranking it among units that had no insats, each measured by its own noise.
    *earlier* is what the plan was made from and *later* a row a unit, in the same order, with a
    column for each period since (NaN for none). Raises ValueError when *earlier* is not what the
    plan's fingerprint was taken of: the matches are those chosen before the outcome.
    """
    read = outcome or Outcome()
    if plan.reason:
        return _cannot_tell(plan.reason)
    pool = pool_of(plan.unit, earlier)
    if (
        isinstance(pool, str)
        or fingerprint_of(plan.unit, earlier, pool) != plan.fingerprint
        or pool.matches(earlier) != plan.matches
    ):
        raise ValueError("the earlier values are not those the matches were frozen on")
    after = _means(np.atleast_2d(np.asarray(later, dtype=float)))[pool.rows]
    if not np.isfinite(after[pool.own]):
        return _cannot_tell(NO_OUTCOME)
    before = pool.values.mean(axis=1)
    gaps = pool.near.gaps(after - before)
    if not np.isfinite(gaps[pool.own]):
        return _cannot_tell("för få av de liknande enheterna har ett värde efter insatsen")
    z = gaps / pool.noise
    placebos = np.delete(z, pool.own)
    placebos = np.abs(placebos[np.isfinite(placebos)])
    if placebos.size < FEWEST_PLACEBOS:
        return _cannot_tell(FEW_UNITS)
    chosen = pool.near.nearest[pool.own][pool.near.counts[pool.own]]
    known = chosen[np.isfinite(after[chosen])]
    told = _judged(float(gaps[pool.own]), float(pool.noise[pool.own]), placebos, known.size, read)
    own = float(before[pool.own]), float(after[pool.own])
    theirs = float(before[known].mean()), float(after[known].mean())
    return replace(told, sides=Sides(own, theirs, int(known.size)))


def _means(later: Array) -> Array:
    """Return the mean of the known periods of each unit; NaN for none."""
    known = np.isfinite(later)
    total = np.where(known, later, 0.0).sum(axis=1)
    count = known.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _judged(gap: float, noise: float, placebos: Array, matches: int, read: Outcome) -> Effect:
    as_large = int((placebos >= abs(gap) / noise - 1e-12).sum())
    p = (1 + as_large) / (1 + placebos.size)
    limit = abs(gap) + float(np.quantile(placebos, LEVEL)) * noise
    verdict = EffectVerdict.NO_LARGER_DIFFERENCE
    if p <= 1 - LEVEL + 1e-12:
        is_better = (gap > 0) == read.higher_is_better
        verdict = EffectVerdict.IMPROVEMENT if is_better else EffectVerdict.DETERIORATION
    word = _word(verdict, limit, read)
    beside = (
        f"Bland {count_words(int(placebos.size), *UNITS)} utan insatsen"
        f" avvek {format_number(as_large) if as_large else 'ingen'} minst lika mycket"
        " från sina liknande enheter."
    )
    sentence = f"{word[0].upper()}{word[1:]}. {_compared(gap, matches, read)} {beside}"
    if verdict is not EffectVerdict.NO_LARGER_DIFFERENCE:
        sentence += " Det visar inte att insatsen är orsaken."
    return Effect(verdict, word, sentence, gap, p, int(placebos.size), as_large, _up(limit, read))


def _word(verdict: EffectVerdict, limit: float, read: Outcome) -> str:
    if verdict is EffectVerdict.IMPROVEMENT:
        return "pekar mot förbättring"
    if verdict is EffectVerdict.DETERIORATION:
        return "pekar mot försämring"
    return f"ingen skillnad större än {_written(_up(limit, read), read)}"


def _compared(gap: float, matches: int, read: Outcome) -> str:
    size = _written(abs(gap), read)
    side = "mer" if gap > 0 else "mindre"
    return (
        f"Från åren före till åren efter blev ändringen {size} {side}"
        f" än hos {count_words(matches, 'liknande enhet', 'liknande enheter')}."
    )


def _written(size: float, read: Outcome) -> str:
    return f"{format_number(size, read.decimals)} {read.unit}".strip()


def _up(size: float, read: Outcome) -> float:
    """Round away from 0, so that the written limit still holds."""
    scale = 10.0**read.decimals
    return ceil(size * scale - 1e-9) / scale


def _cannot_tell(reason: str) -> Effect:
    return Effect(
        EffectVerdict.CANNOT_TELL,
        f"kan inte avgöras ({reason})",
        f"Det går inte att avgöra om insatsen gjorde skillnad: {reason}.",
        reason=reason,
    )
