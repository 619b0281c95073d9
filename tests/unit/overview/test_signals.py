"""Signals over many units: an empty column hides the others, and a reason is said once."""

from ska.charts import HeatSpec, heat_chart
from ska.overview.rules.signals import Signals, judged, left_out, shown_in
from ska.statistics import Measure

SILENT = Measure(None, word="saknas eller ej tillämpligt")


def signals(code, *units):
    return Signals(code, f"Mått {code}", "2024/25", Measure(74.4), units)


def test_a_unit_without_any_value_has_no_column_and_is_named():
    rows = judged(
        [
            signals("a", ("Hene", Measure(70.0)), ("Lerdala", SILENT), ("Tidan", SILENT)),
            signals("b", ("Hene", SILENT), ("Lerdala", None), ("Tidan", Measure(80.0))),
        ]
    )

    assert shown_in(rows) == ("Hene", "Tidan")
    assert left_out(["Hene", "Lerdala", "Tidan"], rows) == (
        "Utan värden, och därför inte med: Lerdala.",
    )
    assert left_out([f"Skola {at}" for at in range(20)], rows)[0].endswith("20\u00a0enheter.")


def test_where_no_unit_has_a_value_all_stand_there():
    rows = judged([signals("a", ("Hene", SILENT), ("Tidan", None))])

    assert shown_in(rows) == ("Hene", "Tidan")
    assert left_out(["Hene", "Tidan"], rows) == ()


def test_why_cells_cannot_be_judged_is_said_in_the_sentence():
    rows = judged([signals("a", ("Hene", Measure(70.0)), ("Tidan", Measure(80.0)))])
    told = {"id": "x", "name": "Signaler", "source": "s", "whole": "Skövde", "rows": rows}
    chart = heat_chart(HeatSpec(**told, places=shown_in(rows)))

    assert chart.sentence == "2 kan inte avgöras: antalet elever är inte känt."


def test_what_differs_clearly_is_told_indicator_by_indicator():
    units = [(f"Skola {at}", Measure(74.0, 100)) for at in range(6)]
    whole = Signals("a", "Minst E", "2024/25", Measure(74.4, 2000), (
        *units, ("Månskolan", Measure(30.0, 100)), ("Solskolan", Measure(34.0, 100)),
    ))  # fmt: skip
    rows = judged([whole])
    told = {"id": "x", "name": "Signaler", "source": "s", "whole": "Storlunda", "rows": rows}
    said = heat_chart(HeatSpec(**told, places=shown_in(rows))).sentence.replace("\u00a0", " ")

    assert said.startswith(
        "Tydligt lägre än Storlunda i Minst E: Månskolan (30,0 %) och Solskolan (34,0 %)."
    )
