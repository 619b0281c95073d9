from datetime import date

from ska.cycle.rules import StepState, next_level, state_of
from ska.notices.rules import Deadline

DUE = date(2026, 8, 31)
DECIDED = date(2026, 6, 10)


def test_late_steps_are_told_to_the_level_above():
    assert next_level("principal") == "director_of_education"
    assert next_level("teacher") == "principal"
    assert next_level("director_of_education") is None


def test_where_a_step_stands():
    facts = Deadline(DUE, DECIDED, snoozed_on=date(2026, 8, 26), snoozed_until=date(2026, 9, 9))

    assert state_of(facts, date(2026, 8, 25)) is StepState.NOT_STARTED
    assert state_of(facts, date(2026, 8, 26)) is StepState.SNOOZED
    assert state_of(facts, date(2026, 9, 9)) is StepState.LATE
    started = Deadline(DUE, DECIDED, started_on=date(2026, 8, 20))
    assert state_of(started, DUE) is StepState.IN_PROGRESS
    done = Deadline(DUE, DECIDED, done_on=date(2026, 9, 1))
    assert state_of(done, date(2026, 9, 1)) is StepState.DONE
