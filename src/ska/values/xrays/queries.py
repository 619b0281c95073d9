"""What the X-ray sees today: numbers as they may be shown, never what the gate hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.db.gather import Gathered, gather
from ska.errors import Missing
from ska.organizers.models import Organizer
from ska.values.models import OwnImport
from ska.values.own import Asked, cells
from ska.values.reports import FileReport
from ska.values.xrays.findings import Finding
from ska.values.xrays.kept import OURS, asked_of, finding_of, ground_of, keep_up
from ska.values.xrays.models import FalseAlarm, XrayFinding, XrayRound
from ska.values.xrays.presence import renamed, stale
from ska.values.xrays.rules import examine, in_order

MOST_AT_ONCE = 20_000  # cells of an import whose report is shown with its findings


@dataclass(frozen=True)
class Xray:
    """The findings of today: those to look at, and those closed as known false alarms.

    *count* is how many there are to look at, also when only the first were asked for.
    """

    open: list[Finding]
    closed: list[tuple[Finding, FalseAlarm]]
    count: int


def xray_of(
    session: Session, actor: Actor, organizer: Organizer, today: date, *, most: int | None = None
) -> Xray:
    """Return what the checks find in the huvudman's own values and in what is published of it.

    A finding is there for as long as the numbers are as they are: own values are examined now,
    and what is found in published ones is brought up to date first. With *most* only so many of
    the open ones are told. Raises Missing without the right to read values in.
    """
    if not actor.may(Right.IMPORT_VALUES, organizer.id):
        raise Missing
    own = cells(session, actor, organizer.id, Asked())
    ground = ground_of(session, organizer, today)
    kept = _kept(session, actor, organizer, most)
    if ground.is_newer_than(next(iter(kept.of(XrayRound)), None)):
        keep_up(session, actor, organizer, ground)
        kept = _kept(session, actor, organizer, most)
    named = pl.concat([own.select("source", "measure", "title"), ground.late_of_ours])
    live = [*examine(own), *renamed(_warnings(kept)), *stale(named, ground.expected)]
    published = [finding_of(one) for one in kept.of(XrayFinding)]
    untold = kept.of(XrayRound)[0].found - len(published)
    return _sorted_out([*live, *published], kept.of(FalseAlarm), most, untold)


def xray_of_import(
    session: Session, actor: Actor, organizer: Organizer, today: date, report: FileReport
) -> Xray | None:
    """Return what is found in an import's measures, None when there is too much to wait for.

    Only they are read and examined, own and published: no check looks across measures. Raises
    Missing without the right to read values in.
    """
    if not actor.may(Right.IMPORT_VALUES, organizer.id):
        raise Missing
    if report.cells > MOST_AT_ONCE:
        return None
    names = report.measures
    ours = f"{OURS} AND m.code = ANY(%(names)s::text[])"
    asked = Asked(names, published=ours, parameters=asked_of(organizer))
    frame = cells(session, actor, organizer.id, asked)
    kept = _kept(session, actor, organizer, 0)
    warnings = [(made, one) for made, one in _warnings(kept) if one.get("measure") in names]
    late = ground_of(session, organizer, today).expected
    found = [*examine(frame), *renamed(warnings), *stale(frame, late)]
    return _sorted_out(found, kept.of(FalseAlarm))


def _kept(session: Session, actor: Actor, organizer: Organizer, most: int | None) -> Gathered:
    """Return alarms, standing imports and the round, with the closed and first open findings."""
    alarms, imports, rounds, findings = (
        visible(table, actor).where(table.organizer_id == organizer.id)
        for table in (FalseAlarm, OwnImport, XrayRound, XrayFinding)
    )
    is_known = XrayFinding.finding.in_(alarms.with_only_columns(FalseAlarm.finding))
    first = findings.where(~is_known).order_by(XrayFinding.place, XrayFinding.sentence)
    standing = imports.where(OwnImport.undone_at.is_(None))
    return gather(session, [alarms, standing, rounds, findings.where(is_known), first.limit(most)])


def _warnings(kept: Gathered) -> list[tuple[str, dict[str, str | None]]]:
    return [
        (str(made.id), one)
        for made in kept.of(OwnImport)
        for one in made.report.get("warnings", ())
        if isinstance(one, dict)
    ]


def _sorted_out(
    found: Iterable[Finding], alarms: Sequence[FalseAlarm], most: int | None = None, untold: int = 0
) -> Xray:
    known = {one.finding: one for one in alarms}
    told = in_order({one.key: one for one in found}.values())
    still = [one for one in told if one.key not in known]
    closed = [(one, known[one.key]) for one in told if one.key in known]
    return Xray(still[:most], closed, len(still) + untold)
