"""Workbooks made in memory."""

import io

import xlsxwriter


def book(sheets):
    """Return a workbook of named sheets, each a list of rows; a list alone is one sheet."""
    out = io.BytesIO()
    named = sheets if isinstance(sheets, dict) else {"Statistik": sheets}
    with xlsxwriter.Workbook(out) as workbook:
        for name, rows in named.items():
            page = workbook.add_worksheet(name)
            for i, row in enumerate(rows):
                page.write_row(i, 0, row)
    return out.getvalue()
