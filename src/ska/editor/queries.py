"""What already lies ready when an analysis begins: last year's loose ends, the units' own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action, Decision, FollowUp
from ska.actions.rules import DECISION_NAMES, ActionState, DecisionKind
from ska.analyses.models import (
    Analysis,
    AnalysisUnit,
    Cause,
    DevelopmentArea,
    ExpectedEffect,
    Finding,
    InAnalysis,
)
from ska.analyses.rules import FINDING_NAMES, STATE_NAMES, FindingKind, Level, State
from ska.core.swedish import format_date
from ska.core.text import _
from ska.editor.rules import Origin, Seed
from ska.organizers.models import SchoolUnit
from ska.writing.models import WrittenText

MOST = 30  # of each kind; more than a page is no help


def is_about_preschool(session: Session, actor: Actor, analysis: Analysis) -> bool:
    """Tell whether the analysis is a preschool's own."""
    if analysis.unit_id is None:
        return False
    kind = session.scalar(
        visible(SchoolUnit, actor)
        .where(SchoolUnit.id == analysis.unit_id)
        .with_only_columns(SchoolUnit.kind)
    )
    return kind == "preschool_unit"


def beginnings(session: Session, actor: Actor, analysis: Analysis) -> list[Seed]:
    """Return what lies ready for *analysis*: open questions, promises, follow-ups, own words."""
    return [
        *_open_questions(session, actor, analysis),
        *_promises(session, actor, analysis),
        *_follow_ups(session, actor, analysis),
        *_decisions(session, actor, analysis),
        *_own_words(session, actor, analysis),
    ]


def _last_year(table: type[InAnalysis], actor: Actor, analysis: Analysis) -> Any:
    """Return the parts of last year's analyses of the same unit, or of the huvudman as a whole."""
    return (
        visible(table, actor)
        .join(Analysis, Analysis.id == table.analysis_id)
        .where(
            table.organizer_id == analysis.organizer_id,
            Analysis.year == analysis.year - 1,
            Analysis.unit_id == analysis.unit_id
            if analysis.unit_id
            else Analysis.unit_id.is_(None),
        )
        .order_by(table.id)  # type: ignore[attr-defined]  # every table has an id
        .limit(MOST)
    )


def _from_last_year(analysis: Analysis) -> str:
    return _("Er analys {year}").format(year=analysis.school_year.previous)


