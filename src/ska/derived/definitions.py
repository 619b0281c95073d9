"""A derived measure's file in indicators/derived, and its checks when it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ska.derived.formulas import Formula, Name
from ska.framework.definitions import (
    BrokenEdition,
    Direction,
    Part,
    Problem,
    SchoolType,
    SeriesBreak,
    read_file,
)
from ska.framework.definitions.common import Code, Day, Text

KeyName = Literal["population", "threshold", "test_mode"]


class Input(Part):
    """A measure that a formula reads, with what it takes to know whether two may be joined."""

    source: Literal["skolverket_pxweb", "kolada", "siris", "local"]
    measure: Text
    called: Text  # in running text: "antalet elever"
    unit: Text
    population: Text
    threshold: Text | None = None
    test_mode: Text | None = None

    def key(self, across: tuple[KeyName, ...] = ()) -> tuple[str | None, ...]:
        """Return the comparability key, without the parts that the formula may cross."""
        told = {
            "population": self.population,
            "threshold": self.threshold,
            "test_mode": self.test_mode,
        }
        return tuple(value for name, value in told.items() if name not in across)


class Derived(Part):
    """Ett beräknat mått: a formula, what it reads, and how it may and may not be read."""

    id: Annotated[str, Field(pattern=r"^beraknat-[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    name: Text
    school_type: SchoolType
    version: Annotated[int, Field(ge=1)] = 1
    since: Day
    unit: Text
    better: Direction
    formula: Formula
    across: tuple[KeyName, ...] = ()
    across_reason: Text | None = None
    inputs: Annotated[dict[Name, Input], Field(min_length=1)]
    breaks: tuple[SeriesBreak, ...] = ()
    sub_goals: tuple[Code, ...] = ()
    reading: Text
    caution: Text
    cannot_say: Text
    method_source: Text

    @property
    def method(self) -> str:
        """Return how it is worked out, as one Swedish sentence."""
        words = self.formula.words({name: one.called for name, one in self.inputs.items()})
        return f"{words[0].upper()}{words[1:]}."

    @model_validator(mode="after")
    def _formula_and_inputs_fit(self) -> Derived:
        if set(self.formula.names) != set(self.inputs):
            raise ValueError("formeln och inputs ska nämna samma mått")
        unit = self.formula.unit({name: one.unit for name, one in self.inputs.items()})
        if unit != self.unit:
            raise ValueError(f"formeln ger enheten {unit}, filen säger {self.unit}")
        if len({one.key(self.across) for one in self.inputs.values()}) > 1:
            raise ValueError(
                "måtten har olika population, tröskel eller provform; räknas de ihop med flit, "
                "säg det med across och across_reason"
            )
        if bool(self.across) != bool(self.across_reason):
            raise ValueError("across och across_reason skrivs tillsammans")
        return self


def read_derived(folder: Path) -> tuple[Derived, ...]:
    """Return the measures of a folder by id; raise BrokenEdition with every mistake found."""
    problems: list[Problem] = []
    found = []
    for path in sorted(folder.glob("*.yaml")):
        one = read_file(path, Derived, problems)
        if one is not None and one.id != path.stem:
            words = f"{one.id} ska vara filens namn, {path.stem}"
            problems.append(Problem(f"{folder.name}/{path.name}", 1, "id", words))
        if one is not None:
            found.append(one)
    if problems:
        raise BrokenEdition(problems)
    return tuple(found)
