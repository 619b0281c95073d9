"""A group of pupils, subject after subject: what is told of all of it together.

Each subject is a table of marks × gender, and the subjects share their pupils. What is told is
chosen so that no count that is not told can be narrowed down (docs/decisions/0074).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ska.values.importers.counting import (
    BOTH,
    HIDDEN,
    HIDES,
    NEAR,
    NOT_TOLD,
    Figure,
    Label,
    Sides,
    as_counts,
    by_gender,
    hidden_parts,
    may_be_apart,
    sides_of,
)
from ska.values.importers.long_rows import Rows
from ska.values.importers.observations import AreaType, PeriodType
from ska.values.importers.rooms import (
    Points,
    Room,
    Subject,
    leaves_room,
    leaves_room_apart,
    may_be_left_out,
    may_have_marks,
)
from ska.values.rules import ValueStatus

_STEPS = (0.1, 1.0, 2.0, 5.0)  # the first as published


@dataclass(frozen=True)
class Spot:
    """Where and when a figure belongs."""

    unit: str
    period: str
    period_type: PeriodType = PeriodType.SCHOOL_YEAR


@dataclass
class Group:
    """Pupils of one file at one school unit, and the rows of what is told of them.

    Groups below *limit* never get into the rows. *most* is, by gender, the most pupils that any
    subject has been told of.
    """

    rows: Rows
    limit: int
    scope_note: str
    spot: Spot
    most: Counter[str] = field(default_factory=Counter)
    subjects: list[Subject] = field(default_factory=list)

    def subject(
        self, share: Label, labels: Mapping[str, Label], marks: list[tuple[str, str]], passed: str
    ) -> None:
        """Add a subject: the share with a mark that is *passed*, and how many of all have which.

        Of the marks girls and boys are never told apart. The share tells how many the marks that
        are passed hold together, or within four of it.
        """
        told = self.share(share, [(gender, mark in passed) for gender, mark in marks])
        counts = {gender: Counter(some) for gender, some in by_gender(marks).items()}
        whole = counts["T"]
        above = {mark: whole[mark] for mark in labels if mark in passed}
        below = {mark: whole[mark] for mark in labels if mark not in passed}
        if told["T"].status is HIDES:
            figures = dict.fromkeys(labels, HIDDEN)
        else:
            least = min(figure.n for figure in told.values() if figure.n)
            near_all = whole.total() if told["T"].status is NEAR else 0
            figures = as_counts(above, least, self.limit, near_all)
            is_few = 0 < sum(below.values()) < self.limit
            figures |= (
                dict.fromkeys(below, NOT_TOLD) if is_few else as_counts(below, least, self.limit)
            )
        for mark, label in labels.items():
            self._add(label, {"T": figures[mark]})
        status = told["T"].status
        mixed = labels if status is HIDES else above
        hidden = frozenset(mark for mark in mixed if figures[mark] is HIDDEN)
        self.subjects.append(Subject(counts, hidden, passed, status, is_apart=told["K"].is_told))

    def share(
        self, label: Label, reached: Iterable[tuple[str, bool]], *, is_beside: bool = False
    ) -> dict[str, Figure]:
        """Add the share of a subject that reached a level; return how it is told.

        Of a share *is_beside* those who reached it are told elsewhere, so with few who did not,
        how many all are is not told.
        """
        sides = sides_of(reached)
        status = sides["T"].status(self.limit)
        whole = HIDDEN if status is HIDES else Figure(sides["T"].per_cent, sides["T"].n, status)
        if is_beside and status is NEAR:
            whole = Figure(status=NEAR)
        figures = {"T": whole} | whole.parts
        if whole.is_told and may_be_apart(sides, self.limit):
            figures |= {one: Figure(sides[one].per_cent, sides[one].n) for one in BOTH}
        for gender, figure in figures.items():
            self.most[gender] = max(self.most[gender], figure.n or 0)
        self._add(label, figures)
        return figures

    def parts(self, labels: Mapping[str, Label], found: Iterable[tuple[str, str]]) -> None:
        """Add the shares that a group falls into, as marks lower than, equal to and above others.

        When all are in one part, the marks of one kind would be those of the other.
        """
        counts = {gender: Counter(some) for gender, some in by_gender(found).items()}
        whole = {mark: counts["T"][mark] for mark in labels}
        is_few = counts["T"].total() < self.limit or sum(map(bool, whole.values())) < len(BOTH)
        hidden = set(labels) if is_few else hidden_parts(whole, self.limit)
        are_large = all(
            gender in counts and min(counts[gender].values()) >= self.limit for gender in BOTH
        )
        for mark, label in labels.items():
            told = HIDDEN if mark in hidden else _part(counts["T"], mark)
            figures = {"T": told} | told.parts
            if are_large and not hidden:
                figures |= {gender: _part(counts[gender], mark) for gender in BOTH}
            self._add(label, figures)

    def share_of_all(self, label: Label, reached: Iterable[tuple[str, bool]]) -> None:
        """Add a share that stands on all subjects: in whole per cent, of at least so many.

        How many exactly would tell how many have no mark in a subject. Told when those who missed
        any could have missed other subjects than each that does not tell how many missed it.
        """
        sides = sides_of(reached)
        status = sides["T"].status(self.limit)
        missed = {gender: one.missed for gender, one in sides.items()}
        whole = Figure(status=status)
        if status is ValueStatus.VALUE:
            is_told = may_be_left_out(self.subjects, missed)
            least = self._at_least("T", sides["T"].n)
            whole = self._in_whole_per_cent(sides["T"], least) if is_told else NOT_TOLD
        figures = {"T": whole} | whole.parts
        is_apart = whole.is_told and may_be_apart(sides, self.limit)
        if is_apart and may_be_left_out(self.subjects, missed, self.limit):
            both = {one: self._in_whole_per_cent(sides[one], self._at_least(one, sides[one].n))
                    for one in BOTH}  # fmt: skip
            if all(figure.is_told for figure in both.values()):
                figures |= both
        self._add(label, figures)

    def mean_of_all(
        self, label: Label, numbers: Iterable[tuple[str, float]], points: Points
    ) -> None:
        """Add the mean of the sum of each pupil's *points*, of at least so many pupils.

        Told with one decimal when the subjects leave room: their points could be others with the
        same sum. Else in longer steps, and of girls and boys not.
        """
        found = by_gender(numbers)
        n = {gender: len(some) for gender, some in found.items()}
        told = HIDDEN
        if n["T"] >= self.limit:
            told = self._mean_in_steps(found["T"], points)
        figures = {"T": told} | told.parts
        is_apart = told.is_told and all(n.get(gender, 0) >= self.limit for gender in BOTH)
        if is_apart and leaves_room_apart(self.subjects, points, n):
            figures = {gender: self._mean(gender, found[gender]) for gender in ("T", *BOTH)}
        self._add(label, figures)

    def _mean_in_steps(self, numbers: list[float], points: Points) -> Figure:
        """Return the mean of all in the shortest steps that leave room, if any do."""
        n, whole = len(numbers), sum(numbers)
        for step in _STEPS if may_have_marks(self.subjects, {"T": n}) else ():
            mean = round(whole / n / step) * step
            most = (mean + step / 2) * n
            if leaves_room(self.subjects, points, Room(most - whole, whole - most + step * n)):
                return Figure(mean, self._at_least("T", n))
        return NOT_TOLD

    def _mean(self, gender: str, numbers: list[float]) -> Figure:
        n = len(numbers)
        return Figure(round(sum(numbers) / n, 1), self._at_least(gender, n))

    def _at_least(self, gender: str, n: int) -> int:
        """Return a number that *n* is not below, and that tells nothing beside the subjects'."""
        most = self.most[gender]
        return most if 0 < most <= n else max(self.limit, n // 10 * 10)

    def _in_whole_per_cent(self, sides: Sides, n: int) -> Figure:
        """Return a share of at least *n*; not told where that would say else than the true one."""
        value = round(sides.per_cent)
        reached = round(n * value / 100)
        said = Sides(reached, n - reached)
        is_as_true = bool(said.missed) == bool(sides.missed)
        is_told = n > 0 and is_as_true and said.status(self.limit) is ValueStatus.VALUE
        return Figure(value, n) if is_told else NOT_TOLD

    def _add(self, label: Label, figures: Mapping[str, Figure]) -> None:
        """Add the rows of a measure, one a gender."""
        self._name(label)
        for gender, figure in figures.items():
            self.rows.add(
                measure=label.name,
                area_type=str(AreaType.SCHOOL_UNIT),
                area_code=self.spot.unit,
                period_type=str(self.spot.period_type),
                period=self.spot.period,
                gender=gender,
                raw_value=f"{figure.value:.4f}" if figure.is_told else "",
                declared=str(figure.status),
                n=figure.n,
                column=label.name,
                counts_in=label.unit,
            )

    def _name(self, label: Label) -> None:
        self.rows.name_area(str(AreaType.SCHOOL_UNIT), self.spot.unit)
        self.rows.measures[label.name] = {
            "code": label.name,
            "title": label.name,
            "unit": label.unit,
            "definition": label.definition,
            "nature": "result",
            "smallest_group": 10,
            "scope_note": self.scope_note,
        }


def _part(counts: Counter[str], mark: str) -> Figure:
    return Figure(100 * counts[mark] / counts.total(), counts.total())
