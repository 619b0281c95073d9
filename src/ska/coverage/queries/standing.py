"""Var står vi?: the whole page in four statements, however much there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.school_year import SchoolYear
from ska.coverage.queries.chain import done
from ska.coverage.queries.places import Ours, UnitRow
from ska.coverage.queries.values import measured, titles_of
from ska.coverage.rules import Coverage, Done, Measured, Row, joined, summed
from ska.framework.models import LocalGoal, LocalTie
from ska.framework.queries import ItemRow, items_in_force
from ska.organizers.models import Organizer

KINDS = ("objective", "sub_goal", "indicator", "curriculum", "curriculum_area")


@dataclass(frozen=True)
class _Ground:
    """All that was read, before it is laid out."""

    path: str
    items: list[ItemRow]
    values: dict[str, Measured]
    done: dict[str, Done]
    goals: list[LocalGoal]
    ties: list[LocalTie]


def coverage(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    *,
    ours: Ours,
    since: SchoolYear,
    unit: UnitRow | None = None,
    known: date | None = None,
) -> Coverage:
    """Return what the huvudman (or a *unit*) has per delmål, area and local goal.

    Målsättningar of other skolformer are left out; with no skolform known all are kept. With
    *known* the values are those of that day; the work is today's.
    """
    school_types = unit.school_types if unit else ours.school_types
    catalogue = items_in_force(session, kinds=KINDS)
    titles = {
        title: one.code
        for one in catalogue
        if one.kind == "indicator"
        for title in titles_of(one.code, one.heading, one.published_label)
    }
    ground = _Ground(
        path=f"/{organizer.slug}/malsattningar",
        items=[one for one in catalogue if _concerns(one, school_types)],
        values=measured(
            session,
            actor,
            organizer_id=organizer.id,
            organisation_number=organizer.organisation_number,
            titles=titles,
            unit_code=unit.code if unit else None,
            known=known,
        ),
        done=done(
            session,
            actor,
            organizer_id=organizer.id,
            since=since,
            unit_id=unit.id if unit else None,
        ),
        goals=ours.goals,
        ties=ours.ties,
    )
    return _laid_out(ground)


def _concerns(item: ItemRow, school_types: frozenset[str]) -> bool:
    return not school_types or not item.school_types or bool(school_types & {*item.school_types})


def _laid_out(ground: _Ground) -> Coverage:
    children: dict[str | None, list[ItemRow]] = defaultdict(list)
    for item in ground.items:
        children[item.parent_id].append(item)
    objectives = [one for one in ground.items if one.kind == "objective"]
    curricula = [one for one in ground.items if one.kind == "curriculum"]
    known = [one for one in objectives if children[one.id]]
    return Coverage(
        system=next((one.edition_id for one in objectives), ""),
        objectives=tuple(
            (one.heading, tuple(_row(ground, part) for part in children[one.id])) for one in known
        ),
        unread=tuple(one.heading for one in objectives if not children[one.id]),
        curricula=tuple(
            (one.heading, tuple(_row(ground, part) for part in children[one.id]))
            for one in curricula
        ),
        local=tuple(_local(ground, goal) for goal in ground.goals),
    )


def _row(ground: _Ground, item: ItemRow) -> Row:
    measures = [
        one
        for one in ground.items
        if one.kind == "indicator" and item.code in one.details.get("sub_goals", ())
    ]
    tied = [one for one in ground.ties if one.item_id == item.id]
    goal_ids = {one.local_goal_id for one in tied if one.local_goal_id}
    measure_ids = {one.local_indicator_id for one in tied if one.local_indicator_id}
    keys = [
        f"{item.kind}:{item.code}",
        *(f"indicator:{one.code}" for one in measures),
        *(f"local_goal:{one}" for one in goal_ids),
        *(f"local_indicator:{one}" for one in measure_ids),
    ]
    return Row(
        code=item.code,
        kind=item.kind,
        heading=item.heading,
        href=f"{ground.path}/{item.id}",
        is_ours=not item.heading_is_official,
        indicators=len(measures),
        done=joined(keys, ground.done),
        local_goals=tuple(one.title for one in ground.goals if one.id in goal_ids),
        parts=tuple(_indicator(ground, one) for one in measures),
        **summed((one.code for one in measures), ground.values),
    )


def _indicator(ground: _Ground, item: ItemRow) -> Row:
    return Row(
        code=item.code,
        kind=item.kind,
        heading=item.heading,
        href=f"{ground.path}/{item.id}",
        is_ours=True,
        indicators=1,
        done=joined([f"indicator:{item.code}"], ground.done),
        **summed([item.code], ground.values),
    )


def _local(ground: _Ground, goal: LocalGoal) -> Row:
    return Row(
        code=str(goal.id),
        kind="local_goal",
        heading=goal.title,
        href=f"{ground.path.rpartition('/')[0]}/egna-mal/{goal.id}",
        is_ours=False,
        done=joined([f"local_goal:{goal.id}"], ground.done),
    )
