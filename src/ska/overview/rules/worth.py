"""What of the X-rays' findings is most worth seeing to: one row a rule, the gravest first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from ska.values.xrays.catalogue import Severity
from ska.values.xrays.findings import Finding as ValueFinding
from ska.xrays.rules import Finding

MOST = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Worth:
    """The first finding of a rule, what to do, and the way to where it is mended."""

    sentence: str
    href: str
    grade: str
    is_grave: bool
    advice: str
    where: str = ""
    more: int = 0  # findings of the same rule
    more_href: str = ""


def worth_of_work(
    found: Sequence[Finding], path: str, places: Mapping[UUID | None, str]
) -> list[Worth]:
    """Return the first finding of each of the five gravest rules about the work."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.rule.id] = counts.get(one.rule.id, 0) + 1
    return [
        Worth(
            one.hit.sentence,
            f"{path}{one.hit.at}",
            one.grade,
            one.rule.severity == "must",
            one.rule.advice,
            _place(one, places),
            counts[one.rule.id] - 1,
            f"{path}/rontgen/arbetet#{one.rule.id}",
        )
        for one in _first((one.rule.id, one) for one in found)
    ]


def worth_of_values(found: Iterable[ValueFinding], path: str) -> list[Worth]:
    """Return the first finding of each of the five gravest checks of the numbers."""
    return [
        Worth(
            one.sentence,
            f"{path}{_way(one)}",
            one.rule.grade,
            one.rule.severity is Severity.STOP,
            one.rule.advice,
        )
        for one in _first((one.rule_id, one) for one in found)
    ]


def _first(found: Iterable[tuple[str, T]]) -> Iterator[T]:
    """Return the first of each rule, at most five."""
    by_rule: dict[str, T] = {}
    for rule, one in found:
        by_rule.setdefault(rule, one)
    yield from list(by_rule.values())[:MOST]


def _place(one: Finding, places: Mapping[UUID | None, str]) -> str:
    """Return the unit's name when the sentence does not tell it."""
    name = places.get(one.hit.unit_id, "") if one.hit.unit_id else ""
    return "" if name in one.hit.sentence else name


def _way(one: ValueFinding) -> str:
    if one.rule.mends:
        return one.rule.mends
    return f"/resultat/varde/{one.value_id}" if one.value_id else f"/rontgen#f{one.key}"
