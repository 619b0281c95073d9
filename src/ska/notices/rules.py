"""The days reminders go out (lead times, pause, free days, snooze, escalation), and their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from ska.core.holidays import add_working_days, is_working_day, previous_working_day
from ska.core.swedish import STOCKHOLM, count_words, format_date_long
from ska.notices.definitions import ReminderDefinition


@dataclass(frozen=True)
class Pause:
    """A stretch of the year without reminders, both days (month, day) included."""

    first: tuple[int, int]
    last: tuple[int, int]


def pause_of(text: str) -> Pause:
    """Read a pause as it is kept: ``07-01/07-31``."""
    first, last = (tuple(int(part) for part in day.split("-")) for day in text.split("/"))
    return Pause((first[0], first[1]), (last[0], last[1]))


SUMMER = (Pause((7, 1), (7, 31)),)
FIRST_HOUR, LAST_HOUR = 7, 18
ESCALATION = "escalation"  # the rule that tells the next level


@dataclass(frozen=True)
class Deadline:
    """What the reminders of one step depend on.

    *counts_from* is the day the due date was decided: reminders meant for earlier days are not
    sent afterwards.
    """

    due: date
    counts_from: date
    started_on: date | None = None
    done_on: date | None = None
    snoozed_on: date | None = None
    snoozed_until: date | None = None

    def is_snoozed(self, day: date) -> bool:
        """Tell whether someone has put the step off until after the day."""
        if self.snoozed_on is None or self.snoozed_until is None:
            return False
        return self.snoozed_on <= day < self.snoozed_until


@dataclass(frozen=True, order=True)
class Send:
    """One reminder of one step: the day it goes out, its rule, and whether to the next level."""

    day: date
    rule: str
    escalates: bool = False


def is_in_pause(day: date, pauses: tuple[Pause, ...]) -> bool:
    """Tell whether the day lies in one of the pauses, which may turn over the year."""
    here = (day.month, day.day)
    return any(
        one.first <= here <= one.last
        if one.first <= one.last
        else here >= one.first or here <= one.last
        for one in pauses
    )


def is_sending_day(day: date, pauses: tuple[Pause, ...] = SUMMER) -> bool:
    """Tell whether reminders go out on the day: working days outside the pauses."""
    return is_working_day(day) and not is_in_pause(day, pauses)


def is_sending_hour(moment: datetime) -> bool:
    """Tell whether the clock in Stockholm stands between 7 and 18."""
    return FIRST_HOUR <= moment.astimezone(STOCKHOLM).hour < LAST_HOUR


def sends_of(
    facts: Deadline, reminders: ReminderDefinition, pauses: tuple[Pause, ...] = SUMMER
) -> tuple[Send, ...]:
    """Return all reminders of a step in order; two that fall on one day are one, the later rule's.

    The rule: lead times in calendar days, the last working day before, and an escalation some
    working days after the due date or the end of a snooze (ska-process §5).
    """
    meant = [(facts.due - timedelta(days=days), f"lead-{days}") for days in reminders.lead_days]
    if reminders.last_working_day:
        meant.append((previous_working_day(facts.due), "last-working-day"))
    by_day: dict[date, Send] = {}
    for wanted, rule in sorted(meant, key=lambda one: one[0]):
        day = _sending_day(wanted, pauses)
        if day >= facts.counts_from and not facts.is_snoozed(day):
            by_day[day] = Send(day, rule)
    if facts.snoozed_until is not None:
        day = _sending_day(facts.snoozed_until, pauses)
        by_day[day] = Send(day, f"snooze-{facts.snoozed_until.isoformat()}")
    sends = list(by_day.values())
    if reminders.escalate_after is not None:
        late_from = max(facts.due, facts.snoozed_until or facts.due)
        day = _sending_day(add_working_days(late_from, reminders.escalate_after), pauses)
        if day >= facts.counts_from:
            sends.append(Send(day, ESCALATION, escalates=True))
    return tuple(
        sorted(send for send in sends if facts.done_on is None or send.day < facts.done_on)
    )


def sends_on(
    facts: Deadline, reminders: ReminderDefinition, today: date, pauses: tuple[Pause, ...] = SUMMER
) -> tuple[Send, ...]:
    """Return what should have gone out by now: the newest reminder and the newest escalation.

    Asking every day gives each reminder on its day; asking again gives the same, so the caller
    keeps what was sent. After an outage the older ones are covered by the newest. On a free day
    or in the pause nothing is due.
    """
    if facts.done_on is not None or not is_sending_day(today, pauses) or facts.is_snoozed(today):
        return ()
    newest: dict[bool, Send] = {}
    for send in sends_of(facts, reminders, pauses):
        if send.day <= today:
            newest[send.escalates] = send
    return tuple(sorted(newest.values()))


def _sending_day(day: date, pauses: tuple[Pause, ...]) -> date:
    while not is_sending_day(day, pauses):
        day += timedelta(days=1)
    return day


class NoticeKind(StrEnum):
    """What a notice is about; people choose a channel for each."""

    REMINDER = "reminder"
    ESCALATION = "escalation"
    REVISION = "revision"
    HANDOVER = "handover"
    TUESDAY = "tuesday"
    INVITATION = "invitation"
    QUESTION = "question"
    DIALOGUE = "dialogue"
    PRACTICE = "practice"


class Channel(StrEnum):
    """How a person wants to hear: mail and app, app only, or not at all."""

    MAIL = "mail"
    APP = "app"
    OFF = "off"


# How a kind is heard of by those who have not chosen: what one is not bound to do is asked for.
UNCHOSEN = dict.fromkeys(NoticeKind, Channel.MAIL) | {
    NoticeKind.TUESDAY: Channel.OFF,
    NoticeKind.PRACTICE: Channel.APP,
}


@dataclass(frozen=True)
class Letter:
    """What one person is told once, in the app (with *href* there) and by mail; *key* names it."""

    person_id: UUID
    address: str
    key: str
    title: str
    text: str
    href: str
    body: str
    subject: str = ""  # of the mail, the title when it is empty


@dataclass(frozen=True)
class Line:
    """One step in a digest, with the address that leads straight to it."""

    title: str
    place: str
    due: date
    href: str
    note: str = ""


@dataclass(frozen=True)
class Digest:
    """What one person hears on one day: own steps, late steps below, and those put off."""

    own: tuple[Line, ...] = ()
    late: tuple[Line, ...] = ()
    snoozed: tuple[Line, ...] = ()


def when_words(due: date, today: date) -> str:
    """Return how far off a due date is: ``om 7 dagar``, ``i dag``, ``2 dagar sen``."""
    days = (due - today).days
    if days == 0:
        return "i dag"
    if days == 1:
        return "i morgon"
    return f"om {days} dagar" if days > 1 else f"{count_words(-days, 'dag', 'dagar')} sen"


def subject_of(digest: Digest, organizer: str) -> str:
    """Return the mail's subject: how many steps wait, and where."""
    if not digest.own:
        steps = count_words(len(digest.late), "steg är försenat", "steg är försenade")
    elif len(digest.own) == 1 and not digest.late:
        return f"Påminnelse: {digest.own[0].title} ({organizer})"
    else:
        steps = count_words(len(digest.own) + len(digest.late), "steg väntar", "steg väntar")
    return f"{steps} i årshjulet ({organizer})"


def body_of(digest: Digest, name: str, organizer: str, today: date, settings_href: str) -> str:
    """Return the mail in plain language: names of steps, dates, links; never an analysis."""
    parts = [f"Hej {name.split(' ', maxsplit=1)[0]}!"]
    if digest.own:
        parts.append(f"Det här väntar på dig i årshjulet för {organizer}.")
        parts += [_paragraph(line, today) for line in digest.own]
    if digest.late:
        parts.append("De här stegen är försenade. Du får veta det för att du leder nivån över.")
        parts += [_paragraph(line, today) for line in digest.late]
    if digest.snoozed:
        parts.append("De här stegen är uppskjutna, med orsak.")
        parts += [_paragraph(line, today) for line in digest.snoozed]
    parts.append(f"Välj hur du får påminnelser: {settings_href}")
    return "\n\n".join(parts) + "\n"


def _paragraph(line: Line, today: date) -> str:
    place = f", {line.place}" if line.place else ""
    late = line.due < today
    verb = "Skulle vara klart" if late else "Klart senast"
    rows = [
        f"* {line.title}{place}",
        f"  {verb} {format_date_long(line.due)}.",
    ]
    if line.note:
        rows.append(f"  {line.note}")
    return "\n".join([*rows, f"  {line.href}"])
