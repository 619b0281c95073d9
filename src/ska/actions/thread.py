"""The röd tråd: from observation to decision and back, with gaps and the act that closes each."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from ska.actions import rules
from ska.actions.models import Action
from ska.analyses.queries import Parts
from ska.core.swedish import format_date
from ska.core.text import _


@dataclass(frozen=True)
class Node:
    """One thing on the thread."""

    label: str
    href: str | None = None
    status: str = ""
    current: bool = False


@dataclass(frozen=True)
class Gap:
    """Something that is missing on the thread, and where to add it."""

    text: str
    href: str | None = None
    action: str = ""


@dataclass
class Step:
    """One kind of thing on the thread, in the order of the work."""

    kind: str
    nodes: list[Node] = field(default_factory=list)
    gap: Gap | None = None

    @property
    def here(self) -> bool:
        """Tell whether the reader stands here."""
        return any(node.current for node in self.nodes)


@dataclass(frozen=True)
class Thread:
    """The whole thread in the order of the work."""

    steps: list[Step]


@dataclass(frozen=True)
class Focus:
    """What the thread is drawn around: one area and, in it, perhaps one insats."""

    area_id: UUID | None = None
    action_id: UUID | None = None


def draw(
    parts: Parts, actions: list[Action], *, analysis_href: str, home: str, focus: Focus
) -> Thread:
    """Return the thread through the analysis, narrowed to *focus* when it names an area."""
    areas = [one for one in parts.areas if focus.area_id in (None, one.id)]
    wanted = {link.cause_id for area in areas for link in area.causes}
    causes = [one for one in parts.causes if focus.area_id is None or one.id in wanted]
    explained = {one.finding_id for one in causes}
    findings = [one for one in parts.findings if focus.area_id is None or one.id in explained]
    seen = {link.observation_id for one in findings for link in one.observations}
    observations = [
        one
        for one in parts.observations
        if one.is_kept and (focus.area_id is None or one.id in seen)
    ]
    mine = [one for one in actions if focus.area_id in (None, one.area_id)]
    new = f"{analysis_href}/ny"

    steps = [
        Step(_("Underlag"), [Node(one.text, f"{analysis_href}#{one.id}") for one in observations]),
        Step(_("Fynd"), [Node(one.text, f"{analysis_href}#{one.id}") for one in findings]),
        Step(
            _("Orsak"),
            [
                Node(one.text, f"{analysis_href}#{one.id}", _("Öppen fråga") if one.is_open else "")
                for one in causes
            ],
        ),
        Step(
            _("Utvecklingsområde"),
            [
                Node(
                    one.title,
                    f"{analysis_href}#{one.id}",
                    "",
                    one.id == focus.area_id and focus.action_id is None,
                )
                for one in areas
            ],
        ),
        Step(
            _("Förväntad effekt"),
            [
                Node(effect.text, f"{analysis_href}#{area.id}")
                for area in areas
                for effect in area.effects
            ],
        ),
        Step(
            _("Insats"),
            [
                Node(one.title, f"{home}/insatser/{one.id}", "", one.id == focus.action_id)
                for one in mine
            ],
        ),
        *_afterwards(mine, home),
    ]
    _note_gaps(steps, new, analysis_href, areas[0].id if areas else None)
    return Thread(steps)


def _afterwards(actions: list[Action], home: str) -> list[Step]:
    follow_ups, decisions = Step(_("Uppföljning")), Step(_("Beslut"))
    for action in actions:
        for one in action.follow_ups:
            href = f"{home}/uppfoljningar/{one.id}"
            if one.effect_answer is None:
                label = _("Planerad {day}").format(day=format_date(one.planned_on))
                follow_ups.nodes.append(Node(label, href))
                continue
            answer = rules.EFFECT_NAMES[rules.EffectAnswer(one.effect_answer)]
            follow_ups.nodes.append(Node(_("Effekt?") + f" {answer}", href))
            if one.decision is not None:
                words = rules.DECISION_NAMES[rules.DecisionKind(one.decision.kind)]
                decisions.nodes.append(Node(words, href))
    return [follow_ups, decisions]


def _note_gaps(steps: list[Step], new: str, analysis_href: str, area: UUID | None) -> None:
    """Say what is missing on each empty step and which act closes the gap."""
    action = f"{analysis_href}/omraden/{area}/insats" if area else None
    closing = [
        Gap(_("Inget underlag"), f"{new}/underlag", _("Lägg till underlag")),
        Gap(_("Inget fynd"), f"{new}/fynd", _("Skriv vad underlaget visar")),
        Gap(_("Ingen orsak"), f"{new}/orsak", _("Skriv en orsak")),
        Gap(_("Inget utvecklingsområde"), f"{new}/omrade", _("Välj utvecklingsområde")),
        Gap(_("Ingen förväntad effekt"), f"{new}/effekt", _("Skriv vad som ska synas")),
        Gap(_("Ingen insats kopplad"), action, _("Planera en insats") if action else ""),
        Gap(_("Ingen uppföljning planerad")),
        Gap(_("Inget beslut än")),
    ]
    for step, gap in zip(steps, closing, strict=True):
        if not step.nodes:
            step.gap = gap
