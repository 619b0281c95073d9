"""When a board date or a day of publication moves, everything that hangs on it moves with it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ska.core.calendar_year import CalendarYear
from ska.core.holidays import add_working_days, is_working_day, this_or_next_working_day
from ska.core.school_year import SchoolYear
from ska.cycle import dates
from ska.cycle.dates import Anchors, dates_of, dates_of_all
from ska.cycle.definitions import StepDefinition, ring_in

YEAR = SchoolYear(2026)


def step(key, **when):
    return StepDefinition.model_validate(
        {
            "key": key,
            "name": "Ett steg",
            "levels": ["organizer"],
            "phase": "Period 1",
            "responsible": "quality_lead",
            "artefact": "notes",
            "when": when,
        }
    )


@st.composite
def forests(draw):
    """Draw steps that hang on the meeting, on a publication, or on a step before them."""
    steps, roots, offsets = [], {}, {}
    for number in range(draw(st.integers(1, 12))):
        key, days = f"s{number}", draw(st.integers(-20, 30))
        on = draw(st.sampled_from(["board", "release", *roots]))
        if on == "board":
            when = {"kind": "board", "first_month": 11, "last_month": 12, "working_days": days}
        elif on == "release":
            when = {"kind": "release", "publication": "betyg", "working_days": days}
        else:
            when = {"kind": "after_step", "step": on, "working_days": days}
        steps.append(step(key, **when))
        roots[key] = on if on in ("board", "release") else roots[on]
        offsets[key] = [days] if on in ("board", "release") else [*offsets[on], days]
    return draw(st.permutations(steps)), roots, offsets


november = st.dates(date(2026, 11, 2), date(2026, 12, 20)).filter(is_working_day)
autumn = st.dates(date(2026, 8, 1), date(2027, 5, 1))


@given(forests(), november, autumn)
def test_all_that_hangs_on_a_day_moves_with_it_and_nothing_else(forest, meeting, release):
    steps, roots, offsets = forest

    found = dates_of_all(steps, YEAR, Anchors([meeting], {"betyg": release}))

    for key, hops in offsets.items():
        day = meeting if roots[key] == "board" else this_or_next_working_day(release)
        for hop in hops:
            day = add_working_days(day, hop)
        assert found[key].due == day


@given(forests(), november, autumn, st.data())
def test_what_stands_fast_holds_those_after_it(forest, meeting, release, data):
    steps, roots, _offsets = forest
    held = data.draw(st.sampled_from(sorted(roots)))
    day = data.draw(november)

    anchors = Anchors([meeting], {"betyg": release})
    found = dates_of_all(steps, YEAR, anchors, {held: day})
    moved = dates_of_all(steps, YEAR, Anchors([meeting + timedelta(days=9)]), {held: day})

    for one in steps:
        if one.when.kind == "after_step" and one.when.step == held:
            expected = add_working_days(day, one.when.working_days)
            assert found[one.key].due == moved[one.key].due == expected


def test_a_publication_says_whether_its_day_is_known():
    rule = step("las", kind="release", publication="betyg", working_days=5)
    on = {"betyg": date(2026, 9, 26)}  # a Saturday

    usual = dates_of(rule, YEAR, Anchors((), on, frozenset({"betyg"})))
    told = dates_of(rule, YEAR, Anchors((), on))
    gone = dates_of(rule, YEAR)

    assert (told.due, told.review) == (date(2026, 10, 5), ())
    assert usual.review == (dates.USUAL_RELEASE,)
    assert gone.review == (dates.NO_RELEASE,)


def test_a_step_whose_forerunner_is_gone_says_so():
    found = dates_of_all([step("b", kind="after_step", step="a", working_days=3)], YEAR)

    assert found["b"].review == (dates.NOTHING_BEFORE,)


def test_a_budgets_year_is_the_calendars():
    autumn_first = step("delar", kind="months", first=8, last=8)
    spring = step("bokslut", kind="weeks", first=6, last=8)

    found = dates_of_all([autumn_first, spring], CalendarYear(2027))

    assert found["delar"].due == date(2027, 8, 31)
    assert found["bokslut"].due == date(2027, 2, 26)


def test_steps_that_wait_for_each_other_are_found():
    one = step("a", kind="after_step", step="b", working_days=1)
    other = step("b", kind="after_step", step="a", working_days=1)

    assert set(ring_in([one, other])) == {"a", "b"}
    assert ring_in([other, step("a", kind="months", first=9, last=9)]) == []
