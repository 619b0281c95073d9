"""Checks of the årshjul: its steps, dates and what they were done with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from ska.core.holidays import add_working_days
from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.xrays.rules.done import Step
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work

SOON = timedelta(days=60)
GRACE_DAYS = 5  # working days, as the reminders' escalation
LONG = timedelta(days=30)
CROWD = 4
PLANS_FROM = (5, 1)


def _steps(work: Work, year: int | None = None) -> Iterator[Step]:
    """Yield the steps of the wheels of one läsår, this one's when *year* is None."""
    wanted = work.year.start if year is None else year
    return (
        one
        for one in work.steps
        if one.cycle_id in work.wheel and work.wheel[one.cycle_id].school_year == wanted
    )


def _hit(work: Work, one: Step, words: str, content: object = "", **said: str) -> Hit:
    at = f"{work.wheel[one.cycle_id].at}/steg/{one.id}"
    place = work.unit[one.unit_id].name if one.unit_id in work.unit else _("huvudmannen")
    sentence = words.format(step=one.name, place=place, **said)
    return Hit(one.id, sentence, at, one.unit_id, content)


def _years_with_a_wheel(work: Work) -> set[int]:
    """Return the läsår that have a wheel of the huvudman's; one of a budget is none."""
    return {one.school_year for one in work.wheels if one.kind == "organizer" and not one.unit_id}


@check("no-wheel")
def no_wheel(work: Work) -> Iterator[Hit]:
    """Find a läsår in which the huvudman has no wheel."""
    if work.year.start not in _years_with_a_wheel(work):
        sentence = _("Läsåret {year} har inget årshjul.").format(year=work.year)
        yield Hit("wheel", sentence, f"/{work.year.slug}/arshjul", None, work.year)


@check("no-wheel-next-year")
def no_wheel_next_year(work: Work) -> Iterator[Hit]:
    """Find, in spring, that next läsår has no wheel though this one has."""
    has = _years_with_a_wheel(work)
    is_spring = work.today >= date(work.year.start + 1, *PLANS_FROM)
    if is_spring and work.year.start in has and work.year.start + 1 not in has:
        sentence = _("Läsåret {year} har inget årshjul än.").format(year=work.year.next)
        yield Hit("wheel", sentence, f"/{work.year.slug}/arshjul", None, work.year)


@check("step-late")
def step_late(work: Work) -> Iterator[Hit]:
    """Find steps that were due more than five working days ago."""
    for one in _steps(work):
        snoozed = one.snoozed_until is not None and one.snoozed_until > work.today
        is_late = one.due < work.today and add_working_days(one.due, GRACE_DAYS) < work.today
        if one.done_on is None and not snoozed and is_late:
            words = _("”{step}” för {place} skulle ha varit klart {day}.")
            yield _hit(work, one, words, day=format_date_long(one.due))


@check("step-without-holder")
def step_without_holder(work: Work) -> Iterator[Hit]:
    """Find steps soon due whose role nobody will hold that day."""
    for one in work.steps:
        is_soon = work.today <= one.due <= work.today + SOON
        is_open = one.unit_id is None or work.unit[one.unit_id].is_open
        if one.cycle_id not in work.wheel or one.done_on is not None or not is_soon:
            continue
        if is_open and not work.holds(one.responsible, one.unit_id, one.due):
            words = _("”{step}” för {place} är {day}, men ingen har rollen då.")
            yield _hit(work, one, words, day=format_date_long(one.due))


@check("step-snoozed-long")
def step_snoozed_long(work: Work) -> Iterator[Hit]:
    """Find steps put off more than a month past their day."""
    for one in _steps(work):
        until = one.snoozed_until
        if one.done_on is None and until is not None and until > one.due + LONG:
            words = _("”{step}” för {place} är uppskjutet till {day}.")
            yield _hit(work, one, words, until, day=format_date_long(until))


@check("analysis-step-without-analysis")
def analysis_step_without_analysis(work: Work) -> Iterator[Hit]:
    """Find steps for the analysis that are done without a fastställd analysis."""
    for one in _steps(work):
        if one.artefact != "analysis" or one.unit_id is None or one.done_on is None:
            continue
        about = work.written_about[one.unit_id]
        if not any(a.is_established and a.year == work.year.start for a in about):
            words = _("”{step}” är klart för {place}, men ingen analys är fastställd.")
            yield _hit(work, one, words)


@check("plan-step-without-actions")
def plan_step_without_actions(work: Work) -> Iterator[Hit]:
    """Find steps for the plan that are done while no insats gäller."""
    for one in _steps(work):
        if one.artefact != "action_plan" or one.unit_id is None or one.done_on is None:
            continue
        if not work.in_force_for(one.unit_id):
            yield _hit(work, one, _("”{step}” är klart för {place}, men ingen insats gäller."))


@check("board-date-missing")
def board_date_missing(work: Work) -> Iterator[Hit]:
    """Find a läsår with steps that follow the nämnd and no meeting written in."""
    follows = [one for one in _steps(work) if one.follows_board and one.done_on is None]
    if follows and not any(one.day in work.year for one in work.board_dates):
        words = _("{count} steg följer nämndens möte, men inget möte är inskrivet för {year}.")
        sentence = words.format(count=len(follows), year=work.year)
        yield Hit("board", sentence, f"/{work.year.slug}/arshjul#namndmoten", None, work.year)


@check("law-line-uncovered")
def law_line_uncovered(work: Work) -> Iterator[Hit]:
    """Find lines of the law that no step of the year's wheels answers."""
    has_wheel = any(one.school_year == work.year.start for one in work.wheels)
    covered = {line for one in _steps(work) for line in one.law}
    for line in work.requirements:
        if has_wheel and line not in covered:
            words = _("Inget steg i årets hjul svarar mot {line}.")
            at = f"/{work.year.slug}/arshjul"
            yield Hit(line, words.format(line=line), at, None, work.year)


@check("steps-crowd")
def steps_crowd(work: Work) -> Iterator[Hit]:
    """Find coming weeks in which one role of one unit should finish many steps."""
    weeks = Counter(
        (one.unit_id, one.responsible, one.due.isocalendar()[:2])
        for one in work.steps
        if one.done_on is None and one.due >= work.today and one.cycle_id in work.wheel
    )
    for (unit_id, role, (year, week)), count in weeks.items():
        if count >= CROWD:
            place = work.unit[unit_id].name if unit_id in work.unit else _("huvudmannen")
            words = _("Vecka {week} ska {count} steg bli klara för {place} av samma roll.")
            sentence = words.format(week=week, count=count, place=place)
            at = f"/{work.year.slug}/arshjul"
            yield Hit(f"{unit_id}|{role}|{year}|{week}", sentence, at, unit_id, count)


@check("review-notes-open")
def review_notes_open(work: Work) -> Iterator[Hit]:
    """Find coming steps whose date has a note that nobody has looked at."""
    for one in work.steps:
        is_open = one.done_on is None and one.due >= work.today
        if one.cycle_id in work.wheel and is_open and one.review:
            words = _("”{step}” för {place}: {note}")
            yield _hit(work, one, words, one.review, note=one.review[0])
