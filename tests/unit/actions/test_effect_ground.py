"""What is frozen stays frozen: lines, grounds and outcomes without a database."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.indicator_values import unit_value, values_frame
from tests.sizes import size

from ska.actions.effects.control import control_rows, control_sentence, own_chart
from ska.actions.effects.foresight import foresee
from ska.actions.effects.ground import (
    CHANGED,
    OWN_CHANGED,
    Now,
    lay_ground,
    read_outcome,
    thaw,
)
from ska.actions.effects.lines import beside, line_of
from ska.actions.effects.rules import bare, expected_period, in_words, period_of, periods_ahead, say
from ska.statistics import EffectVerdict, Outcome

YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
NEXT = "2026/27"
HERE = pl.col("area_code") == "30"


def cell(code, period, number, n=24, **own):
    return unit_value(period, number, n) | {"area_code": code, "area": f"Skola {code}"} | own


def frame(years=YEARS, units=60, seed=1, **own):
    random = np.random.default_rng(seed)
    level = random.normal(60, 8, units)
    level[30] = 60
    rows = [
        cell(f"{at:02d}", year, round(float(level[at] + random.normal(0, 3)), 1), **own)
        for at in range(units)
        for year in years
    ]
    return values_frame(*rows)


def with_next(cells, numbers):
    return pl.concat([cells, values_frame(*(cell(c, NEXT, v) for c, v in numbers.items()))])


CELLS = frame()
LINE = line_of(CELLS, HERE)
GROUND = lay_ground(CELLS, LINE)


def read(cells, ground=GROUND):
    line = line_of(cells, HERE)
    return read_outcome(ground, line, Now(beside(cells, line.key)), NEXT, Outcome())


def test_the_matches_are_those_nearest_and_all_is_kept():
    assert len(GROUND.plan.matches) == 10
    assert "30" not in GROUND.plan.matches
    assert GROUND.earlier.periods == YEARS
    assert len(GROUND.content()["units"]) == 60


outcomes = st.lists(st.floats(0, 100).map(lambda x: round(x, 1)), min_size=60, max_size=60)


@settings(max_examples=size(15, 300))
@given(outcomes)
def test_no_outcome_changes_the_matches_or_the_fingerprint(numbers):
    later = with_next(CELLS, {f"{at:02d}": value for at, value in enumerate(numbers)})
    kept = orjson.loads(orjson.dumps(GROUND.content()))
    thawed = thaw("30", GROUND.plan.fingerprint, "", kept)
    told = read(later, thawed)

    assert told.holds
    assert thawed.plan.matches == GROUND.plan.matches
    assert thawed.plan.fingerprint == GROUND.plan.fingerprint
    assert told.periods == (NEXT,)


@settings(max_examples=size(25, 300))
@given(st.integers(0, 59), st.integers(0, 4), st.floats(-50, 50).filter(lambda x: abs(x) > 0.01))
def test_any_frozen_value_that_is_touched_is_noticed(row, column, step):
    kept = GROUND.content()
    kept["values"][row][column] += step

    told = read(CELLS, thaw("30", GROUND.plan.fingerprint, "", kept))

    assert not told.holds
    assert told.effect.reason == CHANGED
    assert told.effect.verdict is EffectVerdict.CANNOT_TELL


@pytest.mark.parametrize("part", ["units", "periods", "values", "matches", "names", "backgrounds"])
def test_a_ground_that_lacks_a_part_judges_nothing(part):
    kept = GROUND.content()
    del kept[part]

    assert not read(CELLS, thaw("30", GROUND.plan.fingerprint, "", kept)).holds


def test_the_estimate_is_a_plain_recount_of_what_is_shown():
    numbers = {f"{at:02d}": 50 + at / 2 for at in range(60)} | {"30": 92.0}
    told = read(with_next(CELLS, numbers))
    before = dict(zip(GROUND.earlier.units, GROUND.earlier.values, strict=True))
    changes = [numbers[code] - before[code].mean() for code in GROUND.plan.matches]

    own = numbers["30"] - before["30"].mean()
    assert told.effect.estimate == pytest.approx(own - np.mean(changes))


def test_years_after_the_last_and_before_the_expected_are_not_read():
    later = with_next(CELLS, {"30": 90.0})
    line = line_of(later, HERE)
    told = read_outcome(GROUND, line, Now(beside(later, line.key)), "2027/28", Outcome())

    assert told.periods == ()
    assert told.effect.reason == "det finns inget värde efter insatsen"


OWN = frame(is_own=True, source="local")
OWN_GROUND = lay_ground(OWN, line_of(OWN, HERE))


def own_read(cells):
    plan, line = OWN_GROUND.plan, line_of(cells, HERE)
    numbers = beside(cells, line.key)
    ground = thaw("30", plan.fingerprint, "", OWN_GROUND.content(), numbers)
    return read_outcome(ground, line, Now(numbers), NEXT, Outcome())


def test_own_values_are_judged_by_the_same_rules_and_none_of_them_is_kept():
    numbers = {f"{at:02d}": 60.0 for at in range(60)} | {"30": 99.0}
    rows = [cell(c, NEXT, v, is_own=True, source="local") for c, v in numbers.items()]
    told = own_read(pl.concat([OWN, values_frame(*rows)]))

    assert OWN_GROUND.plan.matches == GROUND.plan.matches
    assert set(OWN_GROUND.content()) == {"units", "periods", "matches", "names"}
    assert (told.holds, told.effect.verdict) == (True, EffectVerdict.IMPROVEMENT)
    kept = bare(told.effect)
    assert (kept.word, kept.estimate, kept.limit) == ("pekar mot förbättring", None, None)
    assert not re.search(r"\d", kept.sentence)


@pytest.mark.parametrize("code", ["30", OWN_GROUND.plan.matches[0], "59"])
def test_an_own_value_that_is_hidden_or_changed_since_judges_nothing(code):
    is_it = (pl.col("area_code") == code) & (pl.col("period") == YEARS[2])
    hidden = OWN.with_columns(
        value=pl.when(is_it).then(None).otherwise("value"),
        status=pl.when(is_it).then(pl.lit("hidden_by_rule")).otherwise("status"),
    )
    changed = OWN.with_columns(value=pl.when(is_it).then(50.1).otherwise("value"))

    for cells in (hidden, changed):
        told = own_read(cells)
        assert (told.holds, told.effect.reason) == (False, OWN_CHANGED)


@pytest.mark.parametrize(
    ("years", "units", "why"),
    [
        (YEARS[:3], 60, "det finns färre än fyra tidigare värden"),
        (YEARS, 39, "det finns för få enheter att jämföra med"),
    ],
)
def test_too_little_of_ones_own_is_said_plainly(years, units, why):
    own = frame(years, units, is_own=True, source="local")

    assert lay_ground(own, line_of(own, HERE)).plan.reason == why


def test_a_published_line_with_four_years_comes_before_the_own():
    both = pl.concat([CELLS, frame((*YEARS, NEXT), is_own=True, source="local")])
    few = pl.concat([frame(YEARS[:3]), frame(YEARS, is_own=True, source="local")])

    assert not line_of(both, HERE).key.is_own
    assert line_of(few, HERE).key.is_own


def test_values_that_do_not_count_are_no_earlier_values():
    repeated = cell("30", "2026/27", 61.0, carried_from="2025/26")
    hidden = cell("30", "2027/28", None)
    cells = pl.concat([CELLS, values_frame(repeated, hidden)])
    line = line_of(cells, HERE)

    assert [one.period for one in line.known] == list(YEARS)
    assert line.points[-2].word == "upprepat från 2025/26"
    assert line.points[-1].word == "för få elever"


def test_what_lies_before_a_break_is_another_series():
    line = line_of(CELLS, HERE, breaks=["2023/24", "2024"])

    assert [one.period for one in line.points] == ["2023/24", "2024/25", "2025/26"]
    assert lay_ground(CELLS, line).plan.reason == "det finns färre än fyra tidigare värden"


def test_another_definition_is_another_line():
    newer = frame((NEXT, "2027/28"), definition_version=2)
    cells = pl.concat([CELLS, newer])
    line = line_of(cells, HERE)

    assert line.key.definition_version == 1
    assert NEXT not in beside(cells, line.key)["30"]


def test_background_is_matched_on_where_nearly_all_have_it():
    born = {"title": "Andel elever med utländsk bakgrund", "nature": "background"}
    known = [cell(f"{at:02d}", "2025/26", float(at), measure="b", **born) for at in range(58)]
    with_background = pl.concat([CELLS, values_frame(*known)])
    few = pl.concat([CELLS, values_frame(*known[:45])])

    assert lay_ground(with_background, LINE).backgrounds == ("Andel elever med utländsk bakgrund",)
    assert len(lay_ground(with_background, LINE).earlier.units) == 58
    assert lay_ground(few, LINE).backgrounds == ()


def test_what_can_be_seen_is_told_in_pupils_and_beside_others():
    found = foresee(LINE, GROUND, "higher")
    said = " ".join(found.sentences()).replace("\u00a0", " ")

    assert said.startswith("Med 24 elever om året syns först en ändring på ungefär ")
    assert "Bredvid 10 liknande skolenheter syns" in said
    assert found.by_years < found.by_count
    assert found.smallest == GROUND.plan.detectable
    assert found.is_too_small(found.smallest - 0.1)
    assert not found.is_too_small(found.smallest + 0.1)


def test_without_pupils_or_others_no_size_is_large_enough():
    cells = frame(YEARS[:2], n=None)
    line = line_of(cells, HERE)
    found = foresee(line, lay_ground(cells, line), "higher")

    assert found.smallest is None
    assert found.is_too_small(99)
    assert found.sentences() == [
        "Siffrorna kommer inte att kunna avgöra om insatsen gjorde skillnad:"
        " det finns färre än fyra tidigare värden."
    ]


def test_only_periods_that_nobody_knows_may_be_expected():
    assert periods_ahead(LINE, date(2026, 9, 15))[0] == NEXT
    assert periods_ahead(LINE, date(2024, 9, 15))[0] == NEXT  # begun long ago, known until now
    assert periods_ahead(LINE, date(2027, 9, 15))[0] == "2027/28"
    ahead = periods_ahead(LINE, date(2026, 9, 1))
    assert expected_period(date(2028, 6, 1), LINE, ahead) == "2027/28"
    assert expected_period(None, LINE, [NEXT]) == NEXT
    assert period_of(date(2026, 9, 1), "term") == "HT26"
    assert period_of(date(2026, 9, 1), "calendar_year") == "2026"


def test_the_own_years_say_what_lies_outside():
    steady = replace(LINE, points=tuple(replace(one, n=400) for one in LINE.points))
    outside = replace(steady.points[-1], period=NEXT, value=99.0)
    rows = control_rows(replace(steady, points=(*steady.points, outside)), NEXT)

    assert [one.is_outcome for one in rows] == [False] * 5 + [True]
    assert control_sentence(rows) == (
        "Era egna år: 2026/27 ligger utanför det som åren före brukar variera."
    )
    assert control_sentence(control_rows(LINE, NEXT)) == ""


def test_the_own_chart_has_its_limits_of_the_years_before_the_outcome():
    points = (*LINE.points, replace(LINE.points[-1], period=NEXT, value=99.0))
    before, after = (
        own_chart(replace(LINE, points=some), "Minst E", NEXT, "egna värden")
        for some in (LINE.points, points)
    )

    assert after.table.caption == f"Minst E, {LINE.area}"
    assert after.table.rows[:-1] == before.table.rows
    assert after.table.rows[-1][0] == NEXT
    assert [flag.text for flag in after.flags] == ["Utfallet börjar"]
    assert before.flags == ()
    assert f"Gränserna räknas ur åren före {NEXT}." in after.notes


def test_the_sentence_says_which_number_which_way_how_much_and_when():
    said = say("Betyg", "lower", 2.5, "%", NEXT)

    assert said == "Betyg ska minska med minst 2,5 procentenheter, från 2026/27."


def test_a_difference_of_a_mean_is_told_in_steps_of_its_scale():
    assert in_words("medelvärde 0–10") == "steg på skalan 0–10"
    assert in_words("%") == "procentenheter"
    assert in_words("poäng") == "poäng"
