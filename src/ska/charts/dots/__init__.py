"""Places beside each other at one time: a dot and its uncertainty a row, never a rank."""

from ska.charts.dots.chart import dot_chart
from ska.charts.dots.spec import DotRow, DotSpec

__all__ = ["DotRow", "DotSpec", "dot_chart"]
