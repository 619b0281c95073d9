"""Who lies within which limits of a funnel, in words that the picture and the table bear out."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts.groups import heading_of, in_groups, told_with_gap
from ska.statistics import CommonLevel, Measure


def said_within(places: Sequence[tuple[str, Measure]], level: CommonLevel) -> list[str]:
    """Return who lies where; that limits are widened is said before who lies within them."""
    is_out = any(one.is_clear for one in level.told)
    if not level.is_widened:
        alike = f"Alla {len(places)} platser ligger inom vanlig variation kring den nivån."
        return _in_groups(places, level) if is_out else [alike]
    spread = "Platserna skiljer sig mer åt än slumpen ger."
    if is_out:
        return [spread, *_in_groups(places, level)]
    none = (
        f"Ingen av de {len(places)} ligger utanför de yttre gränserna, vidgade med de skillnaderna."
    )
    groups = _in_groups(places, level) if any(level.beyond_inner) else []
    return [spread, none, *groups, "Det betyder inte att skillnaderna är slump."]


def _in_groups(places: Sequence[tuple[str, Measure]], level: CommonLevel) -> list[str]:
    """Return a sentence for those that lie alike, those within widened inner limits last."""
    rows = zip(places, level.told, level.words, level.beyond_inner, strict=True)
    outer_first = sorted(rows, key=lambda row: level.is_widened and not row[-1])
    return in_groups(
        (word[:1].upper() + word[1:] if level.is_widened and not told.is_clear
         else heading_of(told), name, measure)
        for (name, measure), told, word, _beyond in outer_first
    )  # fmt: skip


def against(level: CommonLevel, at: int, decimals: int) -> str:
    """Return what is said of the place at *at*, and how far from the common level it lies."""
    told, word = level.told[at], level.words[at]
    return told_with_gap(told, share=level.share, decimals=decimals, word=word)
