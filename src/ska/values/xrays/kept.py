"""What is found in published values: kept for each huvudman, made anew when they change.

Only what is published is kept: it is shown as its publisher shows it, and no gate will hide it
tomorrow. A huvudman's own values are examined whenever someone asks, through the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import polars as pl
from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.ids import new_id
from ska.db.session import ScopedSession
from ska.organizers.models import Organizer
from ska.values.models import Measure
from ska.values.queries import ORDER, published_cells, read_cells
from ska.values.shelves import cursor_of
from ska.values.xrays.catalogue import PLACES
from ska.values.xrays.findings import Finding
from ska.values.xrays.models import XrayFinding, XrayRound
from ska.values.xrays.rules import examine

EDITION = 1  # of the rules: when they find other things, what is kept is made anew
AT_ONCE = 300  # measures in memory at a time
PATIENCE = timedelta(days=30)
_TOLD = ("subject", "sentence", "content", "source", "measure", "value_id")
OURS = """(a.organizer_number = %(number)s
   OR (a.area_type = 'municipality' AND a.code = %(municipality)s))"""
_VERSION = "(SELECT max(GREATEST(recorded_at, undone_at)) FROM value_import)"
_DIGEST = "md5(concat(%(edition)s::text, string_agg(id || name, '|' ORDER BY id)))"
_GROUND = f"""
WITH ours AS MATERIALIZED (SELECT a.id, a.name FROM area a WHERE {OURS})
SELECT {_VERSION},
       ARRAY(SELECT id FROM ours ORDER BY id),
       (SELECT {_DIGEST} FROM ours),
       ARRAY(SELECT jsonb_build_array(m.source, m.code, m.title, m.next_publication, EXISTS (
               SELECT FROM series s JOIN value v ON v.series_id = s.id AND v.superseded_at IS NULL
               WHERE s.measure_id = m.id AND v.area_id = ANY(ARRAY(SELECT id FROM ours))))
             FROM measure m WHERE m.next_publication < %(late)s)
"""  # noqa: S608  # put together of constants only
_OF_EACH = OURS % {
    "number": "coalesce(nullif(o.organisation_number, ''), '-')",
    "municipality": "coalesce(nullif(o.municipality_code, ''), '-')",
}
_BEHIND = f"""
SELECT o.id FROM organizer o
CROSS JOIN LATERAL (SELECT {_DIGEST} AS digest FROM area a WHERE {_OF_EACH}) ours
LEFT JOIN xray_round r ON r.organizer_id = o.id
WHERE o.id = ANY(%(scope)s) AND (r.ground IS DISTINCT FROM ours.digest
   OR coalesce(r.built_on < {_VERSION}, {_VERSION} IS NOT NULL))
"""  # noqa: S608  # put together of constants only
_ALL = """
SELECT DISTINCT s.measure_id FROM value v JOIN series s ON s.id = v.series_id
WHERE v.superseded_at IS NULL AND v.area_id = ANY(%(areas)s) ORDER BY 1
"""
_CHANGED = """
SELECT DISTINCT m.id FROM value_import i
CROSS JOIN jsonb_array_elements_text(i.report -> 'measures') named(code)
JOIN measure m ON m.source = i.source AND m.code = named.code
WHERE GREATEST(i.recorded_at, i.undone_at) > %(since)s ORDER BY 1
"""


@dataclass(frozen=True)
class Ground:
    """What is published of a huvudman and its municipality today, and which of it is late.

    *late* is source, code, title and day of measures, and whether any value of them is ours.
    """

    version: datetime | None
    areas: list[int]
    digest: str
    late: list[tuple[str, str, str, str, bool]]

    def is_newer_than(self, made: XrayRound | None) -> bool:
        """Tell whether what is kept has to be made anew, the whole or in part."""
        if made is None or made.ground != self.digest:
            return True
        return self.version is not None and (made.built_on is None or made.built_on < self.version)

    @property
    def expected(self) -> dict[tuple[str, str], str]:
        """Return the day when a measure, by source and code, should have come."""
        return {(source, code): day for source, code, _title, day, _ours in self.late}

    @property
    def late_of_ours(self) -> pl.DataFrame:
        """Return the late measures that have published values of ours."""
        rows = [one[:3] for one in self.late if one[4]]
        names = ("source", "measure", "title")
        return pl.DataFrame(rows, dict.fromkeys(names, pl.String), orient="row")


def asked_of(organizer: Organizer) -> dict[str, str]:
    """Return what the condition `OURS` is told of a huvudman."""
    return {
        "number": organizer.organisation_number or "-",
        "municipality": organizer.municipality_code or "-",
    }


def ground_of(session: Session, organizer: Organizer, today: date) -> Ground:
    """Return what the findings in published values stand on today."""
    late = (today - PATIENCE).isoformat()
    asked = {**asked_of(organizer), "edition": EDITION, "late": late}
    with cursor_of(session.connection()) as cursor:
        version, areas, digest, found = cursor.execute(_GROUND, asked).fetchone()
    return Ground(version, areas, digest, [tuple(one) for one in found])


def with_new_ground(session: ScopedSession, _now: datetime) -> list[UUID]:
    """Return the huvudmän in scope whose findings are to be made anew, as `is_newer_than` tells."""
    asked = {"edition": EDITION, "scope": list(session.scope.readable)}
    with cursor_of(session.connection()) as cursor:
        return [one for (one,) in cursor.execute(_BEHIND, asked)]


def examine_published(session: Session, actor: Actor, organizer_id: UUID, today: date) -> None:
    """Have what is found in published values ready; runs inside the huvudman's scope."""
    organizer = session.get_one(Organizer, organizer_id)
    keep_up(session, actor, organizer, ground_of(session, organizer, today))


