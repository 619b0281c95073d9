"""A whole measure as it stands now, a row a line: what programs draw from, and no more than that.

PostgreSQL walks one index and sends a line at a time; a frame of all that pages are told of a cell
would take four times as long to come and to be divided again.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy.orm import Session

from ska.values.rules import ValueStatus, word_beside
from ska.values.shelves import cursor_of

_SERIES = """
SELECT id, scope, gender, period_type FROM series WHERE measure_id = %(measure)s
ORDER BY scope, gender, id
"""
# The order is that of the index; words are sent where a line is not of plain values alone.
_LINES = """
SELECT l.series_id, ARRAY[a.area_type, a.code, a.name], l.periods, l.cells, l.statuses
FROM (
  SELECT series_id, area_id, string_agg(period, E'\\n') periods, array_agg(value) cells,
         CASE WHEN bool_and(status = %(plain)s) THEN NULL ELSE array_agg(status) END statuses
  FROM (SELECT * FROM value WHERE series_id = ANY(%(series)s) AND superseded_at IS NULL
        ORDER BY series_id, area_id, period) v
  GROUP BY series_id, area_id) l
JOIN area a ON a.id = l.area_id
"""


class Line(NamedTuple):
    """What is published of a place in one scope and gender, with a word where no plain value is."""

    area_type: str
    area_code: str
    area: str
    scope: str
    gender: str
    period_type: str
    periods: list[str]
    values: list[float | None]
    words: list[str]


def published_lines(session: Session, measure_id: int) -> list[Line]:
    """Return the lines of a measure by place, scope and gender.

    One whose definition has changed goes on as the same line: a period may stand twice in it.
    """
    with cursor_of(session.connection(), binary=True) as cursor:
        series = cursor.execute(_SERIES, {"measure": measure_id}).fetchall()
        asked = {"series": [one[0] for one in series], "plain": str(ValueStatus.VALUE)}
        rows = cursor.execute(_LINES, asked).fetchall()
    about = {number: (at, told) for at, (number, *told) in enumerate(series)}
    split = cache(lambda text: text.split("\n"))
    word = cache(word_beside)
    lines: dict[tuple[str, ...], Line] = {}
    for number, area, periods, values, statuses in sorted(
        rows, key=lambda row: (row[1][:2], about[row[0]][0])
    ):
        key = (*area, *about[number][1])
        line = lines.setdefault(key, Line._make([*key, [], [], []]))
        line.periods.extend(split(periods))
        line.values.extend(values)
        line.words.extend([word(one) for one in statuses] if statuses else [""] * len(values))
    return list(lines.values())
