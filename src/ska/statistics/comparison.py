"""The one function that gives every word of change or difference (docs/decisions: no verdicts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ska.core.swedish import count_words, format_number, format_signed
from ska.statistics.chance import difference_p, fixed_p, means_difference, means_p
from ska.statistics.intervals import LEVEL, Interval, difference_interval
from ska.statistics.measures import NO_SPREAD, PUPILS, Measure
from ska.statistics.what_if import gap_in_pupils


class Verdict(StrEnum):
    """What may be said about two values; only the first may say that something rose or fell."""

    CLEAR_DIFFERENCE = "clear_difference"
    WITHIN_VARIATION = "within_variation"
    CANNOT_TELL = "cannot_tell"

    @property
    def word(self) -> str:
        """Return the Swedish word shown beside the two values."""
        return _WORDS[self]


_WORDS = {
    Verdict.CLEAR_DIFFERENCE: "tydlig skillnad",
    Verdict.WITHIN_VARIATION: "inom vanlig variation",
    Verdict.CANNOT_TELL: "kan inte avgöras",
}
FEW_CAUTION = "Få elever – enskilda elever påverkar mycket."


@dataclass(frozen=True)
class Comparison:
    """What may be said about the second of two values against the first.

    *gap* is second − first in the measure's unit (percentage points for shares), *interval* the
    same as fractions (for means in their unit); *gap_in_pupils* is how many pupils the gap stands
    for, None when n is not known; *reason* says why nothing can be told, *lacking* which of the two
    it is about when it is one of them; *title* is given only for a clear difference.
    """

    verdict: Verdict
    sentence: str
    gap: float | None = None
    gap_in_pupils: int | None = None
    reason: str = ""
    title: str = ""
    interval: Interval | None = None
    lacking: str = ""
    answer: str = ""

    @property
    def is_clear(self) -> bool:
        """Tell whether words such as "ökade" may be used."""
        return self.verdict is Verdict.CLEAR_DIFFERENCE

    @property
    def word(self) -> str:
        """Return the verdict in Swedish, with the reason when nothing can be told."""
        return f"{self.verdict.word} ({self.why})" if self.reason else self.verdict.word

    @property
    def why(self) -> str:
        """Return the reason with whom it is about, as "2026: antalet elever är inte känt"."""
        return f"{self.lacking}: {self.reason}" if self.lacking else self.reason


def compare(
    first: Measure,
    second: Measure,
    *,
    over_time: bool = False,
    subject: str = "Andelen",
    level: float = LEVEL,
) -> Comparison:
    """Judge *second* against *first* and put it into Swedish; never raises for lack of knowledge.

    *first* is the earlier value (``over_time``) or the other place. Two groups are taken as
    independent; where one is part of the other the verdict errs on the side of "inom vanlig
    variation". Shares with known n are judged by Newcombe's hybrid score interval and by Fisher's
    exact test (mid-p): clear only when both say so, since the interval alone is too ready for a
    few pupils beside many. Means with known n and spread are judged by Welch's interval.
    """
    gap = _gap(first, second)
    reason, lacking = reason_against(first, second)
    if reason:
        told = Comparison(Verdict.CANNOT_TELL, "", gap, None, reason, lacking=lacking)
        answer, sentence = _unknown(first, second, told.why, over_time=over_time)
        return replace(told, sentence=sentence, answer=answer)
    assert gap is not None
    interval = _interval(first, second, level)
    pupils = _gap_in_pupils(gap, first, second, over_time)
    if 0 in interval or chance_of(first, second) > 1 - level:
        answer, sentence = _within(first, second, gap, pupils, over_time=over_time)
        return Comparison(
            Verdict.WITHIN_VARIATION, sentence, gap, pupils, interval=interval, answer=answer
        )
    sentence = _clear(first, second, gap, pupils, over_time=over_time, subject=subject)
    title = _title(first, second, gap, over_time, subject)
    return Comparison(
        Verdict.CLEAR_DIFFERENCE, sentence, gap, pupils, title=title, interval=interval,
        answer=sentence if over_time else "",
    )  # fmt: skip


def chance_of(first: Measure, second: Measure) -> float:
    """Return how often chance alone gives as large a difference, either way (a p-value, 0–1).

    Both values and what they rest on must be known (``compare`` tells when they are not).
    """
    if not first.share:
        return means_p(_mean(first), _mean(second))
    counts, sizes = (first.count or 0, second.count or 0), (first.n or 1, second.n or 1)
    if first.whole:
        return float(fixed_p(counts[1], sizes[1], (first.value or 0) / 100))
    if second.whole:
        return float(fixed_p(counts[0], sizes[0], (second.value or 0) / 100))
    return float(difference_p(counts[1], sizes[1], counts[0], sizes[0]))


def compare_shares(
    first: tuple[int, int],
    second: tuple[int, int],
    *,
    labels: Sequence[str] = ("", ""),
    over_time: bool = False,
    people: tuple[str, str] = PUPILS,
) -> Comparison:
    """Judge two shares given as (count, n); the counts are the pupils who are in the share."""
    one, two = (
        Measure(100 * count / n, n, label, people=people)
        for (count, n), label in zip((first, second), labels, strict=True)
    )
    return compare(one, two, over_time=over_time)


def _gap(first: Measure, second: Measure) -> float | None:
    if first.value is None or second.value is None or first.basis != second.basis:
        return None
    return second.value - first.value


def reason_against(first: Measure, second: Measure) -> tuple[str, str]:
    """Return why the two cannot be judged, in Swedish, and the label of the one that lacks it.

    The reason is empty when they can be judged, the label when it is about both.
    """
    for one in (first, second):
        if one.value is None:
            return one.written(), one.mentioned
    if first.basis != second.basis:
        return _unlike(first, second), ""
    if first.share != second.share:
        return "den ena är en andel och den andra inte", ""
    if first.whole and second.whole:
        return "båda är värden för hela grupper, inte för en skola", ""
    reasons = [one.no_interval for one in (first, second)]
    if reasons[0] == reasons[1] or NO_SPREAD in reasons:
        return next((reason for reason in reasons if reason), ""), ""
    one, reason = next(found for found in zip((first, second), reasons, strict=True) if found[1])
    return reason, one.mentioned


def _unlike(first: Measure, second: Measure) -> str:
    broken = second.since if second.since != first.since else ""
    return broken or "de har inte samma definition eller urval"


def _interval(first: Measure, second: Measure, level: float) -> Interval:
    if not first.share:
        return means_difference(_mean(first), _mean(second), level)
    around, around_first = second.interval(level), first.interval(level)
    assert first.value is not None
    assert second.value is not None
    assert around is not None
    assert around_first is not None
    return difference_interval(second.value / 100, around, first.value / 100, around_first)


def _mean(one: Measure) -> tuple[float, float, int]:
    """Return mean, spread and n; a whole population is a mean without spread, of ever so many."""
    assert one.value is not None
    return (one.value, 0.0, 10**9) if one.whole else (one.value, one.spread or 0.0, one.n or 2)


def _gap_in_pupils(gap: float, first: Measure, second: Measure, over_time: bool) -> int | None:
    """Count the gap in the latest year's pupils, or in those of the smaller of two places."""
    sizes = [one.n for one in (first, second) if one.n is not None and not one.whole]
    if not sizes or not second.share:
        return None
    size = second.n if over_time and second.n else min(sizes)
    return int(gap_in_pupils(gap / 100, size))


