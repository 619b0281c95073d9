"""Which indicators have values, published and own, in one question (decision 10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.coverage.rules import NO_VALUES, Measured
from ska.values.known import end_of, versions
from ska.values.own import Asked, cells

_LATEST = """
v.id IN (
  SELECT DISTINCT ON (m.title, a.id) v.id
  FROM measure m
  JOIN series s ON s.measure_id = m.id
  JOIN {value} v ON v.series_id = s.id
  JOIN area a ON a.id = v.area_id
  WHERE m.title = ANY(%(titles)s::text[]) AND v.status <> 'not_applicable_or_missing'
    AND a.organizer_number = %(number)s
    AND (%(unit)s::text IS NULL OR a.unit_code = %(unit)s)
    AND (%(then)s::timestamptz IS NULL OR (v.recorded_at < %(then)s
         AND (v.superseded_at IS NULL OR v.superseded_at >= %(then)s)))
  ORDER BY m.title, a.id, (v.status IN ('value', 'approximate')) DESC, v.period DESC
)
"""


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
    latest = _LATEST.format(value=versions("value", earlier=known is not None))
    parameters = {
        "titles": list(titles),
        "number": organisation_number,
        "unit": unit_code,
        "then": end_of(known) if known else None,
    }
    asked = Asked(list(titles), published=latest, parameters=parameters, known=known)
    told = cells(session, actor, organizer_id, asked)
    found: dict[str, Measured] = {}
    for title, values, hidden, last in _counted(told, titles, unit_code):
        found[titles[title]] = found.get(titles[title], NO_VALUES) + Measured(values, hidden, last)
    return found


def _counted(
    told: pl.DataFrame, titles: Mapping[str, str], unit_code: str | None
) -> list[tuple[str, int, int, str | None]]:
    """Count areas by what is told of them last: a value, or that it is hidden."""
    kept = told.filter(
        pl.col("title").is_in(list(titles)),
        pl.col("status") != "not_applicable_or_missing",
        pl.col("unit_code") == unit_code if unit_code else pl.lit(True),
    )
    latest = (
        kept.with_columns(is_known=pl.col("value").is_not_null())
        .sort("is_known", "period")
        .unique(["title", "is_own", "area_type", "area_code"], keep="last")
    )
    return (
        latest.group_by("title")
        .agg(
            pl.col("is_known").sum(),
            (~pl.col("is_known")).sum().alias("hidden"),
            pl.col("period").filter(pl.col("is_known")).max(),
        )
        .rows()
    )
