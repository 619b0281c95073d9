"""What an expectation is judged by: chosen and frozen before the outcome. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from ska.actions.effects.lines import FEWEST, Line, beside, measured, numbers_of
from ska.core.text import _
from ska.statistics import Earlier, Effect, Outcome, Plan, follow_up, plan_effect
from ska.values.rules import Nature, ValueStatus

MOST_EARLIER = 6
FEWEST_OTHERS = 39
KNOWN_OF_ALL = 0.9
"""A background is matched on when it is known of the place and of so many of the others."""
CHANGED = _("underlaget stämmer inte med det som frystes")
BROKEN = _("serien har ett brott efter de år som underlaget vilar på")
OWN_CHANGED = _("ett av de egna värden som valet vilade på har ändrats eller får inte längre visas")
Numbers = dict[str, dict[str, float]]
_NONE = np.zeros((0, 0))


@dataclass(frozen=True)
class Ground:
    """The plan with all that it was made from; *names* are those of the matches.

    *is_own* tells that the values are the huvudman's own: of them only the choice is kept, and the
    values themselves are asked for through the gate each time.
    """

    plan: Plan
    earlier: Earlier
    names: Mapping[str, str]
    backgrounds: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def matches(self) -> list[tuple[str, list[float], float]]:
        """Return each match with its earlier values and how far it is, the nearest first."""
        at = {code: row for row, code in enumerate(self.earlier.units)}
        pairs = zip(self.plan.matches, self.plan.distances, strict=True)
        return [
            (self.names.get(code, code), self.earlier.values[at[code]].tolist(), far)
            for code, far in pairs
        ]

    def content(self) -> dict[str, Any]:
        """Return what is kept of it."""
        chosen = {
            "units": list(self.earlier.units),
            "periods": list(self.earlier.periods),
            "matches": list(self.plan.matches),
            "names": dict(self.names),
        }
        if self.is_own:
            return chosen
        return chosen | {
            "values": self.earlier.values.tolist(),
            "background": self.earlier.background.tolist(),
            "backgrounds": list(self.backgrounds),
            "distances": list(self.plan.distances),
        }


def lay_ground(cells: pl.DataFrame, line: Line) -> Ground:
    """Choose the units like this one from what is known now; no outcome is looked at."""
    earlier, backgrounds = _earlier(cells, line)
    plan = plan_effect(line.area_code, earlier)
    names = dict(
        cells.filter(pl.col("area_code").is_in(plan.matches))
        .select("area_code", "area")
        .iter_rows()
    )
    return Ground(plan, earlier, names, backgrounds, line.key.is_own)


def _alone(line: Line) -> Earlier:
    known = line.known[-MOST_EARLIER:]
    values = np.array([[one.value for one in known]], dtype=float)
    return Earlier((line.area_code,), tuple(one.period for one in known), values)


def _earlier(cells: pl.DataFrame, line: Line) -> tuple[Earlier, tuple[str, ...]]:
    """Return the place's last years with all that have values in the same, and their background."""
    numbers = beside(cells, line.key)
    known = [one.period for one in line.known]
    for years in range(min(MOST_EARLIER, len(known)), FEWEST - 1, -1):
        periods = known[-years:]
        units = sorted(code for code, row in numbers.items() if all(one in row for one in periods))
        if len(units) > FEWEST_OTHERS:
            break
    else:
        return _alone(line), ()
    background = {} if line.key.is_own else _backgrounds(cells, line, units)
    units = [code for code in units if all(code in one for one in background.values())]
    values = np.array([[numbers[code][one] for one in periods] for code in units])
    table = np.array([[one[code] for one in background.values()] for code in units])
    behind = table if background else _NONE
    return Earlier((*units,), (*periods,), values, behind), (*background,)


