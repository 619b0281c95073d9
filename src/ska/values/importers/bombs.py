"""Files that are small on disk and vast in memory are refused before anything unfolds them."""

from __future__ import annotations

import copy
import re
import zipfile
from dataclasses import dataclass, field

from ska.values.importers.observations import Refused

LARGEST_UNPACKED = 300_000_000
MOST_CELLS = 20_000_000
LONGEST_LINE = 2_000_000
MOST_TEXT = 2_000_000_000
_CHUNK = 1 << 20
_CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_TEXT = re.compile(rb"<t[^>]*>([^<]*)")


def refuse_vast_grid(rows: int, columns: int) -> None:
    """Raise Refused for a table that is mostly emptiness: more places than any export has."""
    if rows * columns > MOST_CELLS:
        raise Refused(f"Tabellen breder ut sig över {rows} rader och {columns} kolumner.")


def refuse_endless_lines(content: bytes) -> None:
    """Raise Refused for text without the line breaks that a table has."""
    breaks = content.count(b"\n") + content.count(b"\r")
    if len(content) > (breaks + 1) * LONGEST_LINE:
        raise Refused("Filen saknar radbrytningar. Det är inte en tabell.")


def refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raise Refused for a workbook whose parts or sheets unfold to more than they may.

    What the archive says of its own sizes is not believed: every part is unpacked and counted.
    """
    left = LARGEST_UNPACKED
    extent, longest = _Extent(), 0
    for entry in archive.infolist():
        if entry.file_size > left:
            raise Refused("Arbetsboken är för stor uppackad.")
        sheet = _Extent() if entry.filename.startswith("xl/worksheets/") else None
        told = copy.copy(entry)
        told.file_size = left + 1
        with archive.open(told) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Refused("Arbetsboken är för stor uppackad.")
                if sheet is not None:
                    sheet.see(chunk)
                elif entry.filename == "xl/sharedStrings.xml":
                    longest = max([longest, *(len(text) for text in _TEXT.findall(chunk))])
        if sheet is not None:
            refuse_vast_grid(sheet.rows, sheet.width)
            extent.cells += sheet.cells
    if extent.cells * longest > MOST_TEXT:
        raise Refused("Arbetsbokens texter är för långa för så många celler.")


@dataclass
class _Extent:
    """How far the cells of a sheet reach; a cell without an address stands after the one before."""

    rows: int = 0
    columns: set[bytes] = field(default_factory=set)
    unaddressed: int = 0
    cells: int = 0
    _rest: bytes = b""

    def see(self, chunk: bytes) -> None:
        cut = chunk.rfind(b"<")
        whole, self._rest = self._rest + chunk[:cut], chunk[cut:] if cut >= 0 else b""
        found = _CELL.findall(whole)
        cells = whole.count(b"<c ") + whole.count(b"<c>")
        self.cells += cells
        self.columns.update(column for column, _ in found)
        self.rows = max(self.rows, max((int(row) for _, row in found), default=0))
        if cells > len(found):
            parts = whole.split(b"<row")
            self.rows += len(parts)
            self.unaddressed = max(
                self.unaddressed, *(part.count(b"<c ") + part.count(b"<c>") for part in parts)
            )

    @property
    def width(self) -> int:
        return max(self.unaddressed, *(_number(name) for name in self.columns or {b"A"}))


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
