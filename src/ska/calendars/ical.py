"""Days as iCalendar (RFC 5545): whole days, stable UIDs, SEQUENCE grows when a step moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from ska.calendars.queries import MeetingDay, NetworkDays
from ska.core.text import _
from ska.cycle.models import CycleStep


@dataclass(frozen=True)
class Day:
    """A whole day in a calendar; *stamp* is when it was last changed, *href* where it leads."""

    key: str
    day: date
    title: str
    text: str
    href: str
    stamp: datetime
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True)
class Shown:
    """A calendar's name and its days."""

    name: str
    days: Sequence[Day]


def of_step(step: CycleStep, units: Mapping[UUID, str], home: str) -> Day:
    """Return the day a step is due; one that is struck is told as cancelled."""
    place = units.get(step.unit_id, "") if step.unit_id else ""
    title = f"{step.name}, {place}" if place else step.name
    return Day(
        str(step.id),
        step.due,
        f"{title} (klart)" if step.done_on else title,
        step.guidance,
        f"{home}/{step.page_year.slug}/arshjul/steg/{step.id}",
        step.updated_at,
        step.sequence,
        step.struck_on is not None,
    )


def of_network(network: str, days: NetworkDays, home: str) -> Shown:
    """Return a network's meetings, and the last days of what is shared there."""
    at = f"{home}/natverk/{days.slug}"
    meetings = [of_meeting(one, network, home) for one in days.meetings]
    ends = [
        Day(
            f"{days.slug}-{one.item}-{one.until}",
            one.until,
            _("Sista dag för {title} i {network}").format(title=one.title, network=network),
            _("Delas av {names}.").format(names=", ".join(one.givers)),
            at,
            one.stamp,
        )
        for one in days.ends
    ]
    return Shown(network, [*meetings, *ends])


def of_meeting(one: MeetingDay, whom: str, home: str) -> Day:
    """Return the day on which a network or a rektorsgrupp meets and looks at a view."""
    title = _("Möte i {whom}: {view}").format(whom=whom, view=one.name)
    text = _("{name} har fäst vyn för mötet.").format(name=one.made_by)
    return Day(str(one.id), one.day, title, text, f"{home}/jamfor/vyer/{one.id}", one.stamp)


def calendar_of(shown: Shown) -> bytes:
    """Return the days as a calendar that programs subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", "-//SKA//Årshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", shown.name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in _events(shown.days):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(days: Iterable[Day]) -> Iterable[Event]:
    for one in days:
        event = Event()
        event.add("uid", f"{one.key}@ska")
        event.add("dtstamp", one.stamp)
        event.add("sequence", one.sequence)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("url", one.href)
        event.add("description", f"{one.text}\n{one.href}")
        event.add("transp", "TRANSPARENT")
        if one.is_cancelled:
            event.add("status", "CANCELLED")
        yield event
