"""Nämndens beslut, and what a new one may concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action
from ska.actions.rules import OVER
from ska.analyses.models import Analysis, DevelopmentArea
from ska.core.swedish import format_date
from ska.core.text import _
from ska.cycle.models import BoardDate
from ska.db.gather import Gathered, gather
from ska.db.parts import WHOLE, Part, in_parts
from ska.dialogues.models import (
    BoardDecision,
    NationalQualityDialogue,
    Need,
    ResultsDialogue,
)
from ska.dialogues.rules.results import Choosable
from ska.errors import found
from ska.organizers.models import SchoolUnit

COLUMNS: dict[type[Any], str] = {
    DevelopmentArea: "area_id",
    Action: "action_id",
    Need: "need_id",
    ResultsDialogue: "dialogue_id",
    NationalQualityDialogue: "national_id",
}


@dataclass(frozen=True)
class Concern(Choosable):
    """Something that a decision may be about, and the column that leads to it."""

    column: str


@dataclass(frozen=True)
class Decided:
    """A decision and the address of what it concerns, empty for those who may not read that."""

    decision: BoardDecision
    at: str


@dataclass(frozen=True)
class DecisionView:
    """The page of decisions: those that are, the days the nämnd meets, what one may be about."""

    decisions: Sequence[Decided]
    days: Sequence[date]
    concerns: Sequence[Concern]


def decision_view(session: Session, actor: Actor, organizer_id: UUID) -> DecisionView:
    """Return the decisions, the latest first, and what a new one is chosen from; one statement."""
    tables = (
        BoardDecision, BoardDate, SchoolUnit, ResultsDialogue, Need, NationalQualityDialogue,
        Analysis, DevelopmentArea, Action,
    )  # fmt: skip
    queries: list[Select[Any]] = [
        visible(table, actor).where(table.organizer_id == organizer_id) for table in tables
    ]
    got = gather(session, queries)
    return DecisionView(
        decided_in(got),
        sorted((one.day for one in got.of(BoardDate)), reverse=True),
        concerns_in(got),
    )


def decided(
    session: Session, actor: Actor, organizer_id: UUID, which: ColumnElement[bool]
) -> list[Decided]:
    """Return the decisions of *which* that stand, the latest first; one statement."""
    mine = standing(actor, organizer_id).where(which)
    concerned = [
        visible(table, actor).where(
            table.organizer_id == organizer_id,
            table.id.in_(mine.with_only_columns(BoardDecision.__table__.c[column])),
        )
        for table, column in COLUMNS.items()
    ]
    analyses = concerned[0].with_only_columns(DevelopmentArea.analysis_id)
    of_areas = visible(Analysis, actor).where(Analysis.id.in_(analyses))
    return decided_in(gather(session, [mine, *concerned, of_areas]))


def standing(actor: Actor, organizer_id: UUID) -> Select[BoardDecision]:
    """Return the query of the decisions that are not struck."""
    return _decisions(actor, organizer_id).where(BoardDecision.struck_at.is_(None))


def decided_in(got: Gathered) -> list[Decided]:
    """Return the gathered decisions, the latest first, with where they lead."""
    analyses = {one.id: f"/{one.school_year.slug}/analyser/{one.id}" for one in got.of(Analysis)}
    at = {
        **{
            one.id: f"{analyses[one.analysis_id]}#{one.id}"
            for one in got.of(DevelopmentArea)
            if one.analysis_id in analyses
        },
        **{one.id: f"/insatser/{one.id}" for one in got.of(Action)},
        **{one.id: f"/behov/{one.id}" for one in got.of(Need)},
        **{one.id: f"/resultatdialoger/{one.id}" for one in got.of(ResultsDialogue)},
        **{one.id: "/kvalitetsdialog" for one in got.of(NationalQualityDialogue)},
    }
    ordered = sorted(got.of(BoardDecision), key=lambda one: (one.decided_on, one.id), reverse=True)
    return [
        Decided(one, next((at[key] for key in _concerned(one) if key in at), "")) for one in ordered
    ]


def _concerned(one: BoardDecision) -> Iterator[UUID | None]:
    return (getattr(one, column) for column in COLUMNS.values())


def concerns_in(got: Gathered) -> list[Concern]:
    """Return what a decision may be about: needs first, then dialogues, areas and insatser."""
    units = {one.id: one.name for one in got.of(SchoolUnit)}
    titles = {one.id: one.title for one in got.of(Analysis)}
    return [
        *(
            _concern(one, _("Behov: {unit}: {text}"), unit=units.get(one.unit_id), text=one.text)
            for one in got.of(Need)
        ),
        *(
            _concern(one, _("Kvalitetsdialog {day}"), day=format_date(one.held_on))
            for one in got.of(NationalQualityDialogue)
        ),
        *(
            _concern(
                one,
                _("Resultatdialog: {unit} {day}"),
                unit=units.get(one.unit_id),
                day=format_date(one.held_on),
            )
            for one in got.of(ResultsDialogue)
        ),
        *(
            _concern(one, _("Område: {title} ({analysis})"), title=one.title, analysis=analysis)
            for one in got.of(DevelopmentArea)
            if (analysis := titles.get(one.analysis_id))
        ),
        *(
            _concern(one, _("Insats: {title}"), title=one.title)
            for one in got.of(Action)
            if one.state not in OVER
        ),
    ]


def _concern(thing: Any, words: str, **said: object) -> Concern:
    return Concern(thing.id, words.format(**said), COLUMNS[type(thing)])


def decisions_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[BoardDecision]:
    """Return the decisions, struck ones too, the latest first."""
    order = (BoardDecision.decided_on.desc(), BoardDecision.id.desc())
    return session.scalars(in_parts(session, _decisions(actor, organizer_id), order, part)).all()


def decision_by_id(
    session: Session, actor: Actor, organizer_id: UUID, decision_id: UUID
) -> BoardDecision:
    """Return a decision to act on; raise Missing when it is not there for this person."""
    query = _decisions(actor, organizer_id).where(BoardDecision.id == decision_id)
    return found(session.scalar(query))


def _decisions(actor: Actor, organizer_id: UUID) -> Select[BoardDecision]:
    return visible(BoardDecision, actor).where(BoardDecision.organizer_id == organizer_id)
