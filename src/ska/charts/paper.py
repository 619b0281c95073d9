"""Where things lie on the paper of a still picture: its axes, and the panels that they span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from math import log10
from typing import Any

from ska.charts.chart import Figure

WIDE = 560
HEIGHT = 340
ROW_NARROW = 46
"""Pixels of a row whose name stands above it."""
CHARACTER = 7.6


class Scale:
    """One axis on the paper, from *start* to *end* in pixels."""

    def __init__(self, axis: Figure, start: float, end: float) -> None:
        self.axis, self.start, self.end = axis, start, end
        self.is_category = axis.get("type") == "category"
        self.is_log = axis.get("type") == "log"
        self.is_hidden = axis.get("visible") is False
        self.has_grid = bool(axis.get("showgrid")) and not self.is_hidden
        self.title = str((axis.get("title") or {}).get("text", ""))
        self._places = {one: float(at) for at, one in enumerate(axis.get("categoryarray", ()))}

    def at(self, value: Any) -> float:
        """Return where a value lies."""
        number = self._places[value] if isinstance(value, str) else float(value)
        if self.is_log:
            number = log10(number)
        low, pixels = self._measured
        return self.start + (number - low) * pixels

    @cached_property
    def _measured(self) -> tuple[float, float]:
        """Return the lowest value, and the pixels of a step of one."""
        low, high = self.axis["range"]
        return low, (self.end - self.start) / (high - low)

    def named_at(self, value: Any) -> float:
        """Return where words at *value* lie: those of a log scale are placed by the exponent."""
        return self.at(10**value) if self.is_log else self.at(value)

    def within(self, value: Any) -> float | None:
        """Return where a value lies, None outside of the scale."""
        at = self.at(value)
        low, high = self.ends
        return at if low <= at <= high else None

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Return between which pixels a place lies on the paper."""
        return min(self.start, self.end) - 0.5, max(self.start, self.end) + 0.5

    def ticks(self, *, thinned: bool = False) -> list[tuple[Any, str]]:
        """Return the values with their words; *thinned* as many as there is room for side by side.

        The last is always among them.
        """
        if self.is_hidden or self.axis.get("showticklabels") is False:
            return []
        values = list(self.axis.get("tickvals") or self.axis.get("categoryarray") or ())
        texts = [str(one) for one in self.axis.get("ticktext", values)]
        longest = max(map(len, texts), default=0) * CHARACTER + 10
        room = abs(self.at(values[-1]) - self.at(values[0])) if thinned and values else 0.0
        most = max(2, int(room / longest) + 1) if thinned else len(values)
        every = max(1, -(-len(values) // max(1, most)))
        return list(zip(values, texts, strict=True))[::-1][::every][::-1]


@dataclass(frozen=True)
class Panel:
    """The ground that one pair of axes spans."""

    x: Scale
    y: Scale
    left: float
    right: float
    top: float
    bottom: float
    height: float
    is_narrow: bool
    drop: float = 0
    """How much lower in their band rows lie whose names stand above them."""

    @property
    def has_rows_above(self) -> bool:
        """Tell whether the names of rows stand above them."""
        return self.drop > 0

    def place(self, x: Any, y: Any) -> tuple[float, float] | None:
        """Return where a value lies; None for none, and outside of the scale."""
        return self.places([x], [y])[0]

    def places(self, xs: Iterable[Any], ys: Iterable[Any]) -> list[tuple[float, float] | None]:
        """Return where each of many values lies; what comes again is worked out once."""
        across, up = cache(self.x.within), cache(self.y.within)
        ends = [
            (None, None) if x is None or y is None else (across(x), up(y))
            for x, y in zip(xs, ys, strict=True)
        ]
        return [None if x is None or y is None else (x, y) for x, y in ends]

    def place_x(self, value: Any, ref: str) -> float:
        """Return where *value* lies from left to right, of an axis or of the panel."""
        if is_part_of(ref):
            return float(self.left + value * (self.right - self.left))
        return self.x.at(value)

    def place_y(self, value: Any, ref: str) -> float:
        """Return where *value* lies from the bottom up, of an axis or of the panel."""
        if is_part_of(ref):
            return float(self.bottom - value * (self.bottom - self.top))
        return self.y.at(value)


def is_part_of(ref: str) -> bool:
    """Tell whether a reference counts parts of a panel, not values of an axis."""
    return ref == "paper" or ref.endswith("domain")


def panels_of(layout: Figure, width: int) -> dict[str, Panel]:
    """Return the panels of a figure by the name of their horizontal axis ("x", "x2" …)."""
    names = [key.removeprefix("xaxis") for key in layout if key.startswith("xaxis")]
    return {f"x{one}": _panel(layout, one, width) for one in names}


def _panel(layout: Figure, name: str, width: int) -> Panel:
    x, y = layout[f"xaxis{name}"], layout[f"yaxis{name}"]
    is_narrow = width < WIDE
    is_rows = y.get("type") == "category"
    above = is_narrow and is_rows
    margin = layout.get("margin", {})
    texts = [str(one) for one in y.get("ticktext", ())] if y.get("visible", True) else []
    shown = texts if y.get("showticklabels", True) else []
    outer_left = 14.0 if above else 20 + max(map(len, shown), default=0) * CHARACTER
    outer_right = width - (14 if is_narrow else margin.get("r", 16) + 4)
    drop = ROW_NARROW * 0.2 if above else 0
    top = 2 + (14.0 if layout.get("showlegend") else float(margin.get("t", 30)))
    foot = 34 + (24 if x.get("title") else 0)
    height = float(layout.get("height", HEIGHT))
    if above:
        height = top + ROW_NARROW * max(1, len(y["tickvals"])) + foot
    bottom = height - foot
    across, up = x.get("domain", (0, 1)), y.get("domain", (0, 1))
    left, right = (outer_left + part * (outer_right - outer_left) for part in across)
    low, high = (bottom - part * (bottom - top) for part in up)
    return Panel(
        Scale(x, left, right), Scale(y, low + drop, high + drop),
        left, right, high, low, height, is_narrow, drop,
    )  # fmt: skip
