"""Tables that a person has taught us to read: which row is the header, what each column holds.

A taught table becomes our own long table and passes the same reader (local.py). Rows that are
persons' answers are counted together to unit × question in memory, and small groups go first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from ska.values.importers import local
from ska.values.importers.divided import refuse_groups
from ska.values.importers.observations import Reading, Refused, Report, Source
from ska.values.importers.sheets import Sheet
from ska.values.importers.taught_answers import together

MOST_COLUMNS = 150
_LOOKED_AT = 60


class Role(StrEnum):
    """What a column holds."""

    SKIP = "skip"
    AREA = "area"
    PERIOD = "period"
    GENDER = "gender"
    N = "n"
    MEASURE = "measure"
    VALUE = "value"
    MEAN = "mean"
    SHARE = "share"


class RowsAre(StrEnum):
    """What one row of the table is."""

    VALUES = "values"
    ANSWERS = "answers"


@dataclass(frozen=True)
class Taught:
    """A lesson: the header it is known by, and the role, unit and counted answers of columns."""

    header: list[str]  # as it is compared
    names: list[str]  # as it was written
    rows_are: RowsAre
    roles: list[Role]
    units: list[str]
    counted: list[str]  # of a share: the answers that count, with | between
    period: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the lesson as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Taught:
        """Return a lesson as it was kept."""
        roles = [Role(role) for role in kept["roles"]]
        return cls(**kept | {"rows_are": RowsAre(kept["rows_are"]), "roles": roles})

    def places(self, *roles: Role) -> list[int]:
        """Return the columns with one of these roles."""
        return [i for i, role in enumerate(self.roles) if role in roles]


def spelled(cells: list[str]) -> list[str]:
    """Return a header as it is compared: without case, doubled blanks, empty cells at the end."""
    names = [re.sub(r"\s+", " ", cell).strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def header_of(sheet: Sheet, lesson: Taught) -> int | None:
    """Return the row where the lesson's header stands in a sheet, or None: then it is another."""
    rows = range(min(_LOOKED_AT, sheet.cells.height))
    return next((i for i in rows if spelled(sheet.row(i)) == lesson.header), None)


def likely_header(sheet: Sheet) -> int:
    """Return the row that is most likely the header: the first of the fullest."""
    filled = [sum(map(bool, sheet.row(i))) for i in range(min(20, sheet.cells.height))]
    return filled.index(max(filled)) if filled else 0


def problems(lesson: Taught) -> dict[str, str]:
    """Return what is missing or said twice in a lesson, by the field to mend, in Swedish."""
    found: dict[str, str] = {}
    counts = Counter(lesson.roles)
    asks = (Role.MEAN, Role.SHARE) if lesson.rows_are is RowsAre.ANSWERS else (Role.VALUE,)
    if counts[Role.AREA] != 1:
        found["roles"] = "Välj en kolumn, och bara en, som säger vilken enhet raden gäller."
    elif any(counts[role] > 1 for role in (Role.PERIOD, Role.GENDER, Role.N, Role.MEASURE)):
        found["roles"] = "Period, kön, antal och måttets namn kan bara stå i en kolumn var."
    elif not any(counts[role] for role in asks):
        found["roles"] = "Välj minst en kolumn med värden eller svar."
    if not counts[Role.PERIOD] and not local.is_period(lesson.period):
        found["period"] = "Skriv perioden som 2024/25, 2025 eller VT25, eller välj en kolumn."
    if any(not lesson.counted[i].strip() for i in lesson.places(Role.SHARE)):
        found["counted"] = "Skriv vilka svar som räknas i andelen."
    return found


def read(sheet: Sheet, lesson: Taught, file: str, *, limit: int) -> Reading:
    """Return what a taught table holds; groups below *limit* are hidden before anything is kept."""
    at = header_of(sheet, lesson)
    if at is None:
        raise Refused("Tabellens rubriker är inte de som tolkningen gäller.")
    if lesson.rows_are is not RowsAre.ANSWERS:
        refuse_groups(sheet)
    body = sheet.numbered().slice(at + 1)
    texts = [name for name in body.columns if name != "row"]
    body = body.with_columns(pl.col(texts).fill_null("").str.strip_chars())
    body = body.filter(pl.any_horizontal(pl.col(texts) != ""))
    if body.is_empty():
        raise Refused("Tabellen har inga rader under rubrikerna.")
    report = Report(file=file, source=Source.LOCAL, kind="table", title="Egna värden")
    report.layout, report.rows = f"taught_{lesson.rows_are}", body.height
    if lesson.rows_are is RowsAre.ANSWERS:
        long = together(_keyed(body, lesson), _questions(lesson), limit, report)
    else:
        long = _long(_keyed(body, lesson), lesson)
    return local.read_rows(long, report, is_workbook=sheet.is_workbook)


def _names(lesson: Taught) -> list[str]:
    """Return a name for each column; a name that stands twice gets its number."""
    seen: Counter[str] = Counter()
    names = []
    for i, name in enumerate(lesson.names):
        seen[name] += 1
        shown = name or f"Kolumn {i + 1}"
        names.append(shown if seen[name] == 1 else f"{shown} ({seen[name]})")
    return names


def _keyed(body: pl.DataFrame, lesson: Taught) -> pl.DataFrame:
    """Return the rows with the columns of our own long table that are keys, and the rest."""
    keys = {"område": Role.AREA, "period": Role.PERIOD, "kön": Role.GENDER, "antal": Role.N,
            "ord": Role.MEASURE}  # fmt: skip
    places = {name: lesson.places(role) for name, role in keys.items()}
    fixed = {"period": lesson.period}
    return body.select(
        "row",
        *(
            pl.col(str(place[0])).alias(name) if place else pl.lit(fixed.get(name, "")).alias(name)
            for name, place in places.items()
        ),
        *(
            pl.col(str(i)).alias(f"cell {i}")
            for i in lesson.places(Role.VALUE, Role.MEAN, Role.SHARE)
        ),
    )


def _long(keyed: pl.DataFrame, lesson: Taught) -> pl.DataFrame:
    names, values = _names(lesson), lesson.places(Role.VALUE)
    columns = pl.DataFrame(
        [(f"cell {i}", names[i], lesson.units[i]) for i in values],
        schema=dict.fromkeys(("cell", "column", "enhet"), pl.String),
        orient="row",
    )
    has_words = bool(lesson.places(Role.MEASURE))
    both = pl.concat_str("ord", "column", separator=", ")
    named = (pl.col("ord") if len(values) == 1 else both) if has_words else pl.col("column")
    return (
        keyed.unpivot(
            on=[f"cell {i}" for i in values],
            index=["row", "område", "period", "kön", "antal", "ord"],
            variable_name="cell",
            value_name="värde",
        )
        .join(columns, on="cell", maintain_order="left")
        .with_columns(mått=named)
    )


def _questions(lesson: Taught) -> list[tuple[str, str, str, list[str]]]:
    """Return each question: its cell, its name, its unit, and the answers counted in a share."""
    names = _names(lesson)
    return [
        (
            f"cell {i}",
            names[i],
            "%" if lesson.roles[i] is Role.SHARE else lesson.units[i],
            [one.strip().casefold() for one in lesson.counted[i].split("|") if one.strip()]
            if lesson.roles[i] is Role.SHARE
            else [],
        )
        for i in lesson.places(Role.MEAN, Role.SHARE)
    ]
