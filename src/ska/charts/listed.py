"""Places as rows, one under another, along one scale: what such pictures have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ska.charts.chart import Figure
from ska.charts.figure import shorten
from ska.charts.house import HAIRLINE, INK, INK_2, PANEL, layout
from ska.charts.picture import Axis


class Listed(NamedTuple):
    """A place on its row; *word* says why nothing is drawn there, empty when something is.

    The word stands at the foot of the scale; at its top when *is_high*, where the value would be.
    """

    key: str
    name: str
    word: str = ""
    is_high: bool = False


@dataclass(frozen=True)
class Rows:
    """Pixels that a row and the head take, and the air beside the scale as a part of it."""

    row: int
    head: int
    air: float = 0.03
    has_legend: bool = True


def rows_layout(places: Sequence[Listed], axis: Axis, rows: Rows) -> Figure:
    """Return the layout of places as rows, the first on top; a word stands where a mark would."""
    base, keys = layout(), [one.key for one in places]
    reach = (axis.high - axis.low) * rows.air
    legend = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}
    above = {"showlegend": True, "legend": legend} if rows.has_legend else {}
    tall = {} if rows.has_legend else {"t": 8}
    return {
        **base,
        "hovermode": "closest",
        **above,
        "height": rows.head + rows.row * max(1, len(keys)),
        "margin": {**base["margin"], **tall, "r": 20},
        "xaxis": {
            **base["xaxis"],
            "range": [axis.low - reach, axis.high + reach],
            "tickvals": axis.ticks(),
            "ticktext": [axis.written(value) for value in axis.ticks()],
            "showgrid": True,
            "gridcolor": HAIRLINE,
        },
        "yaxis": {
            **base["yaxis"],
            "showgrid": False,
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys,
            "range": [len(keys) - 0.5, -0.5],
            "tickvals": keys,
            "ticktext": [shorten(one.name) for one in places],
            "tickfont": {"size": 15, "color": INK},
        },
        "annotations": [_word(one, axis) for one in places if one.word],
    }


def _word(place: Listed, axis: Axis) -> Figure:
    return {
        "name": "word", "text": place.word, "xref": "x", "yref": "y",
        "x": axis.high if place.is_high else axis.low, "y": place.key,
        "xanchor": "right" if place.is_high else "left", "showarrow": False, "bgcolor": PANEL,
        "font": {"size": 14, "color": INK_2},
    }  # fmt: skip
