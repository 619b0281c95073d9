"""From what an indicator's own latest value differs clearly, so that its causes are asked about."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts import Line, PlottedValue, Role, TrendSpec
from ska.core.periods import spelled
from ska.core.text import _
from ska.statistics import Measure, compare


def clear_beside(
    values: Sequence[PlottedValue], lines: Sequence[Line], spec: TrendSpec
) -> tuple[str, ...]:
    """Return what the latest own value differs clearly from: the one before, and the country's.

    Never across a break, and never from a value that only repeats an earlier one.
    """
    of_role = {line.role: line for line in lines}
    own = _of(values, of_role.get(Role.OWN))
    own = [one for one in own if not one.carried_from]
    if not own:
        return ()
    found = []
    last = _measure(own[-1], spec)
    is_alike = len(own) > 1 and not _is_broken(own[-2].period, own[-1].period, spec)
    if is_alike and compare(_measure(own[-2], spec), last, over_time=True).is_clear:
        found.append(spelled(own[-2].period))
    countries = _of(values, of_role.get(Role.COUNTRY))
    country = next((one for one in countries if one.period == own[-1].period), None)
    if country and compare(_measure(country, spec, whole=True), last).is_clear:
        found.append(_("riket"))
    return tuple(found)


def _of(values: Sequence[PlottedValue], line: Line | None) -> list[PlottedValue]:
    return [one for one in values if line and one.line == line.name and one.value is not None]


def _measure(one: PlottedValue, spec: TrendSpec, *, whole: bool = False) -> Measure:
    share = spec.share and 0 <= (one.value or 0) <= 100
    return Measure(one.value, one.n, one.period, share=share, whole=whole, spread=one.spread)


def _is_broken(before: str, last: str, spec: TrendSpec) -> bool:
    start, end = spec.periods.index(before), spec.periods.index(last)
    return any(start < spec.periods.index(one.at) <= end for one in spec.breaks)
