"""What a röd tråd is made of: steps with nodes, and gaps with the act that closes each."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from ska.core.text import _


@dataclass(frozen=True)
class Node:
    """One thing on the thread."""

    label: str
    href: str | None = None
    status: str = ""
    current: bool = False
    id: UUID | None = None


@dataclass(frozen=True)
class Gap:
    """Something that is missing on the thread, and where to add it."""

    text: str
    href: str | None = None
    action: str = ""


@dataclass
class Step:
    """One kind of thing on the thread, in the order of the work.

    Background stands there whatever one looks at; what is optional is no gap when it is missing.
    """

    kind: str
    nodes: list[Node] = field(default_factory=list)
    gap: Gap | None = None
    is_background: bool = False
    is_optional: bool = False

    @property
    def here(self) -> bool:
        """Tell whether the reader stands here."""
        return any(node.current for node in self.nodes)


@dataclass(frozen=True)
class Thread:
    """The whole thread in the order of the work."""

    steps: list[Step]


@dataclass(frozen=True)
class Frame:
    """Where the thread's links lead, and whether this reader may close its gaps."""

    analysis: str
    home: str
    may_write: bool = False
    may_plan: bool = False


def note_gaps(steps: list[Step], frame: Frame) -> None:
    """Say what is missing on each empty step, and to those who may: which act closes the gap."""
    by_kind = {step.kind: step for step in steps}
    for kind, (text, act, path, plans) in _gaps(by_kind, frame).items():
        step = by_kind.get(kind)
        if step is not None and not step.nodes:
            may = frame.may_plan if plans else frame.may_write
            step.gap = Gap(text, path, act) if may and path else Gap(text)


def _gaps(steps: dict[str, Step], frame: Frame) -> dict[str, tuple[str, str, str | None, bool]]:
    """Return, by kind: what is missing, the act that closes it, where, and whether it plans."""
    new = f"{frame.analysis}/ny"
    area, insats, follow_up = (
        _first(steps.get(kind)) for kind in (_("Utvecklingsområde"), _("Insats"), _("Uppföljning"))
    )
    plan = f"{frame.analysis}/omraden/{area.id}/insats" if area else None
    return {
        _("Underlag"): (_("Inget underlag"), _("Lägg till underlag"), f"{new}/underlag", False),
        _("Fynd"): (_("Inget fynd"), _("Skriv vad underlaget visar"), f"{new}/fynd", False),
        _("Orsak"): (_("Ingen orsak"), _("Skriv en orsak"), f"{new}/orsak", False),
        _("Utvecklingsområde"): (
            _("Inget utvecklingsområde"),
            _("Välj utvecklingsområde"),
            f"{new}/omrade",
            False,
        ),
        _("Förväntad effekt"): (
            _("Ingen förväntad effekt"),
            _("Skriv vad som ska synas"),
            f"{new}/effekt",
            False,
        ),
        _("Insats"): (_("Ingen insats kopplad"), _("Planera en insats"), plan, True),
        _("Uppföljning"): (
            _("Ingen uppföljning planerad"),
            _("Planera en uppföljning"),
            insats.href if insats else None,
            True,
        ),
        _("Beslut"): (
            _("Inget beslut än"),
            _("Följ upp och besluta"),
            follow_up.href if follow_up else None,
            True,
        ),
    }


def _first(step: Step | None) -> Node | None:
    return step.nodes[0] if step and step.nodes else None
