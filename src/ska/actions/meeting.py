"""Two people changed the same insats: what each wrote, in words."""

from __future__ import annotations

from typing import Any

from ska.actions.forms import ActionChangeForm
from ska.actions.models import Action
from ska.actions.rules import GOVERNANCE_NAMES, HORIZON_NAMES, LEVEL_NAMES
from ska.core.meeting import Differing, differing
from ska.core.text import _

FIELD_NAMES = {
    "title": _("Vad som ska göras"),
    "description": _("Hur det ska gå till"),
    "level": _("Främjande, förebyggande eller åtgärdande"),
    "governance_level": _("Nivå i styrkedjan"),
    "horizon": _("Sikt"),
    "owner_role": _("Ansvarig roll"),
    "starts": _("Börjar"),
    "ends": _("Klar senast"),
    "is_investigation": _("Undersökning"),
}
_CHOSEN: dict[str, dict[Any, str]] = {
    "level": dict(LEVEL_NAMES),
    "governance_level": dict(GOVERNANCE_NAMES),
    "horizon": dict(HORIZON_NAMES),
}


def differing_action(action: Action, form: ActionChangeForm) -> list[Differing]:
    """Return where *form* says something else than the insats does now, in words."""
    written = form.changes
    now = {name: getattr(action, name) for name in written}
    return differing(now, written, FIELD_NAMES, _word)


def _word(name: str, value: Any) -> str:
    return _CHOSEN.get(name, {}).get(value, str(value))
