from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ska.core.holidays import is_working_day
from ska.core.school_year import SchoolYear
from ska.cycle import dates
from ska.cycle.dates import Anchors, dates_of, dates_of_all
from ska.cycle.definitions import Level, StepDefinition, TemplateDefinition
from ska.settings import bundled

YEAR = SchoolYear(2026)
BOARD = Anchors((date(2026, 9, 24), date(2026, 11, 26), date(2026, 12, 17), date(2027, 6, 3)))
ALONE = Anchors()


@cache
def load_template() -> TemplateDefinition:
    text = (bundled("seeds") / "cycles" / "lasar-huvudman-enhet.yaml").read_text(encoding="utf-8")
    return TemplateDefinition.model_validate(yaml.safe_load(text))


def step(**when) -> StepDefinition:
    return StepDefinition.model_validate(
        {
            "key": "steg",
            "name": "Ett steg",
            "guidance": "",
            "levels": ["unit"],
            "phase": "where_are_we",
            "responsible": "principal",
            "artefact": "analysis",
            "when": when,
        }
    )


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ({"kind": "last_weekday", "month": 8}, date(2026, 8, 31)),
        ({"kind": "last_weekday", "month": 10, "weekday": 5}, date(2026, 10, 30)),
        ({"kind": "last_weekday", "month": 12}, date(2026, 12, 30)),
        ({"kind": "first_weekday", "month": 1}, date(2027, 1, 4)),
        ({"kind": "first_weekday", "month": 1, "weekday": 3}, date(2027, 1, 13)),
        ({"kind": "by_date", "month": 9, "day": 15}, date(2026, 9, 15)),
        ({"kind": "by_date", "month": 2, "day": 29}, date(2027, 2, 26)),
        ({"kind": "by_date", "month": 6, "day": 6}, date(2027, 6, 4)),
        ({"kind": "weeks", "first": 38, "last": 42}, date(2026, 10, 16)),
        ({"kind": "weeks", "first": 1, "last": 1}, date(2027, 1, 8)),
        ({"kind": "weeks", "first": 53, "last": 53}, date(2026, 12, 30)),
        ({"kind": "months", "first": 8, "last": 9}, date(2026, 9, 30)),
        ({"kind": "board", "first_month": 11, "last_month": 12}, date(2026, 11, 26)),
        (
            {"kind": "board", "first_month": 11, "last_month": 12, "working_days": -10},
            date(2026, 11, 12),
        ),
        (
            {"kind": "board", "first_month": 11, "last_month": 12, "pick": "last"},
            date(2026, 12, 17),
        ),
    ],
)
def test_dates_follow_their_rule(when, due):
    assert dates_of(step(**when), YEAR, BOARD).due == due


def test_the_week_before_midsummer_ends_before_the_eve():
    found = dates_of(step(kind="weeks", first=24, last=25), YEAR)

    assert (found.starts, found.due) == (date(2027, 6, 14), date(2027, 6, 24))


def test_the_last_weekday_of_august_moves_from_year_to_year():
    rule = step(kind="last_weekday", month=8)

    found = [dates_of(rule, SchoolYear(year)).due for year in (2025, 2026, 2027, 2028)]

    assert found == [date(2025, 8, 29), date(2026, 8, 31), date(2027, 8, 31), date(2028, 8, 31)]


def test_a_leap_day_is_used_when_there_is_one():
    found = dates_of(step(kind="by_date", month=2, day=29), SchoolYear(2027))

    assert found.due == date(2028, 2, 29)


def test_a_year_without_week_53_says_that_week_52_is_used():
    found = dates_of(step(kind="weeks", first=53, last=53), SchoolYear(2027))

    assert found.due == date(2027, 12, 30)
    assert found.review == (dates.NO_WEEK_53,)


def test_without_a_board_date_the_step_gets_a_date_and_a_note():
    when = {"kind": "board", "first_month": 11, "last_month": 12, "working_days": -10}

    found = dates_of(step(**when), YEAR, Anchors([date(2026, 9, 24)]))

    assert found.due == date(2026, 11, 16)
    assert found.review == (dates.NO_BOARD_DATE,)


