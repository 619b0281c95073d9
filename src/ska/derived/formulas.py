"""The small language of formulas: what is worked out from which inputs, and in which unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Literal

import polars as pl
from pydantic import Field

from ska.core.swedish import format_number, join_words
from ska.framework.definitions import Part

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Weight = Annotated[float, Field(gt=0)]
PERCENT = "%"
OF_DIFFERENCE = {PERCENT: "procentenheter", "medelvärde 0–10": "steg på skalan 0–10"}
POINTS = "poäng"


Labels = Mapping[str, str]


class UnitsDiffer(ValueError):
    """Inputs that a formula adds, subtracts or divides into a share are not in one unit."""


class _Formula(Part, ABC):
    """What every formula can tell; values are columns named as the inputs."""

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """Return the inputs it reads."""

    @abstractmethod
    def unit(self, units: Mapping[str, str]) -> str:
        """Return the unit of the result; raise UnitsDiffer when the inputs do not fit."""

    @abstractmethod
    def words(self, labels: Labels) -> str:
        """Return the formula in Swedish, with the inputs called by their labels."""

    @abstractmethod
    def value(self) -> pl.Expr:
        """Return the result from value columns; null or not finite where it is not defined."""

    @abstractmethod
    def size(self) -> pl.Expr:
        """Return how many the result is built on, from columns ``n_`` + name and values."""


def _one_unit(names: tuple[str, ...], units: Mapping[str, str]) -> str:
    found = {units[name] for name in names}
    if len(found) > 1:
        said = ", ".join(f"{name} ({units[name]})" for name in names)
        raise UnitsDiffer(f"{said} har inte samma enhet och kan inte räknas ihop")
    return found.pop()


def _plain(number: float) -> str:
    return format_number(int(number) if number.is_integer() else number)


def _fewest(names: tuple[str, ...]) -> pl.Expr:
    """Return the smallest n of the inputs; null when one is not known."""
    columns = [pl.col(f"n_{name}") for name in names]
    known = pl.all_horizontal(column.is_not_null() for column in columns)
    return pl.when(known).then(pl.min_horizontal(columns))


class Share(_Formula):
    """An andel in per cent: so many of the whole."""

    kind: Literal["share"]
    part: Name
    whole: Name

    @property
    def names(self) -> tuple[str, ...]:
        """Return part and whole."""
        return self.part, self.whole

    def unit(self, units: Mapping[str, str]) -> str:
        """Return per cent."""
        _one_unit(self.names, units)
        return PERCENT

    def words(self, labels: Labels) -> str:
        """Return "a av b, i procent"."""
        return f"{labels[self.part]} av {labels[self.whole]}, i procent"

    def value(self) -> pl.Expr:
        """Return 100 × part / whole."""
        return 100 * pl.col(self.part) / pl.col(self.whole)

    def size(self) -> pl.Expr:
        """Return the n behind part and whole, the fewest of the two."""
        return _fewest(self.names)


class Ratio(_Formula):
    """A kvot: so many for each (or for each hundred) of another."""

    kind: Literal["ratio"]
    number: Name
    per: Name
    times: Annotated[int, Field(ge=1)] = 1

    @property
    def names(self) -> tuple[str, ...]:
        """Return the number and what it is spread over."""
        return self.number, self.per

    def unit(self, units: Mapping[str, str]) -> str:
        """Return "elever per heltidstjänst", or "per 100 elever"."""
        times = f"{self.times} " if self.times > 1 else ""
        return f"{units[self.number]} per {times}{units[self.per]}"

    def words(self, labels: Labels) -> str:
        """Return "a delat med b, gånger 100"."""
        times = f", gånger {self.times}" if self.times > 1 else ""
        return f"{labels[self.number]} delat med {labels[self.per]}{times}"

    def value(self) -> pl.Expr:
        """Return times × number / per."""
        return self.times * pl.col(self.number) / pl.col(self.per)

    def size(self) -> pl.Expr:
        """Return the n behind the two, the fewer."""
        return _fewest(self.names)


class Difference(_Formula):
    """A skillnad: one value minus another in the same unit."""

    kind: Literal["difference"]
    first: Name
    minus: Name

    @property
    def names(self) -> tuple[str, ...]:
        """Return both."""
        return self.first, self.minus

    def unit(self, units: Mapping[str, str]) -> str:
        """Return the common unit, or what two values of it differ by."""
        unit = _one_unit(self.names, units)
        return OF_DIFFERENCE.get(unit, unit)

    def words(self, labels: Labels) -> str:
        """Return "a minus b"."""
        return f"{labels[self.first]} minus {labels[self.minus]}"

    def value(self) -> pl.Expr:
        """Return first − minus."""
        return pl.col(self.first) - pl.col(self.minus)

    def size(self) -> pl.Expr:
        """Return the smaller n."""
        return _fewest(self.names)


class Index(_Formula):
    """A sammanvägt index: the weighted mean of values on one scale."""

    kind: Literal["index"]
    weights: Annotated[dict[Name, Weight], Field(min_length=2)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return what is weighed together."""
        return tuple(self.weights)

    def unit(self, units: Mapping[str, str]) -> str:
        """Return the common unit."""
        return _one_unit(self.names, units)

    def words(self, labels: Labels) -> str:
        """Return "medelvärdet av a, b och c", with the weights when they differ."""
        told = [labels[name] for name in self.weights]
        if len(set(self.weights.values())) > 1:
            told = [f"{labels[name]} (vikt {_plain(w)})" for name, w in self.weights.items()]
        return f"medelvärdet av {join_words(told)}"

    def value(self) -> pl.Expr:
        """Return Σ weight × value / Σ weight."""
        total = sum(self.weights.values())
        return pl.sum_horizontal(pl.col(name) * w for name, w in self.weights.items()) / total

    def size(self) -> pl.Expr:
        """Return the smallest n."""
        return _fewest(self.names)


