"""Before an insats starts: which units are like this one, and what it could see at all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from ska.statistics.arrays import Array, Flags, Places
from ska.statistics.intervals import LEVEL

FEWEST_EARLIER = 4
MATCHES = 10
FEWEST_MATCHES = 5
FARTHEST = 1.0
"""A match differs by at most so many standard deviations, on average over what is matched on."""
FEWEST_PLACEBOS = 39
FEW_EARLIER = "det finns färre än fyra tidigare värden"
FEW_UNITS = "det finns för få enheter att jämföra med"
FEW_ALIKE = "det finns för få liknande enheter"
_SEEN = 0.85
"""Announced is what would have been seen in this share of earlier cases, a little more than the
four of five that are promised: a coming year may be less like the others than they were."""
_STILL = 1e-9
_ROWS_AT_ONCE = 256
_COMMON_WEIGHT = 4
"""The units' common noise weighs as much as so many years of a unit's own."""


@dataclass(frozen=True)
class Earlier:
    """What was known before the start: *values* has a row a unit and a column a period.

    NaN is a period without a value of its own: missing, hidden, repeated from an earlier round or
    of another definition. *background* has a row a unit, in any unit of measure; may be empty.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    values: Array
    background: Array = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.units), len(self.periods)):
            raise ValueError("values have a row a unit and a column a period")
        if len(set(self.units)) != len(self.units):
            raise ValueError("each unit stands once")
        if self.background.size and len(self.background) != len(self.units):
            raise ValueError("background has a row a unit")


@dataclass(frozen=True)
class Plan:
    """The matches of one unit, frozen before the outcome is read.

    *detectable* is the change, in the values' unit and beyond what the matches do, that would be
    seen in four of five cases. *fingerprint* is the SHA-256 of all that they were chosen from;
    *reason* says why there are none.
    """

    unit: str
    matches: tuple[str, ...] = ()
    distances: tuple[float, ...] = ()
    detectable: float | None = None
    fingerprint: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Neighbours:
    """The nearest others of each unit (a row each), and which of them are near enough to count."""

    nearest: Places
    distance: Array

    @property
    def counts(self) -> Flags:
        """Tell which of the nearest are near enough."""
        return np.asarray(self.distance <= FARTHEST)

    def gaps(self, values: Array) -> Array:
        """Return each unit's value less the mean of its matches; NaN when fewer than five count."""
        theirs = np.where(self.counts, values[self.nearest], np.nan)
        known = np.isfinite(theirs)
        enough = known.sum(axis=1) >= FEWEST_MATCHES
        total = np.where(known, theirs, 0.0).sum(axis=1)
        return np.where(enough, values - total / np.maximum(known.sum(axis=1), 1), np.nan)


@dataclass(frozen=True)
class Pool:
    """The unit and all that have values in the same periods, complete, each with its matches."""

    rows: Places
    own: int
    values: Array
    near: Neighbours
    noise: Array

    def matches(self, earlier: Earlier) -> tuple[str, ...]:
        """Return the names of the unit's own matches, the nearest first."""
        chosen = self.near.nearest[self.own][self.near.counts[self.own]]
        return tuple(earlier.units[self.rows[at]] for at in chosen)


def plan_effect(unit: str, earlier: Earlier) -> Plan:
    """Choose the units most like *unit* in level, trend and background, and say what can be seen.

    Nearest neighbours on standardised differences (P. R. Rosenbaum and D. B. Rubin, The American
    Statistician 39, 1985, 33–38); no outcome is an argument, so none can change the choice. Raises
    KeyError for a unit that is not among *earlier*.
    """
    pool = pool_of(unit, earlier)
    if isinstance(pool, str):
        return Plan(unit, reason=pool)
    distances = pool.near.distance[pool.own][pool.near.counts[pool.own]]
    return Plan(
        unit,
        pool.matches(earlier),
        tuple(float(one) for one in distances),
        _detectable(pool),
        fingerprint_of(unit, earlier, pool),
    )


