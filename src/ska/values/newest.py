"""Published values of many areas in some measures, each at the newest period of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.core.periods import year_of
from ska.values.columns import SELECTED
from ska.values.known import as_known, parameter, versions
from ska.values.own import OWN_CELL
from ska.values.queries import cached_frame

BESIDE: dict[str, Any] = {"at": pl.Int64, **OWN_CELL}
_SCOPES = ("all", "by_measure", "municipal")
_SERIES = ("source", "measure", "area_type", "scope", "period_type", "definition_version")
# The numbers of series and areas are worked out first: the index of cells then answers alone.
_CELLS = """
SELECT {selected}, NULL, NULL, s.definition_version
FROM {value} v
JOIN series s ON s.id = v.series_id
JOIN measure m ON m.id = s.measure_id
JOIN area a ON a.id = v.area_id
{which}
AND v.area_id = ANY(ARRAY(SELECT id FROM area WHERE area_type IN ('municipality', 'organizer')
                          AND code = ANY(%(areas)s::text[])))
ORDER BY v.id
"""
_HERE = """
WHERE v.series_id = ANY(ARRAY(
  SELECT s.id FROM series s JOIN measure m ON m.id = s.measure_id
  WHERE s.gender = 'T'
    AND ((m.source = 'skolverket_pxweb' AND m.title = ANY(%(titles)s::text[]))
         OR (m.source = ANY(ARRAY['kolada', 'siris']) AND m.code = ANY(%(codes)s::text[])))))
"""
_OTHERS = """
JOIN unnest(%(source)s::text[], %(measure)s::text[], %(area_type)s::text[], %(scope)s::text[],
            %(period_type)s::text[], %(definition_version)s::int[], %(period)s::text[])
  AS w (source, code, area_type, scope, period_type, version, period)
  ON (m.source, m.code, s.area_type, s.scope, s.period_type, s.definition_version, v.period)
   = (w.source, w.code, w.area_type, w.scope, w.period_type, w.version, w.period)
WHERE v.series_id = ANY(ARRAY(
  SELECT s.id FROM series s JOIN measure m ON m.id = s.measure_id
  JOIN unnest(%(source)s::text[], %(measure)s::text[]) w (source, code)
    ON (m.source, m.code) = (w.source, w.code)
  WHERE s.gender = 'T'))
"""


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
    without such a value has no rows. Two questions at most, kept while nothing published changes.
    """
    if known is None:
        return cached_frame(session, ("newest", asked), lambda: _read(session, asked, None))
    return _read(session, asked, known)


def _read(session: Session, asked: Newest, known: date | None) -> pl.DataFrame:
    titles = sorted({title for titles, _codes in asked.measures for title in titles})
    codes = sorted({code for _titles, codes in asked.measures for code in codes})
    mine = _cells(
        session, _HERE, {"areas": list(asked.here), "titles": titles, "codes": codes}, known
    )
    chosen = [_newest(mine, *names, asked.until) for names in asked.measures]
    found = [one for one in chosen if one is not None]
    if not found:
        return pl.DataFrame(schema=BESIDE)
    columns = {name: [one[name] for one in found] for name in (*_SERIES, "period")}
    cells = _cells(session, _OTHERS, columns | {"areas": list(asked.areas)}, known)
    parts = [
        cells.filter(*(pl.col(name) == one[name] for name in (*_SERIES, "period"))).select(
            pl.lit(at, pl.Int64).alias("at"), *OWN_CELL
        )
        for at, one in enumerate(chosen)
        if one is not None
    ]
    return pl.concat(parts)


def _cells(
    session: Session, which: str, parameters: dict[str, Any], known: date | None
) -> pl.DataFrame:
    value = versions("value", earlier=known is not None)
    query = _CELLS.format(selected=SELECTED, value=value, which=which)
    cursor = session.connection().exec_driver_sql(query, parameters | parameter(known)).cursor
    rows = cursor.fetchall() if cursor is not None else []
    frame = pl.DataFrame(rows, schema=OWN_CELL, orient="row", infer_schema_length=None)
    return as_known(frame, known)


def _newest(
    mine: pl.DataFrame, titles: Sequence[str], codes: Sequence[str], until: int | None
) -> dict[str, Any] | None:
    """Return the own cell that decides the period: the newest, of all schools before some."""
    named = pl.when(pl.col("source") == "skolverket_pxweb").then("title").otherwise("measure")
    known = pl.col("value").is_not_null() & pl.col("carried_from").is_null()
    rows = mine.filter(known & named.is_in([*titles, *codes])).to_dicts()
    dated = [(year_of(row["period"], row["period_type"]), row) for row in rows]
    possible = [(year, row) for year, row in dated if until is None or year <= until]
    ranked = sorted(possible, key=lambda one: (-one[0], *_rank(one[1])))
    return ranked[0][1] if ranked else None


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    scope = _SCOPES.index(row["scope"]) if row["scope"] in _SCOPES else len(_SCOPES)
    return (scope, row["period_type"] != "school_year", -row["definition_version"], row["source"])