class Average(_Formula):
    """A poängsnitt: counts of each step × its points, by the number counted (as meritvärde)."""

    kind: Literal["average"]
    points: Annotated[dict[Name, Annotated[float, Field(ge=0)]], Field(min_length=2)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the steps."""
        return tuple(self.points)

    def unit(self, units: Mapping[str, str]) -> str:
        """Return points; the steps must be counted in one unit."""
        _one_unit(self.names, units)
        return POINTS

    def words(self, labels: Labels) -> str:
        """Return each step with its points."""
        steps = [f"{labels[name]} × {_plain(p)}" for name, p in self.points.items()]
        return f"summan av {join_words(steps)}, delad med antalet tillsammans"

    def value(self) -> pl.Expr:
        """Return Σ points × count / Σ count."""
        earned = pl.sum_horizontal(pl.col(name) * p for name, p in self.points.items())
        return earned / pl.sum_horizontal(pl.col(name) for name in self.points)

    def size(self) -> pl.Expr:
        """Return how many were counted."""
        return pl.sum_horizontal(pl.col(name) for name in self.points).cast(pl.Int64)


class Pooled(_Formula):
    """Flera läsår sammanlagda: the mean of consecutive periods, weighted by how many they hold.

    Evaluated over time by `ska.derived.rules`; here it stands for the value of one period.
    """

    kind: Literal["pooled"]
    of: Name
    weight: Name | None = None
    years: Annotated[int, Field(ge=2, le=10)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the value, and its weight when it is a measure of its own."""
        return (self.of,) if self.weight is None else (self.of, self.weight)

    def unit(self, units: Mapping[str, str]) -> str:
        """Return the unit of what is pooled."""
        return units[self.of]

    def words(self, labels: Labels) -> str:
        """Return "a under tre perioder i följd, vägt med b"."""
        by = labels[self.weight] if self.weight else "antalet bakom varje värde"
        return f"{labels[self.of]}, {self.years} perioder i följd, vägt med {by}"

    def value(self) -> pl.Expr:
        """Return the period's own value."""
        return pl.col(self.of)

    def size(self) -> pl.Expr:
        """Return the period's weight: a count of its own, else the n of the value."""
        name = f"n_{self.of}" if self.weight is None else self.weight
        return pl.col(name).round().cast(pl.Int64)


Formula = Annotated[
    Share | Ratio | Difference | Index | Average | Pooled, Field(discriminator="kind")
]
