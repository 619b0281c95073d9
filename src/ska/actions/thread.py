"""The röd tråd: from observation to decision and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ska.actions import rules
from ska.actions.models import Action, BoardDecision, Deficiency, Expectation
from ska.actions.thread_steps import Frame, Gap, Node, Step, Thread, note_gaps
from ska.analyses.models import PastAnalysis
from ska.analyses.queries import Parts
from ska.core.swedish import STOCKHOLM, format_date
from ska.core.text import _
from ska.db.base import Base
from ska.values.known import end_of


def draw(
    parts: Parts,
    actions: list[Action],
    frame: Frame,
    focus: UUID | None = None,
    known: date | None = None,
) -> Thread:
    """Return the thread through the analysis, or through what leads to and from *focus*.

    *focus* is anything on the thread: the way back from it answers "varför gör vi detta?", the
    way on from it "vad blev det av detta?". With *known* only what was written by the end of that
    day, in the words it has today.
    """
    near = related(parts, actions, focus) if focus else None
    live = [one for one in actions if one.id == focus or one.state != rules.ActionState.WITHDRAWN]
    until = end_of(known) if known else None
    later = _written_after(parts, actions, until) if until else set()
    expected = parts.more.of(Expectation)
    steps = [*_before(parts, frame), *_towards(parts, frame)]
    steps += _onwards(live, frame, expected, until)
    steps.append(_of_the_board(parts.more.of(BoardDecision), frame))
    for step in steps:
        kept = [
            node
            for node in step.nodes
            if node.id not in later and (near is None or node.id in near or step.is_background)
        ]
        step.nodes = [replace(node, current=node.id == focus) for node in kept]
    steps = [step for step in steps if step.nodes or not (step.is_background or step.is_optional)]
    note_gaps(steps, frame)
    return Thread(steps)


def _written_after(parts: Parts, actions: list[Action], moment: datetime) -> set[UUID]:
    return {one.id for one in _rows(parts, actions) if one.created_at >= moment}


def _rows(parts: Parts, actions: list[Action]) -> list[Base]:
    """Return everything that stands on the thread."""
    follow_ups = [one for action in actions for one in action.follow_ups]
    rows: list[Base] = [*parts.observations, *parts.findings, *parts.causes, *parts.areas]
    rows += [effect for area in parts.areas for effect in area.effects]
    rows += [*actions, *follow_ups, *parts.more.of(Expectation), *parts.more.of(PastAnalysis)]
    rows += parts.more.of(BoardDecision)
    rows += [one.decision for one in follow_ups if one.decision is not None]
    return rows


def months_of(parts: Parts, actions: list[Action], today: date) -> list[date]:
    """Return the last day of each month before this one in which something was written.

    They are where a look back shows something else than the month before.
    """
    written = {one.created_at.astimezone(STOCKHOLM).date() for one in _rows(parts, actions)}
    ends = {date(one.year + one.month // 12, one.month % 12 + 1, 1) for one in written}
    return [one - timedelta(days=1) for one in sorted(ends) if one <= today]


def _before(parts: Parts, frame: Frame) -> list[Step]:
    """Return the earlier years' reports that the work comes after, the latest first."""
    past = sorted(parts.more.of(PastAnalysis), key=lambda one: (-one.year, one.id))
    nodes = [
        Node(f"{one.school_year}: {one.title}", f"{frame.home}/historia/{one.id}", id=one.id)
        for one in past
    ]
    return [Step(_("Tidigare läsår"), nodes, is_background=True)]


def _of_the_board(decisions: Sequence[BoardDecision], frame: Frame) -> Step:
    """Return nämndens beslut about what stands on the thread, the earliest first."""
    nodes = [
        Node(
            f"{one.registry_number}, {format_date(one.decided_on)}: {one.text}",
            f"{frame.home}/namndbeslut#b{one.id}",
            id=one.id,
        )
        for one in sorted(decisions, key=lambda one: (one.decided_on, one.id))
    ]
    return Step(_("Nämndens beslut"), nodes, is_optional=True)


def about_deficiency(deficiency: Deficiency, actions: list[Action], frame: Frame) -> Thread:
    """Return the thread of a brist: what is done about it, and what came of that."""
    address = f"{frame.home}/brister/{deficiency.id}"
    found = Step(_("Brist"), [Node(deficiency.text, address, id=deficiency.id)])
    steps = [found, *_onwards(actions, frame)]
    note_gaps(steps, frame)
    if not steps[1].nodes and frame.may_plan:
        steps[1].gap = Gap(_("Ingen åtgärd än"), f"{address}/atgard", _("Planera en åtgärd"))
    return Thread(steps)


