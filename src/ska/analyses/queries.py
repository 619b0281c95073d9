"""Reading analyses: lists of rows, and one analysis with all its parts in few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.analyses.models import (
    Analysis,
    AnalysisUnit,
    AreaCause,
    Cause,
    DevelopmentArea,
    Evidence,
    ExpectedEffect,
    Finding,
    FindingObservation,
    FindingTag,
    InAnalysis,
    Observation,
    ObservationValue,
    Participation,
    StruckPart,
)
from ska.analyses.rules import say_revised
from ska.core.school_year import SchoolYear
from ska.core.swedish import sort_key
from ska.db.gather import Gathered, gather
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.organizers.models import SchoolUnit
from ska.values.history import Revision, revised_since
from ska.values.models import OWN_IDS_START
from ska.values.own import told_today
from ska.values.rules import ValueStatus, status_word
from ska.writing.models import WrittenText

P = TypeVar("P", bound=InAnalysis)


def analyses_of_year(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear
) -> Sequence[Any]:
    """Return rows (id, title, state, level, unit, written_by, updated_at, causes, areas)."""
    causes = (
        select(func.count())
        .where(Cause.organizer_id == Analysis.organizer_id, Cause.analysis_id == Analysis.id)
        .scalar_subquery()
    )
    areas = (
        select(func.count())
        .where(
            DevelopmentArea.organizer_id == Analysis.organizer_id,
            DevelopmentArea.analysis_id == Analysis.id,
        )
        .scalar_subquery()
    )
    return session.execute(
        visible(Analysis, actor)
        .where(Analysis.organizer_id == organizer_id, Analysis.year == year.start)
        .outerjoin(SchoolUnit, SchoolUnit.id == Analysis.unit_id)
        .with_only_columns(
            Analysis.id,
            Analysis.title,
            Analysis.state,
            Analysis.level,
            Analysis.written_by,
            Analysis.updated_at,
            Analysis.established_at,
            SchoolUnit.name.label("unit"),
            causes.label("causes"),
            areas.label("areas"),
        )
        .order_by(Analysis.level, SchoolUnit.name, Analysis.created_at, Analysis.id)
    ).all()


def whole_analyses(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear, *, part: Part = WHOLE
) -> Sequence[Analysis]:
    """Return the analyses of a school year, oldest first."""
    query = visible(Analysis, actor).where(
        Analysis.organizer_id == organizer_id, Analysis.year == year.start
    )
    order = (Analysis.created_at, Analysis.id)
    return session.scalars(in_parts(session, query, order, part)).all()


def analysis_by_id(
    session: Session, actor: Actor, organizer_id: UUID, analysis_id: UUID
) -> Analysis:
    """Return one analysis; raise Missing when it is not there for this person."""
    found = session.scalar(
        visible(Analysis, actor).where(
            Analysis.organizer_id == organizer_id, Analysis.id == analysis_id
        )
    )
    if found is None:
        raise Missing
    return found


def units_about(session: Session, actor: Actor, analysis: Analysis) -> set[UUID]:
    """Return the units that a huvudman's analysis is about."""
    return set(
        session.scalars(
            visible(AnalysisUnit, actor)
            .where(
                AnalysisUnit.organizer_id == analysis.organizer_id,
                AnalysisUnit.analysis_id == analysis.id,
            )
            .with_only_columns(AnalysisUnit.unit_id)
        )
    )


def part_by_id(
    session: Session, actor: Actor, table: type[P], organizer_id: UUID, part_id: UUID
) -> P:
    """Return one part of an analysis; raise Missing when it is not there for this person."""
    statement = visible(table, actor).where(
        table.organizer_id == organizer_id,
        table.id == part_id,  # type: ignore[attr-defined]  # every table has an id
    )
    found = session.scalar(statement)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Parts:
    """An analysis with everything in it, for its page and for the API."""

    analysis: Analysis
    texts: dict[str, WrittenText]
    observations: Sequence[Observation]
    findings: Sequence[Finding]
    causes: Sequence[Cause]
    areas: Sequence[DevelopmentArea]
    participation: Sequence[Participation]
    about: Sequence[SchoolUnit]
    struck: Sequence[StruckPart]
    more: Gathered

    def part(self, table: type[Any], part_id: UUID) -> Any:
        """Return one part of a kind, for reading; raise Missing when the analysis has it not."""
        for one in self.more.of(table):
            if one.id == part_id:
                return one
        raise Missing

    @property
    def labels(self) -> dict[str, str]:
        """Return what each part says in one line, by its id."""
        said: list[Observation | Finding | Cause] = [*self.observations, *self.findings]
        said += self.causes
        titles = {str(one.id): one.title for one in self.areas}
        return {**{str(one.id): one.text for one in said}, **titles}

    def causes_of(self, finding: Finding) -> list[Cause]:
        """Return the causes that explain *finding*."""
        return [cause for cause in self.causes if cause.finding_id == finding.id]

    def observations_of(self, finding: Finding) -> list[Observation]:
        """Return the observations that *finding* rests on."""
        wanted = {link.observation_id for link in finding.observations}
        return [one for one in self.observations if one.id in wanted]

    def causes_behind(self, area: DevelopmentArea) -> list[Cause]:
        """Return the causes that *area* answers."""
        wanted = {link.cause_id for link in area.causes}
        return [cause for cause in self.causes if cause.id in wanted]


