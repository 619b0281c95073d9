"""What a row of Var står vi? says: which of the four links of the chain are there. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ska.core.text import _

LINKS = ("values", "analysis", "actions", "follow_up")
LINK_WORDS = {
    "values": _("Värden"),
    "analysis": _("Analys"),
    "actions": _("Insatser"),
    "follow_up": _("Uppföljning"),
}


@dataclass(frozen=True)
class Measured:
    """What values one indicator has for the huvudman and its units.

    *values* and *hidden* count areas; *hidden* had a status but no number in their latest period.
    """

    values: int = 0
    hidden: int = 0
    latest: str | None = None

    def __add__(self, other: Measured) -> Measured:
        latest = max((one for one in (self.latest, other.latest) if one), default=None)
        return Measured(self.values + other.values, self.hidden + other.hidden, latest)


NO_VALUES = Measured()


@dataclass(frozen=True)
class Done:
    """What people have done about one thing in the framework, by id, so that sets can be joined."""

    analyses: frozenset[UUID] = frozenset()
    observations: frozenset[UUID] = frozenset()
    actions: frozenset[UUID] = frozenset()
    followed_up: frozenset[UUID] = frozenset()

    def __or__(self, other: Done) -> Done:
        return Done(
            self.analyses | other.analyses,
            self.observations | other.observations,
            self.actions | other.actions,
            self.followed_up | other.followed_up,
        )


NOTHING = Done()


@dataclass(frozen=True)
class Row:
    """One delmål, målområde or local goal, with what is there and what is not.

    A thing without indicators of its own is not measured by numbers: then the underlag (voices,
    documentation, visits) stand in the place of values, and count as much.
    """

    code: str
    kind: str
    heading: str
    href: str
    is_ours: bool
    indicators: int = 0
    measured: int = 0
    hidden: int = 0
    latest: str | None = None
    done: Done = NOTHING
    local_goals: tuple[str, ...] = ()
    parts: tuple[Row, ...] = field(default=())

    @property
    def has_values(self) -> bool:
        """Tell whether there is something to start from: values, or underlag in words."""
        return self.measured > 0 or bool(self.done.observations)

    @property
    def is_measured(self) -> bool:
        """Tell whether national statistics exist for it; without them one starts by looking."""
        return self.indicators > 0

    @property
    def links(self) -> dict[str, bool]:
        """Return link of the chain → whether it is there."""
        return {
            "values": self.has_values,
            "analysis": bool(self.done.analyses),
            "actions": bool(self.done.actions),
            "follow_up": bool(self.done.followed_up),
        }

    @property
    def missing(self) -> str | None:
        """Return the first link that is not there, or None when the chain is whole.

        What is not measured gets its underlag by being analysed, so the analysis comes first.
        """
        order = LINKS if self.is_measured else ("analysis", "values", "actions", "follow_up")
        return next((link for link in order if not self.links[link]), None)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not any(self.links.values())


@dataclass(frozen=True)
class Coverage:
    """Var står vi?: the delmål of each målsättning, the curricula's areas and the local goals."""

    system: str
    objectives: tuple[tuple[str, tuple[Row, ...]], ...]
    unread: tuple[str, ...]
    curricula: tuple[tuple[str, tuple[Row, ...]], ...]
    local: tuple[Row, ...]

    @property
    def rows(self) -> list[Row]:
        """Return every row, in the order of the page."""
        groups = [*self.objectives, *self.curricula]
        return [row for _heading, rows in groups for row in rows] + list(self.local)

    @property
    def empty(self) -> int:
        """Return how many rows have nothing at all."""
        return sum(row.is_empty for row in self.rows)

    @property
    def whole(self) -> int:
        """Return how many rows have every link of the chain."""
        return sum(row.missing is None for row in self.rows)


def joined(keys: Iterable[str], done: dict[str, Done]) -> Done:
    """Return all that is done about any of *keys* (``kind:item``), each thing counted once."""
    total = NOTHING
    for key in keys:
        total |= done.get(key, NOTHING)
    return total


def summed(keys: Iterable[str], values: dict[str, Measured]) -> dict[str, Any]:
    """Return how many of the indicators have values, only hidden ones, and the latest period."""
    found = [values[key] for key in keys if key in values]
    return {
        "measured": sum(one.values > 0 for one in found),
        "hidden": sum(one.values == 0 and one.hidden > 0 for one in found),
        "latest": max((one.latest for one in found if one.latest), default=None),
    }
