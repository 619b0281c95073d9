"""Whether what is told over all subjects leaves room: who has which mark must not follow. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ska.values.importers.counting import BOTH, MOST_NEAR, NEAR
from ska.values.rules import ValueStatus

Points = Mapping[str, float]  # of each mark; those without have none
_FEW = 5  # so many numbers a count that is not told may be


@dataclass(frozen=True)
class Subject:
    """What a subject's table holds by gender, and what of it is told.

    *hidden* are the marks of which only the sum is told, or nothing. Of girls and boys no mark is
    told, but when the share *is_apart* it is told how many of each have one that is *passed*.
    """

    counts: Mapping[str, Counter[str]]
    hidden: frozenset[str]
    passed: str
    status: ValueStatus
    is_apart: bool

    def missed(self, gender: str) -> float:
        """Return the most of a gender who may have missed it; the half of what is told of all."""
        whole = self.counts["T"]
        if gender != "T" and self.is_apart:
            return self._missed(self.counts[gender])
        known = {ValueStatus.VALUE: self._missed(whole), NEAR: MOST_NEAR}
        most = known.get(self.status, whole.total())
        return most if gender == "T" else most / len(BOTH)

    def reached(self, gender: str) -> int:
        """Return how many of a gender have a mark that is passed."""
        return _some(self.counts[gender], self.passed).total()

    def _missed(self, counts: Counter[str]) -> int:
        return sum(count for mark, count in counts.items() if mark not in self.passed)


class Room(NamedTuple):
    """How much less and how much more points could be, with everything told the same."""

    less: float
    more: float


def may_be_left_out(
    subjects: Sequence[Subject], missed: Mapping[str, int], apart_from: int | None = None
) -> bool:
    """Tell whether all who missed any subject could have missed others than any one of them.

    Asked of those that do not tell how many missed it; with *apart_from*, the smallest group, of
    those that do not tell it of girls and boys.
    """
    if apart_from is None:
        open_ones = [one for one in subjects if one.status is not ValueStatus.VALUE]
        return all(_without(one, subjects, "T") >= missed["T"] for one in open_ones)
    open_ones = [one for one in subjects if one.missed("T") and not one.is_apart]
    return all(
        sum(missed[gender] for gender in BOTH) - one.missed("T") >= apart_from
        and all(_without(one, subjects, gender) >= missed[gender] for gender in BOTH)
        for one in open_ones
    )


def _without(one: Subject, subjects: Sequence[Subject], gender: str) -> float:
    return sum(other.missed(gender) for other in subjects if other is not one)


def may_have_marks(subjects: Sequence[Subject], graded: Mapping[str, int]) -> bool:
    """Tell whether those who missed a subject may have the mark F in it, or not.

    A mean tells how many have some mark that gives points or F: *graded*, by gender. They have to
    be enough for it, and to have their marks in other subjects.
    """
    return all(
        sum(other.reached(gender) for other in subjects if other is not one) >= n
        and (one.status is not ValueStatus.VALUE or n >= one.reached(gender) + _FEW)
        for one in subjects
        if one.missed("T")
        for gender, n in graded.items()
        if gender == "T" or one.is_apart
    )


def leaves_room(subjects: Sequence[Subject], points: Points, rounding: Room) -> bool:
    """Tell whether any subject's marks could be others, made up for by the marks of the others.

    What *rounding* hides makes up for some of it: the sum may be more as if others were less.
    """
    rooms = [_of_all(one, points) for one in subjects]
    plays = [_play(one, points) for one in subjects]
    return all(
        _is_wide([*rooms, rounding], room, play) for room, play in zip(rooms, plays, strict=True)
    )


def leaves_room_apart(
    subjects: Sequence[Subject], points: Points, graded: Mapping[str, int]
) -> bool:
    """Tell the same of sums of girls and boys: what all have may move first, who has it after."""
    rooms = [_of_girls(one, points) for one in subjects]
    play = 2 * _FEW * max(points.values())  # the most that one count moves, and the same again
    return (
        may_have_marks(subjects, graded)
        and leaves_room(subjects, points, Room(0, 0))
        and all(_is_wide(rooms, room, play) for room in rooms)
    )


def _play(subject: Subject, points: Points) -> float:
    """Return how much the sum moves when a count that is not told is another of five."""
    worth = [points.get(mark, 0.0) for mark in subject.hidden]
    if not worth:
        return 0
    few = (MOST_NEAR - 1) * max(worth) if subject.status is NEAR else 0
    return max(few, _FEW * (max(worth) - min(worth)))


def _is_wide(rooms: Sequence[Room], own: Room, play: float) -> bool:
    less = sum(room.less for room in rooms) - own.less
    more = sum(room.more for room in rooms) - own.more
    return min(less, more) >= play


def _of_all(subject: Subject, points: Points) -> Room:
    """Return the room of the marks that are hidden: all who have them may have any of them."""
    worth = {mark: points.get(mark, 0.0) for mark in subject.hidden}
    counts = _some(subject.counts["T"], subject.hidden)
    now = sum(counts[mark] * worth[mark] for mark in counts)
    least, most = min(worth.values(), default=0.0), max(worth.values(), default=0.0)
    return Room(now - counts.total() * least, counts.total() * most - now)


def _of_girls(subject: Subject, points: Points) -> Room:
    """Return the room of the girls when the marks of all are as they are: theirs may be others'.

    What girls have more, boys have less.
    """
    girls, everyone = subject.counts.get("K", Counter[str]()), subject.counts["T"]
    if subject.is_apart:
        girls, everyone = (_some(one, subject.passed) for one in (girls, everyone))
    worth = sorted(points.get(mark, 0.0) for mark in everyone.elements())
    n, now = girls.total(), sum(points.get(mark, 0.0) * girls[mark] for mark in girls)
    return Room(now - sum(worth[:n]), sum(worth[len(worth) - n :]) - now)


def _some(counts: Counter[str], marks: Iterable[str]) -> Counter[str]:
    return Counter({mark: counts[mark] for mark in marks})
