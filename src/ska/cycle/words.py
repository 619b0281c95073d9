"""Words of the year: its phases, levels and kinds, and a date rule said in words."""

from __future__ import annotations

from collections.abc import Mapping

from ska.core.swedish import MONTHS, WEEKDAYS, count_words
from ska.core.text import _
from ska.cycle.definitions import (
    AfterStep,
    Artefact,
    Board,
    ByDate,
    DateRule,
    FirstWeekday,
    LastWeekday,
    Level,
    Months,
    Phase,
    Weeks,
    WheelKind,
)
from ska.cycle.models import AnnualCycle
from ska.organizers.rules import SCHOOL_TYPE_NAMES, SchoolType

KIND_NAMES = {
    WheelKind.ORGANIZER: _("Huvudmannens läsår"),
    WheelKind.UNIT: _("En enhets läsår"),
    WheelKind.SCHOOL_TYPE: _("En skolform"),
    WheelKind.PROGRAMME: _("Ett program eller en satsning"),
    WheelKind.BUDGET: _("Budget och bokslut, kalenderår"),
}
PHASE_NAMES: dict[str, str] = {
    Phase.WHERE_ARE_WE: _("Var är vi?"),
    Phase.WHERE_TO: _("Vart ska vi?"),
    Phase.HOW: _("Hur gör vi?"),
    Phase.HOW_DID_IT_GO: _("Hur blev det?"),
    Phase.PARALLEL: _("Vid sidan av"),
}
LEVEL_NAMES = {
    Level.UNIT: _("Enhet"),
    Level.ORGANIZER: _("Huvudman"),
    Level.BOARD: _("Nämnd"),
    Level.NETWORK: _("Nätverk"),
}
ARTEFACT_NAMES = {
    Artefact.ANALYSIS: _("Analys"),
    Artefact.ACTION_PLAN: _("Plan med insatser"),
    Artefact.FOLLOW_UPS: _("Uppföljningar"),
    Artefact.VALUES: _("Värden"),
    Artefact.PARTICIPATION: _("Vilka som medverkat"),
    Artefact.REPORT: _("Rapport"),
    Artefact.DECISION: _("Beslut"),
    Artefact.DIALOGUE: _("Överenskommelse"),
    Artefact.NOTES: _("Anteckning"),
    Artefact.PLAN: _("Plan"),
}


def kind_words(wheel: AnnualCycle) -> str:
    """Return whose year a wheel is: ``En skolform: förskola``."""
    kind = KIND_NAMES[WheelKind(wheel.kind)]
    return (
        f"{kind}: {SCHOOL_TYPE_NAMES[SchoolType(wheel.school_type)]}" if wheel.school_type else kind
    )


def phase_name(phase: str) -> str:
    """Return a phase's name: that of one of the questions, or its own."""
    return PHASE_NAMES.get(phase, phase)


def rule_words(rule: DateRule, steps: Mapping[str, str], figures: Mapping[str, str]) -> str:
    """Return a date rule in words; *steps* and *figures* name what it may hang on, by key."""
    if isinstance(rule, Weeks):
        span = f"{rule.first}" if rule.first == rule.last else f"{rule.first}–{rule.last}"
        return _("vecka {span}").format(span=span)
    if isinstance(rule, Months):
        return _months(rule.first, rule.last)
    if isinstance(rule, ByDate):
        return _("senast {day} {month}").format(day=rule.day, month=MONTHS[rule.month - 1])
    if isinstance(rule, LastWeekday | FirstWeekday):
        which = _("sista") if isinstance(rule, LastWeekday) else _("första")
        day = WEEKDAYS[rule.weekday - 1] + "en" if rule.weekday else _("vardagen")
        return _("{which} {day} i {month}").format(
            which=which, day=day, month=MONTHS[rule.month - 1]
        )
    if isinstance(rule, Board):
        which = _("första") if rule.pick == "first" else _("sista")
        months = _months(rule.first_month, rule.last_month)
        meeting = _("nämndens {which} möte {months}").format(which=which, months=months)
        return _counted(rule.working_days, meeting)
    if isinstance(rule, AfterStep):
        return _counted(rule.working_days, steps.get(rule.step, rule.step))
    return _counted(rule.working_days, figures.get(rule.publication, rule.publication))


def _months(first: int, last: int) -> str:
    names = MONTHS[first - 1], MONTHS[last - 1]
    return names[0] if first == last else f"{names[0]}–{names[1]}"


def _counted(days: int, what: str) -> str:
    if days == 0:
        return _("samma dag som {what}").format(what=what)
    side = _("efter") if days > 0 else _("före")
    return f"{count_words(abs(days), _('arbetsdag'), _('arbetsdagar'))} {side} {what}"
