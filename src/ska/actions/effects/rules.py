"""What is true of expectations whoever asks: their words, when they can be read, what is seen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from ska.actions.effects.lines import Key, Line
from ska.core.periods import name_of, number_of, spelled
from ska.core.school_year import SchoolYear
from ska.core.swedish import format_number
from ska.core.text import _
from ska.statistics import Effect, EffectVerdict, Outcome

AHEAD = 5
SOURCES = {
    "skolverket_pxweb": "Skolverket, nationella kvalitetssystemet",
    "siris": "Skolverket (Siris)",
    "kolada": "Kolada",
}


class Gender(StrEnum):
    """Whose values: all pupils, or girls or boys."""

    ALL = "T"
    GIRLS = "K"
    BOYS = "M"


GENDER_NAMES = {Gender.ALL: _("Alla"), Gender.GIRLS: _("Flickor"), Gender.BOYS: _("Pojkar")}


class Direction(StrEnum):
    """Which way the value is expected to go."""

    HIGHER = "higher"
    LOWER = "lower"


DIRECTION_NAMES = {Direction.HIGHER: _("Öka"), Direction.LOWER: _("Minska")}


class Standing(StrEnum):
    """Where an expectation stands in the ledger."""

    READY = "ready"
    WAITING = "waiting"
    READ = "read"
    WITHDRAWN = "withdrawn"


STANDING_NAMES: dict[str, Any] = {
    Standing.READY: _("Kan avläsas nu"),
    Standing.WAITING: _("Väntar på värden"),
    Standing.READ: _("Avläst"),
    Standing.WITHDRAWN: _("Återtagen"),
}
VERDICT_NAMES: dict[str, Any] = {
    EffectVerdict.CANNOT_TELL: _("Kan inte avgöras"),
    EffectVerdict.IMPROVEMENT: _("Pekar mot förbättring"),
    EffectVerdict.DETERIORATION: _("Pekar mot försämring"),
    EffectVerdict.NO_LARGER_DIFFERENCE: _("Ingen större skillnad"),
}
NAMES: dict[str, Any] = {
    "gender_names": GENDER_NAMES,
    "direction_names": DIRECTION_NAMES,
    "standing_names": STANDING_NAMES,
    "verdict_names": VERDICT_NAMES,
}


MEAN_OF = "medelvärde "  # the scale follows: medelvärde 0–10


def in_words(unit: str) -> str:
    """Return how differences are written: points of a share, steps of a scale, else units."""
    if unit == "%":
        return "procentenheter"
    scale = unit.removeprefix(MEAN_OF)
    return f"steg på skalan {scale}" if scale != unit else unit


def outcome_of(direction: str, unit: str) -> Outcome:
    """Return how the outcome is read."""
    return Outcome(direction == Direction.HIGHER, in_words(unit))


def bare(effect: Effect) -> Effect:
    """Return a verdict on own values without numbers, which may have to be hidden tomorrow."""
    if effect.verdict is EffectVerdict.CANNOT_TELL:
        return effect
    word = VERDICT_NAMES[effect.verdict]
    told = _(
        "{word}. Talen är egna värden. De står på effektens sida så länge de får visas."
    ).format(word=word)
    return Effect(effect.verdict, word[0].lower() + word[1:], told)


def written(size: float, unit: str) -> str:
    """Return a difference as people read it."""
    return f"{format_number(size, 1).removesuffix(',0')} {in_words(unit)}".strip()


def say(title: str, direction: str, size: float, unit: str, period: str) -> str:
    """Return what is expected, as a sentence."""
    way = _("ska öka") if direction == Direction.HIGHER else _("ska minska")
    return _("{title} {way} med minst {size}, från {period}.").format(
        title=title, way=way, size=written(size, unit), period=spelled(period)
    )


def standing_of(*, is_withdrawn: bool, is_read: bool, has_outcome: bool) -> Standing:
    """Return where an expectation stands."""
    if is_withdrawn:
        return Standing.WITHDRAWN
    if is_read:
        return Standing.READ
    return Standing.READY if has_outcome else Standing.WAITING


def periods_ahead(line: Line, starts: date) -> list[str]:
    """Return the periods that may count as outcome: none that is known, none before the insats."""
    kind = line.key.period_type
    first = max(line.number(line.points[-1].period) + 1, number_of(period_of(starts, kind), kind))
    return [name_of(at, kind) for at in range(first, first + AHEAD)]


def period_of(day: date, kind: str) -> str:
    """Return the period that a day lies in."""
    if kind == "school_year":
        return str(SchoolYear.containing(day))
    if kind == "term":
        return f"{'VT' if day.month < 8 else 'HT'}{day.year % 100:02}"
    return str(day.year)


def expected_period(day: date | None, line: Line, periods: list[str]) -> str:
    """Return the period in which a change expected by *day* is to be seen, else the next."""
    if day is not None and (period := period_of(day, line.key.period_type)) in periods:
        return period
    return periods[0]


def source_of(key: Key) -> str:
    """Return where a line's values come from."""
    return _("egna värden") if key.is_own else SOURCES.get(key.source, key.source)
