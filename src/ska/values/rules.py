"""What a value may be, and who may see it: statuses, words and the one table of small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueStatus(StrEnum):
    """Why a cell holds a value, or why it holds none (docs: data-sources, section 2)."""

    VALUE = "value"
    APPROXIMATE = "approximate"
    MISSING = "missing"
    NOT_APPLICABLE_OR_MISSING = "not_applicable_or_missing"
    NOT_APPLICABLE_LICENCE = "not_applicable_licence"
    NOT_ASKED = "not_asked"
    SUPPRESSED_SMALL_GROUP = "suppressed_small_group"
    SUPPRESSED_NEAR_ALL = "suppressed_near_all"
    ROUNDED_NEAR_100 = "rounded_near_100"
    SURVEY_RULES_NOT_MET = "survey_rules_not_met"
    WITHHELD = "withheld"
    NOT_TOLD = "not_told"  # by our door, of figures that are known only there
    HIDDEN_BY_RULE = "hidden_by_rule"  # set by the gate, only in output
    NOT_COUNTED = "not_counted"  # a 0 among nothing but zeros, only in output

    @property
    def has_value(self) -> bool:
        """Tell whether a cell with this status carries a number; every other status is a gap."""
        return self in (ValueStatus.VALUE, ValueStatus.APPROXIMATE)


_WORDS = {
    ValueStatus.VALUE: "värde",
    ValueStatus.APPROXIMATE: "ungefärligt värde",
    ValueStatus.MISSING: "uppgift saknas",
    ValueStatus.NOT_APPLICABLE_OR_MISSING: "saknas eller ej tillämpligt",
    ValueStatus.NOT_APPLICABLE_LICENCE: "ej tillämpligt, lärarna behöver inte legitimation",
    ValueStatus.NOT_ASKED: "frågan ställdes inte",
    ValueStatus.SUPPRESSED_SMALL_GROUP: "för få elever",
    ValueStatus.SUPPRESSED_NEAR_ALL: "nästan alla",
    ValueStatus.ROUNDED_NEAR_100: "≈100, färre än fem nådde inte nivån",
    ValueStatus.SURVEY_RULES_NOT_MET: "uppfyller inte enkätens redovisningsregler",
    ValueStatus.WITHHELD: "har valt att inte dela",
    ValueStatus.NOT_TOLD: "sägs inte, det kunde avslöja någon",
    ValueStatus.HIDDEN_BY_RULE: "för få elever, eller skydd för en grupp med få",
    ValueStatus.NOT_COUNTED: "källan har troligen slutat räkna, alla värden är 0",
}


def status_word(status: ValueStatus | str) -> str:
    """Return the Swedish words for a status; a symbol never stands alone on our pages."""
    return _WORDS[ValueStatus(status)]


def word_beside(status: ValueStatus | str) -> str:
    """Return the words beside a number, or in its place; a plain value needs none."""
    return "" if status == ValueStatus.VALUE else status_word(status)


# The symbols that publishers write in a cell, by source (data-sources, section 2).
SKOLVERKET_SYMBOLS = {
    ".": ValueStatus.NOT_APPLICABLE_OR_MISSING,
    "..": ValueStatus.SUPPRESSED_SMALL_GROUP,
    "~100": ValueStatus.ROUNDED_NEAR_100,
}
QUALITY_SYSTEM_SYMBOLS = SKOLVERKET_SYMBOLS | {
    "...": ValueStatus.SUPPRESSED_NEAR_ALL,
    "…": ValueStatus.SUPPRESSED_NEAR_ALL,
    "-": ValueStatus.SURVEY_RULES_NOT_MET,
}


class Finality(StrEnum):
    """Whether a figure may still change at its source; a field of its own beside the status."""

    FINAL = "final"
    PRELIMINARY = "preliminary"


WHOLE = "all"  # the pupils together, whatever group they are of
_OF = ":"


def group_key(division: str, group: str) -> str:
    """Return how a group of pupils is written in a series: by what they are divided, and which."""
    return f"{division}{_OF}{group}"


def division_of(pupil_group: str) -> str:
    """Return by what the pupils of a group are divided."""
    return pupil_group.partition(_OF)[0]


class Origin(StrEnum):
    """Whose figure it is: published statistics are shown as published, own values by our rules."""

    PUBLISHED = "published"
    OWN = "own"


class Audience(StrEnum):
    """Who reads: people inside the huvudman, or anyone else (shares, networks, public, feeds)."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Nature(StrEnum):
    """What kind of measure it is: background variables keep their own floor."""

    RESULT = "result"
    BACKGROUND = "background"


