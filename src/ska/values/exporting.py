"""Values as a sheet for other programs: CSV for Swedish Excel, and XLSX. No formula gets out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import orjson
import polars as pl
import xlsxwriter

from ska.values.known import said_of
from ska.values.queries import with_words

HEAD = (
    "Mått",
    "Område",
    "Områdeskod",
    "Typ av område",
    "Omfattning",
    "Period",
    "Kön",
    "Värde",
    "Enhet",
    "Förklaring",
    "Antal",
    "Upprepat från",
    "Preliminärt",
    "Källa",
)
GENDER_WORDS = {"T": "alla", "K": "flickor/kvinnor", "M": "pojkar/män"}
AREA_WORDS = {
    "country": "riket",
    "region": "region",
    "municipality": "kommun",
    "municipality_group": "kommungrupp",
    "municipal_federation": "kommunalförbund",
    "organizer": "huvudman",
    "school_unit": "skolenhet",
    "kolada_unit": "enhet i Kolada",
}
SCOPE_WORDS = {
    "all": "samtliga",
    "municipal": "kommunal huvudman",
    "independent": "enskild huvudman",
    "international": "internationella skolor",
    "state": "staten",
    "region": "region",
    "by_measure": "enligt måttet",
}
SOURCE_WORDS = {
    "kolada": "Källa: Kolada",
    "siris": "Källa: Skolverket",
    "skolverket_pxweb": "Källa: Skolverket, underlag för analys",
    "local": "Källa: huvudmannens egna uppgifter",
}
Cell = str | float | int | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Return text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def rows_of(
    frame: pl.DataFrame, known: date | None = None, mark: str = ""
) -> list[tuple[Cell, ...]]:
    """Return the sheet's rows; a gap is an empty cell with its word beside it, never a zero.

    With *known* each row's source says that it is as it was known that day, and then its *mark*.
    """
    then = (f", {said_of(known)}" if known else "") + (f". {mark}" if mark else "")
    return [
        (
            safe(row["title"]),
            safe(row["area"]),
            safe(row["area_code"]),
            AREA_WORDS.get(row["area_type"], row["area_type"]),
            SCOPE_WORDS.get(row["scope"], row["scope"]),
            row["period"],
            GENDER_WORDS[row["gender"]],
            row["value"],
            safe(row["unit"]),
            row["word"],
            row["n"],
            row["carried_from"] or "",
            "ja" if row["finality"] == "preliminary" else "",
            SOURCE_WORDS.get(row["source"], row["source"]) + then,
        )
        for row in with_words(frame).iter_rows(named=True)
    ]


TEMPLATE = (
    ("mått", "område", "områdesnamn", "period", "kön", "värde", "antal", "standardavvikelse",
     "enhet"),
    ("Trygghet, egen enkät åk 4", "12345678", "Exempelskolan", "VT26", "alla", "8,2", "52",
     "2,1", "index 0–10"),
    ("Närvaro", "Förskolan Exemplet", "", "2025/26", "alla", "91,5", "40", "", "%"),
)  # fmt: skip


def template() -> bytes:
    """Return our long table with its header and two invented rows (docs/local-values.md)."""
    lines = [";".join(row) for row in TEMPLATE]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def as_csv(frame: pl.DataFrame, known: date | None = None, mark: str = "") -> bytes:
    """Return the values as CSV: semicolons, decimal comma, UTF-8 with a byte order mark."""
    return csv_of(HEAD, rows_of(frame, known, mark))


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV for Swedish Excel and other programs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_json(frame: pl.DataFrame) -> bytes:
    """Return the values as a JSON array for programs: statuses by name, texts as delivered."""
    kept = (
        "source", "measure", "area_type", "area_code", "scope", "period_type", "period", "gender",
        "value", "status", "raw_value", "n", "finality", "carried_from", "recorded_at",
    )  # fmt: skip
    return orjson.dumps(frame.select(kept).to_dicts())


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return "" if cell is None else str(cell)


def as_xlsx(frame: pl.DataFrame, known: date | None = None, mark: str = "") -> bytes:
    """Return the values as a workbook: numbers as numbers, gaps empty with their word."""
    return xlsx_of("Värden", HEAD, rows_of(frame, known, mark))


def xlsx_of(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook of one sheet; no text in it is a formula or an address."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell not in (None, ""):
                    sheet.write(at, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return kept.getvalue()
