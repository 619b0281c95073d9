"""What a trend shall show: its lines, periods, breaks and events, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from ska.statistics import PUPILS

FRAME_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "n": pl.Int64,
    "word": pl.String,
    "carried_from": pl.String,
}
"""*line* and *period* as in the spec; *word* says why a value is missing, in Swedish."""


class Role(StrEnum):
    """What a line is to the reader: her own, another place, the country, one of the like."""

    OWN = "own"
    OTHER = "other"
    COUNTRY = "country"
    PEER = "peer"


@dataclass(frozen=True)
class Line:
    """One line of the picture; *key* is its name in the frame's column ``line``."""

    key: str
    name: str
    role: Role = Role.OTHER


@dataclass(frozen=True)
class Break:
    """A break in the series: values from the period *before* are not comparable with later ones."""

    at: str
    text: str


@dataclass(frozen=True)
class Event:
    """Something that happened; *position* counts periods from the first, 2.5 = end of the third."""

    position: float
    text: str
    href: str = ""


@dataclass(frozen=True)
class TrendSpec:
    """What to draw and what to say; *periods* holds every period, also those without values.

    *breaks* stand before the period that they name. *share* tells percent from other units.
    """

    id: str
    name: str
    lines: tuple[Line, ...]
    periods: tuple[str, ...]
    source: str
    caution: str = ""
    subtitle: str = ""
    unit: str = "%"
    share: bool = True
    decimals: int = 1
    subject: str = "Andelen"
    period_word: str = "Läsår"
    peers_name: str = "Liknande kommuner"
    people: tuple[str, str] = PUPILS
    breaks: tuple[Break, ...] = ()
    events: tuple[Event, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
