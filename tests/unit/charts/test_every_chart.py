"""Every kind of chart says the same in picture, table and sentence. A new kind cannot skip it."""

import re
from html import unescape
from xml.etree import ElementTree

import msgspec
import orjson
import plotly.graph_objects as go
import pytest
from tests.factories.every_chart import ALSO, EXAMPLES

from ska.charts import Spec, figure_json, from_afar, in_brief, svg_picture
from ska.web.figures import figure_of

MADE = {kind.__name__: make for kind, make in EXAMPLES.items()} | ALSO
SHAPES = {"line", "polyline", "polygon", "circle"}
NUMBER = re.compile(r"\d[\d\u00a0]*(?:,\d+)?\u00a0%")


def kinds_of(kind):
    found = kind.__subclasses__()
    return set(found).union(*(kinds_of(one) for one in found)) if found else set()


def test_every_kind_of_chart_has_its_example():
    assert kinds_of(Spec) == set(EXAMPLES)


@pytest.fixture(params=sorted(MADE))
def chart(request):
    return MADE[request.param]()


def numbers_in(figure):
    """Return every number that the figure draws, whichever way its values lie."""
    found = []
    for trace in figure.get("data", ()):
        for key in ("x", "y", "z", "customdata"):
            found += [one for one in trace.get(key) or () if isinstance(one, int | float)]
    return found


def test_what_is_plotted_stands_in_the_table_and_the_other_way_round(chart):
    cells = {cell for row in chart.table.rows for cell in row}
    text = " | ".join(cells)
    plotted = numbers_in(chart.figure) if chart.figure else [one.value or 0 for one in chart.values]

    assert any(one.value is not None for one in chart.values)
    for one in chart.values:
        if one.value is None:
            assert one.word in text
            continue
        assert any(abs(one.value - number) < 0.005 for number in plotted), one
        written = f"{one.value:.{1 if chart.unit else 0}f}".replace(".", ",").replace("-", "−")
        assert written in text.replace("\u00a0", ""), one


def test_the_sentence_and_the_title_tell_no_number_that_the_table_does_not_hold(chart):
    held = " ".join(cell for row in chart.table.rows for cell in row) + chart.table.caption

    for number in NUMBER.findall(f"{chart.title} {chart.sentence}"):
        assert number in held, number


def drawn_around(figure):
    """Return the ends of every stroke that a figure draws around a value, whichever way it lies."""
    found = []
    for trace in figure.get("data", ()):
        for way, at in (("error_x", "x"), ("error_y", "y")):
            error = trace.get(way) or {}
            for value, up, down in zip(
                trace[at], error.get("array") or (), error.get("arrayminus") or (), strict=False
            ):
                if None not in (value, up, down):
                    found += [abs(value + up), abs(value - down)]
        if trace.get("name") in {"Nedre gräns", "Övre gräns"}:
            found += [one for one in trace["y"] if one is not None]
    return found


def test_limits_that_are_drawn_go_where_the_values_go_and_no_others(chart):
    bounds = [one.bounds for one in chart.values if one.bounds is not None]
    kept = [end for one in bounds for end in (one.low, one.high)]
    drawn = drawn_around(chart.figure)

    for end in drawn:
        assert any(abs(end - one) < 0.011 for one in kept), end
    names = {trace.get("name") for trace in chart.figure.get("data", ())}
    assert bool(bounds) is bool(drawn or any("gräns" in str(name) for name in names))
    assert all(one.low <= one.high and one.method for one in bounds)


def test_what_is_measured_is_named_in_a_picture_to_take_along(chart):
    assert chart.name in svg_picture(chart).decode()


def test_the_model_judges_nobody_and_the_title_says_so():
    assert MADE["ExpectedSpec"]().title == (
        "1\u00a0skola över och 1 under modellens värde 2024/25 – om det är mer än slump kan inte"
        " avgöras"
    )


