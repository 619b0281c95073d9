"""Names and kinds in the organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
RESERVED = frozenset(
    {"api", "statisk", "halsa", "logga-in", "logga-ut", "notiser", "kalender", "profil", "dev"}
)


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
    plain = (
        unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode().lower()
    )
    slug = _NOT_IN_ADDRESS.sub("-", plain).strip("-")
    if not slug:
        raise ValueError(f"no address can be made of {name!r}")
    return f"{slug}-huvudman" if slug in RESERVED else slug
