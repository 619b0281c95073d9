"""Pictures to take along as files, and for programs: the very figure that the page draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import msgspec
import orjson
from litestar import Request, Response

from ska.charts import Chart, csv_sheet, figure_json, svg_picture, xlsx_sheet
from ska.web.files import CSV, INVENTED, SVG, XLSX, attachment

_KINDS = {"csv": (csv_sheet, CSV), "xlsx": (xlsx_sheet, XLSX), "svg": (svg_picture, SVG)}
_FILES = ("/varden.csv", "/varden.xlsx", "/bild.svg")
GivenRequest = Request[Any, Any, Any]


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
    return FigureOut(**orjson.loads(figure_json(chart.figure))) if chart.figure else None


def files_of(*pictures: str) -> list[str]:
    """Return where the files of a chart lie: its values as CSV and as a workbook, and its picture.

    *pictures* are paths under the page's own, where it has several; the page's own is "".
    """
    return [f"{one}{file}" for one in pictures or ("",) for file in _FILES]


def taken(chart: Chart, name: str, request: GivenRequest, *, is_demo: bool) -> Response[bytes]:
    """Return a chart to take along as a file called *name*, of the kind that the address ends with.

    Of an invented huvudman the file says so, wherever it is opened.
    """
    ending = str(request.url.path).rpartition(".")[2]
    make, media_type = _KINDS[ending]
    if is_demo:
        chart = replace(chart, source=f"{chart.source} {INVENTED}".lstrip())
    return attachment(make(chart), media_type, f"{name}.{ending}")


def chart_of(chart: Chart) -> ChartOut:
    """Return a picture with its words, table and source."""
    said = (chart.title, chart.sentence, chart.caution, list(chart.notes), chart.source)
    return ChartOut(*said, table_of(chart), figure_of(chart))
