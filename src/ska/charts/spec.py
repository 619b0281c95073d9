"""What a chart shall show: what every kind is told, and the lines and events of a trend."""

from __future__ import annotations

from enum import StrEnum

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.statistics import PUPILS


class Role(StrEnum):
    """What a line is to the reader: her own, another place, the country, one of the like."""

    OWN = "own"
    OTHER = "other"
    COUNTRY = "country"
    PEER = "peer"


@dataclass(frozen=True, kw_only=True, config=ConfigDict(arbitrary_types_allowed=True))
class Spec:
    """What every chart is told of its measure, whatever kind it is; checked as it is declared.

    A new kind declares a subclass with what it shows, and `build` makes the chart of it.
    *share* tells percent from other units, *people* are those whom n counts. *of_units* tells that
    the places are a huvudman's units, and are called so.
    """

    id: str
    name: str
    source: str
    caution: str = ""
    subtitle: str = ""
    unit: str = "%"
    share: bool = True
    decimals: int = 1
    people: tuple[str, str] = PUPILS
    about: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    of_units: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the picture; *key* is its name in the values that are given."""

    key: str
    name: str
    role: Role = Role.OTHER


@dataclass(frozen=True)
class Break:
    """A break in the series: values from the period *before* are not comparable with later ones."""

    at: str
    text: str

    @property
    def said(self) -> str:
        """Return why values before it are not judged against later ones, in Swedish."""
        return f"serien har ett brott {self.at}: {self.text.rstrip('.')}"


@dataclass(frozen=True)
class Event:
    """Something that happened; *position* counts periods from the first, 2.5 = end of the third."""

    position: float
    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class TrendSpec(Spec):
    """What to draw and what to say; *periods* holds every period, also those without values.

    *breaks* stand before the period that they name.
    """

    lines: tuple[Line, ...]
    periods: tuple[str, ...]
    subject: str = "Andelen"
    period_word: str = "Läsår"
    peers_name: str = "Liknande kommuner"
    breaks: tuple[Break, ...] = ()
    events: tuple[Event, ...] = ()
