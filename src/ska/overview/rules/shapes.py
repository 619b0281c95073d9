"""In which picture an indicator's years stand: the reader chooses, and all say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from ska.charts import Chart, ControlSpec, GapSpec, Line, TrendSpec, control_chart, gap_chart
from ska.core.text import _
from ska.overview.rules.rows import Row, has_value, one_each, own_of
from ska.overview.rules.trends import Seen, plotted

BOYS, GIRLS = "M", "K"


class Shape(StrEnum):
    """What is drawn of one indicator at one place."""

    TREND = "trend"
    CONTROL = "styrdiagram"
    GAP = "kon"
    COHORT = "kull"


SHAPE_WORDS = {
    Shape.TREND: _("Trend"),
    Shape.CONTROL: _("Styrdiagram"),
    Shape.GAP: _("Flickor och pojkar"),
    Shape.COHORT: _("Samma årskull"),
}
GENDERS = {BOYS: _("Pojkar"), GIRLS: _("Flickor")}


def shape_of(word: str | None) -> Shape:
    """Return the shape that an address names, the trend for none and for what is none."""
    return Shape(word) if word in list(Shape) else Shape.TREND


def shapes_of(parts: Mapping[str, Sequence[Row]], *, has_cohorts: bool) -> dict[Shape, str]:
    """Return the shapes that there are values for, with their words."""
    has_both = all(has_value(parts[one]) for one in GENDERS)
    there = {Shape.GAP: has_both, Shape.COHORT: has_cohorts}
    return {one: word for one, word in SHAPE_WORDS.items() if there.get(one, True)}


def shaped(
    seen: Seen, shape: Shape, *, shift: str = "", parts: Mapping[str, Sequence[Row]] | None = None
) -> Seen:
    """Return what is seen, in another shape; *parts* are the own rows of each gender by letter."""
    if shape is Shape.CONTROL:
        start = shift if shift in seen.spec.periods[1:] else ""
        told = ControlSpec(**_told(seen.spec), shift=start)
        return replace(seen, chart=control_chart(told, seen.values))
    if shape is Shape.GAP and parts is not None:
        return replace(seen, chart=_gap(seen, parts))
    return seen


def _told(spec: TrendSpec) -> dict[str, Any]:
    return {one.name: getattr(spec, one.name) for one in fields(TrendSpec)}


def _gap(seen: Seen, parts: Mapping[str, Sequence[Row]]) -> Chart:
    """Return the two groups at the own place, by the source and the scope of its own line."""
    own = own_of(seen.rows)
    series = {_series(one) for one in own}
    values = [
        one._replace(line=letter)
        for letter in GENDERS
        for one in plotted(one_each(row for row in parts[letter] if _series(row) in series))
    ]
    told = {**_told(seen.spec), "lines": tuple(Line(key, name) for key, name in GENDERS.items())}
    periods = {one.period for one in values}
    told["periods"] = tuple(one for one in seen.spec.periods if one in periods)
    kept = [one for one in values if one.period in told["periods"]]
    return gap_chart(GapSpec(**told, place=own[0].name if own else ""), kept)


def _series(row: Row) -> tuple[bool, str, str, str]:
    return row.is_own, row.source, row.scope, row.period_type
