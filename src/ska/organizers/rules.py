"""Names and kinds in the organisation, and which views stand for which meeting. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from ska.core.swedish import sort_key

_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
RESERVED = frozenset(
    {"api", "statisk", "halsa", "logga-in", "logga-ut", "notiser", "kalender", "profil", "dev"}
)
NETWORK = "natverk:"  # before a network's slug, where an address names whom one compares with
GROUP = "rektorsgrupp:"  # the same before a rektorsgrupp's
UNITS, SIMILAR, ALIKE, COUNTY, SKR_GROUP, ALL, CHOSEN = (
    "enheter", "liknande", "lika", "lan", "grupp", "alla", "valda",
)  # fmt: skip
"""Whom one compares with, where an address names a set that every huvudman has its own of."""
OF_MUNICIPALITIES = (SIMILAR, ALIKE, COUNTY, SKR_GROUP, ALL)
"""The sets that a huvudman which is no municipality has none of; there are several similar ones."""


class SchoolType(StrEnum):
    """The skolformer (glossary §1)."""

    PRESCHOOL = "preschool"
    PRESCHOOL_CLASS = "preschool_class"
    COMPULSORY_SCHOOL = "compulsory_school"
    ADAPTED_COMPULSORY_SCHOOL = "adapted_compulsory_school"
    SCHOOL_AGE_EDUCARE = "school_age_educare"
    UPPER_SECONDARY_SCHOOL = "upper_secondary_school"
    ADAPTED_UPPER_SECONDARY_SCHOOL = "adapted_upper_secondary_school"
    MUNICIPAL_ADULT_EDUCATION = "municipal_adult_education"
    SPECIAL_SCHOOL = "special_school"
    SAMI_SCHOOL = "sami_school"


SCHOOL_TYPE_NAMES: dict[SchoolType, str] = {
    SchoolType.PRESCHOOL: "förskola",
    SchoolType.PRESCHOOL_CLASS: "förskoleklass",
    SchoolType.COMPULSORY_SCHOOL: "grundskola",
    SchoolType.ADAPTED_COMPULSORY_SCHOOL: "anpassad grundskola",
    SchoolType.SCHOOL_AGE_EDUCARE: "fritidshem",
    SchoolType.UPPER_SECONDARY_SCHOOL: "gymnasieskola",
    SchoolType.ADAPTED_UPPER_SECONDARY_SCHOOL: "anpassad gymnasieskola",
    SchoolType.MUNICIPAL_ADULT_EDUCATION: "komvux",
    SchoolType.SPECIAL_SCHOOL: "specialskola",
    SchoolType.SAMI_SCHOOL: "sameskola",
}


def kind_of(types: Iterable[str], code: str | None) -> str:
    """Return whether these skolformer, and a national code if any, make a school or a preschool."""
    alone = code is None and set(types) == {SchoolType.PRESCHOOL}
    return "preschool_unit" if alone else "school_unit"


def slug_of(name: str) -> str:
    """Return *name* as a part of an address: ``Åby byskola`` is ``aby-byskola``.

    Raises ValueError when nothing is left of it; a reserved word gets an ending.
    """
    slug = _NOT_IN_ADDRESS.sub("-", _plain(name)).strip("-")
    if not slug:
        raise ValueError(f"no address can be made of {name!r}")
    return f"{slug}-huvudman" if slug in RESERVED else slug


def file_name(*parts: str) -> str:
    """Return the name of a file to take along, of what of *parts* can stand in one."""
    plain = (_NOT_IN_ADDRESS.sub("-", _plain(one)).strip("-") for one in parts)
    return "-".join(filter(None, plain))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode().lower()


class Dated(Protocol):
    """What is fixed for a meeting, or for whenever those meet who have fixed it."""

    @property
    def meeting_on(self) -> date | None:
        """Return the day of the meeting."""

    @property
    def name(self) -> str:
        """Return what it is called."""


V = TypeVar("V", bound=Dated)


@dataclass(frozen=True)
class Meetings(Generic[V]):
    """The views of a group or a network.

    For its *next* meeting, at any, at *later* ones, and at those that were.
    """

    next_on: date | None
    next: tuple[V, ...]
    undated: tuple[V, ...]
    later: tuple[V, ...]
    earlier: tuple[V, ...]


def meetings_of(views: Iterable[V], today: date) -> Meetings[V]:
    """Return each view under its meeting; the one of today is the next until the day is over."""
    every = sorted(views, key=lambda one: (one.meeting_on or date.max, sort_key(one.name)))
    dated = [(one.meeting_on, one) for one in every if one.meeting_on is not None]
    next_on = min((day for day, _one in dated if day >= today), default=None)
    return Meetings(
        next_on,
        tuple(one for day, one in dated if day == next_on),
        tuple(one for one in every if one.meeting_on is None),
        tuple(one for day, one in dated if next_on is not None and day > next_on),
        tuple(one for day, one in dated[::-1] if day < today),
    )
