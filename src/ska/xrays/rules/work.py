"""The quality work of a huvudman as the rules see it: all things, and the ways between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar
from uuid import UUID

from ska.core.school_year import SchoolYear
from ska.xrays.rules import done, written

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class InAnalysis(Protocol):
    """A part of an analysis."""

    @property
    def analysis_id(self) -> UUID:
        """Return the analysis that it is part of."""


P = TypeVar("P", bound=InAnalysis)


def grouped(things: Iterable[T], key: Callable[[T], K]) -> Mapping[K, Sequence[T]]:
    """Return *things* by *key*; what has none is an empty list."""
    groups: dict[K, list[T]] = defaultdict(list)
    for one in things:
        groups[key(one)].append(one)
    return groups


@dataclass(frozen=True)
class Work:
    """Everything that was read, on the day *today*."""

    today: date
    units: Sequence[done.Unit] = ()
    unit_types: Sequence[done.UnitType] = ()
    held: Sequence[done.Held] = ()
    analyses: Sequence[written.Analysis] = ()
    about: Sequence[written.About] = ()
    participations: Sequence[written.Participation] = ()
    observations: Sequence[written.Observation] = ()
    pinned: Sequence[written.Pinned] = ()
    findings: Sequence[written.Finding] = ()
    finding_observations: Sequence[written.FindingObservation] = ()
    tags: Sequence[written.Tag] = ()
    causes: Sequence[written.Cause] = ()
    evidence: Sequence[written.Evidence] = ()
    areas: Sequence[written.Area] = ()
    area_causes: Sequence[written.AreaCause] = ()
    effects: Sequence[written.Effect] = ()
    texts: Sequence[written.SectionText] = ()
    actions: Sequence[done.Action] = ()
    follow_ups: Sequence[done.FollowUp] = ()
    decisions: Sequence[done.Decision] = ()
    deficiencies: Sequence[done.Deficiency] = ()
    wheels: Sequence[done.Wheel] = ()
    steps: Sequence[done.Step] = ()
    board_dates: Sequence[done.BoardDate] = ()
    goals: Sequence[done.Goal] = ()
    goal_measures: Sequence[done.GoalMeasure] = ()
    ties: Sequence[done.Tie] = ()
    requirements: Sequence[str] = ()  # the law's lines as steps spell them: skollagen 4:4
    role_called: Mapping[str, str] = field(default_factory=dict)  # by its Swedish name
    goal_called: Mapping[str, str] = field(default_factory=dict)  # by kind and code

    @property
    def year(self) -> SchoolYear:
        """Return the läsår of today."""
        return SchoolYear.containing(self.today)

    @cached_property
    def unit(self) -> Mapping[UUID | None, done.Unit]:
        """Return the units by id."""
        return {one.id: one for one in self.units}

    @cached_property
    def analysis(self) -> Mapping[UUID, written.Analysis]:
        """Return the analyses by id."""
        return {one.id: one for one in self.analyses}

    @cached_property
    def current_analyses(self) -> Sequence[written.Analysis]:
        """Return the analyses being written for some days, or fastställda the last year."""
        return [one for one in self.analyses if one.is_current(self.today)]

    def current(self, parts: Iterable[P]) -> Iterator[P]:
        """Yield the parts of the current analyses."""
        ids = {one.id for one in self.current_analyses}
        return (one for one in parts if one.analysis_id in ids)

    @cached_property
    def by_year(self) -> Mapping[tuple[UUID | None, int], Sequence[written.Analysis]]:
        """Return the analyses by whose they are and läsår."""
        return grouped(self.analyses, lambda one: (one.unit_id, one.year))

    @cached_property
    def participants(self) -> Mapping[UUID, Sequence[written.Participation]]:
        """Return who took part, by analysis."""
        return grouped(self.participations, lambda one: one.analysis_id)

    @cached_property
    def observed(self) -> Mapping[UUID, Sequence[written.Observation]]:
        """Return the underlag by analysis."""
        return grouped(self.observations, lambda one: one.analysis_id)

    @cached_property
    def numbers(self) -> Mapping[UUID, Sequence[written.Pinned]]:
        """Return the numbers by underlag."""
        return grouped(self.pinned, lambda one: one.observation_id)

    @cached_property
    def found(self) -> Mapping[UUID, Sequence[written.Finding]]:
        """Return the findings by analysis."""
        return grouped(self.findings, lambda one: one.analysis_id)

    @cached_property
    def rests_on(self) -> Mapping[UUID, Sequence[written.Observation]]:
        """Return the underlag that still counts, by finding."""
        kept = {one.id: one for one in self.observations}
        pairs = [one for one in self.finding_observations if one.observation_id in kept]
        by_finding = grouped(pairs, lambda one: one.finding_id)
        return defaultdict(
            list,
            {key: [kept[one.observation_id] for one in some] for key, some in by_finding.items()},
        )

    @cached_property
    def goals_of(self) -> Mapping[UUID, Sequence[written.Tag]]:
        """Return the tags by finding."""
        return grouped(self.tags, lambda one: one.finding_id)

    @cached_property
    def goals_in(self) -> Mapping[UUID, Sequence[written.Tag]]:
        """Return the tags by analysis."""
        return grouped(self.tags, lambda one: one.analysis_id)

    @cached_property
    def causes_of(self) -> Mapping[UUID, Sequence[written.Cause]]:
        """Return the causes by finding."""
        return grouped(self.causes, lambda one: one.finding_id)

    @cached_property
    def causes_in(self) -> Mapping[UUID, Sequence[written.Cause]]:
        """Return the causes by analysis."""
        return grouped(self.causes, lambda one: one.analysis_id)

    @cached_property
    def evidence_of(self) -> Mapping[UUID, Sequence[written.Evidence]]:
        """Return the belägg by cause."""
        return grouped(self.evidence, lambda one: one.cause_id)

    @cached_property
    def evidence_in(self) -> Mapping[UUID, Sequence[written.Evidence]]:
        """Return the belägg by analysis."""
        return grouped(self.evidence, lambda one: one.analysis_id)

    @cached_property
    def areas_in(self) -> Mapping[UUID, Sequence[written.Area]]:
        """Return the areas by analysis."""
        return grouped(self.areas, lambda one: one.analysis_id)

    @cached_property
    def area(self) -> Mapping[UUID, written.Area]:
        """Return the areas by id."""
        return {one.id: one for one in self.areas}

    @cached_property
    def answers(self) -> Mapping[UUID, Sequence[written.AreaCause]]:
        """Return the causes that areas answer, by area."""
        return grouped(self.area_causes, lambda one: one.area_id)

    @cached_property
    def answered_by(self) -> Mapping[UUID, Sequence[written.AreaCause]]:
        """Return the areas that answer causes, by cause."""
        return grouped(self.area_causes, lambda one: one.cause_id)

    @cached_property
    def effects_of(self) -> Mapping[UUID | None, Sequence[written.Effect]]:
        """Return the expected effects by area."""
        return grouped(self.effects, lambda one: one.area_id)

    @cached_property
    def actions_for(self) -> Mapping[UUID | None, Sequence[done.Action]]:
        """Return the insatser that were not withdrawn, by the area they answer."""
        kept = (one for one in self.actions if one.state != "withdrawn")
        return grouped(kept, lambda one: one.area_id)

    @cached_property
    def remedies_for(self) -> Mapping[UUID | None, Sequence[done.Action]]:
        """Return the åtgärder that were not withdrawn, by brist."""
        kept = (one for one in self.actions if one.state != "withdrawn")
        return grouped(kept, lambda one: one.deficiency_id)

    @cached_property
    def actions_on(self) -> Mapping[UUID | None, Sequence[done.Action]]:
        """Return the insatser that gäller, by unit."""
        return grouped((one for one in self.actions if one.in_force), lambda one: one.unit_id)

    @cached_property
    def action(self) -> Mapping[UUID, done.Action]:
        """Return the insatser by id."""
        return {one.id: one for one in self.actions}

    @cached_property
    def follow_ups_of(self) -> Mapping[UUID, Sequence[done.FollowUp]]:
        """Return the follow-ups by insats, the earliest first."""
        in_order = sorted(self.follow_ups, key=lambda one: (one.planned_on, one.id))
        return grouped(in_order, lambda one: one.action_id)

    @cached_property
    def decision_on(self) -> Mapping[UUID, done.Decision]:
        """Return the decisions by follow-up."""
        return {one.follow_up_id: one for one in self.decisions}

    @cached_property
    def wheel(self) -> Mapping[UUID, done.Wheel]:
        """Return the wheels by id."""
        return {one.id: one for one in self.wheels}

    @cached_property
    def goals_by_unit(self) -> Mapping[tuple[UUID | None, int], Mapping[str, set[str]]]:
        """Return, by whose analyses and läsår, the kinds of finding about each goal."""
        kinds = {one.id: one.kind for one in self.findings}
        found: dict[tuple[UUID | None, int], dict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for tag in self.tags:
            analysis = self.analysis.get(tag.analysis_id)
            if analysis is not None and tag.finding_id in kinds:
                found[analysis.unit_id, analysis.year][tag.goal].add(kinds[tag.finding_id])
        return found

    @cached_property
    def established(self) -> Mapping[tuple[UUID | None, int], Sequence[written.Analysis]]:
        """Return the fastställda analyses by whose they are and läsår."""
        return grouped(
            (one for one in self.analyses if one.is_established),
            lambda one: (one.unit_id, one.year),
        )

    def holds(self, role: str, unit_id: UUID | None, day: date) -> bool:
        """Tell whether anyone holds *role* for the unit on *day*; with None, anywhere at all."""
        return any(
            one.on(day) and (unit_id is None or one.unit_id in (None, unit_id))
            for one in self.roles[role]
        )

    @cached_property
    def written_about(self) -> Mapping[UUID, Sequence[written.Analysis]]:
        """Return the analyses by the unit they are about, each once: its own and the huvudman's."""
        own = [(one.unit_id, one) for one in self.analyses if one.unit_id is not None]
        told = [
            (one.unit_id, self.analysis[one.analysis_id])
            for one in self.about
            if one.analysis_id in self.analysis
        ]
        found: dict[UUID, dict[UUID, written.Analysis]] = defaultdict(dict)
        for unit_id, analysis in [*own, *told]:
            found[unit_id][analysis.id] = analysis
        return defaultdict(list, {unit: list(some.values()) for unit, some in found.items()})

    def in_force_for(self, unit_id: UUID) -> list[done.Action]:
        """Return the unit's insatser in force, and the huvudman's that answer what is about it."""
        areas = {area.id for one in self.written_about[unit_id] for area in self.areas_in[one.id]}
        found = [
            one
            for one in self.actions
            if one.in_force and (one.unit_id == unit_id or one.area_id in areas)
        ]
        return sorted(found, key=lambda one: (one.starts, one.id))

    @cached_property
    def roles(self) -> Mapping[str, Sequence[done.Held]]:
        """Return the held roles by role."""
        return grouped(self.held, lambda one: one.role)

    def answered(self, action_id: UUID) -> list[done.FollowUp]:
        """Return the answered follow-ups of an insats, the earliest first."""
        return [one for one in self.follow_ups_of[action_id] if one.answered_at is not None]

    def followed(self, kinds: set[str]) -> Iterator[tuple[done.FollowUp, done.Decision]]:
        """Yield the follow-ups whose decision is one of *kinds*."""
        for one in self.follow_ups:
            decision = self.decision_on.get(one.id)
            if decision is not None and decision.kind in kinds:
                yield one, decision
