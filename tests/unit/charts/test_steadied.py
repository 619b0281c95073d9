"""Steadied values stand beside the own ones, never in their place, and only where n is known."""

import re

import pytest
from tests.factories.every_chart import places, steadied

from ska.charts import DotRow, Role, SteadiedSpec, steadied_chart
from ska.statistics import Measure


def cells(chart):
    return {row[0]: [one.replace("\u00a0", " ") for one in row[1:]] for row in chart.table.rows}


def row(name, value, n, **more):
    return DotRow(name, name, Measure(value, n, name, **more))


def number(text):
    return float(re.match(r"[\d,]+", text)[0].replace(",", "."))


def test_each_value_is_drawn_to_the_group_and_the_fewer_the_pupils_the_more():
    chart = steadied()
    told = cells(chart)
    group = number(told.pop("Gruppens nivå")[0])
    known = {name: one for name, one in told.items() if one[3] != "–"}

    assert len(known) == 13
    for own, _n, _around, kept, part in known.values():
        away, left = number(own) - group, number(kept) - group
        assert abs(left) <= abs(away) + 0.11
        assert abs(left - away * number(part) / 100) < 0.5  # what the words say is what was done
    by_n = sorted(known.values(), key=lambda one: int(one[1]))
    parts = [number(one[4]) for one in by_n]
    assert parts == sorted(parts)
    said = chart.sentence.replace("\u00a0", " ")
    assert "Ekhult: 77,3 % (51 av 66 elever) blir 76,4 % utjämnat." in said
    assert "62 % av värdet är platsens eget, resten gruppens." in said


def test_without_a_known_number_a_place_keeps_its_own_value_and_is_told_why():
    country = DotRow("r", "Riket", Measure(70.0, None, "Riket", whole=True), Role.COUNTRY)
    old = DotRow("o", "Gammal", Measure(70.0, 40, "Gammal"), apart="värdet är från 2023/24")
    more = (*places()["rows"], row("Okänd", 12.3, None), country, old)
    chart = steadied_chart(SteadiedSpec(**places(rows=more)))
    told, plain = cells(chart), cells(steadied())

    assert told["Okänd"] == ["12,3 %", "inte känt", "–", "–", "–"]
    for why in ("Okänd (antalet elever är inte känt)", "Riket (värdet är för hela landet)",
                "Gammal (värdet är från 2023/24)"):  # fmt: skip
        assert why in chart.sentence
    assert told["Ekhult"] == plain["Ekhult"]  # who is left out moves nobody
    drawn = {one for trace in chart.figure["data"] for one in trace["x"]}
    assert 12.3 in drawn


@pytest.mark.parametrize(
    ("rows", "more", "why"),
    [
        ([(50.0, 20)] * 4, {}, "minst 5 platser där antalet elever är känt"),
        ([(None, 20)] * 9, {}, "minst 5 platser där antalet elever är känt"),
        ([(50.0, None)] * 9, {}, "minst 5 platser där antalet elever är känt"),
        ([(100.0, 20)] * 9, {}, "samma värde: alla elever"),
        ([(0.0, 20)] * 9, {}, "samma värde: inga elever"),
        (
            [(5.5, 20)] * 9,
            {"share": False, "unit": ""},
            "källan visar inte hur mycket slumpen kan påverka",
        ),
    ],
)
def test_where_nothing_can_be_steadied_it_says_why_and_the_own_values_stay(rows, more, why):
    share = more.get("share", True)
    made = tuple(row(f"P{at}", *one, share=share) for at, one in enumerate(rows))
    chart = steadied_chart(SteadiedSpec(**places(rows=made, **more)))

    assert why in chart.sentence
    assert not chart.figure
    assert {one[1] for one in chart.table.rows} == {one.measure.written() for one in made}
    assert {one[4] for one in chart.table.rows} == {"–"}


def test_the_title_says_what_a_value_becomes_or_between_which_all_of_them_lie():
    told = [number(one[3]) for name, one in cells(steadied()).items() if one[3] != "–"]
    alike = tuple(row(f"P{at}", 50.0, 40) for at in range(6))
    titles = [
        one.title.replace("\u00a0", " ")
        for one in (
            steadied(),
            steadied_chart(SteadiedSpec(**places())),
            steadied_chart(SteadiedSpec(**places(rows=alike))),
        )
    ]

    low, high = (f"{one:.1f}".replace(".", ",") for one in (min(told), max(told)))
    assert titles == [
        "Ekhult: 77,3 % (51 av 66 elever) 2025/26, 76,4 % utjämnat",
        f"Utjämnat ligger 13 platser mellan {low} % och {high} % 2025/26",
        "6 platser skiljer sig inte mer åt än slumpen ger 2025/26",
    ]


def test_alike_places_are_all_the_groups_and_few_places_are_told_to_be_unsure():
    made = tuple(row(f"P{at}", 50.0, 40) for at in range(6))
    chart = steadied_chart(SteadiedSpec(**places(rows=made)))
    notes = " ".join(chart.notes)

    assert "Platserna skiljer sig inte mer åt än slumpen ger." in notes
    assert "Med färre än 10 platser är gruppens nivå osäker." in notes
    assert cells(chart)["P0"][3:] == ["50,0 %", "0 %"]


def test_very_many_places_stand_in_the_table_alone():
    made = tuple(row(f"P{at}", 40.0 + at / 10, 50) for at in range(290))
    chart = steadied_chart(SteadiedSpec(**places(rows=made)))

    assert not chart.figure
    assert "Platserna är för många för en bild." in chart.sentence
    assert len(chart.table.rows) == 291
