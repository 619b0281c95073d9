"""The national quality system's own table (Underlag för analys), as exported to Excel.

Measures stand as rows and areas as columns, the school year below the names, notes after the rows
(data-sources, section 4). Three kinds of time mix in one school year: pupils, staff and results
are the school year, costs its first calendar year, the survey the spring term of its second.
"""

from __future__ import annotations

import re

import polars as pl

from ska.core.school_year import SchoolYear
from ska.values.importers.cells import MACHINE_NUMBER, SWEDISH_NUMBER, read_cells
from ska.values.importers.observations import (
    AreaType,
    PeriodType,
    Reading,
    Refused,
    Report,
    Scope,
    Source,
    area_frame,
    check_ranges,
    measure_frame,
    settle,
)
from ska.values.importers.sheets import Sheet
from ska.values.importers.zeros import warn_about_zeros
from ska.values.rules import QUALITY_SYSTEM_SYMBOLS, Finality

TITLE = re.compile(r"(Underlag för analys för .+?) efter mått, huvudman och läsår")
_ORGANIZER = re.compile(r"(.+) \((\d{10})\): HUVUDMAN")
_UNIT = re.compile(r"(.+) \((\d{10})\): (.+) \((\d{8})\)")
_COUNTRY = "RIKET: TOTALT"


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet is such a table: its title says so."""
    return bool(TITLE.match((sheet.first_cells() or [""])[0]))


def read(sheet: Sheet, file: str) -> Reading:
    """Return the table's observations; raise Refused when its shape has changed."""
    title = TITLE.match(sheet.first_cells()[0])
    if title is None:
        raise Refused("Tabellens rubrik känns inte igen.")
    names, years, first = _head(sheet)
    last = _end(sheet, first)
    areas = _areas(names)
    report = Report(file=file, source=Source.QUALITY_SYSTEM, kind="table", title=title[1])
    report.layout, report.rows = "measures_as_rows", last - first
    _warn_about_shared_codes(areas, report)
    labels = sheet.first_cells()[first:last]
    _refuse_repeated(labels)
    long = _long(sheet, first, last, names, years)
    frame = settle(_observations(long, areas, title[1]), report)
    warn_about_zeros(frame, report)
    return Reading(
        report=report,
        observations=frame,
        measures=_measures(labels, title[1]),
        areas=area_frame(areas.select(pl.exclude("label")).to_dicts()),
        definitions="\n\n".join(cell for cell in sheet.first_cells()[last:] if cell),
    )


def _head(sheet: Sheet) -> tuple[list[str], list[str], int]:
    for i in range(min(12, sheet.cells.height - 2)):
        names, years = sheet.row(i), sheet.row(i + 1)
        if _COUNTRY in names or any(_ORGANIZER.fullmatch(name) for name in names):
            if len(set(filter(None, names))) != len(list(filter(None, names))):
                raise Refused("Samma område står i två kolumner. Exportera ett läsår i taget.")
            return names[1:], years[1:], i + 2
    raise Refused("Hittar ingen rad med områden (”RIKET: TOTALT”, ”NAMN (orgnr): HUVUDMAN”).")


def _end(sheet: Sheet, first: int) -> int:
    firsts = sheet.first_cells()
    for i in range(first, len(firsts)):
        if not firsts[i]:
            if any(sheet.row(i)):
                raise Refused(f"Rad {sheet.first_row + i} har värden men inget mått.")
            return i
    return len(firsts)


def _refuse_repeated(labels: list[str]) -> None:
    if len(set(labels)) != len(labels):
        raise Refused("Samma mått står på två rader.")


def _areas(names: list[str]) -> pl.DataFrame:
    rows = [area_of(name) for name in names]
    units = [row["unit_code"] for row in rows if row["unit_code"]]
    shared = _twice(units)
    for row in rows:
        if row["unit_code"] in shared:
            row["code"] = f"{row['organizer_number']}-{row['unit_code']}"
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def _twice(codes: list[str]) -> set[str]:
    return set(pl.Series(codes).filter(pl.Series(codes).is_duplicated()))


def area_of(name: str) -> dict[str, str]:
    """Return the area that a name in the table tells; its type is empty when it is unknown."""
    area = {
        "label": name,
        "area_type": "",
        "code": "",
        "name": name,
        "organizer_number": "",
        "unit_code": "",
    }
    if name == _COUNTRY:
        return area | {"area_type": AreaType.COUNTRY, "code": "00", "name": "Riket"}
    if found := _ORGANIZER.fullmatch(name):
        number = found[2]
        return area | {
            "area_type": AreaType.ORGANIZER,
            "code": number,
            "name": found[1],
            "organizer_number": number,
        }
    if found := _UNIT.fullmatch(name):
        return area | {
            "area_type": AreaType.SCHOOL_UNIT,
            "code": found[4],
            "name": found[3],
            "organizer_number": found[2],
            "unit_code": found[4],
        }
    return area


