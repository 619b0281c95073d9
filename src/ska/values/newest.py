"""Published values of many areas in some measures, each at the newest period of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.values.columns import SELECTED
from ska.values.known import HIDDEN, as_known, parameter, versions
from ska.values.own import OWN_CELL
from ska.values.queries import cached_frame

BESIDE: dict[str, Any] = {"at": pl.Int64, **OWN_CELL}
# The own cell that decides is the newest; of all schools before some, of the school year before
# the calendar's, by the latest definition. Its series is then read in all areas. The numbers of
# series and areas are worked out first: the index of cells then answers alone.
_CELLS = """
WITH asked AS (SELECT * FROM unnest(%(at)s::int[], %(name)s::text[]) AS asked (at, name)),
named AS (
  SELECT asked.at, m.source, s.*, ARRAY(
    SELECT o.id FROM series o
    WHERE (o.measure_id, o.area_type, o.scope, o.gender, o.period_type)
        = (s.measure_id, s.area_type, s.scope, s.gender, s.period_type)) AS alike
  FROM asked
  JOIN measure m ON m.source = 'skolverket_pxweb' AND m.title = asked.name
                 OR m.source = ANY(ARRAY['kolada', 'siris']) AND m.code = asked.name
  JOIN series s ON s.measure_id = m.id AND s.gender = 'T'),
here AS (
  SELECT named.*, v.id AS value_id, v.period, CASE named.period_type
    WHEN 'school_year' THEN left(v.period, 4)::int + 1
    WHEN 'term' THEN 2000 + right(v.period, 2)::int
    ELSE v.period::int END AS year
  FROM named
  JOIN {value} v ON v.series_id = named.id
  WHERE v.series_id = ANY(ARRAY(SELECT id FROM named)) AND v.area_id = ANY(ARRAY(
    SELECT id FROM area
    WHERE area_type IN ('municipality', 'organizer') AND code = ANY(%(here)s::text[])))
    AND v.value IS NOT NULL AND v.carried_from IS NULL {then}),
picked AS (
  SELECT DISTINCT ON (at) at, id, period FROM here WHERE year <= %(until)s
  ORDER BY at, year DESC, array_position(ARRAY['all', 'by_measure', 'municipal'], scope),
           period_type <> 'school_year', definition_version DESC, source, value_id)
SELECT picked.at, {selected}, NULL, NULL, s.definition_version, NULL
FROM picked
JOIN {value} v ON v.series_id = picked.id AND v.period = picked.period
JOIN series s ON s.id = v.series_id
JOIN measure m ON m.id = s.measure_id
JOIN area a ON a.id = v.area_id
WHERE v.series_id = ANY(ARRAY(SELECT id FROM picked)) AND v.area_id = ANY(ARRAY(
  SELECT id FROM area
  WHERE area_type IN ('municipality', 'organizer') AND code = ANY(%(areas)s::text[])))
ORDER BY picked.at, v.id
"""
# What today's answer hides decides nothing, whatever was shown then.
_THEN = """
  AND v.recorded_at < %(moment)s AND NOT EXISTS (
    SELECT FROM value c
    WHERE c.superseded_at IS NULL AND c.status = ANY(%(hidden)s::text[])
      AND c.series_id = ANY(named.alike) AND (c.area_id, c.period) = (v.area_id, v.period))
"""
_ANY_YEAR = 9999


@dataclass(frozen=True)
class Newest:
    """Measures by their titles and codes, the own area's codes and those of all areas.

    *until* is the last year that a period may end in, None for the newest there is.
    """

    measures: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    here: tuple[str, ...]
    areas: tuple[str, ...]
    until: int | None = None


def newest_beside(session: Session, asked: Newest, known: date | None = None) -> pl.DataFrame:
    """Return the cells of all areas (BESIDE), a period a measure; *at* is the measure's place.

    It is the newest where the own area has a value of its own, and all are of that one's series: a
    round that is only repeated does not count, and another definition is another series. A measure
    without such a value has no rows. One question, kept while nothing published changes.
    """
    if known is None:
        return cached_frame(session, ("newest", asked), lambda: _read(session, asked, None))
    return _read(session, asked, known)


def _read(session: Session, asked: Newest, known: date | None) -> pl.DataFrame:
    value = versions("value", earlier=known is not None)
    query = _CELLS.format(selected=SELECTED, value=value, then="" if known is None else _THEN)
    names = [(at, name) for at, both in enumerate(asked.measures) for name in (*both[0], *both[1])]
    parameters = {
        "at": [at for at, _name in names],
        "name": [name for _at, name in names],
        "here": list(asked.here),
        "areas": list(asked.areas),
        "until": asked.until or _ANY_YEAR,
        "hidden": sorted(HIDDEN),
    }
    cursor = session.connection().exec_driver_sql(query, parameters | parameter(known)).cursor
    rows = cursor.fetchall() if cursor is not None else []
    frame = pl.DataFrame(rows, schema=BESIDE, orient="row", infer_schema_length=None)
    return as_known(frame, known)
