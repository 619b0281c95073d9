"""Hours by week: nothing is lost, too much is told, and a proposed move truly helps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.holidays import add_working_days, is_working_day
from ska.core.ids import new_id
from ska.cycle.timing import Bearer, Work, budgets_of, monday

ROBIN = Bearer("principal", None)
TODAY = date(2026, 8, 3)
days = st.dates(TODAY, date(2027, 6, 20)).filter(is_working_day)


def work(name, starts, due, hours, *, may_move=True):
    return Work(new_id(), name, ROBIN, starts, due, hours, may_move)


@st.composite
def works(draw):
    found = []
    for number in range(draw(st.integers(1, 8))):
        due = draw(days)
        starts = max(TODAY, add_working_days(due, -draw(st.integers(0, 25))))
        hours = draw(st.integers(0, 60))
        found.append(work(f"Steg {number}", starts, due, hours, may_move=draw(st.booleans())))
    return found


@given(works())
def test_every_hour_of_the_steps_lies_in_some_week(steps):
    found = budgets_of(steps, 8, TODAY)

    assert sum(one.hours for one in found) == pytest.approx(sum(one.hours for one in steps))
    for one in found:
        assert one.over == tuple(week for week in one.weeks if week.hours > 8)
        assert one.top in one.weeks


@given(works(), st.integers(2, 20))
def test_a_proposed_move_brings_the_week_below_and_no_other_above(steps, limit):
    for budget in budgets_of(steps, limit, TODAY):
        for move in budget.moves:
            assert move.work.may_move
            weeks = (move.due - move.work.due) / timedelta(weeks=1)
            assert 0 < abs(weeks) <= 5
            moved = move.work.shifted(round(weeks))
            assert (moved.due, moved.starts >= TODAY) == (move.due, True)
            rest = [one for one in steps if one is not move.work]
            after = budgets_of([*rest, moved], limit, TODAY)
            over = {week.monday for one in after for week in one.over}
            assert move.week not in over
            assert not over & set(moved.by_week())


def test_the_nearest_move_is_proposed_and_what_others_decide_stays():
    plan = work("Plan", date(2026, 9, 7), date(2026, 9, 11), 5)
    board = work("Nämnden", date(2026, 9, 7), date(2026, 9, 11), 6, may_move=False)

    (budget,) = budgets_of([plan, board], 8, TODAY)

    assert [week.hours for week in budget.over] == [11]
    assert budget.over[0].steps == ("Nämnden", "Plan")
    (move,) = budget.moves
    assert (move.work.name, move.due, move.hours) == ("Plan", date(2026, 9, 4), 6)


def test_a_week_that_nothing_can_ease_gets_no_proposal():
    (budget,) = budgets_of([work("Allt", TODAY, date(2026, 8, 7), 30)], 8, TODAY)

    assert len(budget.over) == 1
    assert budget.moves == ()


def test_weeks_that_have_gone_are_not_counted():
    gone = work("Gjort", date(2026, 6, 1), date(2026, 6, 5), 9)
    coming = work("Kommer", TODAY, date(2026, 8, 7), 4)

    (budget,) = budgets_of([gone, coming], 8, TODAY)

    assert budget.hours == 4
    assert [week.monday for week in budget.weeks] == [monday(TODAY)]
