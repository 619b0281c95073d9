"""Our own long table for a huvudman's own values and surveys (docs/local-values.md)."""

from __future__ import annotations

import re

import polars as pl

from ska.core.personal_data import find_personal_data
from ska.core.school_year import SchoolYear
from ska.values.importers.cells import MACHINE_NUMBER, SHORT_POINT, SWEDISH_NUMBER, read_cells
from ska.values.importers.divided import reasons_of_groups, warn_about_groups
from ska.values.importers.observations import (
    AreaType,
    PeriodType,
    Reading,
    Refused,
    Report,
    Scope,
    Source,
    UnknownLayout,
    area_frame,
    check_ranges,
    measure_frame,
    settle,
)
from ska.values.importers.sheets import Sheet
from ska.values.importers.spreads import reasons_of_spread, spread_written
from ska.values.importers.zeros import warn_about_zeros
from ska.values.pupil_groups import keys_by_word
from ska.values.rules import WHOLE, Finality, ValueStatus

REQUIRED = ("mått", "område", "period", "värde")
OPTIONAL = (
    "områdesnamn", "kön", "grupp", "antal", "standardavvikelse", "enhet", "slag", "minsta grupp",
    "definition", "preliminär",
)  # fmt: skip
PERSONAL = re.compile(r"person-?(nummer|nr)|personnr|elevnamn|förnamn|efternamn|e-?post")
SYMBOLS = {
    ".": ValueStatus.NOT_APPLICABLE_OR_MISSING,
    "..": ValueStatus.SUPPRESSED_SMALL_GROUP,
    "...": ValueStatus.SUPPRESSED_NEAR_ALL,
    "~100": ValueStatus.ROUNDED_NEAR_100,
    "saknas": ValueStatus.MISSING,
    "ej tillämpligt": ValueStatus.NOT_APPLICABLE_OR_MISSING,
    "för få": ValueStatus.SUPPRESSED_SMALL_GROUP,
    "ej ställd": ValueStatus.NOT_ASKED,
    "delas inte": ValueStatus.WITHHELD,
}
_GENDERS = {"": "T", "t": "T", "alla": "T", "totalt": "T", "k": "K", "flickor": "K", "kvinnor": "K",
            "m": "M", "pojkar": "M", "män": "M"}  # fmt: skip
_NATURES = {"": "result", "resultat": "result", "bakgrund": "background"}
_TERM = re.compile(r"([HV]T) ?(?:20)?(\d\d)")
MOST_PEOPLE = 100_000_000


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet begins with our header: mått, område, period and värde are there."""
    return set(REQUIRED) <= set(_header(sheet))


def refuse_people(sheet: Sheet) -> None:
    """Raise Refused when a header or the first rows point out persons; nothing is kept of them."""
    for i in range(min(20, sheet.cells.height)):
        cells = [cell.lower() for cell in sheet.row(i)]
        if any(PERSONAL.search(cell) for cell in cells):
            raise UnknownLayout(
                "Filen har en kolumn med personuppgifter. Läs in sammanställda tal, "
                "aldrig rader om enskilda personer."
            )


def read(sheet: Sheet, file: str) -> Reading:
    """Return the observations of a local table; raise Refused when it holds persons."""
    refuse_people(sheet)
    header = _header(sheet)
    body = _body(sheet, header).with_columns(column=pl.lit("värde"))
    report = Report(file=file, source=Source.LOCAL, kind="table", title="Egna värden")
    report.layout, report.rows = "own_long_table", body.height
    reading = read_rows(body, report, is_workbook=sheet.is_workbook)
    reading.is_own = bool((reading.observations["pupil_group"] != WHOLE).any())
    unknown = [name for name in header if name and name not in REQUIRED + OPTIONAL]
    if unknown:
        report.warn("columns_not_read", f"Kolumner som inte läses: {', '.join(unknown[:8])}.")
    return reading


def read_rows(body: pl.DataFrame, report: Report, *, is_workbook: bool) -> Reading:
    """Return the observations of rows with the columns of the long table, ``row`` and ``column``.

    Columns that may be left out are filled with nothing.
    """
    absent = [name for name in OPTIONAL if name not in body.columns]
    body = body.with_columns(pl.lit("").alias(name) for name in absent)
    _refuse_personal_numbers(body)
    number = f"{SWEDISH_NUMBER}|{SHORT_POINT}"
    number += f"|{MACHINE_NUMBER}" if is_workbook else ""
    frame = read_cells(
        body.with_columns(raw_value=pl.col("värde").fill_null("").str.to_lowercase()),
        SYMBOLS,
        number=number,
    ).with_columns(raw_value=pl.col("värde"))
    frame = check_ranges(_observations(frame), "enhet", pl.col("enhet"))
    kept = settle(frame.with_columns(reason=_reason()), report)
    _warn(frame, report)
    warn_about_groups(kept, report)
    warn_about_zeros(kept, report)
    return Reading(report, kept, _measures(frame, kept), _areas(frame, kept))


def is_period(text: str) -> bool:
    """Tell whether a text is a period as one writes it: 2024/25, 2025 or VT25."""
    return bool(_period(text)[0])


def _header_at(sheet: Sheet) -> int:
    """Return where the header stands: the first row, or below Excel's ``sep=;`` and empty rows."""
    for i in range(min(10, sheet.cells.height)):
        if set(REQUIRED) <= {cell.lower() for cell in sheet.row(i)}:
            return i
    return 0