# Decision 27, the one table: the smallest group that may be shown of a huvudman's own values.
SMALLEST_GROUP: dict[tuple[Audience, Nature], int] = {
    (Audience.INSIDE, Nature.RESULT): 5,
    (Audience.OUTSIDE, Nature.RESULT): 10,
    (Audience.INSIDE, Nature.BACKGROUND): 5,
    (Audience.OUTSIDE, Nature.BACKGROUND): 10,
}
FEWEST_WITH_SPREAD = 30  # with fewer, a mean and its spread together would tell what they answered
FEWEST_OUTSIDE_A_LEVEL = 5  # one to four pupils who did not reach the level are never told apart


@dataclass(frozen=True)
class Limits:
    """A huvudman's own, stricter limits; they can raise the house's limits, never lower them."""

    inside: int = 0
    outside: int = 0

    def of(self, audience: Audience) -> int:
        """Return the huvudman's own limit for an audience; 0 when none is set.

        Nothing leaves the huvudman that is hidden inside: who reads inside reads that too.
        """
        return self.inside if audience is Audience.INSIDE else max(self.inside, self.outside)


NO_LIMITS_OF_ITS_OWN = Limits()


def smallest_group(
    audience: Audience,
    nature: Nature = Nature.RESULT,
    *,
    is_school_unit: bool = False,
    measure_limit: int = 0,
    raised: Limits = NO_LIMITS_OF_ITS_OWN,
) -> int:
    """Return the fewest people behind an own value that *audience* may see (decision 27).

    At school unit level, in what leaves the huvudman, the measure's own ``smallest_group``
    (*measure_limit*) counts when it is stricter.
    """
    limit = max(SMALLEST_GROUP[audience, nature], raised.of(audience))
    if is_school_unit and audience is Audience.OUTSIDE:
        limit = max(limit, measure_limit)
    return limit


@dataclass(frozen=True)
class Cell:
    """One value with what the rules need to know about it; *share* is per cent when it is one."""

    status: ValueStatus
    value: float | None
    n: int | None = None
    is_share: bool = False
    is_count: bool = False
    nature: Nature = Nature.RESULT


_COUNTED = ("antal", "st", "stycken", "personer", "elever", "barn", "flickor", "pojkar", "svar")


def is_count(unit: str) -> bool:
    """Tell whether a value in *unit* counts people or events: "elever", "antal anmälningar"."""
    return unit.lower().split(" ")[0] in _COUNTED


def status_shown(cell: Cell, origin: Origin, limit: int) -> ValueStatus:
    """Return the status in which a cell may be shown when groups below *limit* are hidden.

    Published cells keep the publisher's status. An own value without a known group size is hidden:
    what cannot be judged is not shown. A share that 1–4 people did not reach becomes "≈100"; of a
    background variable the few on either side are hidden. What is counted is a group of its own: a
    count below *limit* is hidden.
    """
    if origin is Origin.PUBLISHED or not cell.status.has_value or cell.value is None:
        return cell.status
    if cell.n is None or cell.n < limit:
        return ValueStatus.HIDDEN_BY_RULE
    if cell.is_count and 0 < cell.value < limit:
        return ValueStatus.HIDDEN_BY_RULE
    if not cell.is_share:
        return cell.status
    inside = round(cell.n * cell.value / 100)
    is_few_outside = 0 < cell.n - inside < FEWEST_OUTSIDE_A_LEVEL
    is_few_inside = 0 < inside < FEWEST_OUTSIDE_A_LEVEL
    if cell.nature is Nature.BACKGROUND and (is_few_inside or is_few_outside):
        return ValueStatus.HIDDEN_BY_RULE
    return ValueStatus.ROUNDED_NEAR_100 if is_few_outside else cell.status
