"""A whole measure as it stands now, a row a line: what programs draw from, and no more than that.

PostgreSQL walks one index and sends a line at a time, its cells as bytes; a frame of all that pages
are told of a cell would take four times as long to come and to be divided again.
"""

from __future__ import annotations

from functools import cache
from math import isnan
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from ska.db.session import ask
from ska.values.catalogue import as_array, catalogue_of
from ska.values.rules import ValueStatus, word_beside

# The order is that of the index; words are sent where a line is not of plain values alone.
_LINES = """
SELECT series_id, area_id, string_agg(period, E'\\n'),
       string_agg(float8send(coalesce(value, 'NaN')), ''),
       CASE WHEN bool_and(status = %(plain)s) THEN NULL ELSE string_agg(status, E'\\n') END
FROM (SELECT * FROM value
      WHERE series_id = ANY(%(series)s::bigint[]) AND superseded_at IS NULL
      ORDER BY series_id, area_id, period) v
GROUP BY series_id, area_id
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
    names = catalogue_of(session)
    series = names.series.get(measure_id, [])
    asked = {"series": as_array([one.id for one in series]), "plain": str(ValueStatus.VALUE)}
    rows = ask(session, _LINES, asked)
    cells = np.frombuffer(b"".join(row[3] for row in rows), ">f8").tolist()
    ends = np.cumsum([len(row[3]) // 8 for row in rows]).tolist()
    at = {one.id: (place, one[3:]) for place, one in enumerate(series)}
    order = sorted(
        (names.areas[area].at, at[number][0], place)
        for place, (number, area, *_told) in enumerate(rows)
        if area in names.areas  # else it was published since: that is for the next answer
    )
    split, word = cache(lambda text: text.split("\n")), cache(word_beside)
    lines: dict[tuple[str, ...], Line] = {}
    for _area, _series, place in order:
        number, area, periods, told, statuses = rows[place]
        key = (*names.areas[area][1:], *at[number][1])
        line = lines.setdefault(key, Line._make([*key, [], [], []]))
        line.periods.extend(split(periods))
        values = cells[ends[place] - len(told) // 8 : ends[place]]
        if statuses is None:
            line.values.extend(values)
            line.words.extend([""] * len(values))
        else:
            line.values.extend(None if isnan(one) else one for one in values)
            line.words.extend(word(one) for one in split(statuses))
    return list(lines.values())
