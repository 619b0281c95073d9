"""Which series and period others stand beside one's own: SQL picks what the rules in Python say."""

import random
from datetime import UTC, date, datetime

import pytest
from tests.factories.indicator_values import value
from tests.factories.shelves import store_values

from ska.core.periods import year_of
from ska.values.newest import Newest, newest_beside

HERE, OTHER = "2120001234", "2120005678"
SCOPES = ("all", "by_measure", "municipal", "independent")
PERIODS = {
    "school_year": ("2022/23", "2023/24", "2024/25"),
    "calendar_year": ("2023", "2024", "2025"),
    "term": ("HT23", "VT24", "HT24"),
}
EARLY, LATE = (datetime(2026, 10, day, 12, tzinfo=UTC) for day in (1, 20))


def cell(number, measure, **own):
    name = f"M{measure}"
    return value(own.pop("period"), number, measure=name, title=name, **own)


def some_cells(chance, measure):
    """Return own cells of a measure, each in a series and period of its own."""
    source = chance.choice(("skolverket_pxweb", "kolada"))
    found = {}
    for _ in range(chance.randint(1, 9)):
        kind = chance.choice(list(PERIODS))
        own = {
            "scope": chance.choice(SCOPES),
            "period_type": kind,
            "definition_version": chance.randint(1, 2),
            "period": chance.choice(PERIODS[kind]),
        }
        given = chance.choice((50.0, 50.0, 50.0, None))
        carried = chance.choice((None, None, "2021"))
        found[tuple(own.values())] = cell(
            given, measure, source=source, carried_from=carried, area_code=HERE, **own
        )
    return list(found.values())


def wanted(cells, until):
    """Return the cell that decides, as the rules say it."""

    def rank(one):
        return (
            -year_of(one["period"], one["period_type"]),
            SCOPES.index(one["scope"]),
            one["period_type"] != "school_year",
            -one["definition_version"],
        )

    known = [one for one in cells if one["value"] is not None and not one["carried_from"]]
    possible = [one for one in known if year_of(one["period"], one["period_type"]) <= until]
    return min(possible, key=rank, default=None)


def key(one):
    return tuple(one[name] for name in ("scope", "period_type", "definition_version", "period"))


@pytest.mark.parametrize("until", [None, 2024])
def test_the_cell_that_decides_is_the_newest_by_the_rules(session, until):
    chance = random.Random(f"newest {until}")
    cells = [some_cells(chance, measure) for measure in range(24)]
    store_values(
        *(one for some in cells for one in some),
        *(one | {"area_code": OTHER, "value": 7.0, "carried_from": None, "status": "value"}
          for some in cells for one in some),
    )  # fmt: skip
    measures = tuple(((f"M{at}",), (f"M{at}",)) for at in range(24))

    found = newest_beside(session, Newest(measures, (HERE,), (HERE, OTHER), until)).to_dicts()

    for at, some in enumerate(cells):
        told = [one for one in found if one["at"] == at]
        decides = wanted(some, until or 9999)
        expected = [] if decides is None else [(HERE, key(decides)), (OTHER, key(decides))]
        assert sorted((one["area_code"], key(one)) for one in told) == expected, at
    assert 0 < len({one["at"] for one in found}) < 24


def test_as_known_on_a_day_what_is_hidden_today_does_not_decide(session):
    told = {"area_code": HERE, "definition_version": 1}
    store_values(
        cell(50.0, 0, period="2023/24", recorded_at=EARLY, **told),
        cell(60.0, 0, period="2024/25", recorded_at=EARLY, superseded_at=LATE, **told),
        cell(None, 0, period="2024/25", recorded_at=LATE, **told),
        cell(70.0, 1, period="2023/24", recorded_at=EARLY, superseded_at=LATE, **told),
        cell(75.0, 1, period="2023/24", recorded_at=LATE, **told),
        cell(80.0, 1, period="2024/25", recorded_at=LATE, **told),
    )
    asked = Newest(((("M0",), ()), (("M1",), ())), (HERE,), (HERE,))

    then = newest_beside(session, asked, date(2026, 10, 5)).to_dicts()
    now = newest_beside(session, asked).to_dicts()

    def said(rows):
        return [(one["at"], one["period"], one["value"]) for one in rows]

    assert said(then) == [(0, "2023/24", 50.0), (1, "2023/24", 70.0)]
    assert said(now) == [(0, "2023/24", 50.0), (1, "2024/25", 80.0)]
