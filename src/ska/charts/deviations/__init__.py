"""Two ways from the middle: how many got less and how many got more, with equal weight."""

from ska.charts.deviations.chart import deviation_chart
from ska.charts.deviations.spec import DeviationRow, DeviationSpec

__all__ = ["DeviationRow", "DeviationSpec", "deviation_chart"]
