"""The tree of units in an answer of SS12000 (/organisations). Persons are never asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ska.organizers.register import UnitRow
from ska.organizers.register_v2 import school_types_of

SOURCE = "SS12000"
_CODE = re.compile(r"\d{8}")


def is_page(answer: Any) -> bool:
    """Tell whether an answer is a page of organisations."""
    return isinstance(answer, dict) and isinstance(answer.get("data"), list)


def organisations_in(answer: Any) -> list[dict[str, Any]]:
    """Return the organisations of one page."""
    return [one for one in answer["data"] if isinstance(one, dict)] if is_page(answer) else []


def next_token(answer: Any) -> str | None:
    """Return the token of the next page, None on the last."""
    token = answer.get("pageToken") if isinstance(answer, dict) else None
    return token if isinstance(token, str) and token else None


def units_of(organisations: Iterable[dict[str, Any]], number: str) -> list[UnitRow]:
    """Return the units below the huvudman *number*: those with a school unit code.

    The huvudman's own record carries its organisation number; a unit belongs to it when the chain
    of parents ends there. Without any such record all units of the answer are taken as its own.
    """
    by_id = {str(one.get("id")): one for one in organisations}
    roots = {id_ for id_, one in by_id.items() if _number(one) == number}
    found = {
        str(one["schoolUnitCode"]): UnitRow(
            organisation_number=number,
            school_unit_code=str(one["schoolUnitCode"]),
            name=re.sub(r"\s+", " ", str(one.get("displayName") or one["schoolUnitCode"])).strip(),
            school_types=school_types_of(one.get("schoolTypes")),
            source=SOURCE,
        )
        for id_, one in by_id.items()
        if _CODE.fullmatch(str(one.get("schoolUnitCode") or ""))
        and (not roots or roots & set(_line(by_id, id_)))
    }
    return list(found.values())


def _number(one: dict[str, Any]) -> str:
    return re.sub(r"\D", "", str(one.get("organisationNumber") or ""))


def _line(by_id: dict[str, dict[str, Any]], id_: str) -> list[str]:
    line: list[str] = []
    while id_ in by_id and id_ not in line:
        line.append(id_)
        parent = by_id[id_].get("parentOrganisation")
        id_ = str(parent.get("id")) if isinstance(parent, dict) else ""
    return line