PARTS: tuple[type[InAnalysis], ...] = (
    Observation,
    ObservationValue,
    Finding,
    FindingObservation,
    FindingTag,
    Cause,
    Evidence,
    DevelopmentArea,
    AreaCause,
    ExpectedEffect,
    Participation,
    StruckPart,
)


def parts_of(
    session: Session, actor: Actor, analysis: Analysis, *, also: Sequence[Select[Any]] = ()
) -> Parts:
    """Return everything in *analysis*, and the rows of *also*, in one question."""
    about = select(AnalysisUnit.unit_id).where(
        AnalysisUnit.organizer_id == analysis.organizer_id,
        AnalysisUnit.analysis_id == analysis.id,
    )
    questions: list[Select[Any]] = [
        visible(table, actor).where(
            table.organizer_id == analysis.organizer_id, table.analysis_id == analysis.id
        )
        for table in PARTS
    ]
    found = gather(
        session,
        [
            *questions,
            visible(SchoolUnit, actor).where(SchoolUnit.id.in_(about)),
            visible(WrittenText, actor).where(
                WrittenText.subject_kind == "analysis", WrittenText.subject_id == analysis.id
            ),
            *also,
        ],
    )
    _as_told(session, actor, analysis.organizer_id, found.of(ObservationValue))
    found.hang(Observation, "values", ObservationValue, "observation_id", order="position")
    found.hang(Finding, "observations", FindingObservation, "finding_id")
    found.hang(Finding, "tags", FindingTag, "finding_id")
    found.hang(Cause, "evidence", Evidence, "cause_id")
    found.hang(DevelopmentArea, "causes", AreaCause, "area_id")
    found.hang(DevelopmentArea, "effects", ExpectedEffect, "area_id")
    return Parts(
        analysis=analysis,
        texts={text.key: text for text in found.of(WrittenText)},
        observations=found.of(Observation),
        findings=found.of(Finding),
        causes=found.of(Cause),
        areas=found.of(DevelopmentArea),
        participation=found.of(Participation),
        about=sorted(found.of(SchoolUnit), key=lambda unit: sort_key(unit.name)),
        struck=found.of(StruckPart),
        more=found,
    )


def _as_told(
    session: Session, actor: Actor, organizer_id: UUID, pinned: Sequence[ObservationValue]
) -> None:
    """Leave out of the copies what the gate would no longer tell of the huvudman's own values."""
    own = [one for one in pinned if one.value_id and one.value_id >= OWN_IDS_START]
    told = told_today(session, actor, organizer_id, [one.value_id for one in own if one.value_id])
    for one in own:
        status = ValueStatus(told.get(one.value_id or 0, ValueStatus.MISSING))
        if not status.has_value:
            one.value, one.n, one.status = None, None, str(status)


def revised_sentences(session: Session, parts: Parts) -> dict[UUID, list[str]]:
    """Return, by observation, what the sources have changed since its numbers were pinned."""
    pinned = [one.value_id for seen in parts.observations for one in seen.values if one.value_id]
    revised = revised_since(session, pinned)
    return {
        seen.id: [
            _revised(one.period, revised[one.value_id])
            for one in seen.values
            if one.value_id in revised
        ]
        for seen in parts.observations
    }


def _revised(period: str, revision: Revision) -> str:
    word = status_word(revision.status or ValueStatus.MISSING)
    return say_revised(period, revision.value, word, is_own=revision.is_own)


def effects_of(session: Session, actor: Actor, area: DevelopmentArea) -> Sequence[ExpectedEffect]:
    """Return the expected effects of an area, in the order they were written."""
    return session.scalars(
        visible(ExpectedEffect, actor)
        .where(ExpectedEffect.area_id == area.id)
        .order_by(ExpectedEffect.id)
    ).all()