def _beside(first: Measure, second: Measure) -> str:
    parts = [
        f"{one.label}: {one.written_with_count()}" if one.label else one.written_with_count()
        for one in (first, second)
    ]
    return f"{'. '.join(parts)}."


def _size(gap: float, pupils: int | None, one: Measure) -> str:
    points = format_number(abs(gap), one.decimals) + (" procentenheter" if one.share else "")
    if pupils is None:
        return points
    if pupils == 0:
        return f"{points}, mindre än en {one.people[0]}"
    return f"{points}, ungefär {count_words(pupils, *one.people)}"


def _few(first: Measure, second: Measure) -> str:
    few = [one for one in (first, second) if one.is_few and not one.whole]
    if not few:
        return ""
    caution = FEW_CAUTION.replace("elever", few[0].people[1])
    return f" {few[0].label}: {caution[0].lower()}{caution[1:]}" if few[0].label else f" {caution}"


def _unknown(first: Measure, second: Measure, why: str, *, over_time: bool) -> tuple[str, str]:
    """Return the answer that nothing can be told, and all that is said; of years it comes first."""
    both = _beside(first, second)
    if over_time:
        since = f" sedan {first.label}" if first.label else ""
        answer = f"Det går inte att avgöra om värdet har ändrats{since}: {why}."
        return answer, f"{answer} {both}"
    return "", f"{both} Det går inte att avgöra om de skiljer sig: {why}."


def _within(
    first: Measure, second: Measure, gap: float, pupils: int | None, *, over_time: bool
) -> tuple[str, str]:
    """Return the answer that the gap is noise, and all that is said; of years it comes first."""
    both, few = _beside(first, second), _few(first, second)
    if format_signed(gap, second.decimals) == format_signed(0, second.decimals):
        same = "Värdena är lika."
        return (same + few, f"{same}{few} {both}") if over_time else ("", f"{both} {same}{few}")
    size = _size(gap, pupils, second)
    until = "först om annat underlag pekar åt samma håll."
    if not over_time:
        said = f"Skillnaden är {size}, och ryms inom vanlig variation. Den säger något {until}{few}"
        return "", f"{both} {said}"
    since = f" sedan {first.label}" if first.label else ""
    small = f"skillnaden är {size}, och ryms inom vanlig variation."
    answer = f"Ingen tydlig förändring{since}: {small}{few}"
    return answer, f"{answer} {both} Skillnaden säger något {until}"


def _clear(
    first: Measure,
    second: Measure,
    gap: float,
    pupils: int | None,
    *,
    over_time: bool,
    subject: str,
) -> str:
    size = _size(gap, pupils, second)
    few = _few(first, second)
    if over_time:
        word = "ökade" if gap > 0 else "minskade"
        start, end = (f" ({one.label})" if one.label else "" for one in (first, second))
        return (
            f"{subject} {word} från {first.written_with_count()}{start}"
            f" till {second.written_with_count()}{end}."
            f" Det är en tydlig skillnad: {size}.{few}"
        )
    return f"{_beside(first, second)} Det är en tydlig skillnad: {size}.{few}"


def _title(first: Measure, second: Measure, gap: float, over_time: bool, subject: str) -> str:
    if over_time:
        return f"{subject} {'ökade' if gap > 0 else 'minskade'} till {second.written()}"
    word = "högre" if gap > 0 else "lägre"
    other = first.mentioned or "det andra"
    return f"{second.label or 'Värdet'}: {second.written()}, {word} än {other}"
