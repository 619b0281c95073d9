from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.holidays import is_working_day
from ska.notices.definitions import ReminderDefinition
from ska.notices.rules import (
    SUMMER,
    Deadline,
    Pause,
    Send,
    is_in_pause,
    is_sending_day,
    is_sending_hour,
    sends_of,
    sends_on,
)

USUAL = ReminderDefinition()
DUE = date(2026, 8, 31)
DECIDED = date(2026, 6, 10)


def walk(facts_on, first: date, last: date, reminders=USUAL, pause=SUMMER) -> list[Send]:
    """Ask every day and keep what was sent, as the scheduler does."""
    sent: dict[str, Send] = {}
    out = []
    day = first
    while day <= last:
        for send in sends_on(facts_on(day), reminders, day, pause):
            if send.rule not in sent:
                sent[send.rule] = send
                out.append(Send(day, send.rule, send.escalates))
        day += timedelta(days=1)
    return out


# Story 3: the analysis of five units, due Monday 31 August 2026.
@pytest.mark.parametrize(
    ("case", "facts", "expected"),
    [
        (
            "a unit that never gets it done",
            Deadline(DUE, DECIDED),
            ["2026-08-03", "2026-08-10", "2026-08-24", "2026-08-28", "2026-09-07 up"],
        ),
        (
            "a unit that is done on 20 August hears nothing more",
            Deadline(DUE, DECIDED, done_on=date(2026, 8, 20)),
            ["2026-08-03", "2026-08-10"],
        ),
        (
            "a unit that is done on the very day of a reminder does not get it",
            Deadline(DUE, DECIDED, done_on=date(2026, 8, 24)),
            ["2026-08-03", "2026-08-10"],
        ),
        (
            "Åby byskola is put off to 9 September",
            Deadline(DUE, DECIDED, snoozed_on=date(2026, 8, 26), snoozed_until=date(2026, 9, 9)),
            ["2026-08-03", "2026-08-10", "2026-08-24", "2026-09-09", "2026-09-16 up"],
        ),
        (
            "a wheel made on 17 August starts with what is still ahead",
            Deadline(DUE, date(2026, 8, 17)),
            ["2026-08-24", "2026-08-28", "2026-09-07 up"],
        ),
    ],
)
def test_the_reminders_of_the_unit_analysis(case, facts, expected):
    planned = sends_of(facts, USUAL)

    assert [f"{send.day}{' up' if send.escalates else ''}" for send in planned] == expected, case


def test_asking_every_day_sends_each_reminder_on_its_day():
    facts = Deadline(DUE, DECIDED)

    sent = walk(lambda day: facts, date(2026, 6, 1), date(2026, 12, 31))

    assert sent == list(sends_of(facts, USUAL))


def test_after_three_days_down_the_newest_reminder_covers_the_older():
    facts = Deadline(DUE, DECIDED)

    missed = sends_on(facts, USUAL, date(2026, 8, 31))

    assert missed == (Send(date(2026, 8, 28), "last-working-day"),)


def test_completion_and_pause_and_weekend_silence_everything():
    assert sends_on(Deadline(DUE, DECIDED, done_on=date(2026, 8, 20)), USUAL, DUE) == ()
    assert sends_on(Deadline(DUE, DECIDED), USUAL, date(2026, 7, 27)) == ()
    assert sends_on(Deadline(DUE, DECIDED), USUAL, date(2026, 8, 29)) == ()


def test_a_due_date_in_the_pause_gives_one_reminder_after_it():
    sends = sends_of(Deadline(date(2026, 7, 15), date(2026, 1, 1)), USUAL)

    assert [(send.day, send.rule) for send in sends] == [
        (date(2026, 6, 10), "lead-35"),
        (date(2026, 6, 24), "lead-21"),
        (date(2026, 8, 3), "escalation"),
        (date(2026, 8, 3), "last-working-day"),
    ]


def test_two_rules_on_one_day_are_one_reminder():
    two = ReminderDefinition(lead_days=(7, 3, 1), last_working_day=True)

    sends = sends_of(Deadline(date(2026, 10, 12), DECIDED), two)

    assert [(send.day, send.rule) for send in sends if not send.escalates] == [
        (date(2026, 10, 5), "lead-7"),
        (date(2026, 10, 9), "last-working-day"),
        (date(2026, 10, 12), "lead-1"),
    ]


