"""Which views stand for which meeting. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What is fixed for a meeting, or for whenever the group meets."""

    @property
    def meeting_on(self) -> date | None:
        """Return the day of the meeting."""

    @property
    def name(self) -> str:
        """Return what it is called."""


V = TypeVar("V", bound=Dated)


@dataclass(frozen=True)
class Meetings(Generic[V]):
    """A group's views: for its *next* meeting, at any, at *later* ones, and at those that were."""

    next_on: date | None
    next: tuple[V, ...]
    undated: tuple[V, ...]
    later: tuple[V, ...]
    earlier: tuple[V, ...]


def meetings_of(views: Iterable[V], today: date) -> Meetings[V]:
    """Return each view under its meeting; the one of today is the next until the day is over."""
    every = sorted(views, key=lambda one: (one.meeting_on or date.max, one.name))
    dated = [(one.meeting_on, one) for one in every if one.meeting_on is not None]
    next_on = min((day for day, _one in dated if day >= today), default=None)
    return Meetings(
        next_on,
        tuple(one for day, one in dated if day == next_on),
        tuple(one for one in every if one.meeting_on is None),
        tuple(one for day, one in dated if next_on is not None and day > next_on),
        tuple(one for day, one in dated[::-1] if day < today),
    )
