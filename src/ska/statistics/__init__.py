"""How sure a number is, and the one place that puts change and difference into words. Pure."""

from ska.statistics.comparison import Comparison, Verdict, compare, compare_shares
from ska.statistics.intervals import (
    Interval,
    difference_interval,
    exact_interval,
    wilson_interval,
)
from ska.statistics.measures import FEW, PUPILS, Measure
from ska.statistics.reliability import reliability_of_shares, stability
from ska.statistics.trends import Run, describe_run
from ska.statistics.what_if import what_if

__all__ = [
    "FEW",
    "PUPILS",
    "Comparison",
    "Interval",
    "Measure",
    "Run",
    "Verdict",
    "compare",
    "compare_shares",
    "describe_run",
    "difference_interval",
    "exact_interval",
    "reliability_of_shares",
    "stability",
    "what_if",
    "wilson_interval",
]
