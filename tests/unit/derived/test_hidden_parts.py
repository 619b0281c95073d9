"""Nothing hidden is told by what is worked out: a reader could do every sum without us.

So the exact solver of the gate's proof has nothing to add for derived measures: each of their
numbers follows from numbers that are told.
"""

import polars as pl
import pytest
from tests.factories.suppression import COUNT, SHARE, Dice
from tests.sizes import size
from tests.unit.derived.test_formulas import PEOPLE
from tests.unit.derived.test_formulas import SHARE as SHIPPED

from ska.derived.definitions import Derived
from ska.derived.rules import KEYS, evaluate
from ska.overview.queries.values import COLUMNS
from ska.values.gate import pass_gate
from ska.values.rules import Audience

TABLES = size(40, 2_000)
PART, WHOLE = "Behöriga", "Lärare"
FORMULAS = {
    "share": ({"kind": "share", "part": "behoriga", "whole": "alla"}, COUNT, "%"),
    "ratio": ({"kind": "ratio", "number": "behoriga", "per": "alla"}, COUNT, None),
    "difference": ({"kind": "difference", "first": "alla", "minus": "behoriga"}, SHARE,
                   "procentenheter"),
    "pooled": ({"kind": "pooled", "of": "behoriga", "years": 2}, SHARE, "%"),
}  # fmt: skip


def derived(kind):
    formula, unit, result = FORMULAS[kind]
    inputs = {"behoriga": {**PEOPLE, "unit": unit},
              "alla": {**PEOPLE, "called": "alla", "measure": WHOLE, "unit": unit}}  # fmt: skip
    if kind == "pooled":
        del inputs["alla"]
    result = result or f"{unit} per {unit}"
    return Derived.model_validate({**SHIPPED, "formula": formula, "inputs": inputs, "unit": result})


def told(seed, unit):
    """Return two measures of the same places as the gate tells them, and what stands today."""
    frame = Dice(seed).table().frame.with_columns(unit=pl.lit(unit), value=pl.col("value").abs())
    whole = pl.col("n").cast(pl.Float64) if unit == COUNT else pl.col("value") * 0.9
    measures = [
        frame.with_columns(measure=pl.lit(PART)),
        frame.with_columns(measure=pl.lit(WHOLE), value=whole),
    ]
    shown = pass_gate(pl.concat(measures), list(Audience)[seed % 2])
    about = {"is_own": True, "source": "local", "finality": "final"}
    rows = [
        {**row, **about, "title": row["measure"]}
        for row in shown.to_dicts()
        if row["superseded_at"] is None
    ]
    kept = [{name: row.get(name) for name in COLUMNS} for row in rows]
    return pl.DataFrame(kept, schema=COLUMNS, orient="row")


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_derived_number_stands_on_told_numbers_alone(kind):
    measure, unit = derived(kind), FORMULAS[kind][1]
    worked_out = 0
    for seed in range(TABLES):
        cells = told(seed, unit)
        known = cells.filter(pl.col("value").is_not_null())
        rows = evaluate(measure, cells)
        numbers = rows.filter(pl.col("value").is_not_null() | pl.col("n").is_not_null())
        worked_out += numbers.height

        alone = evaluate(measure, known)
        assert numbers.join(alone, on=[*KEYS, "value", "n"], nulls_equal=True).height == (
            numbers.height
        ), seed
    assert worked_out > 0
