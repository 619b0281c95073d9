"""Values to take away as known on a day, and pinned values that have changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ska.errors import Missing
from ska.values.models import OWN_IDS_START, Measure, OwnValue, Value
from ska.values.queries import published_values


def export_of(
    session: Session, measures: Sequence[str], areas: Sequence[str], known: date | None
) -> pl.DataFrame:
    """Return measures, by code or title, in some areas (or all), as *known* on a day.

    Raises Missing, naming the measure, when one of them is not among the published.
    """
    frames = []
    for name in measures:
        found = session.scalars(
            select(Measure.id).where(or_(Measure.code == name, Measure.title == name))
        ).all()
        if not found:
            raise Missing(f"Måttet ”{name}” finns inte bland de publicerade.")
        frames += [published_values(session, one, known=known) for one in found]
    frame = pl.concat(frames)
    if areas:
        frame = frame.filter(pl.col("area_code").is_in(list(areas)))
    return frame


@dataclass(frozen=True)
class Revision:
    """What a pinned value has become since.

    Of a published value the new one is told; *status* None means that it was taken away. Of an
    own value only that it has changed: what it is now is for the gate to show.
    """

    value_id: int
    value: float | None
    n: int | None
    status: str | None
    recorded_at: datetime | None
    is_own: bool = False


def has_been_replaced(pinned: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Return the condition that the version with this number, published or own, stands no more."""
    versions = (Value, OwnValue)
    return or_(
        *(exists().where(one.id == pinned, one.superseded_at.is_not(None)) for one in versions)
    )


_REVISED = """
SELECT old.id, now.value, now.n, now.status, now.recorded_at
FROM {own}value old
LEFT JOIN {own}value now ON now.series_id = old.series_id AND now.area_id = old.area_id
     AND now.period = old.period AND now.superseded_at IS NULL
WHERE old.id = ANY(%(ids)s) AND old.superseded_at IS NOT NULL
  AND (now.value, now.n, now.status) IS DISTINCT FROM (old.value, old.n, old.status)
"""


def revised_since(session: Session, value_ids: Sequence[int]) -> dict[int, Revision]:
    """Return those pinned values whose source says something else today, by the pinned number.

    Row-level security decides which own values are found.
    """
    own = [one for one in value_ids if one >= OWN_IDS_START]
    published = [one for one in value_ids if one < OWN_IDS_START]
    found = {row[0]: Revision(*row) for row in _changed(session, published, "")}
    for row in _changed(session, own, "own_"):
        found[row[0]] = Revision(row[0], None, None, None, row[4], is_own=True)
    return found


def _changed(session: Session, ids: Sequence[int], own: str) -> Sequence[Any]:
    if not ids:
        return []
    query = _REVISED.format(own=own)
    cursor = session.connection().exec_driver_sql(query, {"ids": list(ids)}).cursor
    return cursor.fetchall() if cursor is not None else []


@dataclass(frozen=True)
class Change:
    """One step in what has become of a pinned value since; *now_id* None when it was withdrawn.

    The numbers are as stored: those of the huvudman's own are for the gate to show.
    """

    pinned_id: int
    changed_at: datetime
    import_id: UUID | None
    name: str
    unit: str
    period: str
    was_id: int
    was: float | None
    was_status: str
    now_id: int | None
    now: float | None
    now_status: str | None
    is_own: bool = False


_FOLLOWS = (
    "v.series_id = was.series_id AND v.area_id = was.area_id AND v.period = was.period"
    " AND v.recorded_at = was.superseded_at"
)
# Two arms, as each has its index; a limit, or they are read whole and joined afterwards.
_CHANGES = """
SELECT pin.id, was.superseded_at, was.superseded_by, m.title || ', ' || a.name, m.unit, was.period,
       was.id, was.value, was.status, now.id, now.value, now.status, {is_own}
FROM {own}value pin
JOIN {own}value was ON was.series_id = pin.series_id AND was.area_id = pin.area_id
     AND was.period = pin.period AND was.superseded_at IS NOT NULL
     AND was.recorded_at >= pin.recorded_at
LEFT JOIN LATERAL (
  (SELECT * FROM {own}value v WHERE {follows} AND v.superseded_at IS NULL LIMIT 1)
  UNION ALL (SELECT * FROM {own}value v WHERE {follows} AND v.superseded_at IS NOT NULL LIMIT 1)
) now ON true
JOIN {own}series s ON s.id = pin.series_id
JOIN {own}measure m ON m.id = s.measure_id
JOIN {own}area a ON a.id = pin.area_id
WHERE pin.id = ANY(%(ids)s)
  AND (now.value, now.n, now.status) IS DISTINCT FROM (was.value, was.n, was.status)
"""


def changes_since(session: Session, value_ids: Sequence[int]) -> dict[int, list[Change]]:
    """Return each step that pinned values have taken since, oldest first, by the pinned number.

    Row-level security decides which own values are found.
    """
    found: dict[int, list[Change]] = defaultdict(list)
    for own in ("", "own_"):
        ids = [one for one in value_ids if (one >= OWN_IDS_START) == bool(own)]
        if not ids:
            continue
        query = _CHANGES.format(own=own, is_own=bool(own), follows=_FOLLOWS)
        cursor = session.connection().exec_driver_sql(query, {"ids": ids}).cursor
        for row in sorted(cursor.fetchall() if cursor is not None else [], key=itemgetter(1)):
            found[row[0]].append(Change(*row))
    return dict(found)