def pool_of(unit: str, earlier: Earlier) -> Pool | str:
    """Return the unit among those it can be judged beside, or the Swedish reason why it cannot."""
    where = {name: at for at, name in enumerate(earlier.units)}[unit]
    known = np.isfinite(earlier.values[where])
    if known.sum() < FEWEST_EARLIER:
        return FEW_EARLIER
    complete: Flags = np.asarray(np.isfinite(earlier.values[:, known]).all(axis=1))
    if earlier.background.size:
        complete &= np.isfinite(earlier.background).all(axis=1)
    if not complete[where]:
        return "bakgrunden är inte känd"
    rows = np.flatnonzero(complete)
    if rows.size <= FEWEST_PLACEBOS:
        return FEW_UNITS
    values = earlier.values[np.ix_(rows, known)]
    background = earlier.background[rows] if earlier.background.size else np.zeros((rows.size, 0))
    own = int(np.searchsorted(rows, where))
    near = nearest_of(_features(values, background), own)
    if near.counts[own].sum() < FEWEST_MATCHES:
        return FEW_ALIKE
    noise = noise_of(values, near)
    if noise[own] <= _STILL:
        return "inga värden har ändrats mellan åren"
    return Pool(rows, own, values, near, noise)


def nearest_of(features: Array, own: int) -> Neighbours:
    """Return each unit's nearest others and how far they are; the unit *own* is nobody's match.

    Of equally near the first is taken, and what machines round unlike is rounded away, so that the
    same values give the same matches everywhere.
    """
    units = len(features)
    nearest = np.empty((units, MATCHES), dtype=np.intp)
    distance = np.empty((units, MATCHES))
    for start in range(0, units, _ROWS_AT_ONCE):
        part = np.arange(start, min(start + _ROWS_AT_ONCE, units))
        apart = np.zeros((part.size, units))
        for column in features.T:
            apart += (column[part, None] - column) ** 2
        key = np.rint(apart * 1e9).astype(np.int64) * units + np.arange(units)
        key[np.arange(part.size), part] = key[:, own] = np.iinfo(np.int64).max
        chosen = np.argpartition(key, MATCHES, axis=1)[:, :MATCHES]
        order = np.argsort(np.take_along_axis(key, chosen, axis=1), axis=1)
        nearest[part] = np.take_along_axis(chosen, order, axis=1)
        distance[part] = np.take_along_axis(apart, nearest[part], axis=1)
    return Neighbours(nearest, np.sqrt(distance / max(features.shape[1], 1)))


def noise_of(values: Array, near: Neighbours) -> Array:
    """Return how much each unit's distance to its matches varies from year to year.

    The standard deviation of the yearly gap, drawn towards the units' common one: a few years
    alone tell it poorly (G. K. Smyth, Statistical Applications in Genetics 3, 2004, with a fixed
    weight). NaN for a unit without matches; never 0 unless no unit varies at all.
    """
    gap = np.column_stack([near.gaps(column) for column in values.T])
    squares = ((gap - gap.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    freedom = values.shape[1] - 1
    common = float(squares[np.isfinite(squares)].mean()) / freedom
    noise: Array = np.sqrt((squares + _COMMON_WEIGHT * common) / (freedom + _COMMON_WEIGHT))
    return noise


def _features(values: Array, background: Array) -> Array:
    time = np.arange(values.shape[1]) - (values.shape[1] - 1) / 2
    table = np.column_stack([values.mean(axis=1), values @ time / (time @ time), background])
    spread = table.std(axis=0)
    found: Array = (table - table.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    return found


def _detectable(pool: Pool) -> float | None:
    """Return the size that would have been seen in the worst of the earlier years.

    Each year from the fourth is tried as if it were the outcome; the size is what is needed to
    stand out then, and to do so whatever else happens to the unit in all but few cases.
    """
    tried = []
    for at in range(3, pool.values.shape[1]):
        values, later = pool.values[:, :at], pool.values[:, at]
        near = nearest_of(_features(values, np.zeros((len(values), 0))), pool.own)
        gaps, noise = near.gaps(later - values.mean(axis=1)), noise_of(values, near)
        others = np.isfinite(gaps) & (noise > _STILL)
        others[pool.own] = False
        if not others.any():
            return None
        z = gaps[others] / noise[others]
        low, high = np.quantile(z, [1 - _SEEN, _SEEN])
        tried.append(np.quantile(np.abs(z), LEVEL) + max(high, -low))
    return float(max(tried) * pool.noise[pool.own])


def fingerprint_of(unit: str, earlier: Earlier, pool: Pool) -> str:
    """Return the SHA-256 of all that the matches were chosen from, and of the matches."""
    units = [earlier.units[at] for at in pool.rows]
    background = earlier.background[pool.rows].tolist() if earlier.background.size else []
    chosen_from = [unit, list(earlier.periods), units, pool.values.tolist(), background]
    written = json.dumps([chosen_from, list(pool.matches(earlier))], ensure_ascii=False)
    return sha256(written.encode()).hexdigest()
