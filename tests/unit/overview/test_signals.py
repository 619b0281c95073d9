"""Signals over many units: an empty column hides the others, and a reason is said once."""

from ska.charts import HeatSpec, heat_chart, heat_picture
from ska.overview.rules.signals import (
    Signals,
    judged,
    left_out,
    shares_told,
    shown_in,
    told_values,
)
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


def test_what_differs_clearly_in_many_ways_names_each_unit_once():
    known = {
        "Minst E": {"Månskolan": 30.0, "Solskolan": 34.0, "Åsen": 60.0, "Ängen": 95.0, "Ön": 33.0},
        "Minst C": {"Månskolan": 20.0, "Solskolan": 90.0, "Åsen": 25.0, "Ängen": 51.0, "Ön": 61.0},
    }
    rows = judged(
        [
            Signals(name, name, "2024/25", Measure(60.0, 2000), tuple(
                (unit, Measure(value, 100)) for unit, value in units.items()
            ))
            for name, units in known.items()
        ]
    )  # fmt: skip
    told = {"id": "x", "name": "Signaler", "source": "s", "whole": "Storlunda", "rows": rows}
    said = heat_chart(HeatSpec(**told, places=shown_in(rows))).sentence.replace("\u00a0", " ")

    assert said == (
        "Tydligt högre än Storlunda i Minst E: Ängen (95,0 %)."
        " Tydligt lägre än Storlunda i Minst E: Ön (33,0 %)."
        " Tydligt lägre än Storlunda i Minst C: Åsen (25,0 %)."
        " Tydligt lägre än Storlunda i båda måtten: Månskolan (30,0 % och 20,0 %)."
        " Solskolan är tydligt högre än Storlunda i Minst C (90,0 %), och tydligt lägre i Minst E"
        " (34,0 %). 3 ryms inom vanlig variation."
    )


def test_a_unit_that_alone_is_the_whole_is_not_judged_beside_itself_and_may_be_pinned():
    whole = Measure(74.4, 86)
    found = [
        Signals("a", "Minst E", "2024/25", whole, (("Hene", Measure(74.4, 86)),)),
        Signals("b", "Minst C", "2024/25", whole, (("Hene", Measure(74.4, 40)),)),
    ]
    alone, by_chance = (judged([one]) for one in found)
    told = {"id": "x", "name": "Signaler", "source": "s", "whole": "Skövde"}
    chart = heat_chart(HeatSpec(**told, rows=alone, places=("Hene",)))

    assert [row.cells[0].signal for row in judged(found)] == ["alone", "within"]
    assert chart.title == "Varje enhet är ensam i sitt mått"
    assert chart.sentence == "1 är ensam i måttet och har ingen att jämföras med."
    assert chart.table.rows[0][3] == "74,4\u00a0%, ensam i måttet"
    assert chart.notes == (
        "Ensam i måttet: enheten har alla som räknas i Skövde, så värdet är detsamma.",
    )
    assert [value.value for _unit, value in told_values(found[:1], alone)] == [74.4]
    assert [word for word, _measure in shares_told(alone)] == ["Hene, Minst E"]
    assert "ensam i måttet" in heat_picture(alone, ("Hene",))
    assert "ensam i måttet" not in heat_picture(by_chance, ("Hene",))
