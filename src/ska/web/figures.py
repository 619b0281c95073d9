"""Pictures for programs: the table and the very figure that the page draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import msgspec
from litestar import Response

from ska.charts import Chart, csv_sheet, svg_picture, xlsx_sheet
from ska.web.files import CSV, INVENTED, SVG, XLSX, attachment

_KINDS = {"csv": (csv_sheet, CSV), "xlsx": (xlsx_sheet, XLSX), "svg": (svg_picture, SVG)}


class TableOut(msgspec.Struct):
    """The picture's values as text, a row a place or a place and year."""

    example: ClassVar[dict[str, Any]] = {
        "head": ["Plats", "2025/26"],
        "rows": [["Ekhult", "77,3 %"]],
    }

    head: list[str]
    rows: list[list[str]]


class FigureOut(msgspec.Struct):
    """What Plotly draws, in the colours of the light theme."""

    example: ClassVar[dict[str, Any]] = {
        "data": [{"type": "scatter", "x": [77.3], "y": ["Ekhult"], "text": ["77,3 %"]}],
        "layout": {"separators": ",\u00a0", "showlegend": False},
    }

    data: list[dict[str, Any]]
    layout: dict[str, Any]


class ChartOut(msgspec.Struct):
    """A picture with all that belongs to it; no *figure* where there is nothing to draw."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Ekhult: 77,3 % (51 av 66 elever) 2025/26",
        "sentence": "Ekhult: 77,3 % (51 av 66 elever) 2025/26.",
        "caution": "",
        "notes": ["Platserna står i bokstavsordning."],
        "source": "egna värden, inlästa 12 november 2026.",
    }

    title: str
    sentence: str
    caution: str
    notes: list[str]
    source: str
    table: TableOut
    figure: FigureOut | None


def table_of(chart: Chart) -> TableOut:
    """Return the table beside a picture."""
    return TableOut(list(chart.table.head), [list(row) for row in chart.table.rows])


def figure_of(chart: Chart) -> FigureOut | None:
    """Return what is drawn; a map is no figure, and where nothing can be drawn there is none."""
    return FigureOut(chart.figure["data"], chart.figure["layout"]) if chart.figure else None


def taken(chart: Chart, name: str, *, is_demo: bool) -> Response[bytes]:
    """Return a chart to take along, as the kind of file that *name* ends with.

    Of an invented huvudman the file says so, wherever it is opened.
    """
    make, media_type = _KINDS[name.rpartition(".")[2]]
    if is_demo:
        chart = replace(chart, source=f"{chart.source} {INVENTED}".lstrip())
    return attachment(make(chart), media_type, name)


def chart_of(chart: Chart) -> ChartOut:
    """Return a picture with its words, table and source."""
    said = (chart.title, chart.sentence, chart.caution, list(chart.notes), chart.source)
    return ChartOut(*said, table_of(chart), figure_of(chart))
