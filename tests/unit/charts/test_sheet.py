"""Downloads hold what is shown, and words where there is no number."""

import csv
from io import BytesIO, StringIO

import polars as pl
from tests.factories.charts import PERIODS, example, points, spec

from ska.charts import Line, Role, csv_sheet, trend_chart, xlsx_sheet


def rows(chart):
    text = csv_sheet(chart).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_every_plotted_value_is_a_row_with_n_and_source():
    found = rows(example())

    assert len(found) == 7 * len(PERIODS)
    last = next(
        row
        for row in found
        if row["Plats"] == "Ekhults centralskola" and row["Period"] == "2025/26"
    )
    assert (last["Värde"], last["Antal bakom värdet"]) == ("61,8", "68")
    assert last["Källa"].startswith("Påhittade värden")


def test_how_far_chance_may_move_a_value_stands_beside_it_with_level_and_method():
    last = next(row for row in rows(example()) if row["Period"] == "2025/26")
    country = next(row for row in rows(example()) if row["Plats"] == "Riket")
    book = pl.read_excel(BytesIO(xlsx_sheet(example())), sheet_name="Värden")

    # Wilson 1927 for 42 of 68, by hand: 61.8 % lies between 49.9 and 72.4.
    low, high = (float(last[name].replace(",", ".")) for name in ("Nedre gräns", "Övre gräns"))
    assert abs(low - 49.9) < 0.06
    assert abs(high - 72.4) < 0.06
    assert last["Gränsernas nivå (%)"] == "95"
    assert last["Gränsernas metod"] == "Wilsons intervall för en andel"
    assert country["Nedre gräns"] == country["Gränsernas metod"] == ""
    assert round(book.filter(pl.col("Period") == "2025/26")["Övre gräns"][0], 4) == high


def test_a_gap_is_an_empty_cell_with_its_word():
    gap = next(row for row in rows(example()) if row["Period"] == "2022/23")

    assert (gap["Värde"], gap["Förklaring"]) == ("", "för få elever")


def test_a_name_is_never_taken_for_a_formula():
    lines = (Line("own", "=cmd()", Role.OWN), *spec().lines[1:])
    found = rows(trend_chart(spec(lines=lines), points()))

    assert found[0]["Plats"] == "'=cmd()"


def test_the_workbook_has_numbers_and_a_sheet_about_them():
    book = BytesIO(xlsx_sheet(example()))
    values = pl.read_excel(book, sheet_name="Värden", schema_overrides={"Värde": pl.Float64})
    book.seek(0)
    about = pl.read_excel(book, sheet_name="Om måttet", has_header=False, columns=[0])

    assert values.height == 7 * len(PERIODS)
    assert values.filter(pl.col("Plats") == "Ekhults centralskola")["Värde"][-1] == 61.8
    assert "Tolka försiktigt" in about[:, 0].to_list()
