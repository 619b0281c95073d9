"""Small multiples: what is silent says why, and what is only repeated is not drawn as measured."""

from tests.factories.every_chart import cohorts, flow, multiples

from ska.charts import Break, MultiplesSpec, Role, SmallTrend, multiples_chart
from ska.statistics import Measure

PERIODS = ("2024", "2025", "2026")


def panel(name, *values, carried=(), word="", role=Role.OTHER):
    measures = tuple(
        Measure(value, None, period, word) for value, period in zip(values, PERIODS, strict=True)
    )
    return SmallTrend(name, name, measures, role, carried)


def chart(*panels, reference=""):
    told = {"id": "x", "name": "Trygghet", "source": "Påhittade värden.", "reference": reference}
    return multiples_chart(MultiplesSpec(**told, panels=panels, periods=PERIODS))


def texts(figure):
    return [one["text"] for one in figure["layout"]["annotations"]]


def test_places_without_any_value_take_no_box_and_are_named_in_one_sentence():
    drawn = chart(
        panel("Ekhult", 80.0, 81.0, 82.0),
        panel("Granåsa", None, None, None, word="delar inte"),
        panel("Lindåsa", None, 70.0, None, word="för få elever"),
        panel("Mosslunda", None, None, None, word="för få elever"),
        panel("Sjövalla", None, None, None, word="delar inte"),
    )

    assert texts(drawn.figure) == ["Ekhult", "Lindåsa"]
    without = "Granåsa och Sjövalla (delar inte); Mosslunda (för få elever)"
    assert f"Utan värden, och därför utan ruta: {without}." in drawn.notes
    assert len(drawn.table.rows) == 5


def test_where_nobody_has_a_value_there_is_no_picture():
    drawn = chart(panel("Granåsa", None, None, None, word="delar inte"))

    assert drawn.figure == {}
    assert "delar inte" in drawn.sentence


def test_repeated_values_are_small_and_said_once_for_all():
    repeated = (False, True, True)
    drawn = chart(
        panel("Falun", 80.0, 80.0, 80.0, carried=repeated, role=Role.OWN),
        panel("Motala", 70.0, 70.0, 75.0, carried=(False, True, False)),
        reference="Falun",
    )
    sizes = {one["name"]: one["marker"]["size"] for one in drawn.figure["data"] if "marker" in one}

    assert sizes == {"Falun": [7, 7, 4, 7, 4], "Motala": [7, 7, 4, 7, 7]}
    assert drawn.sentence.count("upprepat från ett tidigare år") == 1
    assert any(note.startswith("Små punkter") for note in drawn.notes)
    assert not any(note.startswith("Streckad linje") for note in drawn.notes)


def test_the_place_that_all_are_beside_is_a_dashed_line():
    drawn = multiples()
    beside = [one for one in drawn.figure["data"] if one["mode"] == "lines"]

    assert {one["line"]["dash"] for one in beside} == {"dash"}
    assert "Streckad linje: Plats 1." in drawn.notes


def test_how_many_are_told_apart_from_what_they_are_called():
    drawn = flow(paths=(("Årskurs 9", "Insats", "Uppföljd", "Fortsätt"),))

    assert drawn.sentence.startswith("Analys: Årskurs 9 (1). Insats: insats (1).")


def test_what_is_pointed_at_is_told_with_its_unit_and_count():
    for drawn, name in ((multiples(), "Plats 0"), (cohorts(), "2025/26")):
        trace = next(one for one in drawn.figure["data"] if one["name"] == name)

        assert "%{text}" in trace["hovertemplate"]
        assert all("\u00a0% (" in text for text in trace["text"] if text)
        assert len(trace["text"]) == len(trace["x"])


def broken(at, *panels):
    told = {"id": "x", "name": "Trygghet", "source": "Påhittade värden."}
    breaks = (Break(at, "Enkäten gjordes om."),)
    return multiples_chart(MultiplesSpec(**told, panels=panels, periods=PERIODS, breaks=breaks))


def counted(name, *values):
    measures = tuple(
        Measure(value, 400, period) for value, period in zip(values, PERIODS, strict=True)
    )
    return SmallTrend(name, name, measures)


def test_across_a_break_nothing_is_said_and_no_line_is_drawn():
    places = [counted("Falun", 80.0, 80.0, 40.0), counted("Motala", 70.0, 70.0, 71.0)]
    whole, drawn = chart(*places), broken("2026", *places)
    why = "serien har ett brott 2026: Enkäten gjordes om"

    assert "Tydligt lägre: Falun" in whole.sentence
    assert not whole.figure["layout"]["shapes"]
    assert f"Kan inte avgöras ({why}): Falun" in drawn.sentence
    assert "Tydligt" not in drawn.sentence
    assert {row[-1] for row in drawn.table.rows} == {f"kan inte avgöras ({why})"}
    assert drawn.table.head[3] == "2026 (efter brott)"
    assert "Streckad lodrät linje: brott i serien före 2026: Enkäten gjordes om." in drawn.notes
    assert [one["x"] for one in drawn.figure["data"]] == [["2024", "2025", None, "2026"]] * 2
    marks = drawn.figure["layout"]["shapes"]
    assert [(one["xref"], one["x0"], one["line"]["dash"]) for one in marks] == [
        ("x", 1.5, "dash"), ("x2", 1.5, "dash"),
    ]  # fmt: skip


def test_the_title_says_what_is_seen_in_the_words_of_the_comparison():
    still = [counted(f"Plats {at}", 70.0, 70.0, 70.5) for at in range(3)]
    fallen, risen = counted("Falun", 80.0, 80.0, 40.0), counted("Motala", 40.0, 50.0, 60.0)
    jumped = counted("Växjö", 75.0, 40.0, 75.0)

    assert chart(*still).title == "Ingen tydlig skillnad mot 2025 på någon av 3 platser"
    assert chart(*still, risen).title == "Motala har ökat 2024–2026"
    assert chart(*still, fallen, risen).title == (
        "Tydlig skillnad åt ett håll 2024–2026 på 2 av 5\u00a0platser"
    )
    assert chart(*still, jumped).title == "Växjö: andelen ökade till 75,0\u00a0% 2026"
    assert broken("2026", fallen).title == "Trygghet, 2024–2026"


def test_a_break_further_back_leaves_the_latest_two_alike():
    drawn = broken("2025", counted("Falun", 40.0, 80.0, 60.0))

    assert "Tydligt lägre: Falun" in drawn.sentence
    assert drawn.table.head[1:4] == ("2024", "2025 (efter brott)", "2026")
    assert drawn.figure["data"][0]["x"] == ["2024", None, "2025", "2026"]


def test_a_break_before_the_first_or_after_the_last_period_parts_nothing():
    for at in ("2024", "2020", "2030"):
        assert not broken(at, counted("Falun", 40.0, 80.0, 60.0)).figure["layout"]["shapes"]
