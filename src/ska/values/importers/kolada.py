"""Saved answers of Kolada's API (v3): values, and catalogues of measures and areas.

Gender is read by key and never by place, a withdrawn value is a gap, and a survey round that only
repeats the one before is marked as carried (data-sources, section 3).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import polars as pl

from ska.values.importers import kolada_catalogue
from ska.values.importers.cells import MACHINE_NUMBER, read_cells
from ska.values.importers.kolada_rounds import mark_carried
from ska.values.importers.observations import (
    AreaType,
    PeriodType,
    Reading,
    Refused,
    Report,
    Scope,
    Source,
    area_frame,
    measure_frame,
    settle,
    value_status,
)
from ska.values.importers.sheets import Sheet
from ska.values.rules import Finality, ValueStatus

GENDERS = ("T", "K", "M")
# Their definitions say so: with 40 pupils or more, one to four who did not reach it are told as 95.
HIDES_BEHIND_95 = ("N15539", "N15540", "N15541", "N15564", "N15565")
LONG_HEADER = ["kpi", "period", "municipality", "gender", "value"]
Answer = dict[str, Any]


def recognises(body: Answer) -> bool:
    """Tell whether an answer has Kolada's envelope: a list called values."""
    return "values" in body and "dimension" not in body


def recognises_table(sheet: Sheet) -> bool:
    """Tell whether a text table is Kolada values in long form (kpi, period, municipality, …)."""
    return sheet.row(0) == LONG_HEADER


def read(answer: Answer, file: str) -> Reading:
    """Return what a saved answer holds; raise Refused for an envelope with other contents."""
    values = answer.get("values")
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise Refused("Svaret har ingen lista ”values” med poster.")
    if not values:
        raise Refused("Svaret är tomt. Kolada svarar så på okända id, kontrollera frågan.")
    first = values[0]
    if "kpi" in first and isinstance(first.get("values"), list):
        reading = _data(values, file)
    else:
        reading = kolada_catalogue.read(values, file)
    reading.page, reading.next_page = _pages(answer)
    return reading


def read_table(sheet: Sheet, file: str) -> Reading:
    """Return the observations of a long table of Kolada values, one row a value."""
    report = Report(file=file, source=Source.KOLADA, kind="data", title="Kolada, lång tabell")
    report.layout = "long_table"
    body = (
        sheet.numbered()
        .rename(dict(zip(sheet.cells.columns, LONG_HEADER, strict=True)))
        .slice(1)
        .filter(pl.any_horizontal(pl.col(LONG_HEADER).fill_null("") != ""))
        .rename({"value": "raw_value"})
    )
    report.rows = body.height
    return _reading(read_cells(body, {}, number=MACHINE_NUMBER), report)


def missing_pages(readings: list[Reading]) -> list[str]:
    """Return a warning for each answer whose next page is not among the files."""
    pages = {(r.report.kind, r.page) for r in readings}
    return [
        f"{reading.report.file} fortsätter på sida {reading.next_page}, som inte är med."
        for reading in readings
        if reading.next_page and (reading.report.kind, reading.next_page) not in pages
    ]


def _pages(answer: Answer) -> tuple[int, int | None]:
    following, before = _page(answer.get("next_url")), _page(answer.get("previous_url"))
    here = following - 1 if following else (before + 1 if before else 1)
    return here, following


def _page(url: object) -> int | None:
    found = url.partition("?")[2] if isinstance(url, str) and len(url) < 2_000 else ""
    numbers = parse_qs(found).get("page", [])
    return int(numbers[0]) if numbers and numbers[0].isdecimal() else None


def _data(values: list[Answer], file: str) -> Reading:
    report = Report(file=file, source=Source.KOLADA, kind="data", title="Kolada, värden")
    report.layout, report.rows = "api_data", len(values)
    rows = [
        _element(number, entry, element)
        for number, entry in enumerate(values, start=1)
        for element in _elements(entry)
    ]
    columns = ("row", "kpi", "municipality", "ou", "period", "gender", "raw_value", "note")
    schema: dict[str, Any] = dict.fromkeys(columns, pl.String) | {"row": pl.Int64}
    schema |= {"value": pl.Float64, "is_withdrawn": pl.Boolean}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        status=value_status(pl.col("value").is_not_null()),
        reason=pl.when(pl.col("note") != "").then(pl.col("note")),
    )
    withdrawn = frame["is_withdrawn"].sum()
    if withdrawn:
        text = f"Kolada har dragit tillbaka {withdrawn} värden. De blir luckor."
        report.warn("withdrawn", text)
    return _reading(frame, report)


