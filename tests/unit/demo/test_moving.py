"""The demo always stands in its November, whatever year it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.holidays import is_working_day
from ska.demo.definitions import read_demo
from ska.demo.rules import moved, moved_day, years_from_base
from ska.errors import Invalid
from ska.settings import bundled

DAYS = st.dates(date(2021, 1, 1), date(2029, 12, 31))


def test_in_its_own_year_nothing_moves():
    assert years_from_base(date(2026, 11, 24)) == 0
    assert moved({"on": date(2026, 11, 14), "t": "läsåret 2025/26"}, 0)["on"] == date(2026, 11, 14)


def test_a_year_later_days_years_and_school_years_move_together():
    words = {"on": date(2026, 11, 24), "t": "2025/26 och 2024–2026", "year": 2026, "n": 2026}

    assert moved(words, 1) == {
        "on": date(2027, 11, 24),
        "t": "2026/27 och 2025–2027",
        "year": 2027,
        "n": 2026,
    }


@given(DAYS, st.integers(1, 12))
def test_a_moved_day_is_a_working_day_near_the_same_date(day, years):
    found = moved_day(day, years)

    assert is_working_day(found)
    assert 0 <= (found - day.replace(year=day.year + years, day=min(day.day, 28))).days <= 9


def test_the_demo_is_whole_in_every_year_to_come():
    for years in (0, 1, 5):
        network = read_demo(bundled("seeds") / "demo", years=years)
        assert [one.name for one in network.organizers] == [
            "Ekhult",
            "Lindåsa",
            "Sjövalla",
            "Norrforsa",
            "Granåsa",
            "Mosslunda",
            "Storlunda",
            "Bredåsa",
        ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("people: none\n", "granasa.yaml, rad 4: people: ska vara en lista"),
        ("people: []\nboard_days: [i går]\n", "rad 5: board_days.0: ska vara ett datum, som 2026"),
        ("people: [\n", "granasa.yaml, rad 5: filen är inte giltig YAML"),
        ("", "granasa.yaml, rad 1: people: fältet saknas"),
    ],
)
def test_a_file_of_another_shape_is_told_with_its_place(tmp_path, wrong, told):
    head = "name: N\npassword: p\ncoordinator: k@x.se\nfiles: [granasa]\n"
    (tmp_path / "network.yaml").write_text(head)
    (tmp_path / "granasa.yaml").write_text(f"name: G\norganisation_number: '1'\nunits: []\n{wrong}")
    with pytest.raises(Invalid) as raised:
        read_demo(tmp_path, years=1)
    assert told in raised.value.detail


def test_a_network_without_its_files_is_told_as_well(tmp_path):
    (tmp_path / "network.yaml").write_text("name: N\npassword: p\ncoordinator: k@x.se\n")
    with pytest.raises(Invalid, match=r"network.yaml, rad 1: files: fältet saknas"):
        read_demo(tmp_path, years=0)
