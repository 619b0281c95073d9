"""How grades relate to test grades: subjects, sources, breaks, and what to ask; ours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ska.framework.definitions.common import Certainty, Code, Part, SchoolType, Text
from ska.framework.definitions.problems import BrokenEdition, Problem
from ska.framework.definitions.reading import read_file

Kpi = Annotated[str, StringConstraints(pattern=r"^[NU]\d{5}$")]
TestMode = Literal["cancelled", "substitute", "paper"]


class Ways(Part):
    """The measure of each way, as its source spells it."""

    lower: Text
    same: Text
    higher: Text


class PublishedWays(Part):
    """The figures in Kolada; what is the same is not published."""

    lower: Kpi
    higher: Kpi
    population: Text


class RelationSubject(Part):
    """A subject with a national test: own values (from the pupil files), and published ones."""

    id: Code
    name: Text
    own: Ways
    kolada: PublishedWays | None = None


class TestBreak(Part):
    """Springs when the tests were not as usual; values across it are never joined."""

    springs: Annotated[tuple[int, ...], Field(min_length=1)]
    mode: TestMode
    reason: Text
    certainty: Certainty

    @property
    def has_no_tests(self) -> bool:
        """Tell whether there was nothing to compare grades with."""
        return self.mode == "cancelled"


class Question(Part):
    """A question to ask before anything is concluded."""

    id: Code
    about: Text
    text: Text


class Duty(Part):
    """What one level answers for when grades and test grades are followed up."""

    role: Text
    text: Text


class Relation(Part):
    """Betyg och nationella prov in one year group."""

    id: Code
    name: Text
    school_type: SchoolType
    stage: Text
    of: Text
    subjects: Annotated[tuple[RelationSubject, ...], Field(min_length=1)]
    reading: Text
    caution: Text
    cannot_say: Text
    breaks: tuple[TestBreak, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=3)]
    duties: tuple[Duty, ...] = ()
    duties_url: Text
    duties_certainty: Certainty
    seen_in: Text

    def break_at(self, spring: int) -> TestBreak | None:
        """Return the break that a spring belongs to."""
        return next((one for one in self.breaks if spring in one.springs), None)

    def subject(self, code: str) -> RelationSubject | None:
        """Return a subject by its id."""
        return next((one for one in self.subjects if one.id == code), None)


def read_relations(folder: Path) -> tuple[Relation, ...]:
    """Return the relations of a folder by id; raise BrokenEdition with every mistake found."""
    problems: list[Problem] = []
    found = []
    for path in sorted(folder.glob("*.yaml")):
        one = read_file(path, Relation, problems)
        if one is not None and one.id != path.stem:
            words = f"{one.id} ska vara filens namn, {path.stem}"
            problems.append(Problem(f"{folder.name}/{path.name}", 1, "id", words))
        if one is not None:
            found.append(one)
    if problems:
        raise BrokenEdition(problems)
    return tuple(found)
