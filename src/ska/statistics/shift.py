"""Pairs that moved down, stood still or moved up: does one way outweigh the other?"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom, norm

from ska.core.swedish import count_words, format_number
from ska.statistics.comparison import Comparison, Verdict
from ska.statistics.intervals import LEVEL, Interval
from ska.statistics.many import joint_level
from ska.statistics.measures import Measure

UNKNOWN = "värdena gäller en hel grupp, inte en skola"


def shift_interval(lower: int, higher: int, n: int, level: float = LEVEL) -> Interval:
    """Return the interval of (higher − lower) / n as fractions.

    The score interval for paired shares of Tango 1998, with the closed form of the likeliest share.
    """
    if n < 1 or lower < 0 or higher < 0 or lower + higher > n:
        raise ValueError("lower and higher are parts of n pairs")
    z = float(norm.ppf(1 - (1 - level) / 2))
    net = (higher - lower) / n

    def off(at: float, sign: int) -> float:
        likeliest = _likeliest(lower, higher, n, at)
        spread = sqrt(max(n * (2 * likeliest + at * (1 - at)), 0.0))
        return sign * (higher - lower - n * at) - z * spread

    low = -1.0 if net == -1 else brentq(off, -1.0, net, args=(1,), xtol=1e-12)
    high = 1.0 if net == 1 else brentq(off, net, 1.0, args=(-1,), xtol=1e-12)
    return Interval(float(low), float(high))


def _likeliest(lower: int, higher: int, n: int, at: float) -> float:
    """Return the likeliest share that moved down when the shares differ by *at*."""
    a = 2.0 * n
    b = -lower - higher + (2 * n - higher + lower) * at
    c = -lower * at * (1 - at)
    return max((sqrt(max(b * b - 4 * a * c, 0.0)) - b) / (2 * a), 0.0, -at)


def shift_p(lower: int, higher: int) -> float:
    """Return how often chance alone moves as many more one way, either way (McNemar's mid-p).

    Fagerland, Lydersen and Laake 2013.
    """
    moved, fewest = lower + higher, min(lower, higher)
    if lower == higher:
        return 1.0
    exact = 2 * binom.cdf(fewest, moved, 0.5) - binom.pmf(fewest, moved, 0.5)
    return min(float(exact), 1.0)


def describe_shifts(pairs: Sequence[tuple[Measure, Measure]], than: str) -> list[Comparison]:
    """Judge pairs of lower and higher as `describe_shift` does, when all are looked at together.

    Of those called clear at most one in twenty is chance, as in `compare_many`.
    """
    known = [one for one in pairs if not _reason_against(*one)]
    ps = [shift_p(lower.count or 0, higher.count or 0) for lower, higher in known]
    level = joint_level(np.array(ps)) if ps else LEVEL
    return [describe_shift(*one, than, level) for one in pairs]


def describe_shift(lower: Measure, higher: Measure, than: str, level: float = LEVEL) -> Comparison:
    """Judge whether more moved one way than the other, in the same words whichever way it is.

    *than* is what the pairs are compared with ("provbetyget"). Clear only when the interval and
    the exact test both say so, as in `compare`. *level* is stricter where others are judged too.
    """
    gap = None if lower.value is None or higher.value is None else higher.value - lower.value
    reason = _reason_against(lower, higher)
    if reason:
        said = f"Det går inte att avgöra om det ena är vanligare än det andra: {reason}."
        return Comparison(Verdict.CANNOT_TELL, said, gap, None, reason)
    down, up, n = lower.count or 0, higher.count or 0, lower.n or 1
    around = shift_interval(down, up, n, level)
    both = (
        f"Av {count_words(n, *lower.people)} fick {down} ({lower.written()}) lägre betyg än {than}"
        f" och {up} ({higher.written()}) högre."
    )
    if down == up:
        said = f"{both} Det är lika många åt båda hållen."
        return Comparison(Verdict.WITHIN_VARIATION, said, gap, 0, interval=around)
    way = "lägre" if down > up else "högre"
    size = (
        f"{format_number(abs(100 * (up - down) / n), lower.decimals)} procentenheter,"
        f" {count_words(abs(up - down), *lower.people)}"
    )
    if 0 in around or shift_p(down, up) > 1 - level:
        said = f"{both} Övervikten åt det {way} hållet ({size}) ryms inom vanlig variation."
        return Comparison(Verdict.WITHIN_VARIATION, said, gap, abs(up - down), interval=around)
    said = f"{both} Övervikten åt det {way} hållet är en tydlig skillnad: {size}."
    title = f"Betyget är oftare {way} än {than}"
    return Comparison(
        Verdict.CLEAR_DIFFERENCE, said, gap, abs(up - down), title=title, interval=around
    )


def _reason_against(lower: Measure, higher: Measure) -> str:
    """Return why the two ways cannot be weighed, in Swedish; empty when they can."""
    for one in (lower, higher):
        if one.value is None:
            return one.written()
    if lower.whole or higher.whole:
        return UNKNOWN
    if lower.n is None or lower.n != higher.n:
        return f"antalet {lower.people[1]} är inte känt"
    if (lower.count or 0) + (higher.count or 0) > lower.n:
        return "andelarna hör inte till samma elever"
    return ""
