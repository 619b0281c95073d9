"""Random tables some of whose lines others publish too, with the same number as ours or another."""

from __future__ import annotations

from tests.factories.suppression import Dice, Drawn, said


def table_beside(seed: int, publishers: int = 1) -> Drawn:
    """Return a table with lines that others publish as they stood on one of its days.

    Some of ours are then withheld, and some of what is published tells no group.
    """
    dice = Dice(seed)
    drawn = dice.table()
    for _ in range(publishers):
        _publish(dice, drawn)
    return drawn


def _publish(dice: Dice, drawn: Drawn) -> None:
    draw = dice.random
    often = draw.choice([0.1, 0.3, 0.5])
    lines = {
        _line(row): at
        for at, row in enumerate(drawn.rows)
        if draw.random() < 0.7 and not row["is_beside"]
    }
    for at in lines.values():
        row, made_of = drawn.rows[at], drawn.made_of[at]
        n, value = said(drawn, row["unit"], made_of)
        if n == 0 or draw.random() > often:
            continue
        told = {"value": value, "n": None if draw.random() < 0.2 else n, "status": "value"}
        drawn.rows.append({**row, **told, "superseded_at": None, "is_beside": True})
        drawn.made_of.append(made_of)
        if draw.random() < 0.2:
            row.update(value=None, n=None, status="withheld")


def _line(row: dict) -> tuple[str, ...]:
    return tuple(row[name] for name in ("period", "scope", "gender", "area_type", "area_code"))
