"""Answers of the school unit register (v2): units with status, school types and validity.

Contact fields (head teacher, e-mail, telephone, addresses) are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska.organizers.register import UnitRow
from ska.organizers.rules import SchoolType

SOURCE = "Skolenhetsregistret"
CONTACTS = frozenset(
    {
        "headMaster",
        "email",
        "emails",
        "phoneNumber",
        "phoneNumbers",
        "addresses",
        "url",
        "contactInfo",
    }
)
_CODE = re.compile(r"\d{8}")
_KINDS = {
    "FKLASS": SchoolType.PRESCHOOL_CLASS,
    "FTH": SchoolType.SCHOOL_AGE_EDUCARE,
    "GR": SchoolType.COMPULSORY_SCHOOL,
    "GRAN": SchoolType.ADAPTED_COMPULSORY_SCHOOL,
    "SP": SchoolType.SPECIAL_SCHOOL,
    "SAM": SchoolType.SAMI_SCHOOL,
    "GY": SchoolType.UPPER_SECONDARY_SCHOOL,
    "GYAN": SchoolType.ADAPTED_UPPER_SECONDARY_SCHOOL,
    "VUX": SchoolType.MUNICIPAL_ADULT_EDUCATION,
}
STATUS = {"AKTIV": "active", "VILANDE": "dormant", "UPPHORT": "ended", "PLANERAD": "planned"}


@dataclass(frozen=True)
class Unit:
    """A unit as the register has it."""

    code: str
    name: str
    status: str
    kinds: tuple[str, ...]
    organizer_number: str
    valid_from: date | None = None
    valid_to: date | None = None

    def works_with(self, kind: str) -> bool:
        """Tell whether the unit is at work and runs a school type (the register's code)."""
        return self.status == "AKTIV" and kind in self.kinds

    def as_row(self, predecessor: str | None = None) -> UnitRow:
        """Return the unit in the form that every register is stored from."""
        types = school_types_of(self.kinds)
        return UnitRow(
            organisation_number=self.organizer_number,
            school_unit_code=self.code,
            name=self.name,
            school_types=types,
            source=SOURCE,
            status=STATUS.get(self.status, "active"),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            predecessor_code=predecessor,
        )


def school_types_of(codes: Any) -> tuple[SchoolType, ...]:
    """Return the skolformer that a list of codes names, once each; a code we lack is left."""
    named = codes if isinstance(codes, list | tuple) else ()
    return tuple(dict.fromkeys(_KINDS[one] for one in named if one in _KINDS))


def listed_codes(answer: Any) -> list[str]:
    """Return the codes that a list of units holds."""
    data = answer.get("data") if isinstance(answer, dict) else None
    rows = data.get("attributes") if isinstance(data, dict) else None
    codes = (
        [str(one.get("schoolUnitCode")) for one in rows or () if isinstance(one, dict)]
        if isinstance(rows, list)
        else []
    )
    return [code for code in dict.fromkeys(codes) if _CODE.fullmatch(code)]


def read_unit(answer: Any) -> Unit | None:
    """Return the unit that an answer of details is about, None when it is of another shape."""
    data = answer.get("data") if isinstance(answer, dict) else None
    about = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(about, dict):
        return None
    included = answer.get("included")
    organizer = included[0] if isinstance(included, list) and included else included
    number = organizer.get("organizationNumber") if isinstance(organizer, dict) else None
    code, name = str(data.get("schoolUnitCode")), about.get("displayName")
    if not _CODE.fullmatch(code) or not isinstance(name, str) or not name.strip():
        return None
    kinds = about.get("schoolTypes")
    return Unit(
        code=code,
        name=re.sub(r"\s+", " ", name).strip(),
        status=str(about.get("status") or "AKTIV"),
        kinds=tuple(str(one) for one in kinds) if isinstance(kinds, list) else (),
        organizer_number=str(number or ""),
        valid_from=_day(about.get("startdate") or about.get("startDate")),
        valid_to=_day(about.get("endDate") or about.get("enddate")),
    )


def likely_predecessors(units: Iterable[Unit]) -> dict[str, str]:
    """Return, for each unit, the one it seems to carry on: the register itself does not tell.

    A reorganised school gets a new code. The one that ended within a year of the new one's start,
    under the same name and huvudman, is taken for its predecessor when there is only one such.
    """
    all_units = list(units)
    found = {}
    for unit in all_units:
        before = [one for one in all_units if _carries_on(one, unit)]
        if len(before) == 1:
            found[unit.code] = before[0].code
    return found


def _carries_on(before: Unit, unit: Unit) -> bool:
    if before.code == unit.code or before.valid_to is None or unit.valid_from is None:
        return False
    near = abs((unit.valid_from - before.valid_to).days) <= 366
    same = before.name.casefold() == unit.name.casefold()
    return near and same and before.organizer_number == unit.organizer_number


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
