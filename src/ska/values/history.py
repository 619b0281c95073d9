"""Values to take away as known on a day, and pinned values that have changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ska.errors import Missing
from ska.values.gate import pass_gate
from ska.values.models import OWN_IDS_START, Measure
from ska.values.queries import published_values
from ska.values.rules import Audience, Origin


def export_of(
    session: Session, measures: Sequence[str], areas: Sequence[str], known: date | None
) -> pl.DataFrame:
    """Return measures, by code or title, in some areas (or all), as *known* on a day, gated.

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
    return pass_gate(frame, Audience.OUTSIDE, origin=Origin.PUBLISHED)


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
