"""What a revision letter says: how many values behind how many analyses, and each old and new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ska.core.periods import spelled
from ska.core.swedish import count_words, format_number
from ska.values.rules import ValueStatus, status_word

MOST = 40  # values in one mail; the rest are on the pages it leads to


@dataclass(frozen=True)
class Figure:
    """A number as it may be shown, or the status that stands in its place; neither is withdrawn."""

    value: float | None = None
    status: str | None = None

    def in_words(self, unit: str) -> str:
        """Return the number with its unit, or the words for why there is none."""
        if self.value is None:
            return status_word(self.status or ValueStatus.MISSING)
        return f"{format_number(self.value)} {unit}".strip()


@dataclass(frozen=True)
class Moved:
    """A value behind an analysis, as it was and as it is."""

    name: str
    period: str
    unit: str
    was: Figure
    now: Figure

    @property
    def line(self) -> str:
        """Return the value's line in the letter; a change is told, never judged."""
        now = self.now.in_words(self.unit)
        return (
            f"{self.name}, {spelled(self.period)}: var {self.was.in_words(self.unit)}, är nu {now}"
        )


@dataclass(frozen=True)
class Touched:
    """An analysis with its values that moved, and its page."""

    title: str
    href: str
    moved: tuple[Moved, ...]


def headline(touched: Sequence[Touched]) -> str:
    """Return what has happened: ``4 värden bakom 2 analyser har ändrats``."""
    values = sum(len(one.moved) for one in touched)
    behind = count_words(len(touched), "analys", "analyser")
    return f"{count_words(values, 'värde', 'värden')} bakom {behind} har ändrats"


def letter(
    touched: Sequence[Touched], *, name: str, organizer: str, cause: str, settings_href: str
) -> str:
    """Return the mail in plain language: each analysis with its page and the values behind it."""
    parts = [
        f"Hej {name.split(' ', maxsplit=1)[0]}!",
        f"{headline(touched)} hos {organizer}. {cause}",
        "Siffrorna i analyserna står kvar som de var. Läs om slutsatserna håller.",
    ]
    left = MOST
    for one in touched:
        rows = [f"* {one.title}", f"  {one.href}"]
        rows += [f"  {moved.line}." for moved in one.moved[:left]]
        if len(one.moved) > left:
            rows.append("  Fler värden har ändrats. De står i analysen.")
        left = max(0, left - len(one.moved))
        parts.append("\n".join(rows))
    parts.append(f"Välj hur du får veta om ändrade siffror: {settings_href}")
    return "\n\n".join(parts) + "\n"
