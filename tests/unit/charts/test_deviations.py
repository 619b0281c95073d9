"""Deviations both ways: picture, sentence and table agree, and neither way is the good one."""

import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.charts import DeviationRow, DeviationSpec, Role, deviation_chart
from ska.statistics import Measure, compare_many, describe_shift

WAYS = ("lägre betyg än prov", "högre betyg än prov")


def read(text):
    return str(text).replace("\u00a0", " ")


def row(name, counts, role=Role.OTHER, broken=""):
    n = sum(counts)
    lower, same, higher = (Measure(100 * one / n, n, name) for one in counts)
    shift = describe_shift(lower, higher, "provbetyget")
    return DeviationRow(name, name, lower, same, higher, role, shift, broken=broken)


def silent(name, word):
    none = Measure(None, word=word)
    return DeviationRow(name, name, none, none, none)


def spec(*rows, focus="", **own):
    return DeviationSpec(
        id="x", name="Betyg och prov", rows=rows, rows_are="Plats", ways=WAYS,
        source="egna värden", focus=focus, **own,
    )  # fmt: skip


EKHULT = row("Ekhult", (21, 38, 5), Role.OWN)
LINDASA = row("Lindåsa", (5, 38, 21))


def test_the_way_down_is_told_as_the_way_up():
    down = deviation_chart(spec(EKHULT, focus="Ekhult"))
    up = deviation_chart(spec(LINDASA, focus="Lindåsa"))

    assert down.title == "Betyget är oftare lägre än provbetyget – Ekhult"
    assert up.title == "Betyget är oftare högre än provbetyget – Lindåsa"
    assert len(down.sentence) == len(up.sentence)
    assert not re.search(r"inflation|glädje|snäll|sträng|bättre|sämre", down.sentence + up.sentence)


def test_without_a_focus_each_row_is_counted_once():
    even = row("Sjövalla", (10, 40, 11))
    said = deviation_chart(spec(EKHULT, LINDASA, even, silent("Lilla", "för få elever"))).sentence

    assert said == (
        "Tydligt fler lägre betyg än prov: Ekhult. Tydligt fler högre betyg än prov: Lindåsa. "
        "Ingen tydlig övervikt åt något håll: Sjövalla. Utan värde: Lilla (för få elever)."
    )


def test_without_a_focus_the_title_says_which_way_outweighs_where():
    even = row("Sjövalla", (10, 40, 11))
    some = [
        spec(EKHULT, even, subtitle="Elever i årskurs 9"),
        spec(EKHULT, LINDASA),
        spec(even),
        spec(silent("Lilla", "för få elever")),
    ]
    first, *rest = map(deviation_chart, some)

    assert first.title == "Betyget är oftare lägre än provbetyget: Ekhult"
    assert first.subtitle == "Betyg och prov · Elever i årskurs 9"
    assert [one.title for one in rest] == [
        "Tydlig övervikt i 2 av 2, åt olika håll",
        "Ingen tydlig övervikt åt något håll",
        "Betyg och prov",
    ]


def test_a_break_is_drawn_and_said():
    chart = deviation_chart(spec(EKHULT, replace(LINDASA, broken="proven ställdes in")))

    assert "Lindåsa: proven ställdes in." in chart.notes
    assert [one["text"] for one in chart.figure["layout"]["annotations"]][
        -1
    ] == "proven ställdes in"
    kinds = [one["type"] for one in chart.figure["layout"]["shapes"]]
    assert (kinds.count("rect"), kinds.count("line")) == (4, 1)
    assert "proven ställdes in" in chart.svg
    assert "proven ställdes in" not in chart.svg_small  # the notes say it
    assert chart.table.rows[1][0] == "Lindåsa (proven ställdes in)"


def test_a_way_without_a_value_says_why_so_that_it_does_not_look_like_nobody():
    hidden = replace(EKHULT, higher=Measure(None, word="för få elever"))
    chart = deviation_chart(spec(LINDASA, hidden, silent("Lilla", "uppgift saknas")))
    words = [one for one in chart.figure["layout"]["annotations"] if one["name"] == "word"]

    assert [(one["y"], one["text"], one["x"]) for one in words] == [
        ("Ekhult", "för få elever", 1),
        ("Lilla", "uppgift saknas", 1),
    ]


@pytest.mark.parametrize("higher", [5, 21, 60, 140, 400])
def test_the_middle_is_named_however_narrow_and_far_the_scale_reaches(higher):
    chart = deviation_chart(spec(row("Ekhult", (5, 40, higher))))

    for picture in (chart.svg, chart.svg_small):
        assert ">0\u00a0%<" in picture


def test_what_it_is_compared_with_is_named_with_each_way():
    country = [Measure(14.0, whole=True), Measure(8.0, whole=True)]
    down, up = compare_many(list(zip(country, (EKHULT.lower, EKHULT.higher), strict=True)))
    chart = deviation_chart(
        spec(replace(EKHULT, beside=(down, up)), focus="Ekhult", beside="riket")
    )

    assert "Jämfört med riket: lägre betyg än prov tydlig skillnad (+18,8 procentenheter)" in read(
        chart.sentence
    )
    assert chart.table.head[-1] == "Jämfört med riket"


counts = st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90)).filter(
    lambda one: sum(one) > 0
)


@given(st.lists(counts, min_size=1, max_size=6))
def test_figure_table_and_sheet_hold_the_same_numbers(drawn):
    rows = [row(f"Plats {at}", one) for at, one in enumerate(drawn)]
    chart = deviation_chart(spec(*rows))
    go.Figure(chart.figure)
    low, high, net = chart.figure["data"]

    for at, one in enumerate(rows):
        assert -low["x"][at] == one.lower.value
        assert high["x"][at] == one.higher.value
        assert net["x"][at] == pytest.approx(one.net)
        cells = [read(cell) for cell in chart.table.rows[at]]
        assert cells[1] == read(one.lower.written())
        assert cells[3] == read(one.higher.written())
        assert [each.value for each in chart.values[3 * at : 3 * at + 3]] == [
            one.lower.value, one.same.value, one.higher.value,
        ]  # fmt: skip
    reach = chart.figure["layout"]["xaxis"]["range"]
    assert reach[0] == -reach[1]
    boxes = [one["x1"] for one in chart.figure["layout"]["shapes"]]
    assert boxes == [end for one in rows for end in (-one.lower.value, one.higher.value)]


def test_where_rows_are_counted_they_are_said_to_be_judged_together():
    told = "De 2 bedöms tillsammans: av tjugo tydliga är högst en slump."

    assert any(told in one for one in deviation_chart(spec(EKHULT, LINDASA)).notes)
    for one in (spec(EKHULT), spec(EKHULT, LINDASA, focus="Ekhult")):
        assert "tillsammans" not in " ".join(deviation_chart(one).notes)
