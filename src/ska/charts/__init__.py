"""Values in; figure, sentence, table, source and caution out, together. Pure."""

from ska.charts.afar import from_afar
from ska.charts.alone import svg_picture
from ska.charts.brief import in_brief
from ska.charts.chart import Beside, Chart, Flag, PlottedValue, Table, figure_json
from ska.charts.cohort import Cohort, CohortSpec, cohort_chart
from ska.charts.control import ControlSpec, control_chart
from ska.charts.deviations import DeviationRow, DeviationSpec, deviation_chart
from ska.charts.dots import DotRow, DotSpec, dot_chart
from ska.charts.expected import ACTUAL, EXPECTED, ExpectedRow, ExpectedSpec, expected_chart
from ska.charts.flow import FlowSpec, flow_chart
from ska.charts.funnel import FunnelSpec, funnel_chart
from ska.charts.gap import GapSpec, gap_chart
from ska.charts.heat import HeatCell, HeatRow, HeatSpec, heat_chart
from ska.charts.heat_picture import heat_picture
from ska.charts.map import MapSpec, Outlines, map_chart, outlines_of
from ska.charts.multiples import multiples_chart
from ska.charts.sheet import csv_sheet, xlsx_sheet
from ska.charts.small import MultiplesSpec, SmallTrend
from ska.charts.sparkline import sparkline
from ska.charts.spec import Break, Event, Line, Role, Spec, TrendSpec
from ska.charts.steadied import SteadiedSpec, steadied_chart
from ska.charts.trend import trend_chart

__all__ = [
    "ACTUAL",
    "EXPECTED",
    "Beside",
    "Break",
    "Chart",
    "Cohort",
    "CohortSpec",
    "ControlSpec",
    "DeviationRow",
    "DeviationSpec",
    "DotRow",
    "DotSpec",
    "Event",
    "ExpectedRow",
    "ExpectedSpec",
    "Flag",
    "FlowSpec",
    "FunnelSpec",
    "GapSpec",
    "HeatCell",
    "HeatRow",
    "HeatSpec",
    "Line",
    "MapSpec",
    "MultiplesSpec",
    "Outlines",
    "PlottedValue",
    "Role",
    "SmallTrend",
    "Spec",
    "SteadiedSpec",
    "Table",
    "TrendSpec",
    "cohort_chart",
    "control_chart",
    "csv_sheet",
    "deviation_chart",
    "dot_chart",
    "expected_chart",
    "figure_json",
    "flow_chart",
    "from_afar",
    "funnel_chart",
    "gap_chart",
    "heat_chart",
    "heat_picture",
    "in_brief",
    "map_chart",
    "multiples_chart",
    "outlines_of",
    "sparkline",
    "steadied_chart",
    "svg_picture",
    "trend_chart",
    "xlsx_sheet",
]
