"""What a reader can find out: an exact solver (linear programming) over all that is put out.

The reader knows how the table is built: every line is a sum of the smallest groups, and which of
those exist. The solver tells how far each hidden count can be narrowed. Nothing here is shared
with what decides what is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_array, vstack

MOST = 100_000.0
Sum = dict[int, float]  # how much of each unknown


class Fact(NamedTuple):
    """A sum of unknowns that is known to lie between two numbers."""

    of: Sum
    low: float
    high: float


def intervals(
    unknowns: int, facts: Sequence[Fact], asked: Sequence[Sum]
) -> list[tuple[float, float]]:
    """Return least and most of each asked sum, in one program of independent blocks."""
    if not facts or not asked:
        return [(0.0, MOST)] * len(asked)
    at_row = [at for at, fact in enumerate(facts) for _ in fact.of]
    at_column = [column for fact in facts for column in fact.of]
    numbers = [number for fact in facts for number in fact.of.values()]
    one = coo_array((numbers, (at_row, at_column)), shape=(len(facts), unknowns))
    blocks = 2 * len(asked)
    goal = np.zeros((blocks, unknowns))
    for at, wanted in enumerate(asked):
        for column, number in wanted.items():
            goal[2 * at, column] += number
            goal[2 * at + 1, column] -= number
    whole = block_diag([one] * blocks)
    high = np.tile([fact.high for fact in facts], blocks)
    low = np.tile([fact.low for fact in facts], blocks)
    answer = linprog(
        goal.ravel(),
        A_ub=vstack([whole, -whole]),
        b_ub=np.concatenate([high, -low]),
        bounds=(0, MOST),
        method="highs",
    )
    assert answer.status == 0, answer.message
    ends = np.abs((goal * answer.x.reshape(blocks, unknowns)).sum(axis=1))
    return [(float(ends[at]), float(ends[at + 1])) for at in range(0, blocks, 2)]
