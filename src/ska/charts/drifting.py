"""Which of many places have changed clearly over all the years that are shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts.groups import NAMED, named
from ska.charts.small import SmallTrend
from ska.core.swedish import format_signed
from ska.statistics import Comparison, Measure, Verdict, describe_drifts

HEADING = "Över åren"
FEWEST = 3
"""With fewer periods nothing is said of a direction."""
TOGETHER = (
    "”Över åren” prövar om värdet har rört sig åt ett håll hela perioden. Alla platser ses på en"
    " gång, så kraven är hårdare: av tjugo tydliga förändringar är högst en slump."
)


def drifts(panels: Sequence[SmallTrend]) -> list[Comparison]:
    """Judge each place over its years, all looked at together.

    A place with a hole, a repeated round or a break among them cannot be told, and the word says
    which.
    """
    why = [_why_not(one) for one in panels]
    asked = [one for one, reason in zip(panels, why, strict=True) if not reason]
    found = iter(describe_drifts([_years(one) for one in asked], [one.name for one in asked]))
    return [
        Comparison(Verdict.CANNOT_TELL, "", reason=reason) if reason else next(found)
        for reason in why
    ]


def _first(panel: SmallTrend) -> int:
    """Return where the place's values begin: what it did not have before is no hole."""
    return next((at for at, one in enumerate(panel.measures) if one.value is not None), 0)


def _years(panel: SmallTrend) -> list[Measure]:
    return list(panel.measures[_first(panel) :])


def _why_not(panel: SmallTrend) -> str:
    first = _first(panel)
    for at in range(first, len(panel.measures)):
        one = panel.measures[at]
        if one.value is None:
            return one.written() if at == first else f"{one.label}: {one.written()}"
        if any(panel.carried[at : at + 1]):
            return f"{one.label}: upprepat från ett tidigare år"
        if one.basis != panel.measures[first].basis:
            return one.since or f"{one.label}: inte samma definition eller urval som tidigare"
    return ""


def said(panels: Sequence[SmallTrend], told: Sequence[Comparison]) -> list[str]:
    """Return who has changed clearly over the years and by how much; how many have not."""
    if not told:
        return []
    clear = [one for one in told if one.is_clear]
    unclear = {verdict: [panel.name for panel, one in zip(panels, told, strict=True)
                         if one.verdict is verdict] for verdict in Verdict}  # fmt: skip
    found = [one.sentence for one in clear]
    if len(clear) > NAMED:
        ways = (("ökat", [one for one in clear if (one.gap or 0) > 0]),
                ("minskat", [one for one in clear if (one.gap or 0) < 0]))  # fmt: skip
        found = [f"{len(some)} platser har {word} tydligt." for word, some in ways if some]
    for verdict, heading in (
        (Verdict.WITHIN_VARIATION, "Ingen tydlig riktning"),
        (Verdict.CANNOT_TELL, "Kan inte avgöras"),
    ):
        if unclear[verdict]:
            found.append(f"{heading}: {named(unclear[verdict])}.")
    return [f"{HEADING}: {found[0]}", *found[1:]]


def in_table(one: Comparison, *, share: bool, decimals: int) -> str:
    """Return the verdict of all years, a year's change with how sure it is."""
    if one.gap is None:
        return one.word
    unit = " procentenheter" if share else ""
    text = f"{one.word}, {format_signed(one.gap, decimals)}{unit} om året"
    if one.interval is None:
        return text
    low, high = (
        format_signed(100 * end, decimals) for end in (one.interval.low, one.interval.high)
    )
    return f"{text} ({low} till {high})"