def _open_questions(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    rows = session.scalars(_last_year(Cause, actor, analysis).where(Cause.is_open))
    for cause in rows:
        owner = f" ({cause.owner_role})" if cause.owner_role else ""
        text = _("Öppen fråga sedan förra året: {text}{owner}").format(text=cause.text, owner=owner)
        yield Seed(Origin.OPEN_QUESTION, text, _from_last_year(analysis))


def _promises(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    rows = session.execute(
        _last_year(ExpectedEffect, actor, analysis)
        .join(DevelopmentArea, DevelopmentArea.id == ExpectedEffect.area_id)
        .with_only_columns(ExpectedEffect.text, ExpectedEffect.expected_by, DevelopmentArea.title)
    )
    for effect, by, area in rows:
        when = _(", senast {day}").format(day=format_date(by)) if by else ""
        text = _("Det här sa ni skulle synas i ”{area}”{when}: {effect}")
        yield Seed(
            Origin.PROMISE,
            text.format(area=area, when=when, effect=effect),
            _from_last_year(analysis),
        )


def _of_actions(table: Any, actor: Actor, analysis: Analysis) -> Any:
    own = Action.unit_id == analysis.unit_id if analysis.unit_id else Action.unit_id.is_(None)
    return visible(table, actor).where(table.organizer_id == analysis.organizer_id, own)


def _follow_ups(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    rows = session.execute(
        _of_actions(FollowUp, actor, analysis)
        .join(Action, Action.id == FollowUp.action_id)
        .where(FollowUp.waiting(), Action.state == ActionState.IN_FORCE)
        .with_only_columns(Action.title, FollowUp.planned_on)
        .order_by(FollowUp.planned_on, FollowUp.id)
        .limit(MOST)
    )
    for title, planned_on in rows:
        text = _("”{title}” väntar på uppföljning, planerad till {day}.")
        yield Seed(
            Origin.FOLLOW_UP, text.format(title=title, day=format_date(planned_on)), _("Insatser")
        )


def _decisions(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    first, last = analysis.school_year.previous.first_day, analysis.school_year.last_day
    rows = session.execute(
        _of_actions(Decision, actor, analysis)
        .join(FollowUp, FollowUp.id == Decision.follow_up_id)
        .join(Action, Action.id == FollowUp.action_id)
        .where(Decision.decided_on.between(first, last))
        .with_only_columns(Action.title, Decision.kind, Decision.reason, FollowUp.learned)
        .order_by(Decision.decided_on, Decision.id)
        .limit(MOST)
    )
    for title, kind, reason, learned in rows:
        decided = DECISION_NAMES[DecisionKind(kind)].lower()
        words = [_("Beslut om ”{title}”: {kind}.").format(title=title, kind=decided), reason]
        if learned:
            words.append(_("Det lärde vi oss: {learned}").format(learned=learned))
        yield Seed(Origin.DECISION, " ".join(word for word in words if word), _("Uppföljning"))


def _own_words(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    """Yield the units' own words for a huvudman, and last year's findings for a unit."""
    if analysis.of_level is Level.ORGANIZER:
        yield from words_of_units(session, actor, analysis)
        return
    for finding in session.scalars(_last_year(Finding, actor, analysis)):
        kind = FINDING_NAMES[FindingKind(finding.kind)]
        yield Seed(Origin.OWN_WORDS, f"{kind}: {finding.text}", _from_last_year(analysis))


def words_of_units(session: Session, actor: Actor, analysis: Analysis) -> Iterator[Seed]:
    """Yield what the units that *analysis* is about conclude and find in theirs of the year.

    Only from those that are ready for review or fastställda; all units when none is chosen.
    """
    conclusions = session.execute(
        _of_units(session, actor, analysis)
        .join(WrittenText, WrittenText.subject_id == Analysis.id)
        .where(WrittenText.key == "conclusion", WrittenText.text != "")
        .with_only_columns(SchoolUnit.name, Analysis.state, WrittenText.text)
    )
    for unit, state, text in conclusions:
        yield Seed(Origin.OWN_WORDS, text, _from_unit(_("{unit}, slutsats, {state}"), unit, state))
    findings = session.execute(
        _of_units(session, actor, analysis)
        .join(Finding, Finding.analysis_id == Analysis.id)
        .with_only_columns(SchoolUnit.name, Analysis.state, Finding.kind, Finding.text)
    )
    for unit, state, kind, text in findings:
        words = f"{FINDING_NAMES[FindingKind(kind)]}: {text}"
        yield Seed(Origin.OWN_WORDS, words, _from_unit(_("{unit}, fynd, {state}"), unit, state))


def _from_unit(words: str, unit: str, state: str) -> str:
    return words.format(unit=unit, state=STATE_NAMES[State(state)].lower())


def _of_units(session: Session, actor: Actor, analysis: Analysis) -> Any:
    about = select(AnalysisUnit.unit_id).where(
        AnalysisUnit.organizer_id == analysis.organizer_id, AnalysisUnit.analysis_id == analysis.id
    )
    chosen = session.scalars(about).all()
    rows = visible(Analysis, actor).where(
        Analysis.organizer_id == analysis.organizer_id,
        Analysis.year == analysis.year,
        Analysis.level == Level.UNIT,
        Analysis.state != State.DRAFT,
    )
    if chosen:
        rows = rows.where(Analysis.unit_id.in_(chosen))
    joined = rows.join(SchoolUnit, SchoolUnit.id == Analysis.unit_id)
    return joined.order_by(SchoolUnit.name, Analysis.id).limit(MOST)
