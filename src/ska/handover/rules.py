"""What a new rektor should know of a unit, put together from what was written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from ska.actions.rules import DECISION_NAMES, EFFECT_NAMES, DecisionKind, EffectAnswer
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.xrays.rules import Work
from ska.xrays.rules.causes import short
from ska.xrays.rules.done import Action
from ska.xrays.rules.voices import FEW
from ska.xrays.rules.written import Analysis, Cause

YEARS = 3
TOLD = ("last-year", "causes", "strengths", "areas", "actions")  # of reports from before SKA
MOST_TOLD = 3
AHEAD = timedelta(days=90)
FIRST_30_DAYS = (
    (_("Läs årets analys och fråga efter det som inte står."), "/analyser"),
    (_("Gå igenom insatserna som gäller med dem som bär dem."), "/insatser"),
    (_("Se vad som ska vara klart de närmaste 90 dagarna."), "#nittio"),
    (_("Träffa elevrådet och föräldrarådet. Fråga vad de har blivit lovade."), "#lovat"),
    (_("Läs förra resultatdialogen och boka nästa."), "/resultatdialoger"),
    (_("Fråga den som slutar det du undrar, medan hen är kvar."), "#fragor"),
)


class AskedOf(StrEnum):
    """Who a question is for: the rektor who leaves, or those who lead the huvudman's work."""

    LEAVER = "leaver"
    ORGANIZER = "organizer"


ASKED_OF_NAMES = {
    AskedOf.LEAVER: _("Den som slutar"),
    AskedOf.ORGANIZER: _("Huvudmannen"),
}


@dataclass(frozen=True)
class Line:
    """Something to read, with its page."""

    text: str
    href: str = ""
    more: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Tried:
    """What was done and what came of it."""

    text: str
    href: str
    effect: str
    learned: str
    decision: str
    reason: str


@dataclass(frozen=True)
class Known:
    """A finding with its causes."""

    text: str
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A report from before the work lay here: some of it part by part, in its own words."""

    year: int
    title: str
    at: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def told(self) -> list[tuple[str, tuple[str, ...], int]]:
        """Return the parts that say something: name, the first paragraphs, how many more."""
        return [
            (name, some[:MOST_TOLD], max(0, len(some) - MOST_TOLD))
            for name, some in self.parts
            if some
        ]


@dataclass(frozen=True)
class YearOf:
    """What one läsår's analyses say."""

    year: SchoolYear
    analyses: list[Line]
    strengths: list[Known]
    challenges: list[Known]
    tried: list[Tried]
    reports: list[Report]


@dataclass(frozen=True)
class Handover:
    """A unit for the one who takes over."""

    years: list[YearOf]
    ongoing: list[Line]
    due: list[Line]
    questions: list[Line]
    promised: list[Line]
    few: list[Line]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been written yet."""
        return not (self.years or self.ongoing or self.due)


def handover_of(work: Work, unit_id: UUID, path: str, reports: Sequence[Report] = ()) -> Handover:
    """Return what the work of one unit says to a new rektor; *path* is the huvudman's address.

    *reports* are the unit's from before its work lay here.
    """
    mine = work.written_about[unit_id]
    in_force = work.in_force_for(unit_id)
    written = {one.year for one in mine} | {one.year for one in reports}
    years = sorted(written, reverse=True)[:YEARS]
    return Handover(
        years=[_year(work, year, mine, path, reports) for year in years],
        ongoing=list(_ongoing(work, in_force, path)),
        due=list(_due(work, unit_id, in_force, path)),
        questions=list(_questions(work, mine, path)),
        promised=list(_promised(work, mine, path)),
        few=list(_few(work, mine, path)),
    )


def _year(
    work: Work, year: int, mine: Sequence[Analysis], path: str, reports: Sequence[Report]
) -> YearOf:
    analyses = [one for one in mine if one.year == year]
    found = [one for analysis in analyses for one in work.found[analysis.id]]

    def known(kind: str) -> list[Known]:
        return [
            Known(one.text, tuple(_cause(cause) for cause in work.causes_of[one.id]))
            for one in found
            if one.kind == kind
        ]

    actions = [
        action
        for analysis in analyses
        for area in work.areas_in[analysis.id]
        for action in work.actions_for[area.id]
    ]
    return YearOf(
        SchoolYear(year),
        [Line(one.title, path + one.at) for one in analyses],
        known("strength"),
        known("challenge"),
        [tried_of(work, one, path) for one in actions if one.state != "draft"],
        [replace(one, at=path + one.at) for one in reports if one.year == year],
    )


def _cause(cause: Cause) -> str:
    words = _("Öppen fråga: {text}") if cause.is_open else _("Det tror vi beror på: {text}")
    return words.format(text=cause.text)


def tried_of(work: Work, action: Action, path: str) -> Tried:
    answers = work.answered(action.id)
    last = answers[-1] if answers else None
    decision = work.decision_on.get(last.id) if last else None
    effect = last.effect_answer if last else None
    return Tried(
        action.title,
        path + action.at,
        EFFECT_NAMES[EffectAnswer(effect)] if effect else _("Inte uppföljd än"),
        next((one.learned for one in reversed(answers) if one.learned), ""),
        DECISION_NAMES[DecisionKind(decision.kind)] if decision else "",
        decision.reason.rstrip(".") if decision else "",
    )


def _ongoing(work: Work, in_force: Sequence[Action], path: str) -> Iterator[Line]:
    for action in in_force:
        waiting = [one for one in work.follow_ups_of[action.id] if one.waits]
        following = waiting[0].planned_on if waiting else None
        yield Line(action.title, path + action.at, action.owner_role, following)


def _due(work: Work, unit_id: UUID, in_force: Sequence[Action], path: str) -> Iterator[Line]:
    last = work.today + AHEAD
    steps = [
        Line(
            one.name,
            f"{path}{work.wheel[one.cycle_id].at}/steg/{one.id}",
            ", ".join(one.law),
            one.due,
        )
        for one in work.steps
        if one.unit_id == unit_id and one.done_on is None and one.due <= last
        and one.cycle_id in work.wheel
    ]  # fmt: skip
    follow_ups = [
        Line(_("Följ upp ”{title}”").format(title=short(action.title)), path + one.at, "",
             one.planned_on)
        for action in in_force
        for one in work.follow_ups_of[action.id]
        if one.waits and one.planned_on <= last
    ]  # fmt: skip
    yield from sorted([*steps, *follow_ups], key=lambda one: (one.day or last, one.text))


def _questions(work: Work, mine: Sequence[Analysis], path: str) -> Iterator[Line]:
    for analysis in mine:
        for one in work.causes_in[analysis.id]:
            if one.is_open:
                yield Line(one.text, path + analysis.at, analysis.title, one.answer_by)


def _promised(work: Work, mine: Sequence[Analysis], path: str) -> Iterator[Line]:
    found = [
        Line(effect.text, path + analysis.at, area.title, effect.expected_by)
        for analysis in mine
        for area in work.areas_in[analysis.id]
        for effect in work.effects_of[area.id]
        if effect.expected_by is not None and effect.expected_by >= work.today
    ]
    yield from sorted(found, key=lambda one: (one.day or date.max, one.text))


def _few(work: Work, mine: Sequence[Analysis], path: str) -> Iterator[Line]:
    for analysis in mine[:YEARS]:
        for one in work.observed[analysis.id]:
            counts = [number.n for number in work.numbers[one.id] if number.n is not None]
            if counts and min(counts) < FEW:
                yield Line(one.text, path + analysis.at, str(min(counts)))
