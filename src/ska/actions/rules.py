"""What is true of an insats whoever asks: kinds, states, and the order that the law demands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from ska.core.text import _


class ActionKind(StrEnum):
    """An insats develops (skollagen 4:3), an åtgärd mends a brist (4:7)."""

    DEVELOPMENT = "development"
    REMEDY = "remedy"


KIND_NAMES = {ActionKind.DEVELOPMENT: _("Insats"), ActionKind.REMEDY: _("Åtgärd")}


class ActionLevel(StrEnum):
    """The level of student-health and attendance work."""

    PROMOTING = "promoting"
    PREVENTIVE = "preventive"
    REMEDIAL = "remedial"


LEVEL_NAMES = {
    ActionLevel.PROMOTING: _("Främjande"),
    ActionLevel.PREVENTIVE: _("Förebyggande"),
    ActionLevel.REMEDIAL: _("Åtgärdande"),
}


class GovernanceLevel(StrEnum):
    """The four levels of the styrkedja."""

    POLITICS = "politics"
    ADMINISTRATION = "administration"
    PRINCIPALS = "principals"
    PROFESSIONS = "professions"


GOVERNANCE_NAMES = {
    GovernanceLevel.POLITICS: _("Politik"),
    GovernanceLevel.ADMINISTRATION: _("Förvaltning och ledning"),
    GovernanceLevel.PRINCIPALS: _("Rektorer och chefer"),
    GovernanceLevel.PROFESSIONS: _("Professioner"),
}


class Horizon(StrEnum):
    """Short or long term."""

    SHORT = "short"
    LONG = "long"


HORIZON_NAMES = {Horizon.SHORT: _("Kortsiktig"), Horizon.LONG: _("Långsiktig")}


class ActionState(StrEnum):
    """Where an insats stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # a draft that nothing came of


STATE_NAMES = {
    ActionState.DRAFT: _("Utkast"),
    ActionState.IN_FORCE: _("Gäller"),
    ActionState.CLOSED: _("Avslutad"),
    ActionState.WITHDRAWN: _("Återtagen"),
}
NOT_YET = frozenset({ActionState.DRAFT, ActionState.WITHDRAWN})
OVER = frozenset({ActionState.CLOSED, ActionState.WITHDRAWN})


class DoneAnswer(StrEnum):
    """Was it carried out?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


DONE_NAMES = {DoneAnswer.YES: _("Ja"), DoneAnswer.PARTLY: _("Delvis"), DoneAnswer.NO: _("Nej")}


class EffectAnswer(StrEnum):
    """Did it have effect? Answered apart from whether it was carried out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


EFFECT_NAMES = {
    EffectAnswer.YES: _("Ja, vi ser den effekt vi väntade oss"),
    EffectAnswer.PARTLY: _("Delvis"),
    EffectAnswer.NO: _("Nej"),
    EffectAnswer.CANNOT_TELL: _("Det går inte att bedöma än"),
}


class DecisionKind(StrEnum):
    """What is decided after a follow-up."""

    CONTINUE = "continue"
    ADJUST = "adjust"
    STOP = "stop"
    EMBED = "embed"


DECISION_NAMES = {
    DecisionKind.CONTINUE: _("Fortsätt"),
    DecisionKind.ADJUST: _("Justera"),
    DecisionKind.STOP: _("Avsluta"),
    DecisionKind.EMBED: _("Införliva i det vanliga arbetet"),
}
ENDING = frozenset({DecisionKind.STOP, DecisionKind.EMBED})


NAMES: dict[str, Any] = {
    "state_names": STATE_NAMES,
    "kind_names": KIND_NAMES,
    "level_names": LEVEL_NAMES,
    "governance_names": GOVERNANCE_NAMES,
    "horizon_names": HORIZON_NAMES,
    "done_names": DONE_NAMES,
    "effect_names": EFFECT_NAMES,
    "decision_names": DECISION_NAMES,
}


def in_force_obstacles(*, has_ground: bool, has_follow_up: bool, paragraph: str) -> dict[str, str]:
    """Return what stands in the way of an insats coming into force, by field."""
    obstacles = {}
    if not has_ground:
        obstacles["area_id"] = _(
            "Insatsen behöver ett utvecklingsområde ({paragraph}) eller en brist "
            "(skollagen 4 kap. 7 §) att vila på."
        ).format(paragraph=paragraph)
    if not has_follow_up:
        obstacles["follow_ups"] = _(
            "Ange minst ett datum då insatsen följs upp. Utan uppföljning går det inte att se "
            "vad den ledde till ({paragraph})."
        ).format(paragraph=paragraph)
    return obstacles


def words_of_state(
    state: str, starts: date | None, next_follow_up: date | None, today: date
) -> str:
    """Return where an insats stands on the day *today*, in Swedish."""
    if state == ActionState.DRAFT:
        return _("Utkast")
    if state == ActionState.CLOSED:
        return _("Avslutad")
    if state == ActionState.WITHDRAWN:
        return _("Återtagen")
    if next_follow_up is not None and next_follow_up < today:
        return _("Uppföljning försenad")
    if starts is not None and starts > today:
        return _("Planerad")
    return _("Pågår")


_COLUMNS = {
    _("Planerad"): (_("Utkast"), _("Planerad")),
    _("Pågår"): (_("Pågår"),),
    _("Att följa upp"): (_("Uppföljning försenad"),),
    _("Avslutad"): (_("Avslutad"), _("Återtagen")),
}


def board(rows: Iterable[Any], today: date) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Return the columns of the board, each with its insatser and the words for their state."""
    held: dict[str, list[tuple[Any, str]]] = {heading: [] for heading in _COLUMNS}
    column = {word: heading for heading, words in _COLUMNS.items() for word in words}
    for row in rows:
        word = words_of_state(row.state, row.starts, row.next_follow_up, today)
        held[column[word]].append((row, word))
    return list(held.items())
