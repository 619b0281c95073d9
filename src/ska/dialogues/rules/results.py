"""What a resultatdialog begins with, put together from what was written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from ska.actions.rules import words_of_state
from ska.core.text import _
from ska.handover.rules import Handover, Line, Tried, handover_of, tried_of
from ska.xrays.rules import Work
from ska.xrays.rules.written import Analysis

YEARS = 2
KIND = "results_dialogue"
SECTIONS: dict[str, tuple[str, str]] = {
    "results": (
        _("Vad ser vi tillsammans?"),
        _("Vad är vi överens om? Vad tolkar vi olika? Vad gav förra årets insatser?"),
    ),
    "causes": (
        _("Varför är det så?"),
        _("Vad talar för och emot orsakerna? Vad i huvudmannens stöd hör till dem?"),
    ),
    "ahead": (
        _("Vad är viktigast nu?"),
        _("Vad ska enheten göra, och vad behöver den av huvudmannen?"),
    ),
}


class AnswerKind(StrEnum):
    """What the level above says to a need."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    LATER = "later"


ANSWER_NAMES = {
    AnswerKind.YES: _("Ja"),
    AnswerKind.PARTLY: _("Delvis"),
    AnswerKind.NO: _("Nej"),
    AnswerKind.LATER: _("Svar kommer senare"),
}


@dataclass(frozen=True)
class Agreed:
    """What was agreed, and the insats it became."""

    text: str
    owner_role: str
    due: date
    action_id: UUID


@dataclass(frozen=True)
class Kept:
    """What was agreed and what has come of it."""

    text: str
    owner_role: str
    due: date
    state: str
    tried: Tried | None = None


@dataclass(frozen=True)
class Wanted:
    """A need and its answer; *answer* is empty while it waits."""

    text: str
    answer_by: date | None = None
    kind: str = ""
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class Before:
    """A dialogue that was held before."""

    held_on: date
    took_part: str
    agreed: Sequence[Agreed]
    needs: Sequence[Wanted]


@dataclass(frozen=True)
class Since:
    """Since the last dialogue: what was agreed and came of it, what was needed and answered."""

    held_on: date
    took_part: str
    agreed: list[Kept]
    needs: list[Wanted]


@dataclass(frozen=True)
class MeasureLine:
    """An indicator in one line: never without its period, count and what may be said.

    *shifts* are the levels that people have accepted in it, with who, when and why.
    """

    name: str
    href: str
    value: str
    period: str
    people: str
    interval: str
    change: str
    verdict: str
    source: str = ""
    shifts: list[str] = field(default_factory=list)  # what was kept before told none


@dataclass(frozen=True)
class Prepared:
    """What the page of a dialogue says before anyone has said anything there."""

    since: Since | None
    handover: Handover
    wanted: list[Line]
    measures: list[MeasureLine]
    silent: int


@dataclass(frozen=True)
class Measured:
    """The unit's indicators, and how many have no value."""

    lines: list[MeasureLine]
    silent: int


def prepared_of(
    work: Work, unit_id: UUID, path: str, before: Before | None, measured: Measured
) -> Prepared:
    """Return what a dialogue of the unit begins with; *path* is the huvudman's address."""
    handover = handover_of(work, unit_id, path)
    return Prepared(
        since=since_of(work, before, path) if before else None,
        handover=replace(handover, years=handover.years[:YEARS]),
        wanted=list(_wanted(work, unit_id, path)),
        measures=measured.lines,
        silent=measured.silent,
    )


def since_of(work: Work, before: Before, path: str) -> Since:
    """Return what has come of the last dialogue."""
    kept = [_kept(work, one, path) for one in before.agreed]
    return Since(before.held_on, before.took_part, kept, list(before.needs))


def _kept(work: Work, one: Agreed, path: str) -> Kept:
    action = work.action.get(one.action_id)
    if action is None:
        return Kept(one.text, one.owner_role, one.due, _("Insatsen syns inte för dig"))
    waiting = [found.planned_on for found in work.follow_ups_of[action.id] if found.waits]
    state = words_of_state(action.state, action.starts, next(iter(waiting), None), work.today)
    return Kept(one.text, one.owner_role, one.due, state, tried_of(work, action, path))


def _wanted(work: Work, unit_id: UUID, path: str) -> Iterator[Line]:
    """Yield what the unit's own analyses of this year and the last say that it needs."""
    own = {
        one.id: one
        for one in work.written_about[unit_id]
        if one.unit_id == unit_id and one.year > work.year.start - YEARS
    }
    for text in work.texts:
        if text.key == "needs" and text.analysis_id in own:
            analysis = own[text.analysis_id]
            yield Line(text.text, path + analysis.at, analysis.title)


@dataclass(frozen=True)
class Choosable:
    """What an agreement may rest on: an area of an analysis, or a brist."""

    id: UUID
    words: str


def grounds_of(work: Work, unit_id: UUID) -> list[Choosable]:
    """Return the areas about the unit, the latest year's first, and its brister."""
    return _choosable(work, work.written_about[unit_id], unit_id)


def whole_grounds_of(work: Work) -> list[Choosable]:
    """Return the areas of the huvudman's own analyses and its brister."""
    return _choosable(work, [one for one in work.analyses if one.unit_id is None], None)


def _choosable(work: Work, analyses: Sequence[Analysis], unit_id: UUID | None) -> list[Choosable]:
    in_order = sorted(analyses, key=lambda one: (-one.year, one.title))
    areas = [
        Choosable(area.id, f"{area.title} ({one.title})")
        for one in in_order
        for area in work.areas_in[one.id]
    ]
    return areas + [
        Choosable(one.id, _("Brist: {text}").format(text=one.text))
        for one in work.deficiencies
        if one.mended_on is None and one.unit_id == unit_id
    ]
