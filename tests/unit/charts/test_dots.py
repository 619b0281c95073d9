"""A dot plot's picture, sentence and table say the same, and none of them ranks."""

import re
from dataclasses import replace

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from ska.charts import DotRow, DotSpec, Role, dot_chart
from ska.statistics import Comparison, Measure, Verdict, compare


def read(text):
    return str(text).replace("\u00a0", " ")


def row(name, value, n=None, *, role=Role.OTHER, word="", apart="", against=None):
    measure = Measure(value, n, name, word)
    told = None if against is None else compare(against, measure)
    return DotRow(name, name, measure, role, told, apart)


def spec(rows, period="2025/26", source="egna värden", reference=""):
    return DotSpec(
        id="x", name="Minst E", rows=rows, period=period, source=source, reference=reference
    )


OWN = Measure(77.3, 66, "Ekhult")


def example(*more):
    rows = (
        DotRow("Ekhult", "Ekhult", OWN, Role.OWN),
        row("Granåsa", None, word="har valt att inte dela", against=OWN),
        row("Lindåsa", 83.1, 71, against=OWN),
        row("Sjövalla", 50.0, 208, against=OWN),
        row("Norrforsa", 75.0, 20, against=OWN),
        *more,
    )
    return spec(rows, "2025/26", "egna värden", "Ekhult")


def test_the_title_says_how_many_differ_and_the_sentence_tells_clear_from_chance():
    chart = dot_chart(example())

    assert read(chart.title) == "1 av 3 skiljer sig tydligt från Ekhult 2025/26"
    assert read(chart.sentence).startswith("Ekhult: 77,3 % (51 av 66 elever) 2025/26. ")
    assert "Tydligt lägre: Sjövalla (50,0 %)." in read(chart.sentence)
    assert "Inom vanlig variation: Lindåsa (83,1 %) och Norrforsa (75,0 %)." in read(chart.sentence)
    assert "Utan värde: Granåsa (har valt att inte dela)." in chart.sentence
    assert "Tydligt högre" not in chart.sentence
    assert "Norrforsa: få elever – enskilda elever påverkar mycket." in chart.caution


def titled(*others):
    own = DotRow("Ekhult", "Ekhult", OWN, Role.OWN)
    return read(dot_chart(spec((own, *others), "2025/26", reference="Ekhult")).title)


def test_the_title_of_one_place_beside_another_names_it_and_of_none_says_so():
    far, near = row("Sjövalla", 50.0, 208, against=OWN), row("Lindåsa", 83.1, 71, against=OWN)
    unknown = row("Falun", 50.0, against=OWN)

    assert titled(far, unknown) == "Sjövalla skiljer sig tydligt från Ekhult 2025/26"
    assert titled(near, unknown) == "Ingen tydlig skillnad mot Ekhult 2025/26"
    assert titled(unknown) == "Ekhult: 77,3 % (51 av 66 elever) 2025/26"


def test_those_that_differ_clearly_look_otherwise_than_those_that_do_not():
    chart = dot_chart(example(row("Falun", 50.0, against=OWN)))
    looks = {
        place: (trace["marker"]["color"], symbol.removesuffix("-open"))
        for trace in chart.figure["data"]
        for place, symbol in zip(trace["y"], trace["marker"]["symbol"], strict=False)
    }

    assert looks["Lindåsa"] == looks["Norrforsa"] == looks["Falun"]
    assert len({looks["Sjövalla"], looks["Lindåsa"], looks["Ekhult"]}) == 3
    note = "Fyrkant: tydlig skillnad mot Ekhult. Grå punkt: ingen tydlig skillnad."
    assert note in chart.notes


def test_nothing_is_numbered_and_the_order_is_told():
    chart = dot_chart(example())
    words = " ".join([chart.title, chart.sentence, *chart.notes, *chart.table.head])

    assert not re.search(r"\bplats \d|\brank|bäst|sämst", words, re.IGNORECASE)
    assert "Platserna står i bokstavsordning. Ordningen är ingen rangordning." in chart.notes


