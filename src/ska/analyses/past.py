"""Reading earlier years' reports: history beside the analyses, never one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.analyses.models import Analysis, PastAnalysis, PastParagraph
from ska.core.school_year import SchoolYear
from ska.db.gather import gather
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.organizers.models import SchoolUnit


def past_of(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    year: SchoolYear | None = None,
    part: Part = WHOLE,
) -> Sequence[PastAnalysis]:
    """Return the reports of earlier years, struck ones too, the latest year first."""
    query = visible(PastAnalysis, actor).where(PastAnalysis.organizer_id == organizer_id)
    if year is not None:
        query = query.where(PastAnalysis.year == year.start)
    order = (PastAnalysis.year.desc(), PastAnalysis.id)
    return session.scalars(in_parts(session, query, order, part)).all()


def past_rows(
    session: Session, actor: Actor, organizer_id: UUID, *, year: SchoolYear | None = None
) -> Sequence[Any]:
    """Return rows of the reports with the names of their units, the latest year first."""
    past = PastAnalysis
    query = visible(past, actor).where(past.organizer_id == organizer_id)
    if year is not None:
        query = query.where(past.year == year.start, past.struck_at.is_(None))
    return session.execute(
        query.outerjoin(SchoolUnit, SchoolUnit.id == past.unit_id)
        .with_only_columns(
            past.id, past.unit_id, past.year, past.title, past.source, past.kept_by,
            past.created_at, past.struck_at, SchoolUnit.name.label("unit"),
        )
        .order_by(SchoolUnit.name.nulls_first(), past.year.desc(), past.id)
    ).all()  # fmt: skip


def past_by_id(session: Session, actor: Actor, organizer_id: UUID, past_id: UUID) -> PastAnalysis:
    """Return one report of an earlier year; raise Missing when it is not there for this person."""
    found = session.scalar(
        visible(PastAnalysis, actor).where(
            PastAnalysis.organizer_id == organizer_id, PastAnalysis.id == past_id
        )
    )
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class WholePast:
    """A report of an earlier year with all of its paragraphs, for reading."""

    past: PastAnalysis
    paragraphs: Sequence[PastParagraph]
    unit: SchoolUnit | None


def whole_past(session: Session, actor: Actor, organizer_id: UUID, past_id: UUID) -> WholePast:
    """Return a report with its paragraphs in their order, in one question; raise Missing."""
    wanted = visible(PastAnalysis, actor).where(
        PastAnalysis.organizer_id == organizer_id, PastAnalysis.id == past_id
    )
    of_unit = wanted.with_only_columns(PastAnalysis.unit_id).scalar_subquery()
    found = gather(
        session,
        [
            wanted,
            visible(PastParagraph, actor).where(
                PastParagraph.organizer_id == organizer_id, PastParagraph.past_id == past_id
            ),
            visible(SchoolUnit, actor).where(SchoolUnit.id == of_unit),
        ],
    )
    if not found.of(PastAnalysis):
        raise Missing
    paragraphs = sorted(found.of(PastParagraph), key=lambda one: one.place)
    return WholePast(found.of(PastAnalysis)[0], paragraphs, next(iter(found.of(SchoolUnit)), None))


def past_before(actor: Actor, analysis: Analysis) -> Select[Any]:
    """Return the query of the same unit's reports of the years before an analysis."""
    same = (
        PastAnalysis.unit_id.is_(None)
        if analysis.unit_id is None
        else PastAnalysis.unit_id == analysis.unit_id
    )
    return visible(PastAnalysis, actor).where(
        PastAnalysis.organizer_id == analysis.organizer_id,
        PastAnalysis.struck_at.is_(None),
        PastAnalysis.year < analysis.year,
        same,
    )
