"""The house style of pictures: colours, markers, type and the layout that every figure shares.

The page's script swaps these colours for those of the dark theme by their exact spelling.
"""

from __future__ import annotations

from ska.charts.chart import Figure

SERIES = ("#00508C", "#BD745E", "#0E8A8A", "#57233B", "#615B0A")
MARKERS = ("circle", "square", "triangle-up", "diamond", "cross")
CONTEXT, INK, INK_2, HAIRLINE, BAND = "#7A8494", "#1B1F24", "#4A5361", "#D5DBE3", "#EEF1F5"
SOFT, PANEL = "#8FB1CC", "#FFFFFF"
FONT = '"Source Sans 3 Variable", system-ui, "Segoe UI", Roboto, sans-serif'
SEPARATORS = ",\u00a0"


def layout(**own: object) -> Figure:
    """Return the layout that every figure starts from, with what is its *own* on top."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "color": INK_2,
        "linecolor": CONTEXT,
        "tickfont": {"size": 14, "color": INK_2},
    }
    return {
        "font": {"family": FONT, "size": 15, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": SEPARATORS,
        "colorway": list(SERIES),
        "hovermode": "x unified",
        "dragmode": False,
        "showlegend": False,
        "autosize": True,
        "hoverlabel": {
            "bgcolor": PANEL,
            "bordercolor": CONTEXT,
            "font": {"color": INK},
            "namelength": -1,
        },
        "meta": {"kept": True},
        "margin": {"l": 8, "r": 16, "t": 34, "b": 8},
        "xaxis": {**axis, "automargin": True, "showline": True, "ticks": "outside"},
        "yaxis": {**axis, "automargin": True, "showgrid": True, "gridcolor": HAIRLINE},
        **own,
    }
