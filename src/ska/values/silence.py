"""Published columns that turn to zeros at every place there is, told beside the values read.

A page with one line cannot tell a school that fell to 0 from a source that stopped counting. So
the same question that reads the values looks at all places, and only in the periods in which one
that is read went from something to 0. Each gender is a column of its own. What it finds comes as a
row of no place: `EVERYWHERE`.
"""

from __future__ import annotations

from typing import Any

from ska.values.rules import WHOLE

EVERYWHERE = "everywhere"
FEWEST = 3
"""Fewer places than this that had something and have 0 now say nothing of the source."""

_IN_ORDER = """
CASE WHEN period_type = 'term' THEN right(period, 2) || translate(left(period, 1), 'VH', '12')
     ELSE period END
"""
_ALL = """
FROM measure m
JOIN series s ON s.measure_id = m.id AND s.gender = c.gender AND s.period_type = c.period_type
JOIN {value} v ON v.series_id = s.id AND v.carried_from IS NULL
"""
_TURNED = f"""
SELECT NULL::bigint, c.source, c.measure, c.title, c.unit, c.nature, NULL::integer,
  '{EVERYWHERE}', '', '', NULL, NULL, 'all', c.gender, c.period_type, c.period, 0.0, 'value',
  NULL::integer, 'final', NULL, NULL, timestamptz 'epoch', NULL, NULL::integer, NULL::integer,
  1, NULL, NULL, '{WHOLE}', true, false
FROM (
  SELECT DISTINCT source, measure, title, unit, nature, gender, period_type, before, period
  FROM (
    SELECT *, lag(period) OVER line AS before, lag(value) OVER line AS had
    FROM told
    WHERE value IS NOT NULL AND carried_from IS NULL
      AND (source, measure, gender) IN (SELECT source, measure, gender FROM told WHERE value = 0)
    WINDOW line AS (
      PARTITION BY source, measure, gender, period_type, area_type, area_code, scope
      ORDER BY {_IN_ORDER}
    )
  ) lines
  WHERE value = 0 AND had <> 0
) c
WHERE NOT EXISTS (
  SELECT 1 {_ALL}
  WHERE m.source = c.source AND m.code = c.measure AND v.period = c.period AND v.value <> 0
) AND {FEWEST} <= (
  SELECT count(*) FROM (
    SELECT 1 {_ALL}
    JOIN {{value}} w ON w.series_id = s.id AND w.area_id = v.area_id
    WHERE m.source = c.source AND m.code = c.measure AND v.period = c.before AND v.value <> 0
      AND w.period = c.period AND w.value = 0 AND w.carried_from IS NULL
    LIMIT {FEWEST}
  ) had_something
)
"""  # noqa: S608  # put together of constants only


def with_silence(others: str, published: str, columns: dict[str, Any], value: str) -> str:
    """Return the question for *others* and *published* values, and where these turned to zeros.

    *columns* are what all of them read, *value* the versions that count.
    """
    told = f"WITH told ({', '.join(columns)}) AS ({published})"
    turned = _TURNED.format(value=value)
    return " UNION ALL ".join([f"{told} {others}", "SELECT * FROM told", turned])
