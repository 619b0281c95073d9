"""Checks of follow-ups and decisions: was it seen, and what came of what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.xrays.rules.actions import hit
from ska.xrays.rules.causes import GRACE, short
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work

A_YEAR = timedelta(days=365)
NO_EFFECT = {"no"}
KEEPS_ON = "continue"


@check("follow-up-overdue")
def follow_up_overdue(work: Work) -> Iterator[Hit]:
    """Find follow-ups of insatser in force whose day has gone."""
    for one in work.follow_ups:
        action = work.action.get(one.action_id)
        if action is not None and action.in_force and one.waits and one.planned_on < work.today:
            words = _("Uppföljningen av ”{name}” skulle ha gjorts {day}.")
            day = format_date_long(one.planned_on)
            yield Hit(
                one.id, words.format(name=short(action.title), day=day), one.at, action.unit_id
            )


@check("action-unwatched")
def action_unwatched(work: Work) -> Iterator[Hit]:
    """Find insatser in force that nobody will look at again, cancelled follow-ups aside."""
    for one in work.actions:
        follow_ups = work.follow_ups_of[one.id]
        if not one.in_force or any(other.waits for other in follow_ups):
            continue
        if any(other.answered_at is not None for other in follow_ups):
            yield hit(one, _("Insatsen ”{name}” gäller men har ingen uppföljning kvar."))


@check("all-follow-ups-cancelled")
def all_follow_ups_cancelled(work: Work) -> Iterator[Hit]:
    """Find insatser in force of which every follow-up was cancelled."""
    for one in work.actions:
        follow_ups = work.follow_ups_of[one.id]
        cancelled = all(other.cancelled_at is not None for other in follow_ups)
        if one.in_force and follow_ups and cancelled:
            yield hit(one, _("Alla uppföljningar av insatsen ”{name}” är inställda."))


@check("follow-up-before-start")
def follow_up_before_start(work: Work) -> Iterator[Hit]:
    """Find waiting follow-ups planned before anything has begun."""
    for one in work.follow_ups:
        action = work.action.get(one.action_id)
        if action is None or action.state == "withdrawn":
            continue
        if one.waits and one.planned_on < action.starts:
            words = _("Uppföljningen av ”{name}” är planerad före insatsens start.")
            yield Hit(one.id, words.format(name=short(action.title)), one.at, action.unit_id)


@check("first-follow-up-late")
def first_follow_up_late(work: Work) -> Iterator[Hit]:
    """Find insatser in force that nobody looks at during their first year."""
    for one in work.actions:
        kept = [other for other in work.follow_ups_of[one.id] if other.cancelled_at is None]
        if one.in_force and kept and kept[0].planned_on > one.starts + A_YEAR:
            words = _("Insatsen ”{name}” följs upp först {day}.")
            yield hit(one, words, day=format_date_long(kept[0].planned_on))


@check("decision-missing")
def decision_missing(work: Work) -> Iterator[Hit]:
    """Find answered follow-ups that nothing was decided about."""
    for one in work.follow_ups:
        action = work.action.get(one.action_id)
        if action is None or one.answered_at is None or one.id in work.decision_on:
            continue
        if one.answered_at.date() + GRACE <= work.today:
            words = _("Uppföljningen av ”{name}” är besvarad men har inget beslut.")
            yield Hit(one.id, words.format(name=short(action.title)), one.at, action.unit_id)


@check("effect-unknown-twice")
def effect_unknown_twice(work: Work) -> Iterator[Hit]:
    """Find insatser whose effect could not be told at the last two follow-ups."""
    for one in work.actions:
        last = [answer.effect_answer for answer in work.answered(one.id)][-2:]
        if one.in_force and last == ["cannot_tell", "cannot_tell"]:
            yield hit(one, _("Effekten av ”{name}” har inte gått att bedöma två gånger i rad."))


@check("continued-without-effect")
def continued_without_effect(work: Work) -> Iterator[Hit]:
    """Find insatser that go on unchanged after two follow-ups without effect."""
    for one in work.actions:
        last = work.answered(one.id)[-2:]
        if not one.in_force or len(last) < 2:
            continue
        decision = work.decision_on.get(last[-1].id)
        kept_on = decision is not None and decision.kind == KEEPS_ON
        if kept_on and all(answer.effect_answer in NO_EFFECT for answer in last):
            words = _("Insatsen ”{name}” fortsätter fast två uppföljningar inte såg effekt.")
            yield hit(one, words)


@check("stopped-despite-effect")
def stopped_despite_effect(work: Work) -> Iterator[Hit]:
    """Find insatser that were stopped although they worked, the last year."""
    for one, decision in work.followed({"stop"}):
        action = work.action.get(one.action_id)
        is_late = decision.decided_on + A_YEAR < work.today
        if action is not None and one.effect_answer == "yes" and not is_late:
            words = _("Insatsen ”{name}” avslutades fast ni såg effekten.")
            yield Hit(one.id, words.format(name=short(action.title)), one.at, action.unit_id)


@check("adjusted-but-unchanged")
def adjusted_but_unchanged(work: Work) -> Iterator[Hit]:
    """Find decisions to adjust after which nothing was changed or planned."""
    for one, decision in work.followed({"adjust"}):
        action = work.action.get(one.action_id)
        if action is None or not action.in_force or decision.decided_on + GRACE > work.today:
            continue
        waits = any(other.waits for other in work.follow_ups_of[action.id])
        if not waits and action.updated_at.date() <= decision.decided_on:
            words = _("”{name}” skulle justeras enligt beslut {day}, men är oförändrad.")
            yield hit(action, words, "/andra", day=format_date_long(decision.decided_on))


@check("nothing-learned")
def nothing_learned(work: Work) -> Iterator[Hit]:
    """Find closed insatser that nobody wrote a lesson about, the last year."""
    for one in work.actions:
        answers = work.answered(one.id)
        is_new = one.updated_at.date() + A_YEAR >= work.today
        if one.state == "closed" and is_new and not any(other.learned for other in answers):
            yield hit(one, _("”{name}” är avslutad utan att det står vad ni lärde er."))