def _elements(entry: Answer) -> list[Any]:
    found = entry.get("values")
    return found if isinstance(found, list) else [found]


def _element(row: int, entry: Answer, element: Any) -> tuple[Any, ...]:
    if not isinstance(element, dict):
        texts = (_text(entry.get("kpi")), _text(entry.get("municipality")), None, "", "T")
        return (row, *texts, _text(element), "posten är inte ett värde", None, False)
    value, note = element.get("value"), ""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        value, note = None, "värdet är inte ett tal"
    is_withdrawn = bool(element.get("isdeleted"))
    raw = "isdeleted" if is_withdrawn else str(element.get("status") or "")
    if element.get("value") is not None:
        raw = f"{element['value']}{' (isdeleted)' if is_withdrawn else ''}"
    unit = entry.get("ou") or entry.get("out")
    return (
        row,
        _text(entry.get("kpi")),
        _text(entry.get("municipality")),
        _text(unit),
        _text(entry.get("period")),
        _text(element.get("gender")),
        _text(raw),
        note,
        None if is_withdrawn or value is None else float(value),
        is_withdrawn,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value).replace("\0", "")


def _reading(frame: pl.DataFrame, report: Report) -> Reading:
    if "ou" not in frame.columns:
        frame = frame.with_columns(ou=pl.lit(None, pl.String))
    code = pl.coalesce("ou", "municipality")
    frame = frame.with_columns(
        measure=pl.col("kpi"),
        area_type=_area_type(code, pl.col("ou").is_not_null()),
        area_code=code,
        scope=pl.lit(str(Scope.BY_MEASURE)),
        period_type=pl.lit(str(PeriodType.CALENDAR_YEAR)),
        finality=pl.lit(str(Finality.FINAL)),
        n=pl.lit(None, pl.Int64),
        carried_from=pl.lit(None, pl.String),
        column=pl.col("gender").fill_null(""),
        status=pl.when(pl.col("kpi").is_in(HIDES_BEHIND_95) & (pl.col("value") == 95))
        .then(pl.lit(str(ValueStatus.APPROXIMATE)))
        .otherwise("status"),
    ).with_columns(reason=_reason())
    kept = mark_carried(settle(frame, report))
    carried = kept["carried_from"].count()
    if carried:
        text = f"{carried} värden upprepar en tidigare enkätomgång och är märkta."
        report.warn("carried_forward", text)
    codes = kept["measure"].unique(maintain_order=True)
    areas = kept.select("area_type", code="area_code").unique(maintain_order=True)
    return Reading(
        report=report,
        observations=kept,
        measures=measure_frame([{"code": code, "nature": "result"} for code in codes]),
        areas=area_frame(areas.to_dicts()),
    )


def _area_type(code: pl.Expr, is_unit: pl.Expr) -> pl.Expr:
    return (
        pl.when(is_unit)
        .then(pl.lit(str(AreaType.KOLADA_UNIT)))
        .when(code.str.contains("^G"))
        .then(pl.lit(str(AreaType.MUNICIPALITY_GROUP)))
        .when(code == "0000")
        .then(pl.lit(str(AreaType.COUNTRY)))
        .when(code.str.contains(r"^00\d\d$"))
        .then(pl.lit(str(AreaType.REGION)))
        .when(code.str.contains(r"^\d{4}$"))
        .then(pl.lit(str(AreaType.MUNICIPALITY)))
    )


def _reason() -> pl.Expr:
    gender = pl.col("gender").fill_null("")
    return (
        pl.when(~gender.is_in(GENDERS))
        .then(pl.lit("okänt kön ”") + gender + pl.lit("”, bara T, K och M läses"))
        .when(pl.col("area_type").is_null())
        .then(pl.lit("områdets kod känns inte igen"))
        .when(~pl.col("period").fill_null("").str.contains(r"^(19|20)\d\d$"))
        .then(pl.lit("året känns inte igen"))
        .when(~pl.col("measure").fill_null("").str.contains(r"^[A-Z]\d{5}$"))
        .then(pl.lit("nyckeltalets id känns inte igen"))
        .otherwise(pl.col("reason"))
    )
