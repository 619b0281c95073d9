"""The values of an indicator or of many, published and own, in one statement (decision 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.errors import Missing
from ska.overview.queries.peers import Peer
from ska.values.gate import pass_gate
from ska.values.importers.observations import Source
from ska.values.known import as_known, parameter, versions
from ska.values.queries import CELL
from ska.values.rules import Audience, Origin

_SELECT = """
SELECT {is_own} AS is_own, s.definition_version, v.id, m.source, m.code, m.title, m.unit, m.nature,
       m.smallest_group, a.area_type, a.code, a.name, a.organizer_number, a.unit_code, s.scope,
       s.gender, s.period_type, v.period, v.value, v.status, v.n, v.finality, v.raw_value,
       v.carried_from, v.recorded_at, v.superseded_at, {limits}
FROM {own}measure m
JOIN {own}series s ON s.measure_id = m.id
JOIN {versions} v ON v.series_id = s.id
JOIN {own}area a ON a.id = v.area_id
{join}
"""
_PUBLISHED = """
WHERE s.gender = 'T'
  AND ((m.source = 'skolverket_pxweb' AND m.title = ANY(%(titles)s::text[]))
       OR (m.source = ANY(ARRAY['kolada', 'siris']) AND m.code = ANY(%(codes)s::text[])))
  AND (a.area_type = 'country'
       OR (a.area_type = 'municipality' AND a.code = ANY(%(municipalities)s::text[]))
       OR (a.area_type = 'organizer' AND a.code = ANY(%(organizers)s::text[]))
       OR (a.area_type = 'school_unit' AND a.unit_code = ANY(%(units)s::text[])))
UNION ALL
"""
_OWN = """
WHERE m.organizer_id = %(owner)s
  AND (m.code = ANY(%(titles)s::text[]) OR m.title = ANY(%(titles)s::text[])
       OR m.code = ANY(%(codes)s::text[]))
"""
_BY_TITLE = (str(Source.QUALITY_SYSTEM), str(Source.LOCAL))
COLUMNS = {"is_own": pl.Boolean, "definition_version": pl.Int64, **CELL}


@dataclass(frozen=True)
class Wanted:
    """Which measures (by title, or by the source's code) and which areas to read."""

    titles: tuple[str, ...]
    codes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@cache
def _both(*, earlier: bool) -> str:
    """Return the SQL of published and own values, with *earlier* those of a moment too."""
    published = _SELECT.format(
        is_own="false",
        own="",
        versions=versions("value", earlier=earlier),
        limits="NULL::integer, NULL::integer",
        join="",
    )
    own = _SELECT.format(
        is_own="true",
        own="own_",
        versions=versions("own_value", earlier=earlier),
        limits="l.inside, l.outside",
        join="LEFT JOIN own_limit l ON l.organizer_id = m.organizer_id",
    )
    return published + _PUBLISHED + own + _OWN


def plain(label: str) -> str:
    """Return a published label as measures are titled: without the asterisk of its footnote."""
    return label.rstrip("* ").strip()


def wanted_of(
    indicators: Sequence[dict[str, Any]],
    *,
    municipality_code: str | None,
    organisation_number: str | None,
    unit_code: str | None,
    peers: Sequence[Peer] = (),
) -> Wanted:
    """Return what to read for *indicators* (their definitions), for one place and its like."""
    titles = [
        title
        for one in indicators
        for title in (one["id"], one["name"], plain(one.get("published_label") or ""))
        if title
    ]
    codes = [link["kpi"] for one in indicators for link in one.get("kolada_links") or ()]
    for one in indicators:
        for source, measure in one.get("reads") or ():
            (titles if source in _BY_TITLE else codes).append(measure)
    return Wanted(
        tuple(dict.fromkeys(titles)),
        tuple(dict.fromkeys(codes)),
        _known(municipality_code, *(peer.code for peer in peers)),
        _known(organisation_number, *(peer.organisation_number for peer in peers)),
        _known(unit_code),
    )


def _known(*codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in codes if code)


def read_values(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    wanted: Wanted,
    *,
    known: date | None = None,
) -> pl.DataFrame:
    """Return values of today or as *known* on a day, own ones through the gate (columns COLUMNS).

    Own values are read as whole families before anything is chosen, so that none can be worked
    out from the rest. Raises Missing outside the huvudman.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    parameters = {
        "titles": list(wanted.titles),
        "codes": list(wanted.codes),
        "municipalities": list(wanted.municipalities),
        "organizers": list(wanted.organizers),
        "units": list(wanted.units),
        "owner": organizer_id,
        **parameter(known),
    }
    query = _both(earlier=known is not None)
    cursor = session.connection().exec_driver_sql(query, parameters).cursor
    rows = cursor.fetchall() if cursor is not None else []
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row", infer_schema_length=None)
    shown = as_known(frame, known, _gated)
    return shown.filter(pl.col("gender") == "T").sort("value_id", "is_own")


def _gated(frame: pl.DataFrame) -> pl.DataFrame:
    local = pl.col("is_own") & (pl.col("source") == "local")
    gated = pass_gate(frame.filter(local), Audience.INSIDE, origin=Origin.OWN)
    return pl.concat([frame.filter(~local), gated])
