"""A measure's lines hold what its values do, a row a line."""

from __future__ import annotations

import polars as pl
from sqlalchemy import select
from tests.factories.indicator_values import value
from tests.factories.shelves import store_values

from ska.values.lines import published_lines
from ska.values.models import Measure
from ska.values.queries import published_values, with_words

LINE = ["area_type", "area_code", "area", "scope", "gender", "period_type"]


def of(period, amount, **more):
    return value(period, amount, measure="N1", source="kolada", area_type="municipality", **more)


def test_lines_are_the_values_by_place_scope_and_gender(session):
    store_values(
        *[of(str(year), 50.0 + year % 7, area_code="1497", area="Hjo") for year in (2025, 2023)],
        of("2024", None, area_code="1497", area="Hjo", status="suppressed_small_group"),
        of("2024", 40.0, area_code="1497", area="Hjo", gender="K", status="approximate"),
        of("2024", 30.0, area_code="0180", area="Stockholm", scope="pojkar och flickor"),
        of("2023", 61.0, area_code="1497", area="Hjo", definition_version=2),
    )
    measure_id = session.scalars(select(Measure.id)).one()

    lines = published_lines(session, measure_id)

    told = with_words(published_values(session, measure_id)).group_by(LINE, maintain_order=True)
    expected = told.agg(pl.col("period"), pl.col("value"), pl.col("word")).rows()
    assert [tuple(line) for line in lines] == expected
    assert len({tuple(line.periods) for line in lines}) > 1
    assert ["", "för få elever", ""] in [line.words[:3] for line in lines]


def test_a_measure_without_values_has_no_lines(session):
    assert published_lines(session, 0) == []
