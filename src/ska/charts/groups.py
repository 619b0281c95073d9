"""Places gathered by what may be said of them; the words come from ``ska.statistics``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ska.core.swedish import count_words, format_signed, join_words
from ska.statistics import Comparison, Measure, Verdict

NAMED = 8
"""More places than this are counted, not named."""
HIGHER, LOWER, WITHIN = "Tydligt högre", "Tydligt lägre", "Inom vanlig variation"


def heading_of(told: Comparison, apart: str = "") -> str:
    """Return what is said of a place; the reason is given once for all that share it."""
    if apart:
        return f"Går inte att jämföra ({apart})"
    if told.is_clear:
        return HIGHER if (told.gap or 0) > 0 else LOWER
    if told.verdict is Verdict.WITHIN_VARIATION:
        return WITHIN
    return f"Kan inte avgöras ({told.reason})" if told.reason else "Kan inte avgöras"


def in_groups(told: Iterable[tuple[str, str, Measure]]) -> list[str]:
    """Return a sentence a group for each (heading, name, value); the clear ones stand first."""
    groups: dict[str, list[str]] = {HIGHER: [], LOWER: [], WITHIN: []}
    for heading, name, measure in told:
        groups.setdefault(heading, []).append(f"{name} ({measure.written()})")
    return [f"{heading}: {named(places)}." for heading, places in groups.items() if places]


def named(places: Sequence[str]) -> str:
    """Return the places by name, or how many they are when they are many."""
    return f"{len(places)} platser" if len(places) > NAMED else join_words(list(places))


def counted_clear(told: Sequence[Comparison], against: str) -> str:
    """Return on how many of the places that can be judged there is a clear difference; a title.

    *against* says what they are held to ("mot 2024/25"). Empty when none can be judged.
    """
    judged = [one for one in told if one.verdict is not Verdict.CANNOT_TELL]
    clear = sum(one.is_clear for one in judged)
    word = Verdict.CLEAR_DIFFERENCE.word
    if not judged:
        return ""
    if clear:
        of = count_words(len(judged), "plats", "platser")
        return f"{word[0].upper()}{word[1:]} {against} på {clear} av {of}"
    if len(judged) == 1:
        return f"Ingen {word} {against}"
    return f"Ingen {word} {against} på någon av {len(judged)} platser"


def without_value(places: Iterable[tuple[str, Measure]]) -> list[str]:
    """Return the places without a value, each with its word; many of them by their words."""
    silent = [(name, one.written()) for name, one in places if one.value is None]
    if len(silent) > NAMED:
        words = Counter(word for _name, word in silent).most_common()
        if len(words) == 1:
            return [f"{len(silent)} platser saknar värde ({words[0][0]})."]
        why = join_words([f"{word} ({count})" for word, count in words])
        return [f"{len(silent)} platser saknar värde: {why}."]
    return (
        [f"Utan värde: {join_words([f'{one} ({why})' for one, why in silent])}."] if silent else []
    )


def told_with_gap(told: Comparison, *, share: bool, decimals: int, word: str = "") -> str:
    """Return the verdict and how large the gap is, as it stands in a table."""
    if told.gap is None:
        return told.word
    unit = " procentenheter" if share else ""
    return f"{word or told.word}, {format_signed(told.gap, decimals)}{unit}"
