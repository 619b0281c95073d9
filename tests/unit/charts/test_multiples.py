"""Small multiples: what is silent says why, and what is only repeated is not drawn as measured."""

from tests.factories.every_chart import cohorts, flow, multiples

from ska.charts import MultiplesSpec, Role, SmallTrend, multiples_chart
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


def test_a_place_without_values_says_why_in_its_box():
    drawn = chart(
        panel("Ekhult", 80.0, 81.0, 82.0), panel("Granåsa", None, None, None, word="delar inte")
    )

    assert texts(drawn.figure) == ["Ekhult", "Granåsa", "delar inte"]


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
