"""A trend's picture, sentence and table say the same, and nothing that the values do not."""

import json
import re
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.charts import COUNTRY, OWN, PEERS, PERIODS, example, plotted, points, spec

from ska.charts import Break, Event, Line, Role, figure_json, trend_chart


def read(text):
    return str(text).replace("\u00a0", " ")


def trace(chart, name):
    return next(one for one in chart.figure["data"] if one["name"] == name)


def test_the_figure_is_one_that_plotly_knows():
    assert len(go.Figure(example().figure).data) == 4


def test_the_title_is_the_value_and_the_sentence_says_why_it_is_no_more():
    chart = example()

    assert read(chart.title) == "61,8 % (42 av 68 elever) 2025/26"
    assert "ryms inom vanlig variation" in chart.sentence
    assert "lägre än året före två år i rad: 71,4 %, 68,1 % och 61,8 %" in read(chart.sentence)
    assert "Riket hade 73,5 % samma år: tydlig skillnad." in read(chart.sentence)


def test_a_clear_difference_becomes_the_title():
    own = [(50.0, 120)] * 8 + [(80.0, 125)]

    assert read(trend_chart(spec(breaks=()), points(own=own)).title) == (
        "Andelen ökade till 80,0 % 2025/26"
    )


def test_nothing_is_said_about_change_across_a_break():
    own = [(50.0, 120)] * 8 + [(80.0, 125)]
    chart = trend_chart(spec(breaks=(Break("2025/26", "Ny definition"),)), points(own=own))

    assert "ökade" not in chart.title + chart.sentence
    said = (
        "Det går inte att avgöra om värdet har ändrats sedan 2024/25: serien har ett brott 2025/26"
    )
    assert chart.sentence.startswith(f"{said}: Ny definition. 2024/25: ")


def test_gaps_stay_gaps_and_are_told_in_words():
    chart = example()
    own = trace(chart, "Ekhults centralskola")

    assert PERIODS[2] not in own["x"]
    assert PERIODS[5] not in own["x"]
    assert own["y"].count(None) == own["x"].count(None) == 2
    assert own["connectgaps"] is False
    assert "Ekhults centralskola 2022/23: för få elever." in chart.notes
    row = next(row for row in chart.table.rows if row[0] == "2022/23")
    assert row[1:4] == ("för få elever", "inte känt", "–")


def test_a_break_parts_every_line_and_is_drawn_dashed():
    chart = example()

    for one in chart.figure["data"]:
        x = list(one["x"])
        for at, period in enumerate(x):
            assert not (period == "2019/20" and x[at + 1 : at + 2] == ["2020/21"]), one["name"]
    dashed = [
        s for s in chart.figure["layout"]["shapes"] if s.get("line", {}).get("dash") == "dash"
    ]
    assert [shape["x0"] for shape in dashed] == [2.5]
    assert any("1 september 2020" in note for note in chart.notes)


def test_few_pupils_are_open_points_and_a_word_of_caution():
    own = trace(example(), "Ekhults centralskola")

    assert own["marker"]["symbol"][own["x"].index("2021/22")] == "circle-open"
    assert own["marker"]["symbol"].count("circle-open") == 1
    few = trend_chart(spec(), points(own=[(90.0, 20)] * 9))
    assert few.caution.startswith("Få elever – tolka med försiktighet.")


def test_a_repeated_value_is_not_joined_and_not_compared():
    own = [(60.0, 100)] * 9
    chart = trend_chart(spec(breaks=()), points(own=own, carried={PERIODS[8]: PERIODS[7]}))
    x = trace(chart, "Ekhults centralskola")["x"]

    assert x[-3:] == ["2024/25", None, "2025/26"]
    assert "upprepat från 2024/25" in chart.sentence
    assert read(chart.table.rows[-1][1]) == "60,0 % (från 2024/25)"


def test_a_repeated_value_never_passes_for_one_of_its_year():
    own = [(60.0, 100)] * 9
    chart = trend_chart(spec(breaks=()), points(own=own, carried={PERIODS[8]: PERIODS[7]}))
    drawn = trace(chart, "Ekhults centralskola")

    assert read(chart.title) == "60,0 % (60 av 100 elever) 2024/25"
    assert "Riket hade" not in chart.sentence
    assert drawn["text"][-1].endswith("(upprepat från 2024/25)")
    assert drawn["marker"]["size"][-1] < drawn["marker"]["size"][0]
    assert any(note.startswith("Små punkter") for note in chart.notes)


def test_what_was_done_is_flagged_in_time_and_leads_there():
    chart = example()
    flags = [one for one in chart.figure["layout"]["annotations"] if one["text"] == "1"]

    assert [flag["x"] for flag in flags] == [7.1]
    assert chart.flags[0].href == "#insats"


def test_an_event_after_the_last_value_still_has_room():
    chart = trend_chart(spec(events=(Event(9.3, "Insats"),)), points())

    assert chart.figure["layout"]["xaxis"]["range"][1] == pytest.approx(9.55)


def test_the_scale_says_when_it_is_cut_and_never_blows_up_a_pupil():
    assert "Axeln börjar på 40 %." in [read(note) for note in example().notes]
    flat = trend_chart(spec(breaks=()), points(own=[(70.0, None)] * 9, peers={}))
    low, high = flat.figure["layout"]["yaxis"]["range"]
    assert high - low >= 20


