"""The picture that places stand in: over the years, nothing is judged across a break."""

from ska.charts import Break, Role
from ska.comparisons.pictures import Shape, Shown, picture
from ska.comparisons.rules import Order, Standing, dot_rows
from ska.statistics import Measure

YEARS = {"2022/23": 80.0, "2023/24": 72.0, "2024/25": 65.0, "2025/26": 55.0}
TOLD = {"name": "Minst E", "source": "Påhittade värden.", "unit": "%", "share": True}


def small(breaks=()):
    years = {
        period: [Standing("almskolan", "Almskolan", Role.OTHER, Measure(value, 100, "Almskolan"))]
        for period, value in YEARS.items()
    }
    rows = dot_rows(years["2025/26"], "")
    shown = Shown(rows, years, Order.NAME, "", "2025/26", breaks=breaks)
    return picture(Shape.MULTIPLES, shown, TOLD)


def test_years_without_a_break_are_told_together():
    assert "Almskolan har minskat 2022/23–2025/26" in small().sentence


def test_no_line_leads_over_a_break_and_no_direction_is_told():
    broken = small((Break("2024/25", "nya betyg"),))

    assert "har minskat" not in broken.sentence
    assert "kan inte avgöras (serien har ett brott 2024/25: nya betyg)" in broken.table.rows[0][-1]
    (line,) = [one for one in broken.figure["data"] if one["name"] == "Almskolan"]
    assert line["x"] == ["2022/23", "2023/24", None, "2024/25", "2025/26"]
