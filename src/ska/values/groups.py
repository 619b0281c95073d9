"""What a group of areas has in many measures at once: how many of them, and their quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.values.queries import cached_frame
from ska.values.shelves import cursor_of

SPREAD: dict[str, Any] = {
    "measure_id": pl.Int64,
    "scope": pl.String,
    "n": pl.Int64,
    "lower": pl.Float64,
    "median": pl.Float64,
    "upper": pl.Float64,
}
# The numbers of series and areas are worked out first: the index of cells then answers alone.
_SPREAD = """
SELECT s.measure_id, s.scope, p.n, p.q[1], p.q[2], p.q[3]
FROM (SELECT series_id, count(value) n,
             percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY value) q
      FROM value
      WHERE series_id = ANY(ARRAY(SELECT id FROM series WHERE gender = %(gender)s
                                  AND measure_id = ANY(%(measures)s)))
        AND area_id = ANY(ARRAY(SELECT id FROM area WHERE area_type = %(area_type)s
                                AND code = ANY(%(codes)s)))
        AND period = %(period)s AND superseded_at IS NULL
      GROUP BY series_id) p
JOIN series s ON s.id = p.series_id
WHERE p.n > 0 ORDER BY s.measure_id, s.scope
"""


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one kind, by code."""

    area_type: str
    codes: tuple[str, ...]


def spread_of_group(
    session: Session, group: AreaGroup, measures: Sequence[int], period: str, *, gender: str = "T"
) -> pl.DataFrame:
    """Return n and quartiles of the group's published values in each measure (SPREAD).

    A gap is not counted, and a measure without a value in the group has no row. Kept in the
    process for as long as nothing published changes; never change the frame.
    """
    asked = {"measures": sorted(measures), "gender": gender, "period": period}
    asked |= {"area_type": group.area_type, "codes": sorted(group.codes)}
    key = ("spread", *map(str, asked.values()))
    return cached_frame(session, key, lambda: _spread(session, asked))


def _spread(session: Session, asked: dict[str, Any]) -> pl.DataFrame:
    with cursor_of(session.connection(), binary=True) as cursor:
        rows = cursor.execute(_SPREAD, asked).fetchall()
    return pl.DataFrame(rows, schema=SPREAD, orient="row", infer_schema_length=None)
