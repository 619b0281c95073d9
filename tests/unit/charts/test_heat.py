"""Signals: a reason that holds for a whole row is said once, and never left out."""

from ska.charts import HeatCell, HeatRow, HeatSpec, csv_sheet, heat_chart
from ska.statistics import Measure, compare

INDEX = {"share": False}
NO_SPREAD = "källan visar inte hur mycket slumpen kan påverka"


def row(key, whole, values, **kind):
    whole = Measure(whole, 200, "Ekhult", **kind)
    cells = []
    for name, value in zip(("Norra", "Södra"), values, strict=True):
        measure = Measure(value, 60, name, word="" if value else "för få elever", **kind)
        cells.append(HeatCell(name, measure, compare(whole, measure) if value else None))
    return HeatRow(key, key, "2025/26", whole, tuple(cells))


def chart_of(*rows):
    told = {"id": "x", "name": "Signaler", "source": "Påhittat.", "whole": "Ekhult"}
    return heat_chart(HeatSpec(rows=rows, places=("Norra", "Södra"), **told))


def test_a_reason_that_a_row_shares_is_said_of_the_row_and_stands_last():
    chart = chart_of(row("Trygghet", 6.0, (7.0, None), **INDEX), row("Minst E", 72.0, (50.0, 74.0)))
    share, index = chart.table.rows

    assert share[0] == "Minst E"
    assert share[3] == "50,0\u00a0%, tydligt lägre"
    assert index[0] == f"Trygghet (kan inte avgöras: {NO_SPREAD})"
    assert index[3:] == ("7,0", "för få elever")
    assert f"1 kan inte avgöras: {NO_SPREAD}." in chart.sentence


def test_a_sheet_has_the_reason_at_every_value():
    sheet = csv_sheet(chart_of(row("Trygghet", 6.0, (7.0, 8.0), **INDEX))).decode("utf-8-sig")

    assert sheet.count(NO_SPREAD) == 2


def test_a_row_whose_whole_has_no_value_says_so_once():
    cells = (HeatCell("Norra", Measure(50.0, 60)), HeatCell("Södra", Measure(74.0, 50)))
    chart = chart_of(HeatRow("a", "Minst E", "2025/26", Measure(None), cells))

    assert chart.table.rows[0][0] == "Minst E (kan inte avgöras: helheten saknar värde)"
    assert chart.table.rows[0][3:] == ("50,0\u00a0%", "74,0\u00a0%")


def test_a_row_with_any_signal_keeps_its_words_in_the_cells():
    unsure = HeatCell("Södra", Measure(74.0), compare(Measure(72.0, 200), Measure(74.0)))
    mixed = row("Minst E", 72.0, (50.0, 74.0))

    assert HeatRow("a", "a", "x", mixed.whole, (mixed.cells[0], unsure)).reason == ""
    assert HeatRow("a", "a", "x", mixed.whole, (unsure,)).reason == "antalet elever är inte känt"
