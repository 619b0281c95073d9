"""What a verdict means to those who act on it: both sides' change, and what to do next. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ska.actions.effects.ground import BROKEN
from ska.actions.effects.rules import STANDING_NAMES, VERDICT_NAMES, Standing, written
from ska.core.periods import spelled
from ska.core.swedish import count_words, format_number, format_signed
from ska.core.text import _
from ska.statistics import (
    FEW_ALIKE,
    FEW_EARLIER,
    FEW_UNITS,
    NO_OUTCOME,
    Effect,
    EffectVerdict,
    Sides,
)

_ELSE = _("Fråga er vad mer som ändrades samma år: lärare, elevgrupp eller sätt att mäta.")
_AGAIN = _("Läs av ett år till. Fler år gör svaret säkrare.")
_OWN_EYES = _("Bygg svaret på det ni själva har sett, och skriv vad det är.")
_REASONS = {
    NO_OUTCOME: (_("Läs av igen när värdet finns."),),
    FEW_EARLIER: (
        _OWN_EYES,
        _("En ny insats kan prövas mot siffran när det finns fyra värden före den."),
    ),
    FEW_UNITS: (
        _OWN_EYES,
        _("Till nästa insats: välj en siffra som minst 40 enheter har, gärna en publicerad."),
    ),
    FEW_ALIKE: (_OWN_EYES, _("Till nästa insats: välj en siffra där ni liknar fler.")),
    BROKEN: (_OWN_EYES, _("Till nästa insats: börja om från det första värdet efter brottet.")),
}


Rows = tuple[list[str], list[list[str]]] | None
"""A table's heads and its rows."""


def headline(effect: Effect) -> str:
    """Return the verdict in a few words; what has no outcome yet waits for it."""
    if effect.reason == NO_OUTCOME:
        return str(STANDING_NAMES[Standing.WAITING])
    if effect.verdict is EffectVerdict.NO_LARGER_DIFFERENCE:
        return effect.word[0].upper() + effect.word[1:]
    return str(VERDICT_NAMES[effect.verdict])


def explained(effect: Effect) -> str:
    """Return what the verdict rests on, or why there is none; the headline is not said again."""
    if effect.reason:
        return f"{effect.reason[0].upper()}{effect.reason[1:]}."
    return effect.sentence.removeprefix(f"{headline(effect)}. ")


def side_rows(sides: Sides, name: str, unit: str) -> list[list[str]]:
    """Return the change of the place and of those like it, as rows."""
    alike = count_words(sides.matches, _("liknande enhet"), _("liknande enheter"))
    sides_told = [(_("{name} (ni)").format(name=name), sides.own), (alike, sides.theirs)]
    return [
        [who, _valued(before, unit), _valued(after, unit), format_signed(after - before, 1)]
        for who, (before, after) in sides_told
    ]


def side_head(earlier: Sequence[str], periods: Sequence[str]) -> list[str]:
    """Return the heads of the rows: the years before, as a mean, and those after."""
    before = _("I snitt {first}–{last}").format(
        first=spelled(earlier[0]), last=spelled(earlier[-1])
    )
    after = spelled(periods[0])
    if len(periods) > 1:
        after = _("I snitt {first}–{last}").format(first=after, last=spelled(periods[-1]))
    return [_("Vilka"), before, after, _("Ändring")]


def next_steps(effect: Effect, size: float, unit: str) -> list[str]:
    """Return what those who read the verdict can do, and what it says of the *size* expected."""
    if effect.verdict is EffectVerdict.CANNOT_TELL:
        return [*_REASONS.get(effect.reason, (_OWN_EYES,))]
    if effect.verdict is EffectVerdict.NO_LARGER_DIFFERENCE:
        return [_of_the_size(effect.limit or 0.0, size, unit), _OWN_EYES, _AGAIN]
    if effect.verdict is EffectVerdict.DETERIORATION:
        return [_("Prata med dem som var med innan ni går vidare. Vad hände?"), _ELSE, _AGAIN]
    return [
        _ELSE,
        _("Läs av ett år till. Består ändringen är det mindre troligt att den är en slump."),
    ]


def _of_the_size(limit: float, size: float, unit: str) -> str:
    told = (
        _("Så stor som ni väntade er, minst {size}, blev ändringen inte.")
        if size > limit
        else _("Ni väntade er minst {size}. En så liten ändring kan finnas utan att synas här.")
    )
    return told.format(size=written(size, unit))


def _valued(value: float, unit: str) -> str:
    shown = format_number(value, 1)
    return f"{shown}\u00a0%" if unit == "%" else shown
