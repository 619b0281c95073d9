"""Shifts of level that people have accepted: which hold, and what a picture says of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ska.charts import Event, trend_chart
from ska.core.periods import spelled
from ska.core.swedish import STOCKHOLM, format_date
from ska.core.text import _
from ska.overview.rules.trends import Seen


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


@dataclass(frozen=True)
class Line:
    """What a shift is accepted in: one measure at a place, and its periods after the first."""

    organizer_id: UUID
    unit_id: UUID | None
    indicator: str
    measure: str
    periods: tuple[str, ...]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def page_of(organizer: str, indicator: str, unit: str, measure: str) -> str:
    """Return the address of the page where shifts of a line are accepted and taken back."""
    return f"/{organizer}/resultat/{indicator}/nivaskiften?enhet={unit}&matt={measure}"


def shifts_at(
    shifts: Iterable[Shift], indicator: str, measure: str, unit_id: UUID | None
) -> tuple[Shift, ...]:
    """Return those of one measure at one place, by the period they are from."""
    at = (indicator, measure, unit_id)
    found = [one for one in shifts if (one.indicator, one.measure, one.unit_id) == at]
    return tuple(sorted(found, key=lambda one: (one.period, one.accepted_at)))


def with_shifts(seen: Seen, shifts: Sequence[Shift], href: str = "") -> Seen:
    """Return what is seen with the shifts that hold flagged and told; *href* is their page.

    The trend is judged as it was: what shifted did change, and its values are counted alike.
    """
    periods = seen.spec.periods
    known = [one for one in shifts if one.period in periods[1:]]
    if not known:
        return seen
    flags = [Event(periods.index(one.period) - 0.5, _flag(one), href) for one in known]
    told = replace(
        seen.spec,
        events=tuple(sorted((*seen.spec.events, *flags), key=lambda one: one.position)),
        notes=(*seen.spec.notes, *(one.said for one in known)),
    )
    accepted = tuple(dict.fromkeys(one.period for one in known))
    return replace(seen, spec=told, chart=trend_chart(told, seen.values), accepted=accepted)


def _flag(shift: Shift) -> str:
    return _("Nivåskifte godtaget: {reason}").format(reason=shift.reason)
