"""Measures that are worked out, among the indicators: their items and their rows."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from ska.derived.catalogue import shipped
from ska.derived.definitions import Derived
from ska.derived.rules import evaluate_all
from ska.overview.queries.items import ItemRow

KIND = "derived"


def derived_items() -> list[ItemRow]:
    """Return the measures that the product works out, by id."""
    return [_item(one) for one in shipped()]


def derived_item(code: str) -> ItemRow | None:
    """Return one of them, or None for any other code."""
    return next((_item(one) for one in shipped() if one.id == code), None)


def with_derived(values: pl.DataFrame, codes: Collection[str]) -> pl.DataFrame:
    """Return the values with the rows of every derived measure among *codes*.

    *values* have passed the gate: a result is built on what the reader may see. Where only derived
    measures are asked for, what they are built on is left out.
    """
    wanted = [one for one in shipped() if one.id in codes]
    if not wanted:
        return values
    worked_out = evaluate_all(wanted, values)
    return worked_out if len(wanted) == len(set(codes)) else pl.concat([values, worked_out])


def _item(one: Derived) -> ItemRow:
    said = ("unit", "reading", "caution", "cannot_say", "method", "method_source")
    details = {
        "id": one.id,
        "name": one.name,
        "better": str(one.better),
        "sub_goals": list(one.sub_goals),
        "reads": [(read.source, read.measure) for read in one.inputs.values()],
        "breaks": [(period, each.reason) for each in one.breaks for period in each.periods],
        **{name: getattr(one, name) for name in said},
    }
    return ItemRow(one.id, one.id, KIND, one.name, [str(one.school_type)], details)
