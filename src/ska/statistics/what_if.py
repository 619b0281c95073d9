""" "Om tre elever till …": how much single pupils weigh in a share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ska.core.swedish import count_words, format_percent
from ska.statistics.arrays import told
from ska.statistics.measures import Measure

_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def what_if(measure: Measure, pupils: int = 3) -> str:
    """Return what the share had been with so many pupils more, and fewer, in it.

    Empty when the share or its n is not known. Never counts past all or none of the pupils.
    """
    if measure.count is None or measure.n is None or measure.whole:
        return ""
    more = min(pupils, measure.n - measure.count)
    fewer = min(pupils, measure.count)
    parts = []
    if more:
        parts.append(f"Med {pupils_in_words(more, measure)} till {_had(measure, more)}.")
    if fewer:
        parts.append(f"Med {pupils_in_words(fewer, measure)} färre {_had(measure, -fewer)}.")
    return " ".join(parts)


def gap_in_pupils(gaps: ArrayLike, ns: ArrayLike) -> NDArray[np.int64]:
    """Return how many of n pupils each gap stands for, gaps as fractions of either sign.

    A half is counted up; the answer has no sign. Raises ValueError for what is not known.
    """
    gap, n = told(gaps), told(ns)
    return np.floor(np.abs(gap) * n + 0.5).astype(np.int64)


def pupils_in_words(pupils: int, measure: Measure) -> str:
    """Return "tre elever", in figures above ten."""
    number = _NUMBERS[pupils] if pupils < len(_NUMBERS) else str(pupils)
    return count_words(pupils, *measure.people).replace(str(pupils), number, 1)


def _had(measure: Measure, pupils: int) -> str:
    assert measure.count is not None
    assert measure.n is not None
    share = 100 * (measure.count + pupils) / measure.n
    return f"hade andelen varit {format_percent(share, measure.decimals)}"
