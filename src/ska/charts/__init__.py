"""A frame of values in; figure, sentence, table, source and caution out, together. Pure."""

from ska.charts.chart import Chart, Flag, PlottedValue, Table, figure_json
from ska.charts.deviations import DeviationRow, DeviationSpec, deviation_chart
from ska.charts.dots import DotRow, DotSpec, dot_chart
from ska.charts.funnel import FunnelSpec, funnel_chart
from ska.charts.sheet import csv_sheet, xlsx_sheet
from ska.charts.sparkline import sparkline
from ska.charts.spec import FRAME_SCHEMA, Break, Event, Line, Role, Spec, TrendSpec
from ska.charts.trend import trend_chart

__all__ = [
    "FRAME_SCHEMA",
    "Break",
    "Chart",
    "DeviationRow",
    "DeviationSpec",
    "DotRow",
    "DotSpec",
    "Event",
    "Flag",
    "FunnelSpec",
    "Line",
    "PlottedValue",
    "Role",
    "Spec",
    "Table",
    "TrendSpec",
    "csv_sheet",
    "deviation_chart",
    "dot_chart",
    "figure_json",
    "funnel_chart",
    "sparkline",
    "trend_chart",
    "xlsx_sheet",
]
