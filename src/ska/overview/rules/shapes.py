"""In which picture an indicator's years stand: the reader chooses, and all say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

import polars as pl

from ska.charts import Chart, ControlSpec, GapSpec, Line, TrendSpec, control_chart, gap_chart
from ska.core.text import _
from ska.overview.rules.trends import Seen, frame_of, one_each

BOYS, GIRLS = "M", "K"


class Shape(StrEnum):
    """What is drawn of one indicator at one place."""

    TREND = "trend"
    CONTROL = "styrdiagram"
    GAP = "kon"


SHAPE_WORDS = {
    Shape.TREND: _("Trend"),
    Shape.CONTROL: _("Styrdiagram"),
    Shape.GAP: _("Flickor och pojkar"),
}
_GROUPS = {BOYS: _("Pojkar"), GIRLS: _("Flickor")}


def shape_of(word: str | None) -> Shape:
    """Return the shape that an address names, the trend for none and for what is none."""
    return Shape(word) if word in list(Shape) else Shape.TREND


def shapes_of(parts: Mapping[str, pl.DataFrame]) -> dict[Shape, str]:
    """Return the shapes that there are values for, with their words."""
    has_both = all(parts[one]["value"].is_not_null().any() for one in _GROUPS)
    return {one: word for one, word in SHAPE_WORDS.items() if one is not Shape.GAP or has_both}


def shaped(
    seen: Seen, shape: Shape, *, shift: str = "", parts: Mapping[str, pl.DataFrame] | None = None
) -> Seen:
    """Return what is seen, in another shape; *parts* are the own rows of each gender by letter."""
    if shape is Shape.CONTROL:
        start = shift if shift in seen.spec.periods[1:] else ""
        told = ControlSpec(**_told(seen.spec), shift=start)
        return replace(seen, chart=control_chart(told, seen.frame))
    if shape is Shape.GAP and parts is not None:
        return replace(seen, chart=_gap(seen, parts))
    return seen


def _told(spec: TrendSpec) -> dict[str, Any]:
    return {one.name: getattr(spec, one.name) for one in fields(TrendSpec)}


def _gap(seen: Seen, parts: Mapping[str, pl.DataFrame]) -> Chart:
    """Return the two groups at the own place, by the source and the scope of its own line."""
    own = seen.rows.filter(pl.col("role") == "own")
    frames = []
    for letter in _GROUPS:
        alike = parts[letter].join(own, on=["is_own", "source", "scope", "period_type"], how="semi")
        frames.append(frame_of(one_each(alike)).with_columns(line=pl.lit(letter)))
    place = str(own["name"][0]) if own.height else ""
    told = {**_told(seen.spec), "lines": tuple(Line(key, name) for key, name in _GROUPS.items())}
    periods = {period for frame in frames for period in frame["period"]}
    told["periods"] = tuple(one for one in seen.spec.periods if one in periods)
    kept = pl.concat(frames).filter(pl.col("period").is_in(told["periods"]))
    return gap_chart(GapSpec(**told, place=place), kept)
