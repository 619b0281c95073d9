"""Whether an indicator's own latest value is a signal, so that its causes are asked about. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts import Line, PlottedValue, Role, TrendSpec
from ska.statistics import Measure, compare


def is_signal(values: Sequence[PlottedValue], lines: Sequence[Line], spec: TrendSpec) -> bool:
    """Tell whether the latest own value differs clearly from the one before, or the country's.

    Never across a break, and never from a value that only repeats an earlier one.
    """
    names = {line.role: line.name for line in lines}
    own = [
        one
        for one in values
        if one.line == names.get(Role.OWN) and one.value is not None and not one.carried_from
    ]
    if not own:
        return False
    last = _measure(own[-1], spec)
    is_alike = len(own) > 1 and not _is_broken(own[-2].period, own[-1].period, spec)
    if is_alike and compare(_measure(own[-2], spec), last, over_time=True).is_clear:
        return True
    country = next(
        (one for one in values
         if one.line == names.get(Role.COUNTRY) and one.period == own[-1].period), None,
    )  # fmt: skip
    if country is None or country.value is None:
        return False
    return compare(_measure(country, spec, whole=True), last).is_clear


def _measure(one: PlottedValue, spec: TrendSpec, *, whole: bool = False) -> Measure:
    share = spec.share and 0 <= (one.value or 0) <= 100
    return Measure(one.value, one.n, one.period, share=share, whole=whole)


def _is_broken(before: str, last: str, spec: TrendSpec) -> bool:
    start, end = spec.periods.index(before), spec.periods.index(last)
    return any(start < spec.periods.index(one.at) <= end for one in spec.breaks)
