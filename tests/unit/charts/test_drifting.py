"""Who has changed clearly over all the years of small multiples, all places looked at together."""

import pytest

from ska.charts import MultiplesSpec, SmallTrend, multiples_chart
from ska.statistics import Measure

PERIODS = ("2022/23", "2023/24", "2024/25", "2025/26")
FALLING = (80.0, 72.0, 65.0, 55.0)


def panel(name, values, n=100, carried=(), basis=("",) * 4):
    measures = tuple(
        Measure(value, n if value is not None else None, period, "för få elever", kind)
        if value is None
        else Measure(value, n, period, "", kind)
        for value, period, kind in zip(values, PERIODS, basis, strict=True)
    )
    return SmallTrend(name, name, measures, carried=carried)


def drawn(*panels, periods=PERIODS):
    told = {"id": "x", "name": "Minst E", "source": "Påhittade värden.", "unit": "%", "share": True}
    return multiples_chart(MultiplesSpec(**told, panels=panels, periods=periods))


def last_cells(chart):
    return {row[0]: str(row[-1]).replace("\u00a0", " ") for row in chart.table.rows}


def test_who_has_changed_over_the_years_is_told_with_how_sure_it_is():
    chart = drawn(panel("Nyängsskolan", FALLING), panel("Almskolan", (70.0, 71.0, 69.0, 70.0)))

    assert chart.sentence.replace("\u00a0", " ").endswith(
        "Över åren: Nyängsskolan har minskat 2022/23–2025/26, med i snitt 8,2 procentenheter om"
        " året (mellan 3,5 och 12,9). Ingen tydlig riktning: Almskolan."
    )
    assert chart.table.head[-1] == "Över åren"
    assert last_cells(chart) == {
        "Nyängsskolan": "tydlig skillnad, −8,2 procentenheter om året (−12,9 till −3,5)",
        "Almskolan": "inom vanlig variation, −0,2 procentenheter om året (−4,8 till +4,4)",
    }
    assert any("av tjugo tydliga förändringar är högst en slump" in one for one in chart.notes)


def test_what_is_clear_alone_may_be_chance_among_many():
    some = (80.0, 76.0, 73.0, 70.0)
    alone = drawn(panel("Alla", some, 150))
    others = [panel(f"Skola {at}", (70.0, 71.0, 70.0, 70.0)) for at in range(20)]

    assert "Alla har minskat" in alone.sentence
    assert "har minskat" not in drawn(panel("Alla", some, 150), *others).sentence


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (panel("A", (80.0, None, 65.0, 55.0)), "2023/24: för få elever"),
        (panel("A", (80.0, 72.0, 65.0, None)), "2025/26: för få elever"),
        (panel("A", (None,) * 4), "för få elever"),
        (panel("A", FALLING, carried=(False, False, True, False)), "2024/25: upprepat från"),
        (panel("A", FALLING, basis=("1", "1", "2", "2")), "2024/25: inte samma definition"),
        (panel("A", (None, None, 65.0, 55.0)), "det finns färre än tre värden"),
        (panel("A", FALLING, None), "antalet elever är inte känt och det finns färre än fem"),
    ],
)
def test_a_hole_a_repeated_round_or_a_break_cannot_be_told(one, why):
    chart = drawn(one, panel("B", FALLING))

    assert last_cells(chart)["A"].startswith(f"kan inte avgöras ({why}")
    assert "Kan inte avgöras: A." in chart.sentence
    assert "A har" not in chart.sentence


def test_years_before_a_place_began_are_no_hole():
    chart = drawn(panel("A", (None, 80.0, 70.0, 58.0)))

    assert "A har minskat 2023/24–2025/26" in chart.sentence


def test_of_very_many_it_is_told_how_many_and_of_two_periods_nothing():
    many = [panel(f"Skola {at}", FALLING[:: -1 if at > 5 else 1]) for at in range(15)]

    assert "Över åren: 9 platser har ökat tydligt. 6 platser har minskat tydligt." in (
        drawn(*many).sentence
    )
    two = [SmallTrend(one.key, one.name, one.measures[-2:]) for one in many]
    assert "Över åren" not in drawn(*two, periods=PERIODS[-2:]).table.head
