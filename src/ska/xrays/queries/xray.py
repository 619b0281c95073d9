"""What the X-ray of the work sees: five years of it, as far as the person may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right
from ska.framework.queries import items_in_force
from ska.organizers.models import Organizer
from ska.values.history import revised_since
from ska.xrays.catalogue import shipped
from ska.xrays.queries.everything import Alarm, everything
from ska.xrays.rules import Finding, Work, examine, written

KINDS = ("objective", "sub_goal", "indicator", "curriculum_area")
LINES_OF_LAW = ("skollagen 4:3", "skollagen 4:4", "skollagen 4:6", "skollagen 4:13")


@dataclass(frozen=True)
class WorkXray:
    """The findings of today: those to look at, and those closed as known."""

    open: list[Finding]
    closed: list[tuple[Finding, Alarm]]
    units: dict[UUID | None, str]


def work_xray(session: Session, actor: Actor, organizer: Organizer, today: date) -> WorkXray:
    """Return what the rules find in the quality work that the person may read: four statements.

    Those who work with one unit see what is about their unit; what is about the huvudman as a
    whole is for those who work there.
    """
    work, alarms = _read(session, actor, organizer.id, today)
    own = actor.units(Right.READ, organizer.id)
    found = [
        one
        for one in examine(work, shipped().rules.values())
        if own is None or one.hit.unit_id in own
    ]
    closed = {one.finding: one for one in alarms}
    return WorkXray(
        [one for one in found if one.key not in closed],
        [(one, closed[one.key]) for one in found if one.key in closed],
        {None: organizer.name} | {one.id: one.name for one in work.units},
    )


def _read(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> tuple[Work, list[Alarm]]:
    things = everything(session, actor, organizer_id, today)
    alarms = things.pop("alarms")
    things["pinned"] = _with_moves(session, things["pinned"], things["analyses"])
    names = {f"{one.kind}:{one.code}": one.heading for one in items_in_force(session, kinds=KINDS)}
    names |= {f"local_goal:{one.id}": one.title for one in things["goals"]}
    work = Work(
        today,
        **things,
        requirements=LINES_OF_LAW,
        role_called={name.casefold(): str(role) for role, name in ROLE_NAMES.items()},
        goal_called=names,
    )
    return work, alarms


def _with_moves(
    session: Session, pinned: list[written.Pinned], analyses: list[written.Analysis]
) -> list[written.Pinned]:
    unfinished = {one.id for one in analyses if not one.is_established}
    asked = [one.value_id for one in pinned if one.value_id and one.analysis_id in unfinished]
    revised = revised_since(session, asked) if asked else {}
    return [replace(one, moved=True) if one.value_id in revised else one for one in pinned]
