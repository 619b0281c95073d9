"""The days reminders go out: lead times, the pause, free days, snooze, escalation. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ska.core.holidays import add_working_days, is_working_day, previous_working_day
from ska.core.swedish import STOCKHOLM
from ska.notices.definitions import ReminderDefinition


@dataclass(frozen=True)
class Pause:
    """A stretch of the year without reminders, both days (month, day) included."""

    first: tuple[int, int]
    last: tuple[int, int]


SUMMER = Pause((7, 1), (7, 31))
FIRST_HOUR, LAST_HOUR = 7, 18


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


def is_in_pause(day: date, pause: Pause) -> bool:
    """Tell whether the day lies in the pause, which may turn over the year."""
    here = (day.month, day.day)
    if pause.first <= pause.last:
        return pause.first <= here <= pause.last
    return here >= pause.first or here <= pause.last


def is_sending_day(day: date, pause: Pause = SUMMER) -> bool:
    """Tell whether reminders go out on the day: working days outside the pause."""
    return is_working_day(day) and not is_in_pause(day, pause)


def is_sending_hour(moment: datetime) -> bool:
    """Tell whether the clock in Stockholm stands between 7 and 18."""
    return FIRST_HOUR <= moment.astimezone(STOCKHOLM).hour < LAST_HOUR


def sends_of(
    facts: Deadline, reminders: ReminderDefinition, pause: Pause = SUMMER
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
        day = _sending_day(wanted, pause)
        if day >= facts.counts_from and not facts.is_snoozed(day):
            by_day[day] = Send(day, rule)
    if facts.snoozed_until is not None:
        day = _sending_day(facts.snoozed_until, pause)
        by_day[day] = Send(day, f"snooze-{facts.snoozed_until.isoformat()}")
    sends = list(by_day.values())
    if reminders.escalate_after is not None:
        late_from = max(facts.due, facts.snoozed_until or facts.due)
        day = _sending_day(add_working_days(late_from, reminders.escalate_after), pause)
        if day >= facts.counts_from:
            sends.append(Send(day, "escalation", escalates=True))
    return tuple(
        sorted(send for send in sends if facts.done_on is None or send.day < facts.done_on)
    )


def sends_on(
    facts: Deadline, reminders: ReminderDefinition, today: date, pause: Pause = SUMMER
) -> tuple[Send, ...]:
    """Return what should have gone out by now: the newest reminder and the newest escalation.

    Asking every day gives each reminder on its day; asking again gives the same, so the caller
    keeps what was sent. After an outage the older ones are covered by the newest. On a free day
    or in the pause nothing is due.
    """
    if facts.done_on is not None or not is_sending_day(today, pause) or facts.is_snoozed(today):
        return ()
    newest: dict[bool, Send] = {}
    for send in sends_of(facts, reminders, pause):
        if send.day <= today:
            newest[send.escalates] = send
    return tuple(sorted(newest.values()))


def _sending_day(day: date, pause: Pause) -> date:
    while not is_sending_day(day, pause):
        day += timedelta(days=1)
    return day
