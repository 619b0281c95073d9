"""Cells of values as programs see them: which are asked for, and page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import msgspec
import polars as pl
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation

from ska.values import queries
from ska.values.known import read_day
from ska.web.dependencies import GivenToday
from ska.web.paging import Pages

# The order of a page of values. Two definitions of one cell are told apart by the value's number.
_TEXTS = (
    "source", "measure", "area_type", "area_code", "scope", "gender", "period_type", "period",
)  # fmt: skip
_ORDER = (*_TEXTS, "value_id")


class ValueOut(msgspec.Struct):
    """One value; a gap has no value, but a status and its Swedish word."""

    example: ClassVar[dict[str, Any]] = {
        "source": "kolada",
        "measure": "N15419",
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
        "area_type": "municipality",
        "area_code": "1497",
        "area": "Ekhult",
        "scope": "",
        "gender": "all",
        "period_type": "year",
        "period": "2026",
        "value": 61.8,
        "n": 68,
        "status": "value",
        "word": "",
        "finality": "final",
    }

    id: int
    source: str
    measure: str
    title: str
    unit: str
    area_type: str
    area_code: str
    area: str
    scope: str
    gender: str
    period_type: str
    period: str
    value: float | None
    status: str
    word: str
    n: int | None
    finality: str
    carried_from: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class Wanted:
    """Which values a program asks for: of what cells, as known on which day."""

    cells: dict[str, str]
    known: date | None


def provide_wanted(
    today: GivenToday,
    area: FromQuery[str] = "",
    gender: FromQuery[str] = "",
    as_known_on: FromQuery[str] = "",
) -> Wanted:
    """Give what is asked for; *as_known_on* is a day, whose end counts."""
    known = read_day(as_known_on, today, field="as_known_on")
    return Wanted({"area_code": area, "gender": gender}, known)


GivenWanted = NamedDependency[SkipValidation[Wanted]]


def some(frame: pl.DataFrame, wanted: dict[str, str]) -> pl.DataFrame:
    """Return the rows whose columns hold what is *wanted*; an empty wish holds for all."""
    for column, value in wanted.items():
        if value:
            frame = frame.filter(pl.col(column) == value)
    return frame


def page_of(frame: pl.DataFrame, pages: Pages) -> Response[list[ValueOut]]:
    """Return the values that come next in order: those that come or go elsewhere move nothing."""
    if pages.cursor:
        frame = frame.filter(_after(json.loads(pages.place(_is_place))))
    found = frame.bottom_k(pages.limit + 1, by=_ORDER).sort(_ORDER)
    headers = {}
    if found.height > pages.limit:
        found = found.head(pages.limit)
        headers = pages.to_next(json.dumps(found.select(_ORDER).row(-1)))
    rows = queries.with_words(found).rename({"value_id": "id"}).to_dicts()
    names = ValueOut.__struct_fields__
    out = [ValueOut(**{name: row[name] for name in names}) for row in rows]
    return Response(out, headers=headers)


def _is_place(text: str) -> bool:
    try:
        place = json.loads(text)
    except ValueError:
        return False
    kinds = [type(one) for one in place] if isinstance(place, list) else []
    return kinds == [*(str for _name in _TEXTS), int] and abs(place[-1]) < 2**63


def _after(place: list[Any]) -> pl.Expr:
    after, level = pl.lit(False), pl.lit(True)
    for column, last in zip(_ORDER, place, strict=True):
        after = after | (level & (pl.col(column) > last))
        level = level & (pl.col(column) == last)
    return after
