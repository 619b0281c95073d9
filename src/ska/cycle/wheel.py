"""What the year's page shows: numbered entries, a unit's step or the same step of many units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ska.charts.wheel import Wheel, WheelStep, draw_wheel
from ska.core.calendar_year import Year
from ska.core.swedish import format_date_short
from ska.core.text import _
from ska.cycle.definitions import Artefact, Phase
from ska.cycle.models import CycleStep
from ska.cycle.rules import StepState
from ska.cycle.words import phase_name
from ska.notices.rules import when_words

LOOKS = tuple(str(one) for one in Phase)
_DOORS = {
    Artefact.ANALYSIS: (_("Öppna analyserna"), "/{o}/{y}/analyser"),
    Artefact.ACTION_PLAN: (_("Öppna insatserna"), "/{o}/insatser"),
    Artefact.FOLLOW_UPS: (_("Öppna insatserna"), "/{o}/insatser"),
    Artefact.VALUES: (_("Öppna resultaten"), "/{o}/resultat"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the year: a step, or the same step in several units."""

    number: int
    steps: tuple[CycleStep, ...]
    state: StepState
    done: int

    @property
    def first(self) -> CycleStep:
        """Return the step that is due first."""
        return self.steps[0]

    @property
    def is_group(self) -> bool:
        """Tell whether the entry stands for several units."""
        return len(self.steps) > 1

    @property
    def progress(self) -> str:
        """Return how many units are done: ``3 av 5 klara``."""
        return _("{done} av {all} klara").format(done=self.done, all=len(self.steps))


def entries_of(steps: Iterable[CycleStep], today: date) -> list[Entry]:
    """Return the year's entries, the earliest due first; unit steps of one kind are one entry."""
    groups: dict[object, list[CycleStep]] = defaultdict(list)
    for step in steps:
        groups[step.id if step.unit_id is None else (step.key, step.name)].append(step)
    ordered = sorted(
        groups.values(), key=lambda group: (group[0].due, group[0].level, group[0].key)
    )
    return [
        Entry(number, tuple(group), _state(group, today), sum(s.done_on is not None for s in group))
        for number, group in enumerate(ordered, start=1)
    ]


def _state(steps: Sequence[CycleStep], today: date) -> StepState:
    states = {step.state_on(today) for step in steps}
    if len(states) == 1:
        return states.pop()
    if StepState.LATE in states:
        return StepState.LATE
    waiting = states - {StepState.DONE}
    if waiting == {StepState.SNOOZED}:
        return StepState.SNOOZED
    return StepState.IN_PROGRESS


def looks_of(entries: Iterable[Entry]) -> dict[str, tuple[str, str]]:
    """Return the look and the name of each phase in use; phases of one's own share the five looks.

    The name is always beside the look, so that a look used twice misleads nobody.
    """
    used = dict.fromkeys(entry.first.phase for entry in entries)
    free = [look for look in LOOKS if look not in used] or list(LOOKS)
    own = [phase for phase in used if phase not in LOOKS]
    given = {phase: free[number % len(free)] for number, phase in enumerate(own)}
    return {phase: (given.get(phase, phase), phase_name(phase)) for phase in used}


def wheel_of(entries: Sequence[Entry], year: Year, today: date) -> Wheel:
    """Return the picture of the entries."""
    return draw_wheel(
        [
            WheelStep(
                number=entry.number,
                name=entry.first.name,
                when=_when(entry),
                starts=entry.first.starts,
                due=entry.first.due,
                outer=entry.first.unit_id is None,
            )
            for entry in entries
        ],
        year.first_day,
        year.last_day,
        today,
    )


def _when(entry: Entry) -> str:
    day = format_date_short(entry.first.due)
    if entry.is_group:
        return f"{day} · {entry.progress}"
    known = entry.state in (StepState.DONE, StepState.LATE, StepState.SNOOZED)
    return f"{day} · {entry.state.label.lower()}" if known else day


def to_do(entries: Sequence[Entry], today: date, days: int = 21) -> list[Entry]:
    """Return what waits now: late entries and those due within some days."""
    return [
        entry
        for entry in entries
        if entry.state is StepState.LATE
        or (
            entry.state not in (StepState.DONE, StepState.SNOOZED)
            and (entry.first.due - today).days <= days
        )
    ]


def next_up(entries: Sequence[Entry], today: date) -> str:
    """Return the words at the hub: what is due next and how far off it is."""
    for entry in entries:
        if entry.state is not StepState.DONE and entry.first.due >= today:
            return when_words(entry.first.due, today)
    return ""


def door_of(step: CycleStep, organizer: str, year: str) -> tuple[str, str] | None:
    """Return the words and address of the page where the step's work is done, or None."""
    found = _DOORS.get(Artefact(step.artefact))
    return None if found is None else (found[0], found[1].format(o=organizer, y=year))


def place_of(step: CycleStep, units: Mapping[UUID, str], organizer: str) -> str:
    """Return the name of the unit, or of the huvudman."""
    return units.get(step.unit_id, "") if step.unit_id else organizer
