"""Shifts of level that people have accepted: which hold, and how each is told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ska.core.periods import spelled
from ska.core.swedish import STOCKHOLM, format_date
from ska.core.text import _


@dataclass(frozen=True)
class Shift:
    """An accepted shift as it is read; *action* is what it is thought to follow from."""

    id: UUID
    unit_id: UUID | None
    indicator: str
    measure: str
    period: str
    reason: str
    accepted_at: datetime
    accepted_by: str
    accepted_as: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
    action_id: UUID | None = None
    action: str | None = None

    def holds(self, moment: datetime | None = None) -> bool:
        """Tell whether it is in force now, or was as far as was known before *moment*."""
        if moment is None:
            return self.withdrawn_at is None
        is_later = self.withdrawn_at is None or self.withdrawn_at >= moment
        return self.accepted_at < moment and is_later

    @property
    def said(self) -> str:
        """Return who has accepted what, when and why."""
        day = self.accepted_at.astimezone(STOCKHOLM).date()
        return _("Nivåskifte från {period} godtaget {day} av {who}: {reason}").format(
            period=spelled(self.period),
            day=format_date(day),
            who=self._who,
            reason=_ended(self.reason),
        )

    @property
    def _who(self) -> str:
        return f"{self.accepted_by} ({self.accepted_as})" if self.accepted_as else self.accepted_by

    @property
    def flag(self) -> str:
        """Return what stands at its place in a picture."""
        return _("Nivåskifte godtaget: {reason}").format(reason=self.reason)

    @property
    def short(self) -> str:
        """Return who has accepted it, where there is no room for why."""
        return _("Nivåskifte från {period}, godtaget av {who}").format(
            period=spelled(self.period), who=self._who
        )

    @property
    def taken_back(self) -> str:
        """Return who took it back, when and why; empty while it holds."""
        if self.withdrawn_at is None:
            return ""
        day = self.withdrawn_at.astimezone(STOCKHOLM).date()
        return _("Återtaget {day} av {who}: {reason}").format(
            day=format_date(day), who=self.withdrawn_by, reason=_ended(self.withdrawn_reason or "")
        )


def measure_of(source: str, code: str) -> str:
    """Return by which name shifts know a series: the official one, or Kolada's beside it."""
    return code if source == "kolada" else "official"


def shifts_at(
    shifts: Iterable[Shift], indicator: str, measure: str, unit_id: UUID | None
) -> tuple[Shift, ...]:
    """Return those of one measure at one place, by the period they are from."""
    at = (indicator, measure, unit_id)
    found = [one for one in shifts if (one.indicator, one.measure, one.unit_id) == at]
    return tuple(sorted(found, key=lambda one: (one.period, one.accepted_at)))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
