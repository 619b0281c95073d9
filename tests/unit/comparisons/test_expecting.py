"""What the conditions let one expect: told with its limits and its points, or why it is not."""

import numpy as np
import pytest
from tests.factories.every_chart import places

from ska.charts import DotRow, PlottedValue, Role
from ska.comparisons.expecting import expected_of
from ska.comparisons.queries.context import Factor
from ska.statistics import Measure, expect

rng = np.random.default_rng(3)
BACKGROUND = rng.uniform(5, 40, 30).round(1)
VALUES = (85 - 0.6 * BACKGROUND + rng.normal(0, 3, 30)).round(1)
VALUES[0] = 40.0


def read(text):
    return text.replace("\u00a0", " ")


def rows_of(values=VALUES, **more):
    return [DotRow(f"{at}", f"Plats {at}", Measure(float(one), **more))
            for at, one in enumerate(values)]  # fmt: skip


def factor(values=BACKGROUND, code="f", name="Utländsk bakgrund"):
    told = {
        f"{at}": PlottedValue("", "2025", None if one is None else float(one), None)
        for at, one in enumerate(values)
    }
    return Factor(code, name, "2025", "", "%", (), told)


def test_a_place_is_told_what_was_to_expect_its_limits_and_on_how_many_it_stands():
    shown = expected_of(rows_of(), [factor()], "0", share=True)
    found = expect(VALUES, BACKGROUND.reshape(-1, 1))
    value, low, high = (f"{one[0]:.1f}".replace(".", ",")
                        for one in (found.value, found.low, found.high))  # fmt: skip
    said = read(shown.sentence)

    assert f"utifrån utländsk bakgrund hade {value} % varit att vänta" in said
    assert f"mellan {low} % och {high} %. Värdet är 40,0 % och ligger utanför de gränserna." in said
    assert "Det står på 29 andra platser." in said
    assert len(shown.table.rows) == 30
    assert [read(cell) for cell in shown.table.rows[0][1:]] == [
        "40,0 %", f"{value} %", f"{low} %", f"{high} %",
    ]  # fmt: skip
    assert "ingen effekt" in shown.note
    inside = expected_of(rows_of(), [factor()], "1", share=True)
    assert "ligger inom de gränserna" in inside.sentence


def test_those_that_may_not_stand_together_are_no_points():
    country = DotRow("r", "Riket", Measure(70.0, whole=True), Role.COUNTRY)
    apart = DotRow("29", "Plats 29", Measure(99.0), apart="annan definition")
    other = DotRow("28", "Plats 28", Measure(99.0, basis="annat"))
    silent = DotRow("27", "Plats 27", Measure(None, word="för få elever"))
    shown = expected_of(
        [*rows_of()[:27], silent, other, apart, country], [factor()], "0", share=True
    )

    assert [row[0] for row in shown.table.rows] == [f"Plats {at}" for at in range(27)]


@pytest.mark.parametrize(
    ("count", "factors", "why"),
    [
        (19, [factor()], "minst 20 platser som har både värde och förutsättningar, här är de 19"),
        (29, [factor(), factor(code="g"), factor(code="h")], "minst 30 platser"),
        (30, [factor(), factor(code="g")], "förutsättningarna skiljer inte platserna åt"),
        (30, [factor([10.0] * 30)], "förutsättningarna skiljer inte platserna åt"),
    ],
)
def test_where_it_cannot_be_told_it_says_why(count, factors, why):
    shown = expected_of(rows_of()[:count], factors, "0", share=True)

    assert why in read(shown.sentence)
    assert shown.table is None


def test_without_a_condition_nothing_is_said():
    assert expected_of(places()["rows"], [], "Ekhult", share=True) is None