def _backgrounds(
    cells: pl.DataFrame, line: Line, units: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return the latest known background of the units, by measure, where nearly all have it."""
    frame = measured(cells).filter(
        (pl.col("nature") == str(Nature.BACKGROUND))
        & ~pl.col("is_own")
        & (pl.col("area_type") == line.key.area_type)
        & (pl.col("measure") != line.key.measure)
        & (pl.col("status") == str(ValueStatus.VALUE))
        & (pl.col("gender") == "T")
    )
    found: dict[str, dict[str, float]] = {}
    for title, code, value in (
        frame.sort("period").select("title", "area_code", "value").iter_rows()
    ):
        found.setdefault(title, {})[code] = value
    wanted, kept = set(units), {}
    for title, of in sorted(found.items()):
        both = wanted & of.keys()
        if line.area_code in both and len(both) >= max(
            KNOWN_OF_ALL * len(units), FEWEST_OTHERS + 1
        ):
            kept[title], wanted = of, both
    return kept


def thaw(
    unit: str, fingerprint: str, reason: str, content: Mapping[str, Any], own: Numbers | None = None
) -> Ground | None:
    """Return the ground that was frozen, None when what is kept cannot be read as one.

    *own* are a huvudman's own values as they are told today, where it was made of such.
    """
    if not fingerprint:
        return Ground(Plan(unit, reason=reason), Earlier((), (), _NONE), {})
    try:
        if own is not None:
            return _again(unit, fingerprint, content, own)
        earlier = Earlier(
            (*content["units"],),
            (*content["periods"],),
            np.array(content["values"], dtype=float),
            np.array(content["background"], dtype=float) if content["backgrounds"] else _NONE,
        )
        matches, distances = (*content["matches"],), (*content["distances"],)
        plan = Plan(unit, matches, distances, None, fingerprint, reason)
        return Ground(plan, earlier, content["names"], (*content["backgrounds"],))
    except (KeyError, TypeError, ValueError):
        return None


def _again(unit: str, fingerprint: str, content: Mapping[str, Any], own: Numbers) -> Ground | None:
    """Return the ground made anew of what is told today, None when it is not the frozen one."""
    units, periods = (*content["units"],), (*content["periods"],)
    values = np.array([[own.get(code, {}).get(one, np.nan) for one in periods] for code in units])
    earlier = Earlier(units, periods, values)
    plan = plan_effect(unit, earlier)
    is_same = plan.fingerprint == fingerprint
    return Ground(plan, earlier, content["names"], is_own=True) if is_same else None


@dataclass(frozen=True)
class Told:
    """What the numbers say now, of which *periods*, and whether the ground is as it was frozen."""

    effect: Effect
    periods: tuple[str, ...]
    holds: bool = True


@dataclass(frozen=True)
class Now:
    """What is known of all today: *numbers* by area and period, and where the series is broken."""

    numbers: Numbers
    breaks: Collection[str] = ()


def read_outcome(
    ground: Ground | None, line: Line | None, now: Now, expected_in: str, outcome: Outcome
) -> Told:
    """Judge the periods from *expected_in* on that the place has values for.

    A ground that is not what its fingerprint was taken of judges nothing, nor does one before a
    break: what lies after it is another series.
    """
    periods: list[str] = []
    if line is not None:
        start = line.number(expected_in)
        periods = [one.period for one in line.known if line.number(one.period) >= start]
    if ground is not None:
        later = [
            [now.numbers.get(code, {}).get(one, np.nan) for one in periods] or [np.nan]
            for code in ground.earlier.units
        ]
        if line is not None and _is_broken(ground, line, periods, now.breaks):
            return Told(_without(BROKEN), (*periods,))
        try:
            effect = follow_up(ground.plan, ground.earlier, np.array(later), outcome)
            return Told(effect, (*periods,))
        except (KeyError, ValueError):
            pass
    why = OWN_CHANGED if line is not None and line.key.is_own else CHANGED
    return Told(_without(why), (*periods,), holds=False)


def _without(why: str) -> Effect:
    return follow_up(Plan("", reason=why), Earlier((), (), _NONE), _NONE)


def _is_broken(ground: Ground, line: Line, periods: Sequence[str], breaks: Collection[str]) -> bool:
    if not (periods and ground.earlier.periods):
        return False
    start, end = line.number(ground.earlier.periods[-1]), line.number(periods[-1])
    return any(start < at <= end for at in numbers_of(breaks, line.key.period_type))