def _header(sheet: Sheet) -> list[str]:
    return [cell.lower() for cell in sheet.row(_header_at(sheet))]


def _body(sheet: Sheet, header: list[str]) -> pl.DataFrame:
    at = _header_at(sheet)
    named = {str(i): name for i, name in enumerate(header) if name in REQUIRED + OPTIONAL}
    if len(set(named.values())) != len(named):
        raise Refused("Samma kolumnrubrik står två gånger.")
    body = sheet.numbered().slice(at + 1).select("row", *named).rename(named)
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in named.values()]
    return body.with_columns(texts).filter(pl.any_horizontal(pl.col(list(named.values())) != ""))


def _refuse_personal_numbers(body: pl.DataFrame) -> None:
    texts = body.select("mått", "områdesnamn", "definition").unique()
    for text in (cell for row in texts.iter_rows() for cell in row if cell):
        if find_personal_data(text):
            raise Refused("Filen innehåller något som ser ut som personuppgifter. Ta bort dem.")


def _observations(frame: pl.DataFrame) -> pl.DataFrame:
    periods = {text: _period(text) for text in frame["period"].unique()}
    areas = {text: _area(text) for text in frame["område"].unique()}

    def look_up(column: str, table: dict[str, tuple[str, str]], place: int) -> pl.Expr:
        return pl.col(column).replace_strict(
            {key: found[place] for key, found in table.items()}, return_dtype=pl.String
        )

    lower = {
        name: pl.col(name).str.to_lowercase() for name in ("kön", "grupp", "slag", "preliminär")
    }
    return frame.with_columns(
        measure=pl.col("mått"),
        area_type=look_up("område", areas, 0),
        area_code=look_up("område", areas, 1),
        scope=pl.lit(str(Scope.ALL)),
        period_type=look_up("period", periods, 0),
        period=look_up("period", periods, 1),
        written_period=pl.col("period"),
        gender=lower["kön"].replace_strict(_GENDERS, default=None, return_dtype=pl.String),
        pupil_group=lower["grupp"].replace_strict(
            keys_by_word(), default=None, return_dtype=pl.String
        ),
        nature=lower["slag"].replace_strict(_NATURES, default=None, return_dtype=pl.String),
        n=pl.col("antal").str.replace_all("[ \u00a0]", "").cast(pl.Int64, strict=False),
        spread=spread_written(),
        group=pl.col("minsta grupp").cast(pl.Int64, strict=False),
        finality=pl.when(lower["preliminär"] == "ja")
        .then(pl.lit(str(Finality.PRELIMINARY)))
        .otherwise(pl.lit(str(Finality.FINAL))),
        carried_from=pl.lit(None, pl.String),
        row=pl.col("row").cast(pl.Int64),
    )


