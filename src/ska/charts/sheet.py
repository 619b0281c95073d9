"""What a chart shows, as a sheet: CSV for Swedish Excel and other programs, and XLSX."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from ska.charts.chart import Beside, Chart, PlottedValue

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MISSING = "uppgift saknas"
_HEAD = (
    "Plats", "Period", "Värde", "Enhet", "Antal bakom värdet", "Förklaring", "Upprepat från",
    "Nedre gräns", "Övre gräns", "Gränsernas nivå (%)", "Gränsernas metod", "Mått", "Källa",
)  # fmt: skip


def csv_sheet(chart: Chart) -> bytes:
    """Return the plotted values, a row each: semicolons, decimal comma, UTF-8 with a mark.

    A value that may not be shown is an empty cell with its word beside it, never a zero. What is
    told beside the picture follows, under a name of its own in the column of measures.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEAD)
    for part in (_drawn(chart), *chart.beside):
        for one in part.values:
            cells = [_safe(one.line), one.period, one.value, *_tail(part, one)]
            writer.writerow([_written(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def xlsx_sheet(chart: Chart) -> bytes:
    """Return a workbook: the values as numbers, and a sheet with what must be known about them."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        _write_values(book, "Värden", [_drawn(chart)])
        if chart.beside:
            _write_values(book, "Förutsättningar", chart.beside)
        head = book.add_format({"bold": True, "bottom": 1})
        about = book.add_worksheet("Om måttet")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        about.set_column(0, 0, 22)
        about.set_column(1, 1, 90, wrapped)
        for at, (term, text) in enumerate(_about(chart)):
            about.write_string(at, 0, term, head)
            about.write_string(at, 1, text, wrapped)
    return kept.getvalue()


def _write_values(book: Any, name: str, parts: Sequence[Beside]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, _HEAD, book.add_format({"bold": True, "bottom": 1}))
    rows = [(part, one) for part in parts for one in part.values]
    for at, (part, one) in enumerate(rows, 1):
        for column, cell in enumerate([one.line, one.period, one.value, *_tail(part, one)]):
            if cell is not None:
                sheet.write(at, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _drawn(chart: Chart) -> Beside:
    return Beside(chart.name, chart.unit, chart.source, chart.values)


def _tail(part: Beside, one: PlottedValue) -> list[Any]:
    word = one.word or ("" if one.value is not None else _MISSING)
    told = [word, one.carried_from, *_limits(one), _safe(part.name), _safe(part.source)]
    return [part.unit, one.n or None, *told]


def _limits(one: PlottedValue) -> list[Any]:
    if one.bounds is None:
        return [None, None, None, ""]
    low, high, level, method = one.bounds
    return [round(low, 4), round(high, 4), level, method]


def _written(cell: Any) -> str:
    """Return a cell as Swedish Excel reads it."""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return "" if cell is None else str(cell)


def _safe(text: str) -> str:
    """Return text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _about(chart: Chart) -> list[tuple[str, str]]:
    rows = [("Mått", chart.name), ("Beskrivning", chart.subtitle), ("I ord", chart.sentence)]
    rows += [*chart.about, ("Tolka försiktigt", chart.caution), ("Källa", chart.source)]
    rows += [("Anmärkning", note) for note in chart.notes]
    for part in chart.beside:
        rows += [("Förutsättning", part.name), *part.about, ("Källa", part.source)]
    return [(term, text) for term, text in rows if text]
