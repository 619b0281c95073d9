"""Skolverket's own exports ("Sök statistik", SIRIS): one row an area and type of huvudman.

The plain layout and the one with two header rows, as CSV or Excel. The grammar is data-sources,
section 7: prose before the table, a header that starts with Kommun or Skola, prose after it.
"""

from __future__ import annotations

import re

import polars as pl

from ska.values.importers.cells import MACHINE_NUMBER, SWEDISH_NUMBER, read_cells
from ska.values.importers.observations import (
    AreaType,
    Reading,
    Refused,
    Report,
    Scope,
    Source,
    area_frame,
    check_ranges,
    measure_frame,
    settle,
    warn_about_zeros,
)
from ska.values.importers.sheets import Sheet
from ska.values.importers.siris_layout import Layout, names_a_period, read_layout
from ska.values.rules import SKOLVERKET_SYMBOLS, Finality

SCOPES = {
    "Samtliga": Scope.ALL,
    "Kommunal": Scope.MUNICIPAL,
    "Enskild": Scope.INDEPENDENT,
    "Internationella skolor": Scope.INTERNATIONAL,
    "Statlig": Scope.STATE,
    "Region": Scope.REGION,
}


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet is such an export: a header row and a chosen year above it."""
    start = sheet.first_cells()[:60]
    has_header = any(cell in ("Kommun", "Skola") for cell in start)
    return has_header and any(names_a_period(cell) for cell in start)


def read(sheet: Sheet, file: str) -> Reading:
    """Return the observations of an export; raise Refused for a layout that is not read yet."""
    layout = read_layout(sheet)
    report = Report(file=file, source=Source.SIRIS, kind="table", title=layout.title)
    body = _body(sheet, layout)
    report.layout, report.rows = "plain", body.height
    long = _cells(body, layout, number=_number_pattern(sheet))
    frame = settle(check_ranges(long, "column", _unit(pl.col("column"))), report)
    warn_about_zeros(frame, report)
    definitions = _after(sheet, layout.end)
    return Reading(
        report=report,
        observations=_with_group_size(frame, layout),
        measures=_measures(layout, definitions),
        areas=_areas(body, layout),
        definitions="\n".join(" ".join(cells).strip() for cells in definitions).strip(),
    )


def _number_pattern(sheet: Sheet) -> str:
    """A workbook's numbers are machine numbers, but cells typed as text are Swedish."""
    return f"{SWEDISH_NUMBER}|{MACHINE_NUMBER}" if sheet.is_workbook else SWEDISH_NUMBER


