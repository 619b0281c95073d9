"""From a file's bytes to sheets of text cells, whatever the file is called."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from ska.values.importers.bombs import refuse_bombs, refuse_endless_lines, refuse_vast_grid
from ska.values.importers.observations import Refused

LARGEST_FILE = 200_000_000
WIDEST = 20_000
_FIRST_CELL = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*>(?:<f[^>]*>[^<]*</f>)?(?:<v>[^<]|<is>)')
_BROKEN = (
    zipfile.BadZipFile, zlib.error, fastexcel.FastExcelError, NotImplementedError, RuntimeError,
    EOFError, OSError, ValueError, KeyError,
)  # fmt: skip
_ZIP, _OLD_EXCEL, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"
_PICTURED = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")
"""How a PDF and photographs of tables begin."""


@dataclass(frozen=True)
class Sheet:
    """A grid of text cells; row *i* of the frame is line ``first_row + i`` of the file."""

    name: str
    cells: pl.DataFrame
    is_workbook: bool
    first_row: int = 1  # the reader of workbooks leaves out empty rows at the top
    head: int = 0  # in a part of a large table: how many rows come before those left out
    left_out: int = 0

    def numbered(self) -> pl.DataFrame:
        """Return the cells with their line in the file in the column ``row``."""
        place = pl.int_range(pl.len())
        line = place + self.first_row + pl.when(place < self.head).then(0).otherwise(self.left_out)
        return self.cells.select(line.alias("row"), pl.all())

    def row(self, index: int) -> list[str]:
        """Return the cells of a row, trimmed, empty text for what is missing."""
        return [(cell or "").strip() for cell in self.cells.row(index)]

    def first_cells(self) -> list[str]:
        """Return the first cell of every row, trimmed."""
        return [(cell or "").strip() for cell in self.cells.to_series(0)]


def read_bytes(path: Path) -> bytes:
    """Return the file's content; raise Refused when it is missing, empty or unreasonably large."""
    if not path.is_file():
        raise Refused("Filen finns inte.")
    if path.stat().st_size > LARGEST_FILE:
        raise Refused(f"Filen är större än {LARGEST_FILE // 1_000_000} MB.")
    content = path.read_bytes()
    if not content.strip():
        raise Refused("Filen är tom.")
    return content


def is_workbook(content: bytes) -> bool:
    """Tell whether the content is an Excel workbook (.xlsx)."""
    return content.startswith(_ZIP)


def read_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of an Excel workbook, every cell as text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_bombs(archive)
            book = fastexcel.read_excel(content)
            return [
                Sheet(name, _all_text(book, name), True, _first_row(archive, number))
                for number, name in enumerate(book.sheet_names, start=1)
            ]
    except _BROKEN as problem:
        raise Refused("Filen börjar som en Excelfil men kan inte läsas. Spara om den.") from problem


def _all_text(book: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    sheet = book.load_sheet(name, header_row=None, dtypes="string", skip_whitespace_tail_rows=False)
    frame: pl.DataFrame = sheet.to_polars()
    return frame.rename({old: str(i) for i, old in enumerate(frame.columns)})


def _first_row(archive: zipfile.ZipFile, number: int) -> int:
    """Return the line of the first filled cell of a sheet, as Excel numbers it."""
    try:
        with archive.open(f"xl/worksheets/sheet{number}.xml") as part:
            found = _FIRST_CELL.search(part.read(100_000))
    except KeyError:
        return 1
    return int(found[1]) if found else 1


def read_text(content: bytes) -> Sheet:
    """Return a text file as one sheet; encoding and separator are seen in the content."""
    if content.startswith(_OLD_EXCEL):
        raise Refused("Det är en gammal Excelfil (.xls). Öppna den och spara som .xlsx.")
    if content.startswith(_PICTURED):
        raise Refused(
            "Det är en PDF eller en bild, och ur den kan inga tal läsas säkert."
            " Markera tabellen där den står, kopiera och klistra in den."
        )
    refuse_endless_lines(content)
    text = decode(content)
    if content.startswith(_GZIP) or "\0" in text:
        raise Refused("Det är inte en textfil. Packa upp den, eller spara som CSV eller .xlsx.")
    return sheet_of_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def sheet_of_lines(lines: list[str]) -> Sheet:
    """Return the lines of a text file as one sheet."""
    separator = _separator(lines)
    has_quotes = any('"' in line for line in lines)
    rows = _quoted(lines, separator) if has_quotes else pl.Series(lines).str.split(separator)
    width = max(rows.list.len().to_list())
    if width > WIDEST:
        raise Refused(f"Filen har en rad med {width} celler. Det är inte en tabell.")
    refuse_vast_grid(len(rows), width)
    cells = pl.DataFrame({"line": rows}).select(
        pl.col("line").list.get(i, null_on_oob=True).alias(str(i)) for i in range(width)
    )
    return Sheet("", cells, is_workbook=False)


def _quoted(lines: list[str], separator: str) -> pl.Series:
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error as problem:
        raise Refused(
            "Filens citattecken går inte ihop, så cellerna kan inte skiljas."
        ) from problem
    return pl.Series(rows, dtype=pl.List(pl.String))


def decode(content: bytes) -> str:
    """Return the text of UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(lines: list[str]) -> str:
    beginning = [line for line in lines[:40] if line.strip()]
    if beginning and sum("\t" in line for line in beginning) * 2 > len(beginning):
        return "\t"  # a table pasted from a spreadsheet; its cells may hold semicolons
    for mark in ";\t":
        if any(mark in line for line in beginning):
            return mark
    return ","