def _warn_about_shared_codes(areas: pl.DataFrame, report: Report) -> None:
    shared = areas.filter(pl.col("code").str.contains("-", literal=True))["unit_code"].n_unique()
    if shared:
        report.warn(
            "unit_under_two_organizers",
            f"{shared} skolenheter står under två huvudmän. De hålls isär med huvudmannens nummer.",
        )


def _long(sheet: Sheet, first: int, last: int, names: list[str], years: list[str]) -> pl.DataFrame:
    texts = sheet.cells.columns
    body = (
        sheet.numbered()
        .slice(first, last - first)
        .with_columns(label=pl.col("0").str.strip_chars())
    )
    columns = pl.DataFrame(
        {"place": texts[1:], "column": names, "year": years},
        schema=dict.fromkeys(("place", "column", "year"), pl.String),
    ).filter(pl.col("column") != "")
    return body.unpivot(
        on=columns["place"].to_list(),
        index=["row", "label"],
        variable_name="place",
        value_name="raw_value",
    ).join(columns, on="place", how="left", maintain_order="left")


def _observations(long: pl.DataFrame, areas: pl.DataFrame, title: str) -> pl.DataFrame:
    frame = read_cells(
        long, QUALITY_SYSTEM_SYMBOLS, number=f"{SWEDISH_NUMBER}|{MACHINE_NUMBER}"
    ).join(
        areas.select(pl.col("label").alias("column"), "area_type", area_code="code"),
        on="column",
        how="left",
        maintain_order="left",
    )
    frame = frame.join(_periods(frame), on=["label", "year"], how="left", maintain_order="left")
    frame = frame.with_columns(
        measure=pl.lit(f"{title} | ") + pl.col("label"),
        scope=pl.lit(str(Scope.ALL)),
        gender=pl.lit("T"),
        finality=pl.lit(str(Finality.FINAL)),
        n=pl.lit(None, pl.Int64),
        carried_from=pl.lit(None, pl.String),
        reason=pl.when(pl.col("area_type") == "")
        .then(pl.lit("området känns inte igen"))
        .when(pl.col("period").is_null())
        .then(pl.lit("kolumnen har inget läsår"))
        .otherwise(pl.col("reason")),
    )
    return check_ranges(frame, "label", unit_of(pl.col("label")))


def _periods(frame: pl.DataFrame) -> pl.DataFrame:
    pairs = frame.select("label", "year").unique()
    rows = [(label, year, *period_of(label, year)) for label, year in pairs.iter_rows()]
    names = ("label", "year", "period_type", "period")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def period_of(label: str, year: str) -> tuple[str | None, str | None]:
    """Return the kind of time and the period a measure has in a school year of the table."""
    try:
        school_year = SchoolYear.parse(year)
    except ValueError:
        return None, None
    if label.startswith("Kostnader:"):
        return str(PeriodType.CALENDAR_YEAR), str(school_year.start)
    if label.rstrip("*").rstrip().endswith("(medelvärde)"):
        return str(PeriodType.TERM), f"VT{(school_year.start + 1) % 100:02}"
    return str(PeriodType.SCHOOL_YEAR), str(school_year)


def unit_of(label: pl.Expr) -> pl.Expr:
    """Return the unit that a measure's label says: share, survey index, money or people."""
    return (
        pl.when(label.str.contains("(%)", literal=True))
        .then(pl.lit("%"))
        .when(label.str.contains("(medelvärde)", literal=True))
        .then(pl.lit("index 0–10"))
        .when(label.str.contains("(tkr)", literal=True))
        .then(pl.lit("tkr"))
        .when(label.str.starts_with("Kostnader: Per elev"))
        .then(pl.lit("kr"))
        .when(label == "Elever: Antal elever")
        .then(pl.lit("elever"))
        .when(label.str.contains("Antal elever per", literal=True))
        .then(pl.lit("elever per tjänst"))
        .when(label.str.contains("(heltidstjänster)", literal=True))
        .then(pl.lit("heltidstjänster"))
        .otherwise(pl.lit(""))
    )


def unit_of_label(label: str) -> str:
    """Return the unit of one label."""
    return str(pl.select(unit_of(pl.lit(label))).item())


def _measures(labels: list[str], title: str) -> pl.DataFrame:
    return measure_frame(
        [
            {
                "code": f"{title} | {label}",
                "title": label.rstrip("*"),
                "unit": unit_of_label(label),
                "definition": "",
                "nature": "background" if is_background(label) else "result",
            }
            for label in labels
        ]
    )


def is_background(label: str) -> bool:
    return bool(re.search(r"flickor|utländsk bakgrund|eftergymnasial", label))
