"""What a rektor who leaves leaves behind: who follows, and that nothing is left on the leaver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ska.core.swedish import count_words, join_words
from ska.core.text import _
from ska.handover.rules import Line
from ska.xrays.rules import Work
from ska.xrays.rules.done import Action

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Leader:
    """Someone who leads, has led or will lead the unit; *leads* tells a rektor's role."""

    name: str
    role: str
    valid_from: date
    valid_to: date | None
    leads: bool = False

    def on(self, day: date) -> bool:
        """Tell whether it is so on *day*."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True)
class Leaving:
    """A rektor who leaves: who follows, what goes over by itself, and what bears their name."""

    name: str
    last_day: date
    follower: Leader | None
    goes_over: str
    bears_the_name: list[Line]


def leaving_of(work: Work, unit_id: UUID, leaders: Sequence[Leader], path: str) -> Leaving | None:
    """Return the rektor who leaves within a month, None when nobody does.

    Insatser, steps and reminders are of the role: the day after they are its next holder's. What
    was written with the leaver's own name is told, to be given to somebody else.
    """
    here = (one for one in leaders if one.leads and one.on(work.today))
    one = next((one for one in here if one.valid_to), None)
    if one is None or one.valid_to is None or one.valid_to > work.today + SOON:
        return None
    after = one.valid_to + timedelta(days=1)
    actions = [
        action
        for action in work.actions
        if action.unit_id == unit_id and action.state in ("draft", "in_force")
    ]
    named = [own for own in actions if one.name.casefold() in own.owner_role.casefold()]
    return Leaving(
        one.name,
        one.valid_to,
        next((other for other in leaders if other.leads and other.on(after)), None),
        _goes_over(work, unit_id, actions),
        [Line(action.title, path + action.at) for action in named],
    )


def _goes_over(work: Work, unit_id: UUID, actions: Sequence[Action]) -> str:
    waiting = sum(one.waits for action in actions for one in work.follow_ups_of[action.id])
    steps = sum(one.unit_id == unit_id and one.done_on is None for one in work.steps)
    return join_words(
        [
            count_words(len(actions), _("insats"), _("insatser")),
            count_words(waiting, _("uppföljning"), _("uppföljningar")),
            count_words(steps, _("steg i årshjulet"), _("steg i årshjulet")),
        ]
    )