def test_it_is_whole_and_never_alone(chart):
    for part in (chart.title, chart.sentence, chart.source, chart.how, chart.table.caption):
        assert part.strip()
    assert len({len(row) for row in chart.table.rows} | {len(chart.table.head)}) == 1
    words = " ".join([chart.title, chart.sentence, chart.how, *chart.notes])
    assert not re.search(r"\bplats \d+ av|\brank|\bbäst|\bsämst|\bbättre|\bsämre", words, re.I)


def test_the_figure_is_one_that_plotly_knows_and_asks_nobody(chart):
    go.Figure(chart.figure)
    text = figure_json(chart.figure).decode()

    assert "<" not in text.replace("<extra>", "").replace("</extra>", "")
    assert "http" not in text


def test_the_still_pictures_are_well_formed_and_hold_every_mark(chart):
    marks = sum(
        sum(y is not None for y in trace["y"])
        for trace in chart.figure.get("data", ())
        if "markers" in trace.get("mode", "")
    )
    for svg in filter(None, (chart.svg, chart.svg_small)):
        ElementTree.fromstring(svg)
        assert "style=" not in svg
        assert 'aria-hidden="true"' in svg
        assert len(re.findall(r"<(?:circle|polygon)[^>]*class=\"mark", svg)) >= marks


def test_programs_are_told_the_figure_that_pages_draw(chart):
    told = msgspec.json.encode(figure_of(chart))

    assert orjson.loads(told) == (orjson.loads(figure_json(chart.figure)) or None)


def test_a_picture_to_take_along_carries_its_words_and_asks_nobody(chart):
    made = ElementTree.fromstring(svg_picture(chart))
    rows = " ".join(one.text or "" for one in made if one.tag.endswith("text"))

    for part in (chart.title, chart.sentence, chart.source, chart.caution, *chart.notes):
        assert " ".join(part.split()) in " ".join(rows.split())
    kinds = {one.tag.rpartition("}")[2] for one in made.iter()}
    assert kinds <= {"svg", "g", "rect", "text", "path", "title", *SHAPES}


def test_in_a_meeting_the_words_are_larger_and_the_values_the_same(chart):
    afar = from_afar(chart)
    if not chart.figure:
        assert afar == chart
        return
    sizes = [
        [float(one) for one in re.findall(r"font'?: \{[^{}]*'size': ([\d.]+)", str(each.figure))]
        for each in (chart, afar)
    ]

    assert sizes[0]
    assert sizes[1] == [one * 1.5 for one in sizes[0]]
    assert afar.figure["data"] == chart.figure["data"]
    go.Figure(afar.figure)


def test_in_brief_the_picture_is_low_and_the_sentence_begins_with_its_answer(chart):
    brief = in_brief(chart)
    sizes = [re.search(r'height="(\d+)"', str(one.svg_small)) for one in (chart, brief)]

    assert chart.sentence.startswith(chart.answer)
    assert f"{chart.answer} {chart.stands_on}".strip() in (chart.sentence, "")
    if not chart.figure or chart.figure["layout"].get("yaxis", {}).get("type") == "category":
        assert brief == chart
        return
    assert int(sizes[1][1]) < 152 + 24 * len(chart.figure["data"]) + 1
    assert (brief.figure, brief.svg) == (chart.figure, chart.svg)


ODD = '<a href="javascript:alert(1)">A & B</a><br><extra></extra>"'


def texts_in(part):
    if isinstance(part, dict):
        return [one for key in part if key != "hovertemplate" for one in texts_in(part[key])]
    if isinstance(part, list | tuple):
        return [text for one in part for text in texts_in(one)]
    return [part] if isinstance(part, str) else []


def test_what_people_have_named_is_drawn_as_they_wrote_it(chart):
    plain = orjson.loads(orjson.dumps(chart.figure, option=orjson.OPT_SERIALIZE_NUMPY))
    named = orjson.loads(orjson.dumps(plain).replace(b"Ekhult", orjson.dumps(ODD)[1:-1]))
    told = orjson.loads(figure_json(named))

    assert [unescape(one) for one in texts_in(told)] == texts_in(named)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", " ".join(texts_in(told)))
    assert [one.get("hovertemplate") for one in told.get("data", ())] == [
        one.get("hovertemplate") for one in plain.get("data", ())
    ]