def test_a_pause_may_turn_over_the_year():
    christmas = (Pause((12, 20), (1, 6)),)

    assert is_in_pause(date(2026, 12, 31), christmas)
    assert is_in_pause(date(2027, 1, 6), christmas)
    assert not is_in_pause(date(2027, 1, 7), christmas)
    assert is_sending_day(date(2027, 1, 7), christmas)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (datetime(2027, 3, 26, 6, 0, tzinfo=UTC), True),  # 07.00 winter time
        (datetime(2027, 3, 26, 5, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 29, 5, 0, tzinfo=UTC), True),  # 07.00 summer time, the Monday after
        (datetime(2027, 3, 29, 4, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 29, 16, 0, tzinfo=UTC), False),  # 18.00
        (datetime(2027, 11, 1, 6, 0, tzinfo=UTC), True),  # 07.00 winter time again
        (datetime(2027, 11, 1, 5, 30, tzinfo=UTC), False),
        (datetime(2027, 11, 1, 16, 59, tzinfo=UTC), True),
    ],
)
def test_mail_goes_out_in_office_hours_of_stockholm_summer_and_winter(moment, allowed):
    assert is_sending_hour(moment) is allowed


days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
rules = st.builds(
    ReminderDefinition,
    lead_days=st.lists(st.integers(1, 180), max_size=6).map(tuple),
    last_working_day=st.booleans(),
    escalate_after=st.one_of(st.none(), st.integers(1, 40)),
)
pauses = st.sampled_from(
    [SUMMER, (Pause((12, 20), (1, 6)),), (*SUMMER, Pause((10, 26), (11, 1))), ()]
)


@st.composite
def facts(draw):
    due = draw(days)
    decided = due - timedelta(days=draw(st.integers(-30, 200)))
    snoozed_on = draw(st.one_of(st.none(), st.just(due - timedelta(days=draw(st.integers(0, 40))))))
    return Deadline(
        due,
        decided,
        done_on=draw(
            st.one_of(st.none(), st.just(due + timedelta(days=draw(st.integers(-60, 60)))))
        ),
        snoozed_on=snoozed_on,
        snoozed_until=snoozed_on and snoozed_on + timedelta(days=draw(st.integers(1, 60))),
    )


@given(facts(), rules, pauses)
def test_no_reminder_falls_on_a_free_day_or_in_the_pause(step, reminders, pause):
    for send in sends_of(step, reminders, pause):
        assert is_working_day(send.day)
        assert not is_in_pause(send.day, pause)


@given(facts(), rules, pauses)
def test_each_rule_reminds_once_and_never_after_completion(step, reminders, pause):
    sends = sends_of(step, reminders, pause)

    assert len({send.rule for send in sends}) == len(sends)
    to_the_responsible = [send.day for send in sends if not send.escalates]
    assert len(set(to_the_responsible)) == len(to_the_responsible)
    assert all(step.done_on is None or send.day < step.done_on for send in sends)


@given(facts(), rules, pauses, st.sets(st.integers(0, 400), max_size=120))
def test_days_without_a_running_server_neither_lose_the_newest_nor_double_any(
    step, reminders, pause, down
):
    first = step.due - timedelta(days=200)

    sent: list[Send] = []
    for offset in range(420):
        day = first + timedelta(days=offset)
        known = step if step.done_on and step.done_on <= day else _not_done(step)
        if offset in down:
            continue
        for send in sends_on(known, reminders, day, pause):
            if send.rule not in {one.rule for one in sent}:
                sent.append(Send(day, send.rule, send.escalates))

    planned = {send.rule: send.day for send in sends_of(step, reminders, pause)}
    for send in sent:
        assert is_sending_day(send.day, pause)
        assert planned.get(send.rule, send.day) <= send.day
    assert len({send.rule for send in sent}) == len(sent)


@given(facts(), rules, pauses)
def test_a_server_that_is_always_up_sends_exactly_what_is_planned(step, reminders, pause):
    seen = Deadline(step.due, step.counts_from)
    plan = sends_of(seen, reminders, pause)

    sent = walk(
        lambda day: seen,
        step.due - timedelta(days=190),
        step.due + timedelta(days=140),
        reminders,
        pause,
    )

    assert sorted(sent) == sorted(plan)


def _not_done(step: Deadline) -> Deadline:
    return Deadline(
        step.due,
        step.counts_from,
        snoozed_on=step.snoozed_on,
        snoozed_until=step.snoozed_until,
    )
