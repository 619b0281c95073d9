"""The limits that a picture draws around a value, as numbers to take along."""

from __future__ import annotations

from ska.charts.chart import Bounds
from ska.statistics import Measure
from ska.statistics.intervals import LEVEL

SHARE, MEAN = "Wilsons intervall för en andel", "Students intervall för ett medelvärde"


def spread_around(measure: Measure) -> Bounds | None:
    """Return how far chance may move a value; None where nothing is drawn of it."""
    around = measure.reach()
    if around is None or measure.whole:
        return None
    return Bounds(around.low, around.high, LEVEL * 100, SHARE if measure.share else MEAN)
