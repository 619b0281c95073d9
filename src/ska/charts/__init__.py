"""A frame of values in; figure, sentence, table, source and caution out, together. Pure."""

from ska.charts.chart import Chart, Flag, PlottedValue, Table, figure_json
from ska.charts.dots import DotRow, DotSpec, dot_chart
from ska.charts.sheet import csv_sheet, xlsx_sheet
from ska.charts.spec import FRAME_SCHEMA, Break, Event, Line, Role, TrendSpec
from ska.charts.svg import sparkline
from ska.charts.trend import trend_chart

__all__ = [
    "FRAME_SCHEMA",
    "Break",
    "Chart",
    "DotRow",
    "DotSpec",
    "Event",
    "Flag",
    "Line",
    "PlottedValue",
    "Role",
    "Table",
    "TrendSpec",
    "csv_sheet",
    "dot_chart",
    "figure_json",
    "sparkline",
    "trend_chart",
    "xlsx_sheet",
]
