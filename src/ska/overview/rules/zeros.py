"""A measure that turns to zeros everywhere at once: a break in the series, never a fall. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ska.core.periods import number_of
from ska.overview.rules.rows import Row

FEWEST = 3
SILENT = "alla värden är 0 från och med då, så källan har troligen slutat räkna"
AGAIN = "källan räknar igen"


def turned_to_zeros(rows: Iterable[Row], kind: str) -> dict[str, str]:
    """Return where a stretch of nothing but zeros starts and where it ends, with the reason.

    Three places or more had something the period before, and every place has 0 now (as
    Förstelärare has in Skolverket's export of 2024/25); a single place may well fall to 0.
    """
    known: dict[str, dict[str, float]] = {}
    for one in rows:
        if one.value is not None and one.carried_from is None:
            known.setdefault(one.period, {})[one.line] = one.value
    found: dict[str, str] = {}
    before: dict[str, float] = {}
    is_silent = False
    for period in sorted(known, key=lambda one: number_of(one, kind)):
        now = known[period]
        if is_silent and any(now.values()):
            found[period], is_silent = AGAIN, False
        elif not is_silent and _fell_silent(before, now):
            found[period], is_silent = SILENT, True
        before = now
    return found


def _fell_silent(before: dict[str, float], now: dict[str, float]) -> bool:
    had_something = [line for line in before.keys() & now.keys() if before[line]]
    return len(had_something) >= FEWEST and not any(now.values())
