"""Years in a row: what the figures are, and whether they may be called a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ska.core.swedish import format_number
from ska.statistics.comparison import Comparison, Verdict, compare
from ska.statistics.drift import Drift, drift_of_shares, drift_of_values, limits_of_drift
from ska.statistics.intervals import LEVEL, Interval
from ska.statistics.many import joint_level
from ska.statistics.measures import Measure

FEWEST_UNCOUNTED = 5
_NUMBERS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


@dataclass(frozen=True)
class Run:
    """The latest years in a row that went the same way; *years* is 0 when there are none.

    *comparison* judges the last year against the year before the run began.
    """

    years: int
    comparison: Comparison | None
    sentence: str


def describe_run(measures: Sequence[Measure], *, subject: str = "Andelen") -> Run:
    """Describe the last unbroken run of rising or falling values, oldest first in *measures*.

    A missing value or another definition ends the run: nothing is drawn across a gap. Only two
    years or more are a run. "Har ökat/minskat" is said only when first and last differ clearly.
    """
    run = _last_run(list(measures))
    years = len(run) - 1
    if years < 2:
        return Run(0, None, "")
    comparison = compare(run[0], run[-1], over_time=True, subject=subject)
    rises = (run[-1].value or 0) > (run[0].value or 0)
    how_long = _NUMBERS[years] if years < len(_NUMBERS) else str(years)
    values = _listed([one.written() for one in run])
    if comparison.is_clear:
        word = "ökat" if rises else "minskat"
        return Run(years, comparison, f"{subject} har {word} {how_long} år i rad: {values}.")
    side = "högre" if rises else "lägre"
    fact = f"Värdet har varit {side} än året före {how_long} år i rad: {values}."
    return Run(years, comparison, f"{fact} {_caution(comparison, run)}")


def describe_drift(
    measures: Sequence[Measure], *, subject: str = "Andelen", level: float = LEVEL
) -> Comparison:
    """Judge all years together, oldest first: one steady rise or fall, or not; gap is a year's.

    Shares whose n is known every year are tested by ``drift_of_shares``, and *interval* is then a
    year's gap as a fraction. Without n the order of the years alone is tested
    (``drift_of_values``), which takes at least five values. A year without a value of its own is
    left out; years of another definition than the last are not counted.
    """
    return _told(_weigh(measures), subject, level)


def describe_drifts(
    places: Sequence[Sequence[Measure]], subjects: Sequence[str]
) -> list[Comparison]:
    """Judge each place as ``describe_drift`` does, when all are looked at together.

    Of those called clear at most one in twenty is chance, as in ``compare_many``.
    """
    weighed = [_weigh(one) for one in places]
    ps = [float(one.found.p[0]) for one in weighed if not one.reason]
    level = joint_level(np.array(ps)) if ps else LEVEL
    return [_told(one, name, level) for one, name in zip(weighed, subjects, strict=True)]


@dataclass(frozen=True)
class _Weighed:
    """The years that count, the test of them, and why nothing can be told of them."""

    known: list[Measure]
    counted: bool
    found: Drift
    reason: str


def _weigh(measures: Sequence[Measure]) -> _Weighed:
    last = next((one for one in reversed(measures) if one.value is not None), None)
    years = [
        one if last and one.basis == last.basis else Measure(None, label=one.label)
        for one in measures
    ]
    known = [one for one in years if one.value is not None]
    counted = bool(known) and all(one.count is not None and not one.whole for one in known)
    reason, found = _too_few(known, counted), _drift(years, counted)
    if not reason and not found.known[0]:
        reason = "värdet har varit detsamma hela tiden"
    return _Weighed(known, counted, found, reason)


def _told(weighed: _Weighed, subject: str, level: float) -> Comparison:
    known, found = weighed.known, weighed.found
    if weighed.reason:
        why = weighed.reason
        sentence = f"Det går inte att avgöra om det är en förändring över tid: {why}."
        return Comparison(Verdict.CANNOT_TELL, sentence, reason=why)
    slope = float(found.slope[0]) * (100 if weighed.counted else 1)
    span = f"{known[0].label}–{known[-1].label}" if known[0].label else f"de {len(known)} åren"
    low, high = (float(end[0]) for end in limits_of_drift(found, level))
    around = Interval(low, high) if weighed.counted else None
    if found.p[0] > 1 - level:
        sentence = f"Det finns ingen tydlig riktning {span}: åren ryms inom vanlig variation."
        return Comparison(Verdict.WITHIN_VARIATION, sentence, slope, interval=around)
    title = f"{subject} har {'ökat' if slope > 0 else 'minskat'} {span}"
    return _clear_drift(slope, title, known[-1], around)


def _clear_drift(slope: float, title: str, last: Measure, around: Interval | None) -> Comparison:
    unit = " procentenheter" if last.share else ""
    size = f"{format_number(abs(slope), last.decimals)}{unit}"
    sure = ""
    if around:
        ends = sorted(abs(100 * end) for end in (around.low, around.high))
        low, high = (format_number(end, last.decimals) for end in ends)
        sure = f" (mellan {low} och {high})"
    sentence = f"{title}, med i snitt {size} om året{sure}."
    return Comparison(Verdict.CLEAR_DIFFERENCE, sentence, slope, title=title, interval=around)


def _too_few(known: Sequence[Measure], counted: bool) -> str:
    if len(known) < 3:
        return "det finns färre än tre värden"
    if counted or len(known) >= FEWEST_UNCOUNTED:
        return ""
    why = next((one.no_interval for one in known if one.no_interval), "måttet är inte en andel")
    return f"{why} och det finns färre än fem värden"


def _drift(years: Sequence[Measure], counted: bool) -> Drift:
    if counted:
        return drift_of_shares([one.count or 0 for one in years], [one.n or 0 for one in years])
    return drift_of_values([float("nan") if one.value is None else one.value for one in years])


def _last_run(measures: list[Measure]) -> list[Measure]:
    run: list[Measure] = []
    for one in reversed(measures):
        if one.value is None or (run and not _continues(one, run)):
            break
        run.insert(0, one)
    return run


def _continues(earlier: Measure, run: list[Measure]) -> bool:
    step = _step(earlier, run[0])
    return step != 0 and (len(run) == 1 or step == _step(run[0], run[1]))


def _step(first: Measure, second: Measure) -> int:
    if first.value is None or second.value is None or first.basis != second.basis:
        return 0
    if first.written() == second.written():
        return 0  # what is read as the same is no step
    return 1 if second.value > first.value else -1


def _caution(comparison: Comparison, run: list[Measure]) -> str:
    if comparison.reason:
        return f"Det går inte att avgöra om det är en förändring: {comparison.why}."
    span = f" mellan {run[0].label} och {run[-1].label}" if run[0].label and run[-1].label else ""
    return f"Skillnaden{span} ryms ändå inom vanlig variation."


def _listed(texts: list[str]) -> str:
    return f"{', '.join(texts[:-1])} och {texts[-1]}"
