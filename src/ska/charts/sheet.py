"""What a chart shows, as a sheet: CSV for Swedish Excel and other programs, and XLSX."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import xlsxwriter

from ska.charts.chart import Chart, PlottedValue

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MISSING = "uppgift saknas"


def csv_sheet(chart: Chart) -> bytes:
    """Return the plotted values, a row each: semicolons, decimal comma, UTF-8 with a mark.

    A value that may not be shown is an empty cell with its word beside it, never a zero.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head(chart))
    for one in chart.values:
        number = "" if one.value is None else f"{one.value:.10g}".replace(".", ",")
        writer.writerow([_safe(one.line), one.period, number, one.n or "", *_tail(chart, one)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_sheet(chart: Chart) -> bytes:
    """Return a workbook: the values as numbers, and a sheet with what must be known about them."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Värden")
        sheet.write_row(0, 0, _head(chart), head)
        for at, one in enumerate(chart.values, 1):
            row = [one.line, one.period, one.value, one.n, *_tail(chart, one)]
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
        about = book.add_worksheet("Om måttet")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        about.set_column(0, 0, 22)
        about.set_column(1, 1, 90, wrapped)
        for at, (term, text) in enumerate(_about(chart)):
            about.write_string(at, 0, term, head)
            about.write_string(at, 1, text, wrapped)
    return kept.getvalue()


def _head(chart: Chart) -> list[str]:
    return [
        "Plats", chart.table.head[0], f"Värde ({chart.unit})" if chart.unit else "Värde",
        "Antal bakom värdet", "Förklaring", "Upprepat från", "Mått", "Källa",
    ]  # fmt: skip


def _tail(chart: Chart, one: PlottedValue) -> list[str]:
    word = one.word or ("" if one.value is not None else _MISSING)
    return [word, one.carried_from, _safe(chart.name), _safe(chart.source)]


def _safe(text: str) -> str:
    """Return text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _about(chart: Chart) -> list[tuple[str, str]]:
    rows = [("Mått", chart.name), ("Beskrivning", chart.subtitle), ("I ord", chart.sentence)]
    rows += [*chart.about, ("Tolka försiktigt", chart.caution), ("Källa", chart.source)]
    rows += [("Anmärkning", note) for note in chart.notes]
    return [(term, text) for term, text in rows if text]
