"""The one way to a huvudman's own values: read as whole measures, told through the gate.

Nothing else reads their tables to show a number (a house test looks). The gate needs every version
of every value of a measure, and what is published of the same beside it; so this module reads all
of it, and only afterwards chooses what was asked for.

Values by a group of the pupils (background, parents' education) are read by `group_cells` alone.
No other answer holds them and the gate never sees them: nobody takes a group for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.db.gather import Gathered
from ska.errors import Missing
from ska.values.areas import HERE
from ska.values.columns import CELL, SELECT, SELECTED
from ska.values.gate import as_told, pass_gate, told_spread
from ska.values.known import as_known, end_of, parameter, versions
from ska.values.models import OWN_IDS_START, OwnMeasure, OwnSeries, OwnValue
from ska.values.rules import WHOLE, Audience
from ska.values.silence import with_silence

OWN_CELL: dict[str, Any] = {**CELL, "definition_version": pl.Int64, "spread": pl.Float64}
GROUP_CELL: dict[str, Any] = {**OWN_CELL, "pupil_group": pl.String}
_READ: dict[str, Any] = {
    **OWN_CELL,
    "members": pl.String,
    "pupil_group": pl.String,
    "is_beside": pl.Boolean,
    "is_own": pl.Boolean,
}
_LINE = ["measure", "area_type", "area_code", "scope", "gender", "period"]
_OWN = f"""
SELECT {SELECTED}, l.inside, l.outside, s.definition_version, v.spread, a.members, s.pupil_group,
       m.source <> 'local' AND %(is_inside)s, true
FROM own_measure m
JOIN own_series s ON s.measure_id = m.id
JOIN own_value v ON v.series_id = s.id
JOIN own_area a ON a.id = v.area_id
LEFT JOIN own_limit l ON l.organizer_id = m.organizer_id
WHERE m.organizer_id = %(owner)s AND (s.pupil_group = '{WHOLE}' OR %(by_group)s)
  AND (m.code = ANY(%(names)s::text[]) OR m.title = ANY(%(names)s::text[])
       OR m.id IN (SELECT s.measure_id FROM own_series s JOIN own_value v ON v.series_id = s.id
                   WHERE v.id = ANY(%(pinned)s::bigint[]))
       OR %(is_all)s)
"""  # noqa: S608  # put together of constants only
_AS_OWN = SELECT.format(
    code="same.code",
    area="CASE a.area_type WHEN 'school_unit' THEN coalesce(a.unit_code, a.code) ELSE a.code END",
).replace("v.id", "NULL::bigint", 1)
# The same indicator goes by its code, its name and its publisher's label.
_BESIDE = f"""
SELECT {_AS_OWN}, NULL, NULL, 1, NULL, NULL, '{WHOLE}', true, true
FROM (
  SELECT o.code, m.id FROM own_measure o JOIN measure m ON m.title = o.title
  WHERE o.organizer_id = %(owner)s AND o.source = 'local'
  UNION
  SELECT o.code, m.id FROM own_measure o
  JOIN framework_item f ON o.title IN (f.code, f.heading, f.published_label)
  JOIN measure m ON m.title = rtrim(f.published_label, '* ')
  WHERE o.organizer_id = %(owner)s AND o.source = 'local'
  UNION
  SELECT o.code, m.id FROM own_measure o
  JOIN local_indicator l ON l.organizer_id = o.organizer_id
    AND o.title IN (l.name, 'egen-' || l.id)
  JOIN measure m ON m.title = rtrim(l.published_label, '* ')
  WHERE o.organizer_id = %(owner)s AND o.source = 'local'
) same
JOIN measure m ON m.id = same.id
JOIN series s ON s.measure_id = m.id
JOIN value v ON v.series_id = s.id AND v.superseded_at IS NULL AND v.value IS NOT NULL
JOIN area a ON a.id = v.area_id
JOIN organizer h ON h.id = %(owner)s AND h.organisation_number = a.organizer_number
"""  # noqa: S608  # put together of constants only


_PUBLISHED = f"""
SELECT {SELECTED}, NULL::integer, NULL::integer, s.definition_version,
       NULL::double precision, NULL::text, '{WHOLE}'::text, true, false
FROM measure m
JOIN series s ON s.measure_id = m.id
JOIN {{value}} v ON v.series_id = s.id
JOIN area a ON a.id = v.area_id
WHERE
"""  # noqa: S608  # put together of constants only


@dataclass(frozen=True)
class Asked:
    """Which measures are asked for, to whom they are told, and which published values with them.

    *names* are measures by code or title, None for all. *published* is the condition on the
    published values (tables m, s, v, a), with its *parameters*. *known* asks for the values as
    they were known on a day: never more than is told today. *with_silence* asks where the
    published columns turned to zeros at all places (`silence`).
    """

    names: Sequence[str] | None = None
    audience: Audience = Audience.INSIDE
    pinned: Sequence[int] = ()
    published: str = ""
    known: date | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    with_silence: bool = False


def own_cells(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    names: Sequence[str] | None = None,
    audience: Audience = Audience.INSIDE,
    known: date | None = None,
) -> pl.DataFrame:
    """Return a huvudman's own values as *audience* may see them (columns OWN_CELL).

    Statistics that the huvudman read in from a publisher's file are shown inside as the publisher
    shows them. Raises Missing outside the huvudman.
    """
    asked = Asked(names, audience, known=known)
    return cells(session, actor, organizer_id, asked).sort(_LINE).drop("is_own")


def cells(session: Session, actor: Actor, organizer_id: UUID, asked: Asked) -> pl.DataFrame:
    """Return values, own as they may be told and published as published, in one question.

    The columns are OWN_CELL and ``is_own``. Raises Missing outside the huvudman.
    """
    frame, _groups = _told(session, actor, organizer_id, asked)
    return _standing(frame, asked.known).select("is_own", *OWN_CELL)


def group_cells(
    session: Session, actor: Actor, organizer_id: UUID, asked: Asked
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the same values, and beside them those by a group of the pupils (GROUP_CELL).

    One question for both. Raises Missing outside the huvudman.
    """
    told = _told(session, actor, organizer_id, asked, by_group=True)
    whole, groups = (_standing(one, asked.known) for one in told)
    return whole.select("is_own", *OWN_CELL), groups.select("is_own", *GROUP_CELL)


