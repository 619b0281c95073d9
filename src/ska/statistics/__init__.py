"""How sure a number is, and the one place that puts change and difference into words. Pure.

What each function does, its paper and what it was checked against: docs/statistics.md.
"""

from ska.statistics.chance import (
    benjamini_hochberg,
    difference_p,
    fixed_p,
    means_difference,
    means_p,
)
from ska.statistics.common_level import (
    INNER,
    OUTER,
    CommonLevel,
    compare_with_common_level,
    reason_against_a_level,
)
from ska.statistics.comparison import Comparison, Verdict, chance_of, compare, compare_shares
from ska.statistics.composition import Split, rate_reach, split_change
from ska.statistics.control import FEWEST_POINTS, ControlChart, Rule, Signal, p_chart, xmr_chart
from ska.statistics.detectable import Detectable, detectable_change
from ska.statistics.drift import Drift, drift_of_shares, drift_of_values, limits_of_drift
from ska.statistics.effects import NO_OUTCOME, Effect, EffectVerdict, Outcome, Sides, follow_up
from ska.statistics.expected import Expected, expect
from ska.statistics.funnel import Funnel, binomial_limits, funnel_of_means, funnel_of_shares
from ska.statistics.intervals import (
    Interval,
    difference_interval,
    difference_limits,
    exact_interval,
    exact_limits,
    mean_limits,
    wilson_interval,
    wilson_limits,
)
from ska.statistics.likeness import FEWEST_PLACES, Likeness, likeness
from ska.statistics.many import Pair, compare_many
from ska.statistics.matching import FEW_ALIKE, FEW_EARLIER, FEW_UNITS, Earlier, Plan, plan_effect
from ska.statistics.measures import FEW, NO_SPREAD, PUPILS, Measure
from ska.statistics.pooling import Pooled, pool_years
from ska.statistics.positions import position_limits
from ska.statistics.reliability import reliability_of_shares, stability
from ska.statistics.shift import describe_shift, describe_shifts, shift_interval, shift_p
from ska.statistics.steadied import Steadied, steady_means, steady_shares
from ska.statistics.trends import Run, describe_drift, describe_drifts, describe_run
from ska.statistics.what_if import gap_in_pupils, pupils_in_words, what_if

__all__ = [
    "FEW",
    "FEWEST_PLACES",
    "FEWEST_POINTS",
    "FEW_ALIKE",
    "FEW_EARLIER",
    "FEW_UNITS",
    "INNER",
    "NO_OUTCOME",
    "NO_SPREAD",
    "OUTER",
    "PUPILS",
    "CommonLevel",
    "Comparison",
    "ControlChart",
    "Detectable",
    "Drift",
    "Earlier",
    "Effect",
    "EffectVerdict",
    "Expected",
    "Funnel",
    "Interval",
    "Likeness",
    "Measure",
    "Outcome",
    "Pair",
    "Plan",
    "Pooled",
    "Rule",
    "Run",
    "Sides",
    "Signal",
    "Split",
    "Steadied",
    "Verdict",
    "benjamini_hochberg",
    "binomial_limits",
    "chance_of",
    "compare",
    "compare_many",
    "compare_shares",
    "compare_with_common_level",
    "describe_drift",
    "describe_drifts",
    "describe_run",
    "describe_shift",
    "describe_shifts",
    "detectable_change",
    "difference_interval",
    "difference_limits",
    "difference_p",
    "drift_of_shares",
    "drift_of_values",
    "exact_interval",
    "exact_limits",
    "expect",
    "fixed_p",
    "follow_up",
    "funnel_of_means",
    "funnel_of_shares",
    "gap_in_pupils",
    "likeness",
    "limits_of_drift",
    "mean_limits",
    "means_difference",
    "means_p",
    "p_chart",
    "plan_effect",
    "pool_years",
    "position_limits",
    "pupils_in_words",
    "rate_reach",
    "reason_against_a_level",
    "reliability_of_shares",
    "shift_interval",
    "shift_p",
    "split_change",
    "stability",
    "steady_means",
    "steady_shares",
    "what_if",
    "wilson_interval",
    "wilson_limits",
    "xmr_chart",
]
