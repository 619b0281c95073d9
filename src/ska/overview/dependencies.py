"""What a reader chose on pages of indicators: unit, measure, and whose knowledge."""

from __future__ import annotations

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from ska.overview.queries.pages import Choice
from ska.overview.rules.shapes import Shape, shape_of
from ska.values.known import read_day
from ska.web.dependencies import GivenToday

Chosen = Annotated[str | None, QueryParameter(max_length=120)]
Written = Annotated[str | None, QueryParameter()]
API_SHAPES = {
    "trend": Shape.TREND, "control": Shape.CONTROL, "gap": Shape.GAP, "cohort": Shape.COHORT,
}  # fmt: skip


def provide_choice(
    today: GivenToday,
    enhet: Written = None,
    matt: Written = None,
    kant: Written = None,
    som: Written = None,
    skifte: Written = None,
) -> Choice:
    """Give what is chosen on a page."""
    known = read_day(kant, today, field="kant")
    return Choice(enhet, matt, known, shape_of(som), skifte or "")


def provide_api_choice(
    today: GivenToday,
    unit: Written = None,
    measure: Written = None,
    as_known_on: Written = None,
    shape: Written = None,
    shift: Written = None,
) -> Choice:
    """Give what is chosen by a program; *as_known_on* is a day, whose end counts.

    *shape* is trend, control (with *shift*, the period a new level starts at), gap or cohort.
    """
    known = read_day(as_known_on, today, field="as_known_on")
    return Choice(unit, measure, known, API_SHAPES.get(shape or "", Shape.TREND), shift or "")


GivenChoice = NamedDependency[SkipValidation[Choice]]