def _standing(frame: pl.DataFrame, known: date | None) -> pl.DataFrame:
    """Return what stands now, or of own values what stood when the day *known* ended."""
    stands = pl.col("superseded_at").is_null()
    if known is not None:
        moment = end_of(known)
        until = pl.col("superseded_at")
        stands = (pl.col("recorded_at") < moment) & (until.is_null() | (until >= moment))
    return frame.filter(stands | ~pl.col("is_own"))


def own_versions(session: Session, actor: Actor, organizer_id: UUID, value_id: int) -> pl.DataFrame:
    """Return every version of the measure that a value is of, each as it may be told today."""
    return _told(session, actor, organizer_id, Asked((), pinned=[value_id]))[0]


def told_today(
    session: Session, actor: Actor, organizer_id: UUID, value_ids: Sequence[int]
) -> dict[int, str]:
    """Return the status in which each of these versions may be told today, by its number.

    A number that is pinned somewhere stays what it was, but not when it would now tell of few.
    """
    own = [one for one in value_ids if one >= OWN_IDS_START]
    if not own:
        return {}
    frame, _groups = _told(session, actor, organizer_id, Asked((), pinned=own))
    chosen = frame.filter(pl.col("value_id").is_in(own))
    return dict(chosen.select("value_id", "status").iter_rows())


def own_changed_since(
    actor: Actor, organizer_id: UUID, names: Sequence[str], moment: Any
) -> Select[OwnMeasure]:
    """Return the query of those measures (by code or title) of which an own value came or changed
    after *moment*, itself a part of a query; to be gathered with what else is read.
    """
    return (
        visible(OwnMeasure, actor)
        .join(OwnSeries, OwnSeries.measure_id == OwnMeasure.id)
        .join(OwnValue, OwnValue.series_id == OwnSeries.id)
        .where(
            OwnMeasure.organizer_id == organizer_id,
            OwnSeries.pupil_group == WHOLE,
            or_(OwnMeasure.code.in_(names), OwnMeasure.title.in_(names)),
            func.greatest(OwnValue.recorded_at, OwnValue.superseded_at) > moment,
        )
    )


def own_held(actor: Actor, organizer_id: UUID) -> Select[str, str]:
    """Return the query of the measures (code and title) of which there is an own value.

    It tells that something is read in, never how much or of whom.
    """
    stands = (
        select(OwnValue.id)
        .join(OwnSeries, OwnSeries.id == OwnValue.series_id)
        .where(
            OwnSeries.measure_id == OwnMeasure.id,
            OwnSeries.pupil_group == WHOLE,
            OwnSeries.area_type.in_(HERE),
            OwnValue.superseded_at.is_(None),
            OwnValue.value.is_not(None),
        )
    )
    return (
        visible(OwnMeasure, actor)
        .with_only_columns(OwnMeasure.code, OwnMeasure.title)
        .where(OwnMeasure.organizer_id == organizer_id, stands.exists())
    )


def has_changed(found: Gathered) -> bool:
    """Tell whether `own_changed_since` found any, among what was gathered."""
    return bool(found.of(OwnMeasure))


def _told(
    session: Session, actor: Actor, organizer_id: UUID, asked: Asked, *, by_group: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return every version of whole measures, and of groups when asked, as they may be told."""
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    parameters = {
        **asked.parameters,
        "owner": organizer_id,
        "is_inside": asked.audience is Audience.INSIDE,
        "by_group": by_group,
        "names": list(asked.names or ()),
        "pinned": list(asked.pinned),
        "is_all": asked.names is None,
        **parameter(asked.known),
    }
    query = f"{_OWN} UNION ALL {_BESIDE}"
    if asked.published:
        value = versions("value", earlier=asked.known is not None)
        published = f"{_PUBLISHED.format(value=value)} {asked.published}"
        if asked.with_silence:
            query = with_silence(query, published, _READ, value)
        else:
            query += f" UNION ALL {published}"
    cursor = session.connection().exec_driver_sql(query, parameters).cursor
    rows = cursor.fetchall() if cursor is not None else []
    frame = pl.DataFrame(rows, schema=_READ, orient="row", infer_schema_length=None)
    is_whole = pl.col("pupil_group") == WHOLE
    own = pass_gate(frame.filter(pl.col("is_own") & is_whole), asked.audience)
    if own["spread"].count():
        own = own.with_columns(told_spread(asked.audience))
    groups = as_told(frame.filter(~is_whole), own, asked.audience)
    told = as_known(frame.filter(~pl.col("is_own")), asked.known)
    return pl.concat([told, own.filter(pl.col("value_id").is_not_null())]), groups