def _reason() -> pl.Expr:
    checks = {
        "måttet saknar namn": pl.col("measure") == "",
        "området saknas": pl.col("område") == "",
        "perioden känns inte igen; skriv 2024/25, 2025 eller VT25": pl.col("period_type") == "",
        "könet känns inte igen; skriv alla, flickor eller pojkar": pl.col("gender").is_null(),
        **reasons_of_groups(),
        "slaget känns inte igen; skriv resultat eller bakgrund": pl.col("nature").is_null(),
        "antalet är inte ett rimligt heltal": (pl.col("antal") != "")
        & ~pl.col("n").is_between(0, MOST_PEOPLE).fill_null(False),
        **reasons_of_spread(),
        "minsta grupp är inte ett heltal från 1 till 1000": (pl.col("minsta grupp") != "")
        & ~pl.col("group").is_between(1, 1_000).fill_null(False),
    }
    reason = pl.col("reason")
    for text, fails in reversed(checks.items()):
        reason = pl.when(fails).then(pl.lit(text)).otherwise(reason)
    return reason


def _warn(frame: pl.DataFrame, report: Report) -> None:
    numbers = frame.filter(pl.col("value").is_not_null())
    without_size = numbers.filter(pl.col("n").is_null()).height
    if without_size:
        report.warn(
            "no_group_size",
            f"{without_size} värden saknar antal. De kan inte visas förrän antalet är känt.",
        )
    shares = numbers.filter(pl.col("enhet") == "%")["value"]
    if len(shares) >= 3 and shares.is_between(0, 1).all():
        report.warn(
            "share_as_fraction",
            "Alla andelar ligger mellan 0 och 1. Skriv procent, 44 och inte 0,44.",
        )


def _period(text: str) -> tuple[str, str]:
    if re.fullmatch(r"(19|20)\d\d", text):
        return str(PeriodType.CALENDAR_YEAR), text
    if found := _TERM.fullmatch(text.upper()):
        return str(PeriodType.TERM), found[1] + found[2]
    try:
        return str(PeriodType.SCHOOL_YEAR), str(SchoolYear.parse(text))
    except ValueError:
        return "", text


def _area(text: str) -> tuple[str, str]:
    """A code of eight digits is a school unit, ten a huvudman, four a municipality.

    Anything else is a unit of the huvudman's own, a preschool for instance, known by its name.
    """
    for pattern, kind in (
        (r"\d{8}", AreaType.SCHOOL_UNIT),
        (r"\d{10}", AreaType.ORGANIZER),
        (r"\d{4}", AreaType.MUNICIPALITY),
    ):
        if re.fullmatch(pattern, text):
            return str(kind), text
    return str(AreaType.SCHOOL_UNIT), text


def _measures(frame: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    return measure_frame(
        [
            {
                "code": row["mått"],
                "title": row["mått"],
                "unit": row["enhet"],
                "definition": row["definition"],
                "nature": row["nature"] or "result",
                "smallest_group": row["group"],
            }
            for row in frame.filter(pl.col("row").is_in(kept["row"].implode())).iter_rows(
                named=True
            )
        ]
    )


def _areas(frame: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    used = frame.filter(pl.col("row").is_in(kept["row"].implode())).unique(
        ["area_type", "area_code"], keep="first", maintain_order=True
    )
    return area_frame(
        [
            {
                "area_type": row["area_type"],
                "code": row["area_code"],
                "name": row["områdesnamn"] or row["område"],
            }
            for row in used.iter_rows(named=True)
        ]
    )