def test_dates_in_the_pause_or_outside_the_year_are_pointed_out():
    assert dates_of(step(kind="by_date", month=7, day=10), YEAR).review == (dates.IN_PAUSE,)
    late = step(kind="after_step", step="annat", working_days=40)
    assert dates_of(late, YEAR, ALONE, {"annat": date(2027, 6, 10)}).review == (dates.OUTSIDE_YEAR,)


def test_a_step_after_another_waits_for_it_but_never_past_its_latest_day():
    when = {"kind": "after_step", "step": "annat", "working_days": 10, "latest": [12, 22]}

    early = dates_of(step(**when), YEAR, ALONE, {"annat": date(2026, 11, 26)})
    late = dates_of(step(**when), YEAR, ALONE, {"annat": date(2026, 12, 17)})

    assert (early.due, late.due) == (date(2026, 12, 10), date(2026, 12, 22))


any_rule = st.one_of(
    st.builds(dict, kind=st.just("weeks"), first=st.integers(1, 26), last=st.integers(1, 53)),
    st.builds(dict, kind=st.just("months"), first=st.integers(1, 12), last=st.integers(1, 12)),
    st.builds(
        dict,
        kind=st.just("last_weekday"),
        month=st.integers(1, 12),
        weekday=st.one_of(st.none(), st.integers(1, 5)),
    ),
    st.builds(
        dict,
        kind=st.just("first_weekday"),
        month=st.integers(1, 12),
        weekday=st.one_of(st.none(), st.integers(1, 5)),
    ),
    st.builds(dict, kind=st.just("by_date"), month=st.integers(1, 12), day=st.integers(1, 31)),
    st.builds(
        dict,
        kind=st.just("board"),
        first_month=st.sampled_from([8, 9, 10, 11]),
        last_month=st.sampled_from([12, 1, 5, 6]),
        working_days=st.integers(-60, 60),
    ),
)


@given(any_rule, st.integers(2020, 2060))
def test_every_rule_gives_a_working_day_that_belongs_to_the_year(when, start):
    year = SchoolYear(start)

    found = dates_of(step(**when), year)

    assert is_working_day(found.due)
    assert found.starts <= found.due
    # A week or some working days around a meeting may reach over the edge, never far.
    slack = timedelta(days=92 if when["kind"] == "board" else 7)
    assert year.first_day - slack <= found.due <= year.last_day + slack


@given(st.integers(2020, 2060), st.lists(st.dates(date(2020, 1, 1), date(2061, 6, 30)), max_size=9))
def test_the_template_gives_all_dates_in_any_year_with_any_meetings(start, meetings):
    template = load_template()
    meetings = [day for day in meetings if is_working_day(day)]

    found = dates_of_all(template.steps, SchoolYear(start), Anchors(meetings))

    assert list(found) == [step.key for step in template.steps]
    assert found["kvalitetsrapport"].due < found["namnden-behandlar"].due
    assert found["namnden-behandlar"].due <= found["aterkoppling"].due
    assert found["enhetsanalys"].due < found["enhetens-plan"].due


def test_the_default_template_is_the_seventeen_steps_of_a_school_year():
    template = load_template()

    assert len(template.steps) == 17
    assert len(template.steps_for(unit=True)) == 10
    assert len(template.steps_for(unit=False)) == 9
    assert {level for one in template.steps for level in one.levels} == set(Level)


def test_every_template_file_is_named_after_its_key():
    for path in Path(bundled("seeds") / "cycles").glob("*.yaml"):
        loaded = TemplateDefinition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        assert loaded.key == path.stem


def test_a_template_that_bites_its_tail_is_refused():
    data = load_template().model_dump(mode="json")
    data["steps"][0]["when"] = {
        "kind": "after_step",
        "step": data["steps"][0]["key"],
        "working_days": 1,
    }

    with pytest.raises(ValidationError, match="in a ring"):
        TemplateDefinition.model_validate(data)


def test_a_template_refuses_strangers_and_twins():
    data = load_template().model_dump(mode="json")
    twin = {**data, "steps": [data["steps"][0], data["steps"][0]]}
    stranger = {**data, "steps": [data["steps"][9]]}

    with pytest.raises(ValidationError, match="share a key"):
        TemplateDefinition.model_validate(twin)
    with pytest.raises(ValidationError, match="not there"):
        TemplateDefinition.model_validate(stranger)
    with pytest.raises(ValidationError, match="Extra inputs"):
        TemplateDefinition.model_validate({**data, "colour": "red"})
