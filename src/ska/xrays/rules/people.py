"""Checks of roles, units and local goals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ska.core.school_year import SchoolYear
from ska.core.swedish import count_words, format_date_long
from ska.core.text import _
from ska.xrays.rules.done import Goal, Held, Unit
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work

PRINCIPAL = "principal"
LEADS = ("quality_lead", "director_of_education")
LEAVES_SOON = timedelta(days=30)
FIVE_YEARS = timedelta(days=1826)
A_YEAR = timedelta(days=365)
MANY = 3


def _open(work: Work) -> Iterator[Unit]:
    return (one for one in work.units if one.is_open)


def _leading(work: Work, unit: Unit) -> list[Held]:
    return [one for one in work.roles[PRINCIPAL] if one.unit_id == unit.id]


def _hit(unit: Unit, words: str, content: object = "", at: str = "", **said: object) -> Hit:
    sentence = words.format(unit=unit.name, **said)
    return Hit(unit.id, sentence, at or f"/enheter/{unit.slug}", unit.id, content)


@check("unit-without-principal")
def unit_without_principal(work: Work) -> Iterator[Hit]:
    """Find units at work without a rektor today (skollagen 4:4)."""
    for unit in _open(work):
        if not work.holds(PRINCIPAL, unit.id, work.today):
            yield _hit(unit, _("{unit} har ingen rektor i dag."))


@check("acting-without-end")
def acting_without_end(work: Work) -> Iterator[Hit]:
    """Find acting roles that do not say when they end."""
    for one in work.held:
        if one.acting and one.valid_to is None and one.valid_from <= work.today:
            unit = work.unit.get(one.unit_id) if one.unit_id else None
            place = unit.name if unit else _("huvudmannen")
            words = _("En tillförordnad roll för {place} har inget slut.").format(place=place)
            subject = f"{one.person_id}|{one.role}|{one.unit_id}"
            at = f"/enheter/{unit.slug}" if unit else f"/personer/{one.person_id}"
            yield Hit(subject, words, at, one.unit_id)


@check("many-principals")
def many_principals(work: Work) -> Iterator[Hit]:
    """Find units that three people or more have led during five years (ska-process, story 10)."""
    since = work.today - FIVE_YEARS
    for unit in _open(work):
        people = {
            one.person_id
            for one in _leading(work, unit)
            if one.valid_from <= work.today and (one.valid_to is None or one.valid_to >= since)
        }
        if len(people) >= MANY:
            waiting = sum(
                one.waits
                for action in work.actions_on[unit.id]
                for one in work.follow_ups_of[action.id]
            )
            words = _("{unit} har haft {count} rektorer på fem år. Där väntar {waiting}.")
            told = count_words(waiting, _("uppföljning"), _("uppföljningar"))
            at = f"/enheter/{unit.slug}/overlamning"
            yield _hit(unit, words, len(people), at, count=len(people), waiting=told)


@check("leaver-with-open-work")
def leaver_with_open_work(work: Work) -> Iterator[Hit]:
    """Find rektorer who leave soon, without a successor, while work is open."""
    for unit in _open(work):
        for one in _leading(work, unit):
            last = one.valid_to
            if last is None or not one.on(work.today) or last > work.today + LEAVES_SOON:
                continue
            follows = work.holds(PRINCIPAL, unit.id, last + timedelta(days=1))
            steps = [
                step for step in work.steps if step.unit_id == unit.id and step.done_on is None
            ]
            if not follows and (work.actions_on[unit.id] or steps):
                words = _("Rektors uppdrag för {unit} slutar {day}. Arbete är öppet och ingen "
                          "tar över.")  # fmt: skip
                day = format_date_long(last)
                yield _hit(unit, words, last, f"/enheter/{unit.slug}/overlamning", day=day)


@check("no-quality-lead")
def no_quality_lead(work: Work) -> Iterator[Hit]:
    """Find a huvudman in which nobody leads the quality work."""
    if not any(work.holds(role, None, work.today) for role in LEADS):
        yield Hit("lead", _("Ingen är kvalitetsutvecklare eller skolchef i dag."), "/personer")


@check("ended-unit-with-open-work")
def ended_unit_with_open_work(work: Work) -> Iterator[Hit]:
    """Find units no longer at work that still have insatser in force."""
    for unit in work.units:
        count = len(work.actions_on[unit.id])
        if not unit.is_open and count:
            words = _("{unit} är inte längre i arbete men har {count} insatser som gäller.")
            yield _hit(unit, words, count=count)


@check("unit-without-school-type")
def unit_without_school_type(work: Work) -> Iterator[Hit]:
    """Find units at work that no skolform is known of."""
    known = {one.unit_id for one in work.unit_types}
    for unit in _open(work):
        if unit.id not in known:
            yield _hit(unit, _("{unit} har ingen skolform."))


def _goal(one: Goal, words: str, **said: str) -> Hit:
    return Hit(one.id, words.format(goal=one.title, **said), f"/egna-mal/{one.id}")


def _in_force(work: Work) -> Iterator[Goal]:
    return (
        one
        for one in work.goals
        if one.valid_from <= work.today and (one.valid_to is None or one.valid_to >= work.today)
    )


@check("goal-without-indicator")
def goal_without_indicator(work: Work) -> Iterator[Hit]:
    """Find local goals that nothing shows the state of."""
    measured = {one.local_goal_id for one in work.goal_measures}
    measured |= {one.local_goal_id for one in work.ties if one.is_indicator}
    for one in _in_force(work):
        if one.id not in measured:
            yield _goal(one, _("Målet ”{goal}” har inget mått."))


@check("goal-never-analysed")
def goal_never_analysed(work: Work) -> Iterator[Hit]:
    """Find local goals that no finding has been about for a year."""
    analysed = {one.item for one in work.tags if one.kind == "local_goal"}
    for one in _in_force(work):
        if one.valid_from + A_YEAR <= work.today and str(one.id) not in analysed:
            words = _("Inget fynd handlar om målet ”{goal}”, som gällt sedan {day}.")
            yield _goal(one, words, day=format_date_long(one.valid_from))


@check("goal-past-its-end")
def goal_past_its_end(work: Work) -> Iterator[Hit]:
    """Find local goals that ended the last year without anybody writing whether they were met."""
    for one in work.goals:
        last = one.valid_to
        if last is None or not work.today - A_YEAR <= last < work.today:
            continue
        since = SchoolYear.containing(last).start
        written = any(
            tag.kind == "local_goal" and tag.item == str(one.id)
            and work.analysis[tag.analysis_id].year >= since
            for tag in work.tags
        )  # fmt: skip
        if not written:
            words = _("Målet ”{goal}” slutade {day}. Inget fynd säger om det nåddes.")
            yield _goal(one, words, day=format_date_long(last))


@check("goal-without-ground")
def goal_without_ground(work: Work) -> Iterator[Hit]:
    """Find local goals that hang on nothing national."""
    tied = {one.local_goal_id for one in work.ties}
    for one in _in_force(work):
        if one.id not in tied:
            yield _goal(one, _("Målet ”{goal}” är inte kopplat till något nationellt mål."))
