"""A step as it is written: every rule has its parts, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.cycle.definitions import StepDefinition
from ska.cycle.queries import templates
from ska.cycle.step_forms import Rule, StepForm, raw_of
from ska.cycle.wheel_forms import WheelForm, WheelSettingsForm
from ska.cycle.words import rule_words
from ska.web.forms import bind

STEP = {
    "name": "Kvalitetsrapport klar",
    "level": "organizer",
    "phase": "Vart ska vi?",
    "responsible": "quality_lead",
    "artefact": "report",
    "lead_days": "21, 7",
}
MONTH, WEEK = st.integers(1, 12), st.integers(1, 53)
DAYS = st.integers(-60, 60)
WEEKDAY = st.one_of(st.none(), st.integers(1, 5))
RULES = st.one_of(
    st.builds(dict, kind=st.just("weeks"), first=WEEK, last=WEEK),
    st.builds(dict, kind=st.just("months"), first=MONTH, last=MONTH),
    st.builds(dict, kind=st.just("by_date"), month=MONTH, day=st.integers(1, 31)),
    st.builds(dict, kind=st.just("last_weekday"), month=MONTH, weekday=WEEKDAY),
    st.builds(dict, kind=st.just("first_weekday"), month=MONTH, weekday=WEEKDAY),
    st.builds(
        dict,
        kind=st.just("board"),
        first_month=MONTH,
        last_month=MONTH,
        pick=st.sampled_from(["first", "last"]),
        working_days=DAYS,
    ),
    st.builds(
        dict,
        kind=st.just("after_step"),
        step=st.just("annat"),
        working_days=DAYS,
        latest=st.one_of(st.none(), st.tuples(MONTH, st.integers(1, 31))),
    ),
    st.builds(dict, kind=st.just("release"), publication=st.just("salsa"), working_days=DAYS),
)


@given(RULES, st.floats(0, 400).map(lambda hours: round(hours * 2) / 2), st.integers(0, 26))
def test_what_the_form_shows_is_what_was_saved(when, hours, weeks):
    first = bind(StepForm, {**STEP, "rule": "months", "first_month": "1", "last_month": "2"}).value
    step = StepDefinition.model_validate(
        first.definition("rapport").model_dump() | {"when": when, "hours": hours}
        | {"weeks_of_work": weeks, "together_with": ["principal"], "law": ["skollagen 4:3"]}
    )  # fmt: skip

    again = bind(StepForm, raw_of(step, "organizer"))

    assert again.errors == {}
    assert again.value.definition("rapport") == step
    assert rule_words(step.when, {"annat": "Annat"}, {"salsa": "SALSA"})


def test_every_shipped_step_survives_its_form():
    for template in templates():
        for step in template.steps:
            level = step.levels[0]
            form = bind(StepForm, raw_of(step, level))
            kept = step.model_copy(update={"levels": (level,)})
            assert form.value is not None, (template.key, step.key, form.errors)
            assert form.value.definition(step.key).model_dump(exclude={"when"}) == (
                kept.model_dump(exclude={"when"})
            )


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("weeks", {"first_week", "last_week"}),
        ("months", {"first_month", "last_month"}),
        ("by_date", {"month", "day"}),
        ("last_weekday", {"month"}),
        ("first_weekday", {"month"}),
        ("board", {"first_month", "last_month"}),
        ("after_step", {"step"}),
        ("release", {"publication"}),
        ("", {"rule"}),
    ],
)
def test_a_rule_says_what_it_lacks_and_nothing_of_the_others(rule, missing):
    form = bind(StepForm, {**STEP, "rule": rule, "first_week": "" if rule == "weeks" else "x"})

    assert set(form.errors) == missing
    assert all(sentence.startswith(("Skriv", "Välj")) for sentence in form.errors.values())


def test_every_rule_has_words():
    assert {one.value for one in Rule} == {
        "by_date", "weeks", "months", "last_weekday", "first_weekday", "board", "after_step",
        "release",
    }  # fmt: skip


def test_a_text_that_points_out_a_person_is_stopped_until_it_is_said_to_be_none():
    asked = {**STEP, "rule": "months", "first_month": "1", "last_month": "2"}
    risky = {**asked, "name": "Prata med 19121212-1212"}

    assert "personnummer" in bind(StepForm, risky).errors["name"]
    assert bind(StepForm, {**risky, "not_personal_data": "1"}).errors == {}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1/7–31/7", ["07-01/07-31"]),
        ("1/7-31/7, 20/12–6/1", ["07-01/07-31", "12-20/01-06"]),
        ("", []),
        (["06-20/08-10"], ["06-20/08-10"]),
    ],
)
def test_pauses_are_read_as_people_write_them(written, kept):
    assert bind(WheelSettingsForm, {"name": "Hjul", "pauses": written}).value.pauses == kept


@pytest.mark.parametrize(
    "written", ["sommaren", "31/2–3/3", "1/1–31/12", "1/1–1/3, 1/4–1/6, 1/7–1/9"]
)
def test_a_pause_leaves_room_for_reminders(written):
    form = bind(WheelSettingsForm, {"name": "Hjul", "pauses": written})

    assert form.errors["pauses"].startswith("Skriv")


def test_a_units_wheel_names_its_unit():
    assert "unit_id" in bind(WheelForm, {"kind": "unit", "name": "Vårt"}).errors
    assert bind(WheelForm, {"kind": "budget", "name": "Budget", "unit_id": ""}).errors == {}
