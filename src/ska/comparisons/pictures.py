"""The picture that places stand in; the reader chooses which. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from ska.charts import Chart, DotRow, DotSpec, FunnelSpec, dot_chart, funnel_chart
from ska.comparisons.rules import ORDER_WORDS, Order
from ska.core.text import _


class Shape(StrEnum):
    """In which picture the places stand."""

    DOTS = "prickar"
    FUNNEL = "tratt"


SHAPE_WORDS = {Shape.DOTS: _("Prickar"), Shape.FUNNEL: _("Tratt")}


def shape_of(word: str | None) -> Shape:
    """Return the shape that an address names, dots for none and for what is none."""
    return Shape(word) if word in list(Shape) else Shape.DOTS


def picture(
    shape: Shape, rows: Sequence[DotRow], order: Order, reference: str, told: dict[str, Any]
) -> Chart:
    """Return *rows* in the shape asked for; *told* is what every chart is told of its measure."""
    shown = {"id": "jamforelse", "rows": tuple(rows), "order": ORDER_WORDS[order], **told}
    if shape is Shape.FUNNEL:
        return funnel_chart(FunnelSpec(**shown))
    return dot_chart(DotSpec(reference=reference, **shown))
