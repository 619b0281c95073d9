"""Which published measures have a value at a huvudman or its units: that they have, not what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, any_, func, select

from ska.values.areas import HERE
from ska.values.models import Area, Measure, Series, Value


def published_held(
    named: ColumnElement[bool], codes: Sequence[str], units: Select[Any]
) -> Select[str, str]:
    """Return the query of those of the *named* measures that have a value of all pupils here.

    *codes* are the huvudman's, *units* the query of its units' codes. The numbers of measures and
    areas are worked out first, and each series is looked up in the index of cells: a municipality
    has thousands of other measures.
    """
    is_whole = Area.area_type.in_(("municipality", "organizer")) & Area.code.in_(codes)
    is_unit = (Area.area_type == "school_unit") & Area.unit_code.in_(units)
    here = func.array(select(Area.id).where(is_whole | is_unit).scalar_subquery())
    asked = func.array(select(Measure.id).where(named).scalar_subquery())
    stands = (
        select(Value.id)
        .where(
            Value.series_id == Series.id,
            Value.area_id == any_(here),
            Value.superseded_at.is_(None),
            Value.value.is_not(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Measure.code, Measure.title)
        .join(Series, Series.measure_id == Measure.id)
        .where(
            Series.measure_id == any_(asked),
            Series.gender == "T",
            Series.area_type.in_(HERE),
            stands.is_not(None),
        )
        .distinct()
    )
