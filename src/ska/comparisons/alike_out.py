"""Why municipalities are alike, as programs are told of it."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from ska.comparisons.likeness import Alike, Near, Variable


class VariableOut(msgspec.Struct):
    """A measure that municipalities are to be alike in; *left_out* says why it does not count.

    *lacking* is how many municipalities have no value in it; those are not among the alike.
    """

    example: ClassVar[dict[str, Any]] = {
        "measure": "gr-utlandsk-bakgrund",
        "name": "Elever med utländsk bakgrund, andel",
        "weight": 3,
        "period": "2024/25",
        "unit": "%",
        "source": "Skolverket, nationella kvalitetssystemet, inläst 1 oktober 2026.",
        "left_out": "",
        "lacking": 2,
    }

    measure: str
    name: str
    weight: int
    period: str
    unit: str
    source: str
    left_out: str
    lacking: int


class NearOut(msgspec.Struct):
    """A municipality: its difference index, and by measure its value and how far it is from ours.

    *apart* is in the distance between the 10th and the 90th percentile of all municipalities.
    """

    example: ClassVar[dict[str, Any]] = {
        "municipality": "1446",
        "name": "Karlsborg",
        "index": 0.21,
        "values": {"gr-utlandsk-bakgrund": 14.1},
        "apart": {"gr-utlandsk-bakgrund": 0.21},
    }

    municipality: str
    name: str
    index: float
    values: dict[str, float]
    apart: dict[str, float]


class AlikeOut(msgspec.Struct):
    """The measures and weights that were asked for, and the least unlike, the own one first.

    *complete* is how many municipalities have a value in every measure; *how* tells the index.
    """

    example: ClassVar[dict[str, Any]] = {
        "complete": 288,
        "how": "I varje mått tas skillnaden mellan kommunen och er.",
    }

    measures: list[VariableOut]
    municipalities: list[NearOut]
    complete: int
    how: str


def alike_out(found: Alike | None) -> AlikeOut | None:
    """Return why the municipalities were chosen; None where another set is compared with."""
    if found is None:
        return None
    codes = [one.code for one in found.counted]
    return AlikeOut(
        [_variable(one) for one in found.variables],
        [_near(one, codes) for one in found.rows],
        found.complete,
        f"{found.how} {found.method}",
    )


def _variable(one: Variable) -> VariableOut:
    names = VariableOut.__struct_fields__[1:]
    return VariableOut(one.code, **{name: getattr(one, name) for name in names})


def _near(one: Near, codes: list[str]) -> NearOut:
    return NearOut(
        one.code,
        one.name,
        round(one.index, 4),
        dict(zip(codes, one.values, strict=True)),
        {code: round(part, 4) for code, part in zip(codes, one.parts, strict=True)},
    )
