"""What the X-ray sees today: numbers as they may be shown, never what the gate hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.db.gather import gather
from ska.errors import Missing
from ska.organizers.models import Organizer
from ska.values.models import FalseAlarm, Measure, OwnImport
from ska.values.own import Asked, cells
from ska.values.reports import FileReport
from ska.values.xrays.findings import Finding
from ska.values.xrays.presence import renamed, stale
from ska.values.xrays.rules import examine, in_order

MOST_AT_ONCE = 20_000  # cells of an import whose report is shown with its findings
PATIENCE = timedelta(days=30)
_OURS = """(a.organizer_number = %(number)s
   OR (a.area_type = 'municipality' AND a.code = %(municipality)s))"""


@dataclass(frozen=True)
class Xray:
    """The findings of today: those to look at, and those closed as known false alarms."""

    open: list[Finding]
    closed: list[tuple[Finding, FalseAlarm]]


def xray_of(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    today: date,
    measures: Sequence[str] | None = None,
) -> Xray:
    """Return what the checks find in the huvudman's own values and in what is published of it.

    With *measures* (by code) only they are examined: no check looks across measures. Nothing is
    stored: a finding is there for as long as the numbers are as they are. Raises Missing without
    the right to read values in.
    """
    if not actor.may(Right.IMPORT_VALUES, organizer.id):
        raise Missing
    frame = _frame(session, actor, organizer, measures)
    kept = gather(
        session,
        [
            visible(FalseAlarm, actor).where(FalseAlarm.organizer_id == organizer.id),
            visible(OwnImport, actor).where(
                OwnImport.organizer_id == organizer.id, OwnImport.undone_at.is_(None)
            ),
        ],
    )
    warnings = [
        (str(made.id), one)
        for made in kept.of(OwnImport)
        for one in made.report.get("warnings", ())
        if isinstance(one, dict) and (measures is None or one.get("measure") in measures)
    ]
    found = in_order(
        {
            one.key: one
            for one in [
                *examine(frame), *renamed(warnings), *stale(frame, _expected(session, today)),
            ]
        }.values()
    )  # fmt: skip
    alarms = {one.finding: one for one in kept.of(FalseAlarm)}
    return Xray(
        [one for one in found if one.key not in alarms],
        [(one, alarms[one.key]) for one in found if one.key in alarms],
    )


def xray_of_import(
    session: Session, actor: Actor, organizer: Organizer, today: date, report: FileReport
) -> Xray | None:
    """Return what is found in an import's measures, None when there is too much to wait for."""
    if report.cells > MOST_AT_ONCE:
        return None
    return xray_of(session, actor, organizer, today, report.measures)


def _frame(
    session: Session, actor: Actor, organizer: Organizer, measures: Sequence[str] | None
) -> pl.DataFrame:
    parameters = {
        "number": organizer.organisation_number or "-",
        "municipality": organizer.municipality_code or "-",
    }
    which = _OURS if measures is None else f"{_OURS} AND m.code = ANY(%(names)s::text[])"
    asked = Asked(measures, published=which, parameters=parameters)
    return cells(session, actor, organizer.id, asked)


def _expected(session: Session, today: date) -> dict[tuple[str, str], str]:
    late = (today - PATIENCE).isoformat()
    rows = session.execute(
        select(Measure.source, Measure.code, Measure.next_publication).where(
            Measure.next_publication < late
        )
    )
    return {(source, code): str(day) for source, code, day in rows}
