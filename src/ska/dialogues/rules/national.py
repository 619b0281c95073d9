"""Underlaget inför statens kvalitetsdialog, gathered from what is written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from ska.actions.rules import ActionState
from ska.analyses.rules import GROUP_NAMES
from ska.core.text import _
from ska.dialogues.rules.contents import (
    AreaLine,
    FactorLine,
    FormLine,
    Ground,
    National,
    UnitWork,
)
from ska.dialogues.rules.missing import missing_of
from ska.dialogues.rules.results import since_of
from ska.dialogues.rules.voices import Principals, difference_of, told_of
from ska.handover.rules import Line, tried_of
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.xrays.rules import Work
from ska.xrays.rules.done import Action
from ska.xrays.rules.written import Analysis

YEARS = 2


def national_of(work: Work, ground: Ground) -> National:
    """Return what the state's dialogue begins with, and what is missing of it."""
    own = [one for one in _recent(work) if one.unit_id is None]
    areas = [line for one in own for line in _areas(work, one, ground.path)]
    whole = [one for one in work.actions if one.unit_id is None]
    ongoing = [one for one in whole if one.in_force]
    ended = [one for one in whole if one.state == ActionState.CLOSED]
    found = National(
        since=since_of(work, ground.before, ground.path) if ground.before else None,
        forms=_forms(work, ground.types),
        goals=ground.goals,
        factors=_factors(work, ground),
        areas=areas,
        ongoing=[_going_on(work, one, ground.path) for one in ongoing],
        ended=[tried_of(work, one, ground.path) for one in ended],
        units=_units(work),
        taken_part=_taken_part(work),
        decided=ground.decided,
        texts=ground.texts,
        missing=[],
    )
    found.missing.extend(missing_of(work, found, ground))
    return found


def _recent(work: Work) -> list[Analysis]:
    recent = [one for one in work.analyses if one.year > work.year.start - YEARS]
    return sorted(recent, key=lambda one: (-one.year, one.title))


def _forms(work: Work, types: Sequence[tuple[str, UUID]]) -> list[FormLine]:
    """Return the skolformer in the law's order, each with its units at work."""
    names = {one.id: one.name for one in work.units if one.is_open}
    lines = []
    for kind, name in SCHOOL_TYPE_NAMES.items():
        units = sorted({names[unit] for of, unit in types if of == kind and unit in names})
        if units:
            lines.append(FormLine(name, units))
    return lines


def _factors(work: Work, ground: Ground) -> list[FactorLine]:
    principals = principals_on(work, ground.held_on)
    lines = []
    for factor in ground.factors:
        answers = [one for one in ground.answers if one.factor == factor.code]
        told = told_of(answers, principals)
        lines.append(FactorLine(factor.code, factor.heading, told, difference_of(told)))
    return lines


def principals_on(work: Work, held_on: date | None) -> Principals:
    """Return how many people lead a unit at work today: one may lead several."""
    at_work = {one.id for one in work.units if one.is_open}
    leading = {
        one.person_id
        for one in work.roles["principal"]
        if one.on(work.today) and one.unit_id in at_work
    }
    return Principals(len(leading), held_on is not None and held_on <= work.today)


def _areas(work: Work, analysis: Analysis, path: str) -> Iterator[AreaLine]:
    causes = {one.id: one.text for one in work.causes}
    for area in work.areas_in[analysis.id]:
        yield AreaLine(
            area.title,
            f"{path}{analysis.at}#{area.id}",
            analysis.title,
            [causes[one.cause_id] for one in work.answers[area.id] if one.cause_id in causes],
            [one.text for one in work.effects_of[area.id]],
        )


def _going_on(work: Work, action: Action, path: str) -> Line:
    waiting = [one.planned_on for one in work.follow_ups_of[action.id] if one.waits]
    return Line(action.title, path + action.at, action.owner_role, next(iter(waiting), None))


def _units(work: Work) -> UnitWork:
    of_units = [one for one in work.actions if one.unit_id is not None]
    ended = [one for one in of_units if one.state == ActionState.CLOSED]
    effects = [[found.effect_answer for found in work.answered(one.id)] for one in ended]
    return UnitWork(
        sum(one.in_force for one in of_units),
        len(ended),
        sum(bool(found) and found[-1] in ("yes", "partly") for found in effects),
    )


def _taken_part(work: Work) -> list[str]:
    """Return who took part in the analyses of this year and the last, or was only offered to."""
    ids = {one.id for one in _recent(work)}
    took: set[str] = set()
    offered: set[str] = set()
    for one in work.participations:
        if one.analysis_id in ids:
            (took if one.took_part else offered).add(one.group)
    lines = []
    for group, name in GROUP_NAMES.items():
        if group in took:
            lines.append(name)
        elif group in offered:
            lines.append(_("{name}: erbjöds att delta").format(name=name))
    return lines
