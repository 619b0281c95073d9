"""What a reader can find out of what is told of a year group, by an exact solver.

Every number of a year group is a sum of pupils by subject, gender and mark. The reader knows that:
that a subject's pupils are among those behind "all subjects", that whoever misses one subject
misses that too, that points add up to meritvärde; and everything that is put out. Nothing here is
shared with what decides what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl
from tests.factories.attack import Fact, Sum, intervals
from tests.factories.suppression import DAY, SCHEMA
from tests.factories.year_groups import MARKS, SUBJECTS, YearGroup

from ska.values.gate import pass_gate
from ska.values.importers.people import People
from ska.values.importers.recognise import read_content
from ska.values.rules import Audience

POINTS = {"A": 20.0, "B": 17.5, "C": 15.0, "D": 12.5, "E": 10.0, "F": 0.0, "9": 0.0}
STEPS = (0.1, 1.0, 2.0, 5.0)  # a mean is told in one of them, a reader cannot know in which
HIDDEN = ("suppressed_small_group", "hidden_by_rule")
NOT_TOLD = "not_told"


def told(group: YearGroup, audience: Audience) -> dict[tuple[str, str], dict]:
    """Return what the door keeps and the gate then tells, by measure and gender."""
    reading = read_content(group.content(), "elever.csv", People(may_be_counted=True))
    units = dict(reading.measures.select("code", "unit").iter_rows())
    kept = [
        {**dict.fromkeys(SCHEMA), "definition_version": 1, "nature": "result", "smallest_group": 10,
         "raw_value": "x", "recorded_at": DAY, "is_beside": False, "unit": units[row["measure"]],
         **{name: value for name, value in row.items() if name in SCHEMA and name != "raw_value"}}
        for row in reading.observations.to_dicts()
    ]  # fmt: skip
    shown = pass_gate(pl.DataFrame(kept, schema=SCHEMA, orient="row"), audience)
    return {(row["measure"], row["gender"]): row for row in shown.to_dicts()}


class Asked(NamedTuple):
    """A count that is not told, the width it has to be free in, and what it truly is."""

    what: str
    of: Sum
    width: float


class Table:
    """What a reader reckons with: unknown counts, what binds them, and what is told."""

    def __init__(self, group: YearGroup, rows: dict[tuple[str, str], dict]) -> None:
        self.group, self.rows = group, rows
        self.of_all = rows["Betyg åk 9, alla ämnen, minst E", "T"]
        self.places: dict[tuple[str, ...], int] = {}
        self.truth: list[float] = []
        self.facts: list[Fact] = []
        self.bounds: list[Fact] = []  # true of every year group
        self.asked: list[Asked] = []
        for subject in group.subjects:
            self._subject(subject)
        self._bind()
        self._all()
        self._merit()

    def sum(self, subject: str, gender: str, marks: str = MARKS) -> Sum:
        """Return the sum of the pupils of a gender (T: of both) with some marks in a subject."""
        genders = "KM" if gender == "T" else gender
        return {self.place(subject, one, mark): 1.0 for one in genders for mark in marks}

    def place(self, *name: str) -> int:
        if name not in self.places:
            self.places[name] = len(self.places)
            self.truth.append(self._true(name))
        return self.places[name]

    def _fact(self, of: Sum, low: float, high: float) -> None:
        self.facts.append(Fact(of, low, high))

    def _subject(self, subject: str) -> None:
        name = f"Betyg åk 9, {SUBJECTS[subject]}"
        if (f"{name}, minst E", "T") not in self.rows:
            return
        whole = self.rows[f"{name}, minst E", "T"]
        for gender in "TKM":
            row = self.rows[f"{name}, minst E", gender]
            group, reached, missed = (
                self.sum(subject, gender, marks) for marks in (MARKS, MARKS[:5], MARKS[5:])
            )
            if row["n"] is not None:
                self._fact(group, row["n"], row["n"])
            if row["status"] == "value":
                count = round(row["n"] * row["value"] / 100)
                self._fact(reached, count, count)
            elif row["status"] == "rounded_near_100":
                self._fact(missed, 1, 4)
                self.asked.append(Asked(f"{name} {gender} missed", missed, 3))
            else:
                sums = {"group": group, "reached": reached, "missed": missed}
                self._ask(f"{name} {gender} {row['status']}", row, sums, whole)
        self._marks(subject, name, whole)

    def _ask(self, what: str, row: dict, sums: dict[str, Sum], whole: dict) -> None:
        """Ask for what a row does not tell; of what is not told apart, for any few.

        None of all is none of the girls, and "≈100" of all says: one to four of all.
        """
        gender = row["gender"]
        is_near = "rounded_near_100" in (whole["status"], self.of_all["status"])
        for side, of in sums.items():
            count = self._value(of)
            is_few = 0 < count < 5
            is_nobody = (side == "missed" and 100 in (whole["value"], *self._of_all(gender))) or (
                side == "reached" and whole["value"] == 0
            )
            if (is_few or row["status"] in HIDDEN) and not is_nobody:
                width = 3 if side == "missed" and is_near else 5
                self.asked.append(Asked(f"{what} {side} ({count})", of, width))

    def _marks(self, subject: str, name: str, whole: dict) -> None:
        for mark in MARKS:
            said = "streck (underlag saknas)" if mark == "9" else mark
            row = self.rows[f"{name}, antal {said}", "T"]
            of = self.sum(subject, "T", mark)
            side = "missed" if mark in "F9" else "reached"
            if row["status"] == "value":
                self._fact(of, row["value"], row["value"])
            else:
                self._ask(f"{name} {mark} {row['status']}", row, {side: of}, whole)
            for gender in "KM":  # put out by nobody, and still no few may be found out
                part = {side: self.sum(subject, gender, mark)}
                self._ask(
                    f"{name} {mark} of {gender}",
                    {"status": NOT_TOLD, "gender": gender},
                    part,
                    whole,
                )

    def _bound(self, of: Sum, low: float, high: float) -> None:
        self.bounds.append(Fact(of, low, high))

    def _bind(self) -> None:
        """Bind all subjects: who has a mark in one is among all, who misses one misses all."""
        subjects = self.group.subjects
        for gender in "KM":
            everyone = self.place("all", gender)
            for name, marks in (("all", MARKS), ("missed", "F9"), ("graded", "ABCDEF")):
                one = self.place(name, gender)
                if one != everyone:
                    self._bound({everyone: 1, one: -1}, 0, 1e5)
                some: Sum = {}
                for subject in subjects:
                    of = self.sum(subject, gender, marks)
                    self._bound({one: 1} | negative(of), 0, 1e5)
                    some |= of
                self._bound(some | {one: -1}, 0, 1e5)

    def _both(self, name: str, gender: str) -> Sum:
        return {self.place(name, one): 1.0 for one in ("KM" if gender == "T" else gender)}

    def _all(self) -> None:
        for gender in "TKM":
            row = self.rows["Betyg åk 9, alla ämnen, minst E", gender]
            everyone, missed = self._both("all", gender), self._both("missed", gender)
            if row["n"] is not None:
                self._fact(everyone, row["n"], 1e5)
            if row["status"] == "value":  # in whole per cent
                outside = 100 - row["value"]
                for edge, low, high in _edges(outside, 0.5):
                    of = dict.fromkeys(missed, 100.0)
                    self._fact(of | dict.fromkeys(everyone, -edge), low, high)
                if row["value"] == 100:
                    self._fact(missed, 0, 0)
            elif row["status"] == "rounded_near_100":
                self._fact(missed, 1, 4)
                self.asked.append(Asked(f"all {gender} missed", missed, 3))
            else:
                reached = everyone | negative(missed)
                few = {"group": everyone, "reached": reached, "missed": missed}
                few = {side: of for side, of in few.items() if 0 < self._value(of) < 5}
                self._ask(f"all {gender} {row['status']}", row, few, self.of_all)

    def _merit(self) -> None:
        for gender in "TKM":
            row = self.rows["Betyg åk 9, meritvärde", gender]
            graded = self._both("graded", gender)
            if row["status"] != "value":
                few = {"group": graded} if 0 < self._value(graded) < 5 else {}
                self._ask(f"merit {gender}", row, few, self.of_all)
                continue
            self._fact(graded, row["n"], 1e5)
            points: Sum = {}
            for subject in self.group.subjects:
                for mark in MARKS[:5]:
                    points |= dict.fromkeys(self.sum(subject, gender, mark), POINTS[mark])
            half = max(step for step in STEPS if abs(row["value"] / step % 1 - 0.5) > 0.499) / 2
            for edge, low, high in _edges(row["value"], half):
                self._fact(points | dict.fromkeys(graded, -edge), low, high)

    def know_the_class(self) -> None:
        """Let the reader know how many girls and boys stand behind all subjects, too."""
        for gender in "KM":
            own = [set(marks.values()) for said, marks in self.group.pupils if said == gender]
            n = sum(bool(marks & set(MARKS)) for marks in own)
            graded = sum(bool(marks & set("ABCDEF")) for marks in own)
            for name, known in (("all", n), ("graded", graded)):
                self.bounds.append(Fact({self.place(name, gender): 1}, known, known))

    def _true(self, name: tuple[str, ...]) -> float:
        if len(name) == 3:
            return self.group.count(*name)
        own = [set(marks.values()) for said, marks in self.group.pupils if said == name[1]]
        wanted = {"all": set(MARKS), "missed": set("F9"), "graded": set("ABCDEF")}[name[0]]
        return sum(bool(marks & wanted) for marks in own)

    def _of_all(self, gender: str) -> Iterator[float | None]:
        for one in ("T", gender):
            yield self.rows["Betyg åk 9, alla ämnen, minst E", one]["value"]

    def _value(self, of: Sum) -> float:
        return sum(self.truth[place] * number for place, number in of.items())

    def untrue(self) -> list[Fact]:
        """Return what the reader would be wrong to believe; there is nothing."""
        return [fact for fact in self.facts
                if not fact.low - 1e-6 <= self._value(fact.of) <= fact.high + 1e-6]  # fmt: skip

    def confined(self) -> Iterator[tuple[str, float, float]]:
        """Give each count that is not told and narrowed to fewer than may be."""
        unknowns, facts = len(self.places), self.bounds + self.facts
        found = intervals(unknowns, facts, [one.of for one in self.asked])
        asked = zip(self.asked, found, strict=True)
        narrow = [(one, ends) for one, ends in asked if width(ends) < one.width - 1e-6]
        # What is known of every such year group is not ours to hide.
        before = intervals(unknowns, self.bounds, [one.of for one, _ in narrow])
        for (one, ends), known in zip(narrow, before, strict=True):
            if width(ends) < width(known) - 1e-6:
                yield one.what, *ends


def _edges(value: float, half: float) -> tuple[tuple[float, float, float], ...]:
    """Return what is known of a sum less so many times those behind it, at either edge."""
    return ((value - half, 0, 1e7), (value + half, -1e7, 0))


def width(ends: tuple[float, float]) -> float:
    return ends[1] - ends[0]


def negative(of: Sum) -> Sum:
    return {place: -one for place, one in of.items()}
