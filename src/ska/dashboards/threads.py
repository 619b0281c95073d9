"""How far a year's work has come: every röd tråd as one path, read in one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions.models import Action, Decision, FollowUp
from ska.actions.rules import DECISION_NAMES, ActionState, DecisionKind
from ska.analyses.models import Analysis, DevelopmentArea
from ska.charts import Chart, FlowSpec, flow_chart
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.db.gather import Gathered, gather
from ska.organizers.models import Organizer
from ska.overview.rules.pinning import MOST_PINNED, PinnedValue, ToPin

STEPS = (_("Analys"), _("Insats"), _("Uppföljning"), _("Beslut"))
DONE, PLANNED = _("Uppföljd"), _("Insats")
NO_AREA, NO_ACTION = _("Inget utvecklingsområde än"), _("Ingen insats än")
NO_FOLLOW_UP, NO_DECISION = _("Inte uppföljd än"), _("Inget beslut än")
STOPS = (NO_AREA, NO_ACTION, NO_FOLLOW_UP, NO_DECISION)
NAMED = 8
"""More analyses than this are gathered by whose they are."""
LEVELS = {"unit": _("Enheternas analyser"), "organizer": _("Huvudmannens analyser")}


@dataclass(frozen=True)
class Threads:
    """A year's threads as a flow, and how many have come to each place after the analysis."""

    year: SchoolYear
    chart: Chart
    counts: tuple[tuple[str, int], ...]

    def to_pin(self, organizer: Organizer) -> ToPin:
        """Return how far the threads have come, for an analysis of the work to hold."""
        values = [PinnedValue(word, float(count), None, None) for word, count in self.counts]
        return ToPin(
            code="rod-trad",
            heading=self.chart.table.caption,
            here=organizer.name,
            unit_id=None,
            sentence=self.chart.sentence,
            source=self.chart.source,
            population="",
            unit_of_measure=_("trådar"),
            values=tuple(values[:MOST_PINNED]),
            at=f"/{self.year.slug}/rod-trad",
            has_history=False,
        )


def threads_of(session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear) -> Threads:
    """Return the year's threads as a flow: from analysis to insats, follow-up and decision."""
    mine = visible(Analysis, actor).where(
        Analysis.organizer_id == organizer_id, Analysis.year == year.start
    )
    areas = visible(DevelopmentArea, actor).where(
        DevelopmentArea.analysis_id.in_(mine.with_only_columns(Analysis.id))
    )
    actions = visible(Action, actor).where(
        Action.area_id.in_(areas.with_only_columns(DevelopmentArea.id)),
        Action.state != ActionState.WITHDRAWN,
    )
    follow_ups = visible(FollowUp, actor).where(
        FollowUp.action_id.in_(actions.with_only_columns(Action.id))
    )
    decisions = visible(Decision, actor).where(
        Decision.follow_up_id.in_(follow_ups.with_only_columns(FollowUp.id))
    )
    paths = list(_paths(gather(session, [mine, areas, actions, follow_ups, decisions])))
    spec = FlowSpec(
        id="rod-trad",
        name=_("Röd tråd {year}").format(year=year),
        source=_("Analyser och insatser i SKA"),
        caution=_("En tråd som har stannat kan vara ett val. Fråga innan ni drar en slutsats."),
        subtitle=_("Från analys till beslut"),
        unit="",
        steps=STEPS,
        paths=tuple(paths),
        stops=STOPS,
        counted=(_("tråd"), _("trådar")),
        notes=(_("Åtgärder mot en brist följer inte av en analys och är inte med."),),
    )
    return Threads(year, flow_chart(spec), _counts(paths))


def _counts(paths: Sequence[tuple[str, ...]]) -> tuple[tuple[str, int], ...]:
    found = Counter(one for path in paths for one in list(zip(STEPS, path, strict=True))[1:])
    ordered = sorted(found.items(), key=lambda one: (STEPS.index(one[0][0]), -one[1], one[0][1]))
    return tuple((f"{step}: {word.lower()}", count) for (step, word), count in ordered)


def _paths(found: Gathered) -> Iterator[tuple[str, ...]]:
    """Return a path for each insats, and for each place where a thread has not come so far."""
    analyses = found.of(Analysis)
    for analysis in analyses:
        name = analysis.title if len(analyses) <= NAMED else LEVELS[analysis.level]
        areas = [one for one in found.of(DevelopmentArea) if one.analysis_id == analysis.id]
        if not areas:
            yield name, NO_AREA, NO_FOLLOW_UP, NO_DECISION
        for area in areas:
            actions = [one for one in found.of(Action) if one.area_id == area.id]
            if not actions:
                yield name, NO_ACTION, NO_FOLLOW_UP, NO_DECISION
            for action in actions:
                yield name, PLANNED, *_after(found, action.id)


def _after(found: Gathered, action_id: UUID) -> tuple[str, str]:
    """Return whether an insats is followed up, and what was decided the latest time."""
    answered = [
        one
        for one in found.of(FollowUp)
        if one.action_id == action_id and one.answered_at is not None
    ]
    ids = {one.id for one in answered}
    decided = [one for one in found.of(Decision) if one.follow_up_id in ids]
    latest = max(decided, key=lambda one: one.decided_on, default=None)
    word = DECISION_NAMES[DecisionKind(latest.kind)] if latest else NO_DECISION
    return (DONE if answered else NO_FOLLOW_UP), word