def keep_up(session: Session, actor: Actor, organizer: Organizer, ground: Ground) -> None:
    """Bring what is kept up to *ground*, one at a time for each huvudman.

    Only measures of imports that have come or gone since are examined, unless the areas or the
    rules are others.
    """
    session.execute(
        insert(XrayRound)
        .values(id=new_id(), organizer_id=organizer.id, ground="", found=0)
        .on_conflict_do_nothing(index_elements=["organizer_id"])
    )
    rounds = visible(XrayRound, actor).where(XrayRound.organizer_id == organizer.id)
    made = session.scalars(rounds.with_for_update()).one()
    if not ground.is_newer_than(made):
        return
    anew = made.ground != ground.digest or made.built_on is None
    measures = _measures(session, ground, None if anew else made.built_on)
    _forget(session, organizer, None if anew else measures)
    for start in range(0, len(measures), AT_ONCE):
        _examine(session, organizer, ground, measures[start : start + AT_ONCE])
    made.ground, made.built_on = ground.digest, ground.version
    mine = visible(XrayFinding, actor).where(XrayFinding.organizer_id == organizer.id)
    made.found = session.scalar(mine.with_only_columns(func.count())) or 0
    session.flush()


def _measures(session: Session, ground: Ground, since: datetime | None) -> list[int]:
    """Return the measures with values of ours, or those that imports have touched *since*."""
    query, asked = (_CHANGED, {"since": since}) if since else (_ALL, {"areas": ground.areas})
    with cursor_of(session.connection()) as cursor:
        return [one for (one,) in cursor.execute(query, asked)]


def _forget(session: Session, organizer: Organizer, measures: list[int] | None) -> None:
    gone = delete(XrayFinding).where(XrayFinding.organizer_id == organizer.id)
    if measures is not None:
        named = select(Measure.source, Measure.code).where(Measure.id.in_(measures))
        gone = gone.where(tuple_(XrayFinding.source, XrayFinding.measure).in_(named))
    session.execute(gone)


def _examine(session: Session, organizer: Organizer, ground: Ground, measures: list[int]) -> None:
    which = "s.measure_id = ANY(%(measures)s) AND v.area_id = ANY(%(areas)s)"
    asked = {"measures": measures, "areas": ground.areas}
    frame = read_cells(session, f"{published_cells()} WHERE {which}{ORDER}", asked)
    found = {one.key: one for one in examine(frame.with_columns(is_own=pl.lit(False)))}
    session.add_all(_row(organizer, one) for one in found.values())


def _row(organizer: Organizer, one: Finding) -> XrayFinding:
    return XrayFinding(
        organizer_id=organizer.id,
        finding=one.key,
        place=PLACES[one.rule_id],
        rule=one.rule_id,
        **{name: getattr(one, name) for name in _TOLD},
    )


def finding_of(row: XrayFinding) -> Finding:
    """Return what was kept as the finding that it was."""
    return Finding(row.rule, **{name: getattr(row, name) for name in _TOLD})
