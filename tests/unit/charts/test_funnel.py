"""The funnel never calls what really differs usual variation."""

import pytest

from ska.charts import DotRow, FunnelSpec, funnel_chart
from ska.statistics import Measure

# Twenty-two schools, from 33 to 89 per cent: no chance gives that of the same level.
SPREAD = [33, 37, 53, 56, 60, 62, 64, 65, 67, 69, 74, 75, 76, 78, 79, 80, 82, 83, 84, 85, 87, 89]


def funnel(shares, n=60):
    rows = tuple(
        DotRow(key=f"s{at}", name=f"Skola {at}", measure=Measure(float(share), n))
        for at, share in enumerate(shares)
    )
    spec = FunnelSpec(id="f", name="Minst E", period="2025/26", rows=rows, source="källan")
    return funnel_chart(spec)


def test_within_widened_limits_nobody_is_told_to_be_within_usual_variation():
    told = funnel(SPREAD)

    assert "Platserna skiljer sig mer åt än slumpen ger." in told.sentence
    assert "Det betyder inte att skillnaderna är slump." in told.sentence
    assert "vanlig variation" not in told.sentence
    against = [row[-1] for row in told.table.rows[:-1]]
    assert all(one.startswith("innanför de vidgade gränserna, ") for one in against)
    assert "95 av 100 platser som skiljer sig så" in told.notes[0]


def test_who_stands_out_even_so_is_named_and_the_others_are_within_what_is_widened():
    told = funnel([1, *SPREAD[1:]], n=400)

    assert "Tydligt lägre: Skola 0" in told.sentence
    assert "Innanför de vidgade gränserna: 21 platser." in told.sentence


@pytest.mark.parametrize("many", [3, 22])
def test_equal_places_are_within_usual_variation(many):
    told = funnel([60.0 + at % 3 for at in range(many)])

    assert f"Alla {many} platser ligger inom vanlig variation kring den nivån." in told.sentence
    assert "95 av 100 lika platser" in told.notes[0]
