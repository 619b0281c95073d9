"""The analyses and insatser that touch an indicator, in one statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Date, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action
from ska.analyses.models import Analysis, DevelopmentArea, Finding, FindingTag, Observation
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.overview.rules.trends import Happening

MOST = 12


def pinned_from(code: str) -> str:
    """Return what an observation's origin says when its numbers come from an indicator."""
    return f"indicator:{code}"


def happenings_of(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    code: str,
    sub_goals: list[str],
    unit_id: UUID | None,
    path: str,
) -> tuple[Happening, ...]:
    """Return the latest analyses tagged with the indicator or its delmål, and their insatser."""
    touched = _touched(organizer_id, code, sub_goals)
    analyses = _analyses(actor, organizer_id, touched)
    actions = _actions(actor, organizer_id, touched)
    if unit_id is not None:
        analyses = analyses.where(or_(Analysis.unit_id.is_(None), Analysis.unit_id == unit_id))
        actions = actions.where(or_(Action.unit_id.is_(None), Action.unit_id == unit_id))
    both = union_all(analyses, actions).subquery()
    rows = session.execute(select(both).order_by(both.c.day.desc(), both.c.id).limit(MOST)).all()
    return tuple(_happening(row, path) for row in reversed(rows))


def _touched(organizer_id: UUID, code: str, sub_goals: list[str]) -> Any:
    tags = (
        select(Finding.analysis_id)
        .join(FindingTag, FindingTag.finding_id == Finding.id)
        .where(
            Finding.organizer_id == organizer_id,
            or_(
                (FindingTag.kind == "indicator") & (FindingTag.item == code),
                (FindingTag.kind == "sub_goal") & FindingTag.item.in_(sub_goals),
            ),
        )
    )
    pinned = select(Observation.analysis_id).where(
        Observation.organizer_id == organizer_id,
        Observation.origin == pinned_from(code),
        Observation.is_kept,
    )
    both = union_all(tags, pinned).subquery()
    return select(both.c.analysis_id)


def _analyses(actor: Actor, organizer_id: UUID, touched: Any) -> Any:
    when = cast(func.coalesce(Analysis.established_at, Analysis.created_at), Date)
    return (
        visible(Analysis, actor)
        .where(Analysis.organizer_id == organizer_id, Analysis.id.in_(touched))
        .with_only_columns(
            literal("analysis").label("kind"),
            Analysis.id.label("id"),
            Analysis.title.label("title"),
            when.label("day"),
            cast(Analysis.year, String).label("extra"),
        )
    )


def _actions(actor: Actor, organizer_id: UUID, touched: Any) -> Any:
    return (
        visible(Action, actor)
        .join(DevelopmentArea, DevelopmentArea.id == Action.area_id)
        .where(Action.organizer_id == organizer_id, DevelopmentArea.analysis_id.in_(touched))
        .with_only_columns(
            literal("action"), Action.id, Action.title, Action.starts, cast(Action.kind, String)
        )
    )


def _happening(row: Any, path: str) -> Happening:
    if row.kind == "analysis":
        year = SchoolYear(int(row.extra))
        href = f"{path}/{year.slug}/analyser/{row.id}"
        return Happening(row.day, f"{_('Analys')}: {row.title}", href)
    word = _("Åtgärd") if row.extra == "remedy" else _("Insats")
    return Happening(row.day, f"{word}: {row.title}", f"{path}/insatser/{row.id}")
