"""What a writer does with a whole page of sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.analyses.forms import AnalysisForm
from ska.analyses.models import Analysis, Observation
from ska.analyses.rules import Level, ObservationKind
from ska.analyses.services import open_for, start_analysis
from ska.audit import record
from ska.core.differences import Piece, differences
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.editor.queries import beginnings, words_of_units
from ska.editor.rules import Choice, Meeting, Origin, Seed, Sent, Settled, meeting_of
from ska.errors import Changed, Conflict, Invalid
from ska.writing import queries as texts
from ska.writing import services as writing
from ska.writing.models import TextVersion, WrittenText


def begin_analysis(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    form: AnalysisForm,
    today: date,
) -> Analysis:
    """Start an analysis that has already begun: what is known lies ready to keep or strike."""
    analysis = start_analysis(
        session, actor, organizer_id=organizer_id, year=year, form=form, today=today
    )
    _lay_ready(session, analysis, beginnings(session, actor, analysis))
    return analysis


def gather_units(session: Session, actor: Actor, *, analysis: Analysis) -> int:
    """Lay the units' own words ready in a huvudman's analysis; return how many were new."""
    open_for(session, actor, analysis)
    if analysis.of_level is not Level.ORGANIZER:
        raise Conflict(_("Bara huvudmannens analys samlar enheternas."))
    there = set(
        session.scalars(
            select(Observation.text).where(
                Observation.organizer_id == analysis.organizer_id,
                Observation.analysis_id == analysis.id,
                Observation.origin == Origin.OWN_WORDS,
            )
        )
    )
    words = words_of_units(session, actor, analysis)
    new = [seed for seed in words if seed.short not in there]
    _lay_ready(session, analysis, new)
    record(session, actor, act="analysis.gather", thing=analysis, details={"new": len(new)})
    session.flush()
    return len(new)


def _lay_ready(session: Session, analysis: Analysis, seeds: Iterable[Seed]) -> None:
    """Lay *seeds* in the analysis as observations, to keep or to strike."""
    session.add_all(
        Observation(
            organizer_id=analysis.organizer_id,
            analysis_id=analysis.id,
            kind=ObservationKind.DOCUMENT,
            text=seed.short,
            source=seed.source,
            origin=seed.origin,
        )
        for seed in seeds
    )
    session.flush()


@dataclass
class Outcome:
    """What became of a page of sections: how many were saved, which were refused, which met.

    *closed* holds what was written of each section that is fastställd by now.
    """

    saved: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)


def save_sections(
    session: Session,
    actor: Actor,
    *,
    current: dict[str, WrittenText],
    sent: Iterable[Sent],
    now: datetime,
) -> Outcome:
    """Save each section that the reader touched; what cannot be saved is told, never dropped."""
    outcome = Outcome()
    for section in sent:
        text = current.get(section.key)
        if text is None or section.is_untouched(text.text):
            continue
        try:
            writing.write_text(session, actor, text=text, draft=section.draft, now=now)
        except Changed:
            outcome.meetings.append(
                _met(session, actor, text, section.key, section.text, section.seen)
            )
        except Invalid as refusal:
            outcome.refused[f"text_{section.key}"] = refusal.detail
        except Conflict:
            outcome.closed[section.key] = section.text
        else:
            outcome.saved += 1
    return outcome


def _met(
    session: Session, actor: Actor, text: WrittenText, key: str, mine: str, seen: int
) -> Meeting:
    return meeting_of(
        key,
        mine=mine,
        theirs=text.text,
        base=texts.base_of(session, actor, text, seen),
        version=text.version,
        who=text.writer_name,
        roles=text.writer_roles,
    )


def settle_into(
    session: Session,
    actor: Actor,
    outcome: Outcome,
    *,
    text: WrittenText,
    settled: Settled,
    now: datetime,
) -> None:
    """Do as a writer chose with two texts and note it in *outcome*.

    The text that is not used is kept as a version. When someone has written yet again, or the
    text is refused, the two texts meet once more: nothing is dropped.
    """
    try:
        if settled.leaves_mine or settled.choice is Choice.THEIRS:
            draft = settled.draft(settled.mine)
            writing.set_aside(session, actor, text=text, draft=draft, now=now)
        if settled.choice is not Choice.THEIRS:
            draft = settled.draft(settled.chosen)
            writing.write_text(session, actor, text=text, draft=draft, now=now)
    except (Changed, Invalid) as reason:
        if isinstance(reason, Invalid):
            outcome.refused[f"merged_{settled.key}"] = reason.detail
        outcome.meetings.append(_met(session, actor, text, settled.key, settled.mine, settled.seen))
    except Conflict:
        outcome.closed[settled.key] = settled.chosen
    else:
        outcome.saved += 1


def compared(version: TextVersion, text: WrittenText) -> list[Piece]:
    """Return what a kept version has that the text of today has not, and the other way round."""
    return differences(version.text, text.text)