def test_no_html_and_no_foreign_address_in_the_figure():
    text = figure_json(example().figure).decode()

    assert "<" not in text.replace("<extra>", "")
    assert "http" not in text


def test_a_name_cannot_close_the_script_or_the_picture():
    lines = (Line("own", "</script><b>Skola", Role.OWN), *spec().lines[1:])
    chart = trend_chart(spec(lines=lines), points())

    assert "</script" not in chart.json
    assert "<b>" not in chart.svg
    assert json.loads(str(chart.json))["data"]


def test_a_line_that_nobody_named_is_refused():
    with pytest.raises(ValueError, match="own"):
        trend_chart(spec(lines=spec().lines[1:]), points())


def test_without_values_it_says_so():
    chart = trend_chart(spec(), [])

    assert chart.title == "Inga värden ännu"
    go.Figure(chart.figure)


@st.composite
def own_values(draw):
    value = st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 10)
    n = st.none() | st.integers(1, 300)
    return [(draw(value), draw(n)) for _period in PERIODS]


@settings(max_examples=60, deadline=None)
@given(own_values())
def test_plot_table_and_still_picture_show_the_same_values(own):
    chart = trend_chart(spec(), points(own=own, words={}))
    go.Figure(chart.figure)
    drawn = {
        name: {x: y for x, y in zip(one["x"], one["y"], strict=True) if x is not None}
        for name in ("Ekhults centralskola", "Ekhult", "Riket")
        for one in chart.figure["data"]
        if one["name"] == name
    }
    for row in chart.table.rows:
        for name, values in drawn.items():
            cell = row[chart.table.head.index(name)]
            if row[0] in values:
                assert read(cell) == f"{values[row[0]]:.1f} %".replace(".", ",")
            else:
                assert cell == "uppgift saknas"
    known = sum(value is not None for value, _n in own)
    assert len(re.findall(r'class="mark (?:open )?s1"', chart.svg)) == known


@settings(max_examples=40, deadline=None)
@given(own_values())
def test_no_value_between_two_gaps_is_ever_joined_over_one(own):
    chart = trend_chart(spec(), points(own=own, words={}))
    lines = [one for one in chart.figure["data"] if one["name"] == "Ekhults centralskola"]

    for one in lines:
        x = list(one["x"])
        for first, second in pairwise(x):
            if first and second:
                assert PERIODS.index(second) - PERIODS.index(first) == 1


def test_peers_are_one_trace_and_every_value_is_in_the_table():
    chart = example()
    peers = trace(chart, "Liknande kommuner")

    assert len(chart.figure["data"]) == 4
    shown = [y for y in peers["y"] if y is not None]
    assert len(shown) == sum(value is not None for values in PEERS.values() for value in values)
    for name, values in PEERS.items():
        cells = [row[chart.table.head.index(name)] for row in chart.table.rows]
        expected = [f"{v:.1f} %".replace(".", ",") if v else "uppgift saknas" for v in values]
        assert [read(cell) for cell in cells] == expected


def test_the_country_is_grey_and_dashed_and_the_own_line_lies_on_top():
    chart = example()

    assert trace(chart, "Riket")["line"]["dash"] == "dash"
    assert trace(chart, "Riket")["y"][-1] == COUNTRY[-1]
    assert chart.figure["data"][-1]["name"] == "Ekhults centralskola"
    assert chart.figure["data"][-1]["line"]["color"] == "#00508C"
    assert chart.figure["data"][-1]["y"][-1] == OWN[-1][0]


def test_flags_that_come_close_stand_in_rows_and_names_stay_readable():
    near = tuple(Event(at, "Insats") for at in (8.7, 8.72, 8.75, 9.3))
    chart = trend_chart(spec(events=near), points())
    marks = chart.figure["layout"]["annotations"]
    flags = {one["text"]: one["yshift"] for one in marks if one["text"] in "1234"}
    own = next(one for one in marks if one["text"] == "Ekhults centralskola")

    assert flags == {"1": 0, "2": 24, "3": 48, "4": 0}
    assert own["bgcolor"] == "#FFFFFF"
    go.Figure(chart.figure)


def test_of_very_many_peers_only_a_point_that_stands_alone_has_a_dot(monkeypatch):
    dotted = trace(example(), "Liknande kommuner")
    monkeypatch.setattr("ska.charts.figure.MOST_DOTTED", 1)

    lines, alone = example().figure["data"][:2]

    assert (lines["mode"], lines["x"], lines["y"]) == ("lines", dotted["x"], dotted["y"])
    runs = [run.split() for run in " ".join(str(x) for x in dotted["x"]).split("None")]
    assert alone["x"] == [run[0] for run in runs if len(run) == 1]
    assert alone["mode"] == "markers"
    assert not alone["showlegend"]
    go.Figure(example().figure)


def test_a_peer_is_parted_around_a_value_that_its_source_only_repeated():
    lines = (Line("a", "Granåsa", Role.PEER),)
    values = [
        plotted("a", at, 70.0 + place, carried_from=PERIODS[3] if place == 4 else "")
        for place, at in enumerate(PERIODS)
    ]
    (one,) = trend_chart(spec(lines=lines, breaks=()), values).figure["data"]

    assert [*PERIODS[:4], None, PERIODS[4], None, *PERIODS[5:], None] == one["x"]
    known = [70.0 + place for place in range(9)]
    assert [*known[:4], None, known[4], None, *known[5:], None] == list(one["y"])
