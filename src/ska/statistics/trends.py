"""Years in a row: what the figures are, and whether they may be called a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ska.statistics.comparison import Comparison, compare
from ska.statistics.measures import Measure

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
    gap = round(second.value - first.value, second.decimals)
    return (gap > 0) - (gap < 0)


def _caution(comparison: Comparison, run: list[Measure]) -> str:
    if comparison.reason:
        return f"Det går inte att avgöra om det är en förändring: {comparison.reason}."
    span = f" mellan {run[0].label} och {run[-1].label}" if run[0].label and run[-1].label else ""
    return f"Skillnaden{span} ryms ändå inom vanlig variation."


def _listed(texts: list[str]) -> str:
    return f"{', '.join(texts[:-1])} och {texts[-1]}"
