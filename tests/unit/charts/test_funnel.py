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
    assert all("vidgade" in one and "variation" not in one for one in against)
    assert "95 av 100 platser som skiljer sig så" in told.notes[0]


def test_who_stands_out_even_so_is_named_and_the_others_are_within_what_is_widened():
    told = funnel([1, *SPREAD[1:]], n=400)

    assert "Tydligt lägre: Skola 0" in told.sentence
    assert "Mellan de vidgade inre och yttre gränserna: Skola 1 (37,0\u00a0%)." in told.sentence
    assert "Innanför de vidgade inre gränserna: 20 platser." in told.sentence


WHERE = {
    "inside": ("innanför de vidgade inre gränserna", "inom vanlig variation"),
    "between": (
        "mellan de vidgade inre och yttre gränserna",
        "inom vanlig variation, mellan de inre och yttre gränserna",
    ),
    "outside": ("tydlig skillnad", "tydlig skillnad"),
}


def where(share, n, lines):
    """Tell where a dot lies of the drawn lines, each a limit at every number of pupils."""
    at = lines[0]["x"].index(n)
    outer, inner = (sorted(one["y"][at] for one in lines[i : i + 2]) for i in (1, 3))
    if not outer[0] - 0.01 <= share <= outer[1] + 0.01:
        return "outside"
    return "inside" if inner[0] - 0.01 <= share <= inner[1] + 0.01 else "between"


@pytest.mark.parametrize(
    ("shares", "is_widened", "found"),
    [
        (SPREAD, True, {"inside", "between"}),
        ([5, *SPREAD[1:]], True, {"inside", "between", "outside"}),
        ([20, 70, 71, 72], False, {"outside", "between", "inside"}),
        ([60.0 + at % 3 for at in range(22)], False, {"inside"}),
    ],
)
def test_each_row_says_where_its_dot_lies_of_the_drawn_limits(shares, is_widened, found):
    told = funnel(shares)
    lines = told.figure["data"][:5]
    seen = [where(share, 60, lines) for share in shares]

    assert set(seen) == found
    for place, row in zip(seen, told.table.rows, strict=False):
        assert row[-1].startswith(f"{WHERE[place][not is_widened]}, "), row
    for place in found - {"outside"} if is_widened else ():
        heading = WHERE[place][0]
        assert f"{heading[0].upper()}{heading[1:]}: " in told.sentence


def test_the_table_has_both_limits_of_each_place_as_they_are_drawn():
    told = funnel(SPREAD)
    at = told.figure["data"][0]["x"].index(60)
    drawn = [one["y"][at] for one in told.figure["data"][:5]]
    row = dict(zip(told.table.head, told.table.rows[0], strict=True))

    for name, lines in (("Yttre gränser", drawn[1:3]), ("Inre gränser", drawn[3:5])):
        written = row[name].removesuffix("\u00a0%").replace(",", ".").split("–")
        assert [float(one) for one in written] == pytest.approx(lines, abs=0.06)
    assert told.table.rows[-1][3:] == ("–", "–", "–")


def test_without_a_funnel_the_table_has_no_column_of_limits():
    told = funnel([60, 70])

    assert told.table.head == ("Plats", "Värde 2025/26", "Antal elever")


@pytest.mark.parametrize("many", [3, 22])
def test_equal_places_are_within_usual_variation(many):
    told = funnel([60.0 + at % 3 for at in range(many)])

    assert f"Alla {many} platser ligger inom vanlig variation kring den nivån." in told.sentence
    assert "95 av 100 lika platser" in told.notes[0]


def test_who_the_sentence_names_between_the_limits_is_named_in_the_picture():
    told = funnel(SPREAD)

    assert [one["text"] for one in told.figure["layout"]["annotations"]] == ["Skola 0", "Skola 1"]
