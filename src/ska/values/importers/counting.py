"""Counting pupils together: shares, means and distributions, with small groups gone at once.

Hidden before anything is kept (decision 27): groups below the limit, one to four on either side of
a level, and what would give those away: the other gender, and the next smallest part of a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ska.values.importers.long_rows import Rows
from ska.values.importers.observations import AreaType, PeriodType
from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL, ValueStatus

T = TypeVar("T")
GENDERS = ("T", "K", "M")
_HIDDEN = ValueStatus.SUPPRESSED_SMALL_GROUP


@dataclass(frozen=True)
class Spot:
    """Where and when a figure belongs."""

    unit: str
    period: str
    period_type: PeriodType = PeriodType.SCHOOL_YEAR


@dataclass(frozen=True)
class Label:
    """A measure: its name (the code too), its unit, and what is counted."""

    name: str
    unit: str
    definition: str


@dataclass
class _Figure:
    """A figure of one gender on its way to a row; a gap keeps neither value nor n."""

    value: float
    n: int
    status: ValueStatus = ValueStatus.VALUE

    @property
    def is_shown(self) -> bool:
        return self.status is ValueStatus.VALUE


@dataclass
class Counting:
    """The rows of a file in the making; groups below *limit* never get into them."""

    rows: Rows
    limit: int
    scope_note: str

    def share(self, spot: Spot, label: Label, reached: Iterable[tuple[str, bool]]) -> bool:
        """Add the share that reached a level, by gender; tell whether the whole is shown."""
        figures = {}
        for gender, found in _by_gender(reached).items():
            n, hits = len(found), sum(found)
            figures[gender] = _Figure(100 * hits / n, n, _share_status(hits, n, self.limit))
        self._hide_other_gender(figures)
        self._add(spot, label, figures)
        return "T" in figures and figures["T"].is_shown

    def mean(self, spot: Spot, label: Label, numbers: Iterable[tuple[str, float]]) -> None:
        """Add the mean of a number for each pupil, by gender."""
        figures = {}
        for gender, found in _by_gender(numbers).items():
            status = _HIDDEN if len(found) < self.limit else ValueStatus.VALUE
            mean = round(sum(found) / len(found), 1)  # as published; more would be a sum
            figures[gender] = _Figure(mean, len(found), status)
        self._hide_other_gender(figures)
        self._add(spot, label, figures)

    def distribution(
        self,
        spot: Spot,
        labels: dict[str, Label],
        marks: Iterable[tuple[str, str]],
        wholes: Sequence[Sequence[str]],
    ) -> None:
        """Add how many (or, of a label in %, which share) there are of each mark, by gender.

        *wholes* are the sets of marks whose sum a reader knows. When any part of the whole is
        small, girls and boys are not told apart at all.
        """
        counts = {gender: Counter(found) for gender, found in _by_gender(marks).items()}
        hidden: dict[str, set[str]] = {gender: set() for gender in GENDERS}
        if any(self._is_small(counts[gender][mark]) for gender in counts for mark in labels):
            hidden = {gender: set(labels) for gender in GENDERS}
            hidden["T"] = self._hidden_parts(counts["T"], labels, wholes)
        told = [one[mark] for gender, one in counts.items() for mark in labels
                if one[mark] and mark not in hidden[gender]]  # fmt: skip
        for mark, label in labels.items():
            figures = {
                gender: self._part(one, mark, label.unit == "%", told)
                for gender, one in counts.items()
            }
            for gender, figure in figures.items():
                if mark in hidden[gender]:
                    figure.status = _HIDDEN
            self._add(spot, label, figures)

    def _part(self, counts: Counter[str], mark: str, in_shares: bool, told: list[int]) -> _Figure:
        """Return one part of a whole; a count stands on the smallest of those told with it.

        Counts of one whole give each other away, so an audience with a higher limit sees all or
        none of them.
        """
        base = counts.total()
        status = _HIDDEN if base < self.limit else ValueStatus.VALUE
        if in_shares:
            return _Figure(100 * counts[mark] / base, base, status)
        return _Figure(counts[mark], min(told, default=base), status)

    def _hidden_parts(
        self, counts: Counter[str], labels: dict[str, Label], wholes: Sequence[Sequence[str]]
    ) -> set[str]:
        hidden = {mark for mark in labels if self._is_small(counts[mark])}
        for whole in wholes:
            some = [mark for mark in whole if counts[mark]]
            parts = [(counts[mark], mark in hidden) for mark in some]
            answers = also_hidden(parts, self.limit)
            hidden |= {mark for mark, hide in zip(some, answers, strict=True) if hide}
            if 0 < sum(counts[mark] for mark in hidden if mark in whole) < self.limit:
                hidden |= set(whole)  # even who is none of them would say who is
        return hidden

    def _is_small(self, count: int) -> bool:
        return 0 < count < self.limit

    def _hide_other_gender(self, figures: dict[str, _Figure]) -> None:
        pair = [figures[gender] for gender in ("K", "M") if gender in figures]
        hidden = also_hidden([(one.n, not one.is_shown) for one in pair], self.limit)
        for one, hide in zip(pair, hidden, strict=True):
            if hide and one.is_shown:
                one.status = _HIDDEN

    def _add(self, spot: Spot, label: Label, figures: dict[str, _Figure]) -> None:
        self._name(spot, label)
        for gender, figure in figures.items():
            self.rows.add(
                measure=label.name,
                area_type=str(AreaType.SCHOOL_UNIT),
                area_code=spot.unit,
                period_type=str(spot.period_type),
                period=spot.period,
                gender=gender,
                raw_value=f"{figure.value:.4f}" if figure.is_shown else "",
                declared=str(figure.status),
                n=figure.n if figure.is_shown else None,
                column=label.name,
                counts_in=label.unit,
            )

    def _name(self, spot: Spot, label: Label) -> None:
        self.rows.name_area(str(AreaType.SCHOOL_UNIT), spot.unit)
        self.rows.measures[label.name] = {
            "code": label.name,
            "title": label.name,
            "unit": label.unit,
            "definition": label.definition,
            "nature": "result",
            "smallest_group": 10,
            "scope_note": self.scope_note,
        }


def _by_gender(found: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Return what was found for all and, when everyone's gender is known, for girls and boys."""
    pairs = list(found)
    groups = {"T": [one for _gender, one in pairs]} if pairs else {}
    if all(gender for gender, _one in pairs):
        for gender in ("K", "M"):
            some = [one for said, one in pairs if said == gender]
            if some:
                groups[gender] = some
    return groups


def _share_status(hits: int, n: int, limit: int) -> ValueStatus:
    if n < limit or 0 < hits < limit:
        return _HIDDEN
    few_outside = 0 < n - hits < FEWEST_OUTSIDE_A_LEVEL
    return ValueStatus.ROUNDED_NEAR_100 if few_outside else ValueStatus.VALUE


def also_hidden(parts: list[tuple[int, bool]], limit: int) -> list[bool]:
    """Return which parts of a whole, each a size and whether it is hidden, have to be hidden.

    The next smallest is hidden too (Skolverket's own rule), until at least two are and together
    they hold at least *limit* people, or none is left.
    """
    hidden = [is_hidden for _size, is_hidden in parts]
    if not any(hidden):
        return hidden
    for i in sorted(range(len(parts)), key=lambda i: (parts[i][0], i)):
        together = sum(parts[j][0] for j in range(len(parts)) if hidden[j])
        if sum(hidden) >= 2 and together >= limit:
            break
        hidden[i] = True
    return hidden
