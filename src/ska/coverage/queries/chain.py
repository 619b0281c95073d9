"""What people have done about things in the framework: through the tags of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action, FollowUp
from ska.actions.rules import ActionState
from ska.analyses.models import (
    Analysis,
    AreaCause,
    Cause,
    FindingObservation,
    FindingTag,
    Observation,
)
from ska.core.school_year import SchoolYear
from ska.coverage.rules import Done
from ska.db.gather import gather


@dataclass(frozen=True)
class AnalysisRow:
    """An analysis that tags something."""

    id: UUID
    title: str
    state: str
    year: int

    @property
    def school_year(self) -> SchoolYear:
        """Return the läsår of the analysis."""
        return SchoolYear(self.year)


@dataclass(frozen=True)
class ActionRow:
    """An insats or åtgärd that answers something tagged."""

    id: UUID
    title: str
    kind: str
    state: str
    followed_up: bool


def done(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    since: SchoolYear,
    unit_id: UUID | None = None,
) -> dict[str, Done]:
    """Return ``kind:item`` → what is done about it in analyses from the school year *since* on.

    One statement, however many analyses there are; what the person may not see is not counted.
    """
    chain = _chain(actor, organizer_id, since, unit_id).subquery()
    rows = session.execute(
        select(
            chain.c.kind,
            chain.c.item,
            func.array_agg(chain.c.analysis_id.distinct()),
            _all(chain.c.observation_id),
            _all(chain.c.action_id),
            _all(chain.c.followed_up),
        ).group_by(chain.c.kind, chain.c.item)
    )
    return {
        f"{kind}:{item}": Done(*(frozenset(ids or ()) for ids in found))
        for kind, item, *found in rows
    }


def about(
    session: Session, actor: Actor, organizer_id: UUID, keys: list[str]
) -> tuple[list[AnalysisRow], list[ActionRow]]:
    """Return what is about any of *keys*, newest first: analyses that tag it, insatser for it."""
    tagged = select(FindingTag.analysis_id).where(
        FindingTag.organizer_id == organizer_id, _among(keys)
    )
    areas = (
        select(AreaCause.area_id)
        .join(Cause, Cause.id == AreaCause.cause_id)
        .join(FindingTag, FindingTag.finding_id == Cause.finding_id)
        .where(FindingTag.organizer_id == organizer_id, _among(keys))
    )
    answers = select(Action.id).where(
        Action.organizer_id == organizer_id, Action.area_id.in_(areas)
    )
    found = gather(
        session,
        [
            visible(Analysis, actor).where(
                Analysis.organizer_id == organizer_id, Analysis.id.in_(tagged)
            ),
            visible(Action, actor).where(
                Action.organizer_id == organizer_id,
                Action.area_id.in_(areas),
                Action.state != ActionState.WITHDRAWN,
            ),
            visible(FollowUp, actor).where(
                FollowUp.organizer_id == organizer_id,
                FollowUp.answered_at.is_not(None),
                FollowUp.action_id.in_(answers),
            ),
        ],
    )
    followed = {one.action_id for one in found.of(FollowUp)}
    analyses = sorted(found.of(Analysis), key=lambda one: (one.year, one.id), reverse=True)
    actions = sorted(found.of(Action), key=lambda one: (one.starts, one.id), reverse=True)
    return (
        [AnalysisRow(one.id, one.title, one.state, one.year) for one in analyses],
        [ActionRow(a.id, a.title, a.kind, a.state, a.id in followed) for a in actions],
    )


def _all(column: Any) -> Any:
    return func.array_agg(column.distinct()).filter(column.is_not(None))


def _among(keys: list[str]) -> Any:
    pairs = [tuple(key.split(":", 1)) for key in keys]
    return tuple_(FindingTag.kind, FindingTag.item).in_(pairs)


def _chain(
    actor: Actor, organizer_id: UUID, since: SchoolYear, unit_id: UUID | None
) -> Select[Any]:
    actions = (
        visible(Action, actor)
        .where(Action.organizer_id == organizer_id, Action.state != ActionState.WITHDRAWN)
        .with_only_columns(Action.id, Action.area_id)
        .subquery()
    )
    answered = (
        visible(FollowUp, actor)
        .where(FollowUp.organizer_id == organizer_id, FollowUp.answered_at.is_not(None))
        .with_only_columns(FollowUp.id, FollowUp.action_id)
        .subquery()
    )
    query = (
        visible(FindingTag, actor)
        .where(FindingTag.organizer_id == organizer_id, Analysis.year >= since.start)
        .join(Analysis, Analysis.id == FindingTag.analysis_id)
        .outerjoin(FindingObservation, FindingObservation.finding_id == FindingTag.finding_id)
        .outerjoin(
            Observation,
            and_(Observation.id == FindingObservation.observation_id, Observation.is_kept),
        )
        .outerjoin(Cause, Cause.finding_id == FindingTag.finding_id)
        .outerjoin(AreaCause, AreaCause.cause_id == Cause.id)
        .outerjoin(actions, actions.c.area_id == AreaCause.area_id)
        .outerjoin(answered, answered.c.action_id == actions.c.id)
        .with_only_columns(
            FindingTag.kind,
            FindingTag.item,
            FindingTag.analysis_id,
            Observation.id.label("observation_id"),
            actions.c.id.label("action_id"),
            answered.c.action_id.label("followed_up"),
        )
    )
    return query if unit_id is None else query.where(Analysis.unit_id == unit_id)
