"""The headings of reports as data: the usual parts of each level, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ska.framework.definitions import read_seed

OTHER = "other"
Words = Annotated[str, Field(pattern=r"^[a-zåäö0-9][a-zåäöé0-9 -]*$", max_length=80)]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReportPart(_Frozen):
    """A part of a report, with the words that headings of it hold, in lower case."""

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    name: str
    words: tuple[Words, ...]


class ReportHeadings(_Frozen):
    """The parts of a unit's report and of the huvudman's, in the order they are read."""

    unit: tuple[ReportPart, ...]
    organizer: tuple[ReportPart, ...]

    @model_validator(mode="after")
    def _said_once(self) -> ReportHeadings:
        for parts in (self.unit, self.organizer):
            told = [("id", one.id) for one in parts]
            told += [("words", words) for one in parts for words in one.words]
            twice = [word for (_of, word), count in Counter(told).items() if count > 1]
            if twice:
                raise ValueError(f"said twice: {', '.join(twice)}")
            if parts[-1].id != OTHER:
                raise ValueError(f"the last part is {OTHER}")
        return self

    def of(self, level: str) -> tuple[ReportPart, ...]:
        """Return the parts of a unit's report, or of the huvudman's."""
        return self.unit if level == "unit" else self.organizer

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield each part's id and name, of both levels."""
        yield from ((one.id, one.name) for one in (*self.organizer, *self.unit))


def read_headings(path: Path) -> ReportHeadings:
    """Return the headings of a file; raise Invalid when it is not whole."""
    return read_seed(path, ReportHeadings)
