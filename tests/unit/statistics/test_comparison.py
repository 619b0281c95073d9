"""What may be said about two values: the sentences people will read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.statistics.examples import examples

from ska.statistics import Measure, Verdict, compare, compare_shares, describe_run, what_if

RISING = ("ökade", "minskade", "ökat", "minskat", "steg", "sjönk")


def read(text):
    return text.replace("\u00a0", " ")


@st.composite
def measures(draw):
    n = draw(st.none() | st.integers(1, 400))
    value = draw(st.none() | st.floats(0, 100))
    if value is not None:
        value = round(value, 1)
    return Measure(value, n, draw(st.sampled_from(["", "2025", "Ekhult"])))


def test_story_1_a_fall_of_a_few_pupils_is_within_ordinary_variation():
    before, after = Measure(68.1, 69, "2025"), Measure(61.8, 68, "2026")

    told = compare(before, after, over_time=True)

    assert told.verdict is Verdict.WITHIN_VARIATION
    assert told.gap_in_pupils == 4
    assert not told.title
    assert read(told.sentence) == (
        "Ingen tydlig förändring sedan 2025: skillnaden är 6,3 procentenheter, ungefär 4 elever,"
        " och ryms inom vanlig variation."
        " 2025: 68,1 % (47 av 69 elever). 2026: 61,8 % (42 av 68 elever)."
        " Skillnaden säger något först om annat underlag pekar åt samma håll."
    )


def test_norrforsas_90_per_cent_is_not_better_than_sjovallas_74():
    told = compare(Measure(74, 208, "Sjövalla", decimals=0), Measure(90, 20, "Norrforsa"))

    assert told.verdict is Verdict.WITHIN_VARIATION
    assert told.gap_in_pupils == 3
    assert read(told.sentence) == (
        "Sjövalla: 74 % (154 av 208 elever). Norrforsa: 90,0 % (18 av 20 elever)."
        " Skillnaden är 16,0 procentenheter, ungefär 3 elever, och ryms inom vanlig variation."
        " Den säger något först om annat underlag pekar åt samma håll."
        " Norrforsa: få elever – enskilda elever påverkar mycket."
    )


def test_a_clear_change_is_called_one():
    told = compare_shares((60, 120), (100, 125), labels=("2024/25", "2025/26"), over_time=True)

    assert told.is_clear
    assert read(told.title) == "Andelen ökade till 80,0 %"
    assert read(told.sentence) == (
        "Andelen ökade från 50,0 % (60 av 120 elever) (2024/25)"
        " till 80,0 % (100 av 125 elever) (2025/26)."
        " Det är en tydlig skillnad: 30,0 procentenheter, ungefär 38 elever."
    )


def test_between_places_nothing_has_risen():
    told = compare_shares((60, 120), (100, 125), labels=("Ekhult", "Lindåsa"))

    assert read(told.title) == "Lindåsa: 80,0 %, högre än Ekhult"
    assert not any(word in told.sentence for word in RISING)


def test_inside_a_sentence_pupils_of_a_kind_begin_small_and_names_do_not():
    swedish, foreign = (
        Measure(value, n, label, kind=True)
        for value, n, label in ((80.0, 125, "Svensk bakgrund"), (50.0, 120, "Utländsk bakgrund"))
    )

    told = compare(swedish, foreign)
    untold = compare(replace(swedish, n=None), foreign)

    assert read(told.title) == "Utländsk bakgrund: 50,0 %, lägre än svensk bakgrund"
    assert told.sentence.startswith("Svensk bakgrund: 80,0")
    assert untold.word == "kan inte avgöras (svensk bakgrund: antalet elever är inte känt)"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (Measure(70.0), Measure(60.0), "antalet elever är inte känt"),
        (Measure(70.0, 50), Measure(60.0, None, "2026"), "2026: antalet elever är inte känt"),
        (Measure(None, word="för få elever", label="2025"), Measure(60.0, 50),
         "2025: för få elever"),
        (Measure(None), Measure(60.0, 50), "uppgift saknas"),
        (Measure(70.0, 50, basis="hemkommun"), Measure(60.0, 50, basis="lägeskommun"),
         "de har inte samma definition eller urval"),
        (Measure(6.6, 50, share=False), Measure(5.9, 52, share=False),
         "källan visar inte hur mycket slumpen kan påverka"),
        (Measure(70.0, whole=True), Measure(71.0, whole=True),
         "båda är värden för hela grupper, inte för en skola"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(first, second, reason):
    told = compare(first, second)

    assert told.verdict is Verdict.CANNOT_TELL
    assert told.why == reason
    assert told.word == f"kan inte avgöras ({reason})"
    assert told.gap_in_pupils is None
    assert told.interval is None
    assert reason in told.sentence


def test_unlike_definitions_give_no_gap_at_all():
    assert compare(Measure(70.0, 9, basis="a"), Measure(60.0, 9, basis="b")).gap is None


def test_the_country_is_judged_as_a_fixed_value():
    country = Measure(74.0, label="Riket", whole=True)

    assert compare(country, Measure(61.8, 68, "Skolan")).is_clear
    assert not compare(country, Measure(64.7, 68, "Skolan")).is_clear
    assert compare(country, Measure(61.8, 68, "Skolan")).gap_in_pupils == 8


def test_a_count_that_does_not_give_the_value_back_is_called_about():
    assert read(Measure(78, 66, decimals=0).written_with_count()) == (
        "78 % (ungefär 51 av 66 elever)"
    )
    assert read(Measure(61.8, 68).written_with_count()) == "61,8 % (42 av 68 elever)"


def test_the_interval_is_written_in_whole_per_cent_or_not_at_all():
    assert read(Measure(61.8, 68).written_interval()) == "50–72 %"
    assert Measure(61.8).written_interval() == ""


def test_equal_values_are_called_equal():
    told = compare_shares((40, 80), (40, 80), over_time=True)

    assert "Värdena är lika." in told.sentence


@pytest.mark.parametrize(
    ("value", "n", "share"), [(float("nan"), 5, True), (50, 0, True), (101, 5, True)]
)
def test_nonsense_is_refused(value, n, share):
    with pytest.raises(ValueError, match=r"None|at least|between"):
        Measure(value, n, share=share)


@examples
@given(measures(), measures(), st.booleans())
def test_only_a_clear_difference_says_that_something_rose(first, second, over_time):
    told = compare(first, second, over_time=over_time)

    if not told.is_clear:
        assert not told.title
        assert not any(word in told.sentence for word in RISING)
    assert told.sentence.endswith(".")
    assert "None" not in told.sentence
    assert bool(told.reason) == (told.verdict is Verdict.CANNOT_TELL)


@examples
@given(measures(), measures())
def test_the_verdict_does_not_depend_on_who_comes_first(first, second):
    one, other = compare(first, second), compare(second, first)

    assert one.verdict is other.verdict
    assert one.gap_in_pupils == other.gap_in_pupils


@examples
@given(measures(), measures())
def test_without_n_nothing_is_made_up(first, second):
    if first.n is None or second.n is None or first.value is None or second.value is None:
        told = compare(first, second)
        assert told.verdict is Verdict.CANNOT_TELL
        assert told.interval is None


def test_story_1_two_years_in_a_row_are_facts_and_still_within_variation():
    run = describe_run(
        [Measure(71.4, 63, "2024"), Measure(68.1, 69, "2025"), Measure(61.8, 68, "2026")]
    )

    assert run.years == 2
    assert read(run.sentence) == (
        "Värdet har varit lägre än året före två år i rad: 71,4 %, 68,1 % och 61,8 %."
        " Skillnaden mellan 2024 och 2026 ryms ändå inom vanlig variation."
    )


def test_a_run_that_is_clear_may_be_called_a_fall():
    run = describe_run([Measure(90, 200), Measure(80, 200), Measure(70, 200), Measure(60, 200)])

    assert read(run.sentence) == (
        "Andelen har minskat tre år i rad: 90,0 %, 80,0 %, 70,0 % och 60,0 %."
    )


def test_a_run_without_n_says_that_it_cannot_be_told():
    run = describe_run([Measure(90), Measure(80), Measure(70)])

    assert "Det går inte att avgöra om det är en förändring" in run.sentence


@pytest.mark.parametrize(
    "values",
    [
        [Measure(90, 50), Measure(None), Measure(80, 50), Measure(70, 50)],
        [Measure(70, 50), Measure(80, 50), Measure(70, 50)],
        [Measure(90, 50, basis="old"), Measure(80, 50), Measure(70, 50)],
        [Measure(90, 50), Measure(80, 50), Measure(None)],
        [Measure(80, 50), Measure(80, 50), Measure(70, 50)],
        [],
    ],
)
def test_a_gap_a_turn_or_a_new_definition_ends_the_run(values):
    run = describe_run(values)

    assert (run.years, run.sentence) == (0, "")


def test_three_pupils_more_or_fewer_are_told_in_shares():
    assert read(what_if(Measure(61.8, 68))) == (
        "Med tre elever till hade andelen varit 66,2 %."
        " Med tre elever färre hade andelen varit 57,4 %."
    )
    assert read(what_if(Measure(95.0, 20))) == (
        "Med en elev till hade andelen varit 100,0 %."
        " Med tre elever färre hade andelen varit 80,0 %."
    )
    assert what_if(Measure(61.8)) == ""


@examples
@given(measures(), st.integers(1, 12))
def test_no_imagined_pupils_pass_all_or_none(measure, pupils):
    told = what_if(measure, pupils)

    assert "−" not in told
    if measure.count is not None and measure.n is not None:
        assert ("till" in told) == (measure.count < measure.n)
        assert ("färre" in told) == (measure.count > 0)
