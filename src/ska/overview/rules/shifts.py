"""What a picture says of the shifts of level that people have accepted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ska.charts import Event, trend_chart
from ska.overview.rules.trends import Seen
from ska.values.levels.rules import Shift


@dataclass(frozen=True)
class Line:
    """What a shift is accepted in: one measure at a place, and its periods after the first."""

    organizer_id: UUID
    unit_id: UUID | None
    indicator: str
    measure: str
    periods: tuple[str, ...]


def page_of(organizer: str, indicator: str, unit: str, measure: str) -> str:
    """Return the address of the page where shifts of a line are accepted and taken back."""
    return f"/{organizer}/resultat/{indicator}/nivaskiften?enhet={unit}&matt={measure}"


def with_shifts(seen: Seen, shifts: Sequence[Shift], href: str = "") -> Seen:
    """Return what is seen with the shifts that hold flagged and told; *href* is their page.

    The trend is judged as it was: what shifted did change, and its values are counted alike.
    """
    periods = seen.spec.periods
    known = [one for one in shifts if one.period in periods[1:]]
    if not known:
        return seen
    flags = [Event(periods.index(one.period) - 0.5, one.flag, href) for one in known]
    told = replace(
        seen.spec,
        events=tuple(sorted((*seen.spec.events, *flags), key=lambda one: one.position)),
        notes=(*seen.spec.notes, *(one.said for one in known)),
    )
    accepted = tuple(dict.fromkeys(one.period for one in known))
    return replace(seen, spec=told, chart=trend_chart(told, seen.values), accepted=accepted)
