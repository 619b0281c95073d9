"""Which indicators have values, in one statement over published and own (decision 10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.coverage.rules import NO_VALUES, Measured
from ska.errors import Missing
from ska.values.known import end_of, versions

_ONE = """
SELECT m.title AS title, v.period AS period, a.id AS area, {mine} AS own,
       bool_or(v.status IN ('value', 'approximate')) AS is_known
FROM {own}measure m
JOIN {own}series s ON s.measure_id = m.id
JOIN {versions} v ON v.series_id = s.id
JOIN {own}area a ON a.id = v.area_id
WHERE m.title = ANY(%(titles)s::text[]) AND v.status <> 'not_applicable_or_missing' AND {which}
  AND (%(unit)s::text IS NULL OR a.unit_code = %(unit)s)
  AND (%(moment)s::timestamptz IS NULL OR (v.recorded_at < %(moment)s
       AND (v.superseded_at IS NULL OR v.superseded_at >= %(moment)s)))
GROUP BY 1, 2, 3, 4
"""
_LATEST = """
), latest AS (
  SELECT title, area, own, is_known, period,
         row_number() OVER (PARTITION BY title, own, area ORDER BY is_known DESC, period DESC) AS n
  FROM cell
)
SELECT title, count(*) FILTER (WHERE is_known), count(*) FILTER (WHERE NOT is_known),
       max(period) FILTER (WHERE is_known)
FROM latest WHERE n = 1 GROUP BY title
"""


@cache
def _query(*, earlier: bool) -> str:
    published = _ONE.format(
        own="",
        mine="false",
        versions=versions("value", earlier=earlier),
        which="a.organizer_number = %(number)s",
    )
    own = _ONE.format(
        own="own_",
        mine="true",
        versions=versions("own_value", earlier=earlier),
        which="m.organizer_id = %(owner)s",
    )
    return f"WITH cell AS ({published} UNION ALL {own} {_LATEST}"


def plain(label: str) -> str:
    """Return a published label as measures are titled: without the asterisk of its footnote."""
    return label.rstrip("* ").strip()


def titles_of(code: str, name: str, label: str | None) -> list[str]:
    """Return the titles by which an indicator's values are known: its label, name and code."""
    return [title for title in (plain(label or ""), name, code) if title]


def measured(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    organisation_number: str | None,
    titles: Mapping[str, str],
    unit_code: str | None = None,
    known: date | None = None,
) -> dict[str, Measured]:
    """Return what values the huvudman (or one unit) has; no numbers leave here.

    *titles* is measure's title → indicator's code; the answer is by code. A cell that its
    publisher hides counts as hidden, one that does not apply as nothing. Raises Missing outside
    the huvudman. With *known* what was there that day is counted.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    parameters = {
        "titles": list(titles),
        "number": organisation_number,
        "owner": organizer_id,
        "unit": unit_code,
        "moment": end_of(known) if known else None,
    }
    query = _query(earlier=known is not None)
    cursor = session.connection().exec_driver_sql(query, parameters).cursor
    rows = cursor.fetchall() if cursor is not None else []
    found: dict[str, Measured] = {}
    for title, values, hidden, latest in rows:
        found[titles[title]] = found.get(titles[title], NO_VALUES) + Measured(
            values, hidden, latest
        )
    return found