def _body(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    width = len(layout.keys) + len(layout.columns)
    body = sheet.numbered().slice(layout.header + 1, layout.end - layout.header - 1)
    texts = [column for column in body.columns if column != "row"]
    body = body.filter(pl.any_horizontal(pl.col(texts).fill_null("").str.strip_chars() != ""))
    extra = texts[width:]
    if (
        extra
        and body.select(
            pl.any_horizontal((pl.col(extra).fill_null("").str.strip_chars() != "").any())
        ).item()
    ):
        raise Refused("Tabellen har fler celler än rubriker. Filen är skadad eller omgjord.")
    return body.select("row", *texts[:width]).rename(
        dict(zip(texts[:width], layout.keys + layout.columns, strict=True))
    )


def _cells(body: pl.DataFrame, layout: Layout, number: str) -> pl.DataFrame:
    is_school = layout.keys[0] == "Skola"
    area_type = AreaType.SCHOOL_UNIT if is_school else AreaType.MUNICIPALITY
    long = _with_keys(body, is_school=is_school).unpivot(
        on=layout.columns,
        index=["row", "area_code", "scope", "key_reason"],
        variable_name="column",
        value_name="raw_value",
    )
    return read_cells(long, SKOLVERKET_SYMBOLS, number=number).with_columns(
        measure=pl.lit(f"{layout.title} | ") + pl.col("column"),
        area_type=pl.lit(str(area_type)),
        period_type=pl.lit(str(layout.period_type)),
        period=pl.lit(layout.period),
        gender=pl.lit("T"),
        finality=pl.lit(str(Finality.FINAL)),
        n=pl.lit(None, pl.Int64),
        carried_from=pl.lit(None, pl.String),
        reason=pl.coalesce("key_reason", "reason"),
    )


def _with_keys(body: pl.DataFrame, *, is_school: bool) -> pl.DataFrame:
    code, digits = ("Skolenhetskod", 8) if is_school else ("Kommunkod", 4)
    scopes = {name: str(scope) for name, scope in SCOPES.items()}
    return body.with_columns(
        area_code=pl.col(code).str.strip_chars(),
        scope=pl.col("Typ av huvudman")
        .str.strip_chars()
        .replace_strict(scopes, default=None, return_dtype=pl.String),
    ).with_columns(
        key_reason=pl.when(~pl.col("area_code").fill_null("").str.contains(rf"^\d{{{digits}}}$"))
        .then(pl.lit("raden har ingen områdeskod (kommunalförbund redovisas utan kod)"))
        .when(pl.col("scope").is_null())
        .then(pl.lit("typen av huvudman känns inte igen"))
    )


def _with_group_size(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Set n of the shares to the row's own number of pupils, where the export gives it."""
    counts = [name for name in ("Antal elever", "Elever, årskurs 1-9") if name in layout.columns]
    if not counts:
        return frame
    sizes = frame.filter((pl.col("column") == counts[0]) & pl.col("value").is_not_null()).select(
        "row", size=pl.col("value").cast(pl.Int64)
    )
    return (
        frame.join(sizes, on="row", how="left", maintain_order="left")
        .with_columns(n=pl.when(pl.col("column").is_in(_shares(layout))).then(pl.col("size")))
        .drop("size")
    )


def _shares(layout: Layout) -> list[str]:
    columns = pl.DataFrame({"column": layout.columns})
    shares: list[str] = columns.filter(_unit(pl.col("column")) == "%")["column"].to_list()
    return shares


def _unit(column: pl.Expr) -> pl.Expr:
    name = column.str.replace(r"^[^:]*: ", "")
    return (
        pl.when(name.str.starts_with("Andel"))
        .then(pl.lit("%"))
        .when(name.str.contains("(?i)meritvärde"))
        .then(pl.lit("meritvärde"))
        .when(column.str.contains("#Heltidstjänster"))
        .then(pl.lit("heltidstjänster"))
        .when(name.str.contains("^Antal elever|^Elever,"))
        .then(pl.lit("elever"))
        .otherwise(pl.lit(""))
    )


def _after(sheet: Sheet, end: int) -> list[list[str]]:
    return [sheet.row(i) for i in range(end, sheet.cells.height)]


def _measures(layout: Layout, after: list[list[str]]) -> pl.DataFrame:
    meanings: dict[str, str] = {}
    latest = ""
    for cells in after:
        name, text = cells[0], " ".join(cells[1:]).strip()
        latest = name or latest
        if text:
            meanings[latest] = f"{meanings.get(latest, '')} {text}".strip()
    units = pl.DataFrame({"column": layout.columns}).select(unit=_unit(pl.col("column")))
    return measure_frame(
        [
            {
                "code": f"{layout.title} | {column}",
                "title": column.replace("#", ""),
                "unit": unit,
                "definition": meanings.get(column.rpartition(": ")[2], ""),
                "nature": "background" if _is_background(column) else "result",
            }
            for column, unit in zip(layout.columns, units["unit"], strict=True)
        ]
    )


def _is_background(column: str) -> bool:
    return bool(re.search(r"flickor|utländsk bakgrund|eftergymnasial", column))


def _areas(body: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    if layout.keys[0] == "Skola":
        found = body.unique("Skolenhetskod", keep="first", maintain_order=True)
        return area_frame(
            [
                {
                    "area_type": AreaType.SCHOOL_UNIT,
                    "code": row["Skolenhetskod"].strip(),
                    "unit_code": row["Skolenhetskod"].strip(),
                    "name": row["Skola"].strip(),
                    "municipality_code": row["Kommunkod"].strip(),
                    "organizer_number": row["Huvudman orgnr"].strip(),
                }
                for row in found.iter_rows(named=True)
            ]
        )
    found = body.filter(pl.col("Kommunkod").fill_null("").str.strip_chars() != "").unique(
        "Kommunkod", keep="first", maintain_order=True
    )
    return area_frame(
        [
            {
                "area_type": AreaType.MUNICIPALITY,
                "code": row["Kommunkod"].strip(),
                "municipality_code": row["Kommunkod"].strip(),
                "name": row["Kommun"].strip(),
            }
            for row in found.iter_rows(named=True)
        ]
    )
