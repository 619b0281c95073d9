"""Rows of values as `overview` reads them, with the fields that a test does not name filled in."""

from datetime import UTC, datetime
from itertools import count

import polars as pl

from ska.overview.queries.values import COLUMNS
from ska.overview.rules.rows import Row

_numbers = count(1)
LABEL = "Delmål 1: Andel (%) elever som har lägst betyget E i samtliga ämnen efter årskurs 9"
DETAILS = {
    "id": "gr-alla-amnen-ak9",
    "name": "Lägst betyget E i samtliga ämnen, årskurs 9",
    "published_label": LABEL,
    "unit": "%",
    "better": "higher",
    "of": "elever i årskurs 9",
    "reading": "Av 100 elever i årskurs 9 hade så många lägst betyget E i varje ämne.",
    "caution": "I en liten skola flyttar fem elever värdet flera procentenheter.",
    "sub_goals": ["gr-1"],
    "kolada_links": [],
}


def value(period, number, n=None, **own):
    row = {
        "is_own": False,
        "definition_version": 1,
        "value_id": next(_numbers),
        "source": "skolverket_pxweb",
        "measure": LABEL,
        "title": LABEL,
        "unit": "%",
        "nature": "result",
        "smallest_group": None,
        "area_type": "organizer",
        "area_code": "2120001234",
        "area": "Ekhult",
        "organizer_number": "2120001234",
        "unit_code": None,
        "scope": "all",
        "gender": "T",
        "period_type": "school_year",
        "period": period,
        "value": number,
        "status": "value" if number is not None else "suppressed_small_group",
        "n": n,
        "finality": "final",
        "raw_value": None,
        "carried_from": None,
        "recorded_at": datetime(2026, 10, 1, tzinfo=UTC),
        "superseded_at": None,
    }
    return row | own


def unit_value(period, number, n=None, **own):
    return value(
        period,
        number,
        n,
        area_type="school_unit",
        area_code="12345678",
        unit_code="12345678",
        **own,
    )


def country_value(period, number, **own):
    return value(period, number, area_type="country", area_code="00", area="Riket", **own)


def values_frame(*rows):
    return pl.DataFrame(rows, schema=COLUMNS)


def placed(*given):
    """Return rows that have their place already, as `place_rows` gives them."""
    filled = {
        "value_id": None, "group": "official", "role": "peer", "line": "a", "name": "Ekhult",
        "gender": "T", "n": None, "period_type": "school_year", "period": "2025/26",
        "value": 50.0, "status": "value", "finality": "final", "carried_from": None,
        "definition_version": 1, "is_own": False, "source": "siris", "recorded_on": None,
        "unit": "%", "scope": "all", "title": "Mått",
    }  # fmt: skip
    return [Row(**(filled | one)) for one in given]
