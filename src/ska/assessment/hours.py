"""What sambedömningar say together: how alike, and hours for marking and for analysis. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from ska.core.school_year import SchoolYear
from ska.core.swedish import count_words, format_number, format_percent
from ska.core.text import _

TEXTS = ("elevtext", "elevtexter")


class Held(Protocol):
    """A sambedömning, as far as its words and hours need to know it."""

    held_on: date
    texts: int
    agreed_before: Decimal | None
    agreed_after: Decimal | None
    marking_hours: Decimal | None
    analysis_hours: Decimal | None
    learned: str


@dataclass(frozen=True)
class YearHours:
    """The hours of one läsår; *untold* sambedömningar did not say theirs."""

    year: str
    marking: Decimal
    analysis: Decimal
    sessions: int
    untold: int

    @property
    def words(self) -> str:
        """Return "14 timmar rättning och 3 timmar analys"."""
        parts = [_hours(self.marking, _("rättning")), _hours(self.analysis, _("analys"))]
        return f"{parts[0]} {_('och')} {parts[1]}"


def _hours(hours: Decimal, what: str) -> str:
    number = format_number(hours.normalize() if hours % 1 else int(hours))
    return f"{number}\u00a0{_('timme') if hours == 1 else _('timmar')} {what}"


def hours_by_year(held: Iterable[Held]) -> list[YearHours]:
    """Return the hours of each läsår, the latest first."""
    years: dict[int, list[Held]] = {}
    for one in held:
        years.setdefault(SchoolYear.containing(one.held_on).start, []).append(one)
    return [
        YearHours(
            str(SchoolYear(year)),
            sum((one.marking_hours or Decimal(0) for one in some), Decimal(0)),
            sum((one.analysis_hours or Decimal(0) for one in some), Decimal(0)),
            len(some),
            sum(one.marking_hours is None and one.analysis_hours is None for one in some),
        )
        for year, some in sorted(years.items(), reverse=True)
    ]


def sentence_of(held: Held) -> str:
    """Return "28 elevtexter, 86 % samma bedömning före samtal, 96 % efter." with what it led to."""
    parts = [count_words(held.texts, *TEXTS)]
    if held.agreed_before is not None:
        before = format_percent(held.agreed_before, 0)
        parts.append(_("{share} samma bedömning före samtal").format(share=before))
    if held.agreed_after is not None:
        after = format_percent(held.agreed_after, 0)
        said = _("{share} efter") if held.agreed_before is not None else _(
            "{share} samma bedömning efter samtal"
        )  # fmt: skip
        parts.append(said.format(share=after))
    return " ".join([f"{', '.join(parts)}.", *filter(None, [held.learned])])