def related(parts: Parts, actions: list[Action], focus: UUID) -> set[UUID]:
    """Return everything that leads to *focus* and everything that came of it."""
    links = list(_links(parts, actions))
    back: dict[UUID, list[UUID]] = {}
    on: dict[UUID, list[UUID]] = {}
    for cause, effect in links:
        back.setdefault(effect, []).append(cause)
        on.setdefault(cause, []).append(effect)
    return _reach(back, focus) | _reach(on, focus)


def _reach(ways: dict[UUID, list[UUID]], start: UUID) -> set[UUID]:
    reached, ahead = {start}, [start]
    while ahead:
        for one in ways.get(ahead.pop(), ()):
            if one not in reached:
                reached.add(one)
                ahead.append(one)
    return reached


def _links(parts: Parts, actions: list[Action]) -> Iterator[tuple[UUID, UUID]]:
    """Yield each link of the chain, from what comes first to what follows from it."""
    for finding in parts.findings:
        yield from ((link.observation_id, finding.id) for link in finding.observations)
    for cause in parts.causes:
        yield cause.finding_id, cause.id
        yield from ((e.observation_id, cause.id) for e in cause.evidence if e.observation_id)
    effects: dict[UUID, list[UUID]] = {}
    for area in parts.areas:
        yield from ((link.cause_id, area.id) for link in area.causes)
        yield from ((area.id, effect.id) for effect in area.effects)
        effects[area.id] = [effect.id for effect in area.effects]
    follow_ups = {one.id: one.follow_ups for one in actions}
    for one in parts.more.of(Expectation):
        yield one.action_id, one.id
        yield from ((one.id, read.id) for read in follow_ups.get(one.action_id, ()))
    for decided in parts.more.of(BoardDecision):
        yield decided.area_id or decided.action_id or decided.id, decided.id
    for action in actions:
        if action.area_id is not None:
            yield action.area_id, action.id
            yield from ((effect, action.id) for effect in effects.get(action.area_id, ()))
        for follow_up in action.follow_ups:
            yield action.id, follow_up.id
            if follow_up.decision is not None:
                yield follow_up.id, follow_up.decision.id


def _towards(parts: Parts, frame: Frame) -> list[Step]:
    """Return the steps of the analysis, each node leading to its place on the page."""
    at = f"{frame.analysis}#"
    opened = _("Öppen fråga")
    return [
        Step(
            _("Underlag"),
            [Node(o.text, f"{at}{o.id}", id=o.id) for o in parts.observations if o.is_kept],
        ),
        Step(_("Fynd"), [Node(one.text, f"{at}{one.id}", id=one.id) for one in parts.findings]),
        Step(
            _("Orsak"),
            [
                Node(one.text, f"{at}{one.id}", opened if one.is_open else "", id=one.id)
                for one in parts.causes
            ],
        ),
        Step(
            _("Utvecklingsområde"),
            [Node(one.title, f"{at}{one.id}", id=one.id) for one in parts.areas],
        ),
        Step(
            _("Förväntad effekt"),
            [
                Node(effect.text, f"{at}{effect.id}", id=effect.id)
                for area in parts.areas
                for effect in area.effects
            ],
        ),
    ]


def _onwards(
    actions: list[Action],
    frame: Frame,
    expected: Sequence[Expectation] = (),
    until: datetime | None = None,
) -> list[Step]:
    done, follow_ups, decisions = Step(_("Insats")), Step(_("Uppföljning")), Step(_("Beslut"))
    shown = {action.id for action in actions}
    numbers = Step(_("I siffror"))
    numbers.nodes = [
        Node(one.title, f"{frame.home}/effekter/{one.id}", id=one.id)
        for one in expected
        if one.action_id in shown
    ]
    for action in actions:
        done.nodes.append(Node(action.title, f"{frame.home}/insatser/{action.id}", id=action.id))
        for one in action.follow_ups:
            if one.cancelled_at is not None:
                continue
            href = f"{frame.home}/uppfoljningar/{one.id}"
            if one.effect_answer is None or (
                until and one.answered_at and one.answered_at >= until
            ):
                label = _("Planerad {day}").format(day=format_date(one.planned_on))
                follow_ups.nodes.append(Node(label, href, id=one.id))
                continue
            answer = rules.EFFECT_NAMES[rules.EffectAnswer(one.effect_answer)]
            follow_ups.nodes.append(Node(_("Effekt?") + f" {answer}", href, id=one.id))
            if one.decision is not None:
                words = rules.DECISION_NAMES[rules.DecisionKind(one.decision.kind)]
                decisions.nodes.append(Node(words, href, id=one.decision.id))
    return [done, *([numbers] if numbers.nodes else []), follow_ups, decisions]
