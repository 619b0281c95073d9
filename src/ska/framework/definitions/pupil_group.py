"""Groups of pupils whose values may be read in beside those of all, and what divides them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from ska.framework.definitions.common import Certainty, Code, Part, Text
from ska.framework.definitions.problems import BrokenEdition, Problem
from ska.framework.definitions.reading import read_file


class PupilGroup(Part):
    """A group, and the words that a file may write for it."""

    id: Code
    name: Text
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class Division(Part):
    """What pupils are divided by: each is in one of the groups, the unknown in one of their own.

    *gap* are the two groups that a chart sets beside each other, the one to compare with first.
    *definition* says only what its *source* says, and what the source leaves unsaid.
    """

    id: Code
    name: Text
    groups: Annotated[tuple[PupilGroup, ...], Field(min_length=3)]
    gap: tuple[Code, Code]
    definition: Text
    source: Text
    certainty: Certainty

    @model_validator(mode="after")
    def _gap_is_among_the_groups(self) -> Self:
        if not set(self.gap) <= {one.id for one in self.groups}:
            raise ValueError("gap ska vara två av grupperna")
        return self

    def group(self, code: str) -> PupilGroup:
        """Return a group by its id."""
        return next(one for one in self.groups if one.id == code)


class DivisionFile(Part):
    """The list of what pupils may be divided by."""

    divisions: Annotated[tuple[Division, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_word_means_one_group(self) -> Self:
        words = [word for one in self.divisions for each in one.groups for word in each.words]
        if any(word != word.lower() for word in words):
            raise ValueError("orden skrivs med små bokstäver")
        if len(set(words)) != len(words):
            raise ValueError("ett ord får bara betyda en grupp")
        return self


def read_divisions(path: Path) -> tuple[Division, ...]:
    """Return what pupils may be divided by; raise BrokenEdition with every mistake found."""
    problems: list[Problem] = []
    found = read_file(path, DivisionFile, problems)
    if found is None or problems:
        raise BrokenEdition(problems)
    return found.divisions