def test_who_cannot_be_judged_stands_once_under_the_shared_reason():
    """Whether one lacks the number of pupils or both do, the reader needs to hear it once."""
    own = Measure(66.5, None, "Skövde")
    rows = (
        DotRow("Skövde", "Skövde", own, Role.OWN),
        row("Falun", 70.0, against=own),
        row("Riket", 71.9, 900, against=own),
    )
    chart = dot_chart(spec(rows, reference="Skövde"))

    assert "Kan inte avgöras (antalet elever är inte känt): Falun (70,0 %) och Riket (71,9 %)." in (
        read(chart.sentence)
    )
    assert chart.table.rows[2][-1].startswith("kan inte avgöras (Skövde: antalet elever är")


def test_an_own_value_of_another_year_is_not_given_this_years_name():
    own = replace(row("Skövde", 87.4, apart="värdet är från 2025"), role=Role.OWN)
    others = [row(f"Plats {at}", 80.0 + at, apart="värdet är från 2025") for at in range(9)]
    chart = dot_chart(spec((row("Ale", 82.0), own, *others), "2026", reference="Skövde"))

    assert read(chart.title) == "Skövde: 87,4 % (värdet är från 2025)"
    assert any("De som inte går att jämföra kommer sist." in one for one in chart.notes)
    assert "10 platser står för sig: värdet är från 2025." in chart.notes


def test_what_is_counted_otherwise_stands_apart_with_the_reason():
    why = "annan definition: hemkommun"
    told = Comparison(Verdict.CANNOT_TELL, "", reason=why)
    apart = replace(row("Mosslunda", 90.0, 40, apart=why), against=told)
    chart = dot_chart(example(apart))

    assert "Mosslunda står för sig: annan definition: hemkommun." in chart.notes
    assert "Går inte att jämföra (annan definition: hemkommun): Mosslunda (90,0 %)." in read(
        chart.sentence
    )
    assert chart.sentence.count("Mosslunda") == 1


def test_a_reason_that_many_share_is_said_once():
    own = Measure(66.5, label="Skövde")
    rows = [DotRow("Skövde", "Skövde", own, Role.OWN)]
    rows += [row(name, 60.0, against=own) for name in ("Falun", "Motala")]
    chart = dot_chart(spec(tuple(rows), "2025/26", "Skolverket", "Skövde"))

    said = "Kan inte avgöras (antalet elever är inte känt): Falun (60,0 %) och Motala (60,0 %)."
    assert said in read(chart.sentence)


def test_a_place_without_a_value_has_its_word_and_no_dot():
    chart = dot_chart(example())
    dots = [key for trace in chart.figure["data"] for key in trace["y"]]
    words = [one["text"] for one in chart.figure["layout"]["annotations"]]

    assert "Granåsa" not in dots
    assert words == ["har valt att inte dela"]
    assert "har valt att inte dela" in chart.svg


def test_places_of_which_nothing_is_known_do_not_hide_the_others():
    """In a town with thirty schools few have a year 9; the table still holds every one."""
    blank = [replace(row(f"Skola {at}", None, word="ej tillämpligt"), is_blank=True)
             for at in range(9)]  # fmt: skip
    high = replace(row("Tidan", None, word="nästan alla"), is_high=True)
    chart = dot_chart(spec((row("Hene", 60.0, 50), high, *blank)))
    (word,) = chart.figure["layout"]["annotations"]

    assert chart.figure["layout"]["yaxis"]["categoryarray"] == ["Hene", "Tidan"]
    assert len(chart.table.rows) == 11
    assert "9 platser utan uppgift ritas inte. De står i tabellen." in chart.notes
    assert "10 platser saknar värde: ej tillämpligt (9) och nästan alla (1)." in chart.sentence
    assert (word["x"], word["xanchor"]) == (100.0, "right")


