"""Several years as one, where single years are too few pupils to say anything. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ska.comparisons.rules import Standing, standings
from ska.core.periods import kind_of, name_of, number_of, spelled
from ska.core.swedish import join_words
from ska.core.text import _
from ska.overview.rules.rows import Row
from ska.statistics import Measure, pool_years

YEARS = 3


def span_of(period: str, years: int = YEARS) -> tuple[str, ...]:
    """Return the periods that end with *period*, oldest first."""
    kind = kind_of(period)
    last = number_of(period, kind)
    return tuple(name_of(last - back, kind) for back in range(years - 1, -1, -1))


def pooled(
    rows: Sequence[Row], span: Sequence[str], breaks: Collection[str] = ()
) -> list[Standing]:
    """Return each place with its years of *span* as one share; every pupil weighs the same.

    A place without a value or a known n in any of the years, or with years that are not counted
    alike, has no value and the words for why. *breaks* are periods that start a new series.
    """
    by_year = [{one.key: one for one in standings(rows, period)} for period in span]
    broken = [period for period in span[1:] if period in breaks]
    return [_one([year[key] for year in by_year], span, broken) for key in by_year[-1]]


def _one(years: Sequence[Standing], span: Sequence[str], broken: Sequence[str]) -> Standing:
    last = years[-1]
    why = _why_not(years, span, broken)
    if why:
        return replace(
            last, measure=replace(last.measure, value=None, n=None, word=why), value_id=None
        )
    counts = [one.measure.count or 0 for one in years]
    ns = [one.measure.n or 0 for one in years]
    told = pool_years([counts], [ns])
    measure = replace(last.measure, value=float(told.share[0]) * 100, n=int(told.n[0]))
    return replace(last, measure=measure, value_id=None)


def _why_not(years: Sequence[Standing], span: Sequence[str], broken: Sequence[str]) -> str:
    if broken:
        return _("serien har ett brott {period}").format(period=spelled(broken[0]))
    silent = [
        f"{spelled(period)}: {one.measure.written()}"
        for one, period in zip(years, span, strict=True)
        if one.measure.value is None
    ]
    if silent:
        return join_words(silent)
    if any(one.carried_from for one in years):
        return _("ett av värdena är upprepat från ett tidigare år")
    if not all(one.measure.share for one in years):
        return _("åren läggs samman bara för andelar")
    if any(_uncounted(one.measure) for one in years):
        return _("antalet elever är inte känt alla år")
    if len({one.measure.basis for one in years}) > 1:
        return _("åren är inte räknade på samma sätt")
    return ""


def _uncounted(measure: Measure) -> bool:
    return measure.count is None or measure.whole