def test_nothing_to_compare_is_said():
    chart = dot_chart(spec((), "", ""))

    assert chart.sentence == "Det finns inga värden att jämföra."
    assert go.Figure(chart.figure)


VALUES = st.one_of(
    st.none(), st.tuples(st.integers(0, 400), st.integers(1, 400)).filter(lambda c: c[0] <= c[1])
)


@given(st.lists(VALUES, min_size=1, max_size=12))
def test_picture_table_and_values_agree(counts):
    rows = []
    for at, one in enumerate(counts):
        count, n = one or (0, None)
        value = None if n is None else 100 * count / n
        rows.append(row(f"Plats {at}", value, n, word="för få elever" if n is None else ""))
    chart = dot_chart(spec(tuple(rows), "2025/26", "egna värden"))
    plotted = {
        key: value
        for trace in chart.figure.get("data", ())
        for key, value in zip(trace["y"], trace["x"], strict=True)
    }

    go.Figure(chart.figure)
    assert bool(chart.figure) == bool(plotted)
    assert plotted == {one.line: one.value for one in chart.values if one.value is not None}
    assert [cells[0] for cells in chart.table.rows] == [one.line for one in chart.values]
    for cells, drawn in zip(chart.table.rows, rows, strict=True):
        assert cells[1] == drawn.measure.written()
    if plotted:
        low, high = chart.figure["layout"]["xaxis"]["range"]
        assert all(low <= value <= high for value in plotted.values())


def test_very_many_places_are_heaped_and_all_of_them_are_there():
    rows = [DotRow("Ekhult", "Ekhult", OWN, Role.OWN)]
    rows += [row(f"Plats {at:03}", at % 100, 200, against=OWN) for at in range(289)]
    chart = dot_chart(spec(tuple(rows), "2025/26", "Skolverket", "Ekhult"))
    plotted = [value for trace in chart.figure["data"] for value in trace["x"]]
    places = [
        at for trace in chart.figure["data"] for at in zip(trace["x"], trace["y"], strict=True)
    ]

    assert go.Figure(chart.figure)
    assert sorted(plotted) == sorted(one.value for one in chart.values)
    assert len(set(places)) == 290
    assert chart.figure["layout"]["height"] < 600
    assert "Hälften av platserna ligger mellan" in chart.sentence
    assert len(chart.table.rows) == 290
    named = [one["text"] for one in chart.figure["layout"]["annotations"]]
    assert named == ["Ekhult"]
    assert chart.svg.count("<circle") == chart.svg_small.count("<circle") == 290


def test_a_whole_among_heaps_is_a_line_and_no_place():
    whole = DotRow("ekhult", "Ekhult, alla enheter", Measure(70.0, 900, "Ekhult"))
    places = tuple(
        row(f"Skola {at}", 50.0 + 10 * at, 200, against=whole.measure) for at in range(4)
    )
    told = replace(spec((whole, *places), reference="ekhult"), heaped=True, wholes=("ekhult",))
    chart = dot_chart(told)
    plotted = [value for trace in chart.figure["data"] for value in trace["x"]]
    lines = [one for one in chart.figure["layout"]["shapes"] if "dash" not in one["line"]]

    assert go.Figure(chart.figure)
    assert sorted(plotted) == [50.0, 60.0, 70.0, 80.0]
    assert [(one["x0"], one["x1"]) for one in lines] == [(70.0, 70.0)]
    assert [one["text"] for one in chart.figure["layout"]["annotations"]] == [whole.name]
    assert chart.svg.count("<circle") == chart.svg_small.count("<circle") == 4
    assert "Hälften av platserna ligger mellan 57,5 % och 72,5 %" in read(chart.sentence)
    assert "Ett helt lodrätt streck är en helhet, inte en av platserna." in chart.how
    assert "Ekhult, alla enheter" in chart.table.rows[0]
    assert "helhet" not in dot_chart(example()).how
