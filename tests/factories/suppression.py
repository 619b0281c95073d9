"""Random tables of own values, and all that a reader can find out of what is put out of them.

The reader knows how the table is built: every line is a sum of the smallest groups (unit, gender,
kind of huvudman), and which of those exist. An exact solver (linear programming) tells how far
each hidden count can be narrowed. Nothing here is shared with the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import numpy as np
import polars as pl
from scipy.optimize import linprog
from scipy.sparse import coo_array

DAY = datetime(2026, 9, 1, tzinfo=UTC)
MOST = 100_000.0
SCHEMA = {
    "measure": pl.String, "definition_version": pl.Int64, "period_type": pl.String,
    "period": pl.String, "scope": pl.String, "gender": pl.String, "area_type": pl.String,
    "area_code": pl.String, "organizer_number": pl.String, "members": pl.String,
    "unit": pl.String, "nature": pl.String, "smallest_group": pl.Int64, "value": pl.Float64,
    "n": pl.Int64, "status": pl.String, "carried_from": pl.String, "raw_value": pl.String,
    "recorded_at": pl.Datetime(time_zone="UTC"), "superseded_at": pl.Datetime(time_zone="UTC"),
    "is_beside": pl.Boolean, "limit_inside": pl.Int64, "limit_outside": pl.Int64,
}  # fmt: skip


@dataclass
class Drawn:
    """A table, and for each of its rows the smallest groups that it is the sum of."""

    rows: list[dict] = field(default_factory=list)
    made_of: list[tuple[int, ...]] = field(default_factory=list)
    counts: list[tuple[int, int]] = field(default_factory=list)  # reached, did not, by group

    @property
    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=SCHEMA, orient="row")


class Dice:
    """Draws tables: two years, genders, units, totals, overlapping groups, kinds of huvudman."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def group(self) -> tuple[int, int]:
        """Return those who reached the level and those who did not; small groups are common."""
        draw = self.random
        size = draw.choice(
            [draw.randint(1, 6), draw.randint(4, 15), draw.randint(10, 60), draw.randint(20, 90)]
        )
        missed = draw.choice([0, draw.randint(0, 4), draw.randint(0, size), size // 4])
        missed = min(missed, size)
        return (size - missed, missed)

    def table(self) -> Drawn:
        """Return a table of one measure with two years of two kinds of repeated imports."""
        draw, drawn = self.random, Drawn()
        units = [f"{10_000_000 + i}" for i in range(draw.randint(1, 5))]
        scopes = draw.choice([["all"], ["all"], ["municipal", "independent"]])
        areas = {("school_unit", unit): {unit} for unit in units}
        if draw.random() < 0.8:
            areas["organizer", "2120001234"] = set(units)
        if draw.random() < 0.2:
            areas["municipality", "1497"] = set(units)
        for name in ("Norr", "Söder")[: draw.choice([0, 0, 1, 2])]:
            members = {unit for unit in units if draw.random() < 0.6} or {units[0]}
            areas["group", name] = members
        genders = draw.choice([["T"], ["K", "M"], ["K", "M"]])
        about = {
            "unit": "%", "nature": draw.choice(["result", "result", "background"]),
            "smallest_group": draw.choice([None, None, 12]),
            "limit_inside": draw.choice([None, None, draw.randint(5, 20)]),
            "limit_outside": draw.choice([None, draw.randint(10, 25)]),
        }  # fmt: skip
        listed = draw.choice([1.0, 0.9, 0.7])
        beside = draw.choice([0.0, 0.0, 0.1])
        for period in ("2024/25", "2025/26")[: draw.choice([1, 2])]:
            self._year(drawn, period, (units, genders, scopes), areas, about, (listed, beside))
        return drawn

    def _year(self, drawn, period, parts, areas, about, chances) -> None:
        draw = self.random
        units, genders, scopes = parts
        base = {}
        for key in product(units, genders, scopes):
            base[key] = self._new(drawn, self.group())
        all_genders = genders if genders == ["T"] else ["T", *genders]
        all_scopes = scopes if scopes == ["all"] else ["all", *scopes]
        named = [
            (*area, gender, scope)
            for area, gender, scope in product(areas, all_genders, all_scopes)
            if draw.random() < chances[0]
        ]
        late = draw.choice([None, None, DAY + timedelta(days=30)])
        first = {one: dict(base) for one in named}
        self._put_out(drawn, period, first, areas, (about, chances[1]), (DAY, None))
        if late is None:
            return
        revised = dict(base)
        for key in base:
            if draw.random() < 0.3:
                revised[key] = self._new(drawn, self.group())
        told = {
            (row["area_type"], row["area_code"], row["gender"], row["scope"])
            for row in drawn.rows
            if row["is_beside"] and row["period"] == period
        }
        fresh = [
            one
            for one in product(areas, all_genders, all_scopes)
            if (*one[0], *one[1:]) not in told
        ]
        second = {(*a, g, s): revised for a, g, s in fresh if (*a, g, s) in first
                  or draw.random() < 0.5}  # fmt: skip
        changed = {}
        for one, table in second.items():
            if one not in first or self._made_of(one, table, areas) != self._made_of(
                one, base, areas
            ):
                changed[one] = table
        for row in drawn.rows:
            key = (row["area_type"], row["area_code"], row["gender"], row["scope"])
            if row["period"] == period and key in changed and not row["is_beside"]:
                row["superseded_at"] = late
        self._put_out(drawn, period, changed, areas, (about, 0.0), (late, None))

    def _new(self, drawn: Drawn, counts: tuple[int, int]) -> int:
        drawn.counts.append(counts)
        return len(drawn.counts) - 1

    @staticmethod
    def _made_of(one, table, areas) -> tuple[int, ...]:
        area_type, code, gender, scope = one
        return tuple(
            sorted(
                place
                for (unit, g, s), place in table.items()
                if unit in areas[area_type, code] and gender in ("T", g) and scope in ("all", s)
            )
        )

    def _put_out(self, drawn, period, tables, areas, about, days) -> None:
        for one, table in tables.items():
            area_type, code, gender, scope = one
            made_of = self._made_of(one, table, areas)
            reached = sum(drawn.counts[i][0] for i in made_of)
            n = reached + sum(drawn.counts[i][1] for i in made_of)
            is_beside = self.random.random() < about[1] and n > 0
            status = "value" if n else "missing"
            if n and self.random.random() < 0.02 and not is_beside:
                status = "suppressed_small_group"
            is_group = area_type == "group"
            drawn.made_of.append(made_of)
            drawn.rows.append({
                **about[0], "measure": "Trygghet", "definition_version": 1,
                "period_type": "school_year", "period": period, "scope": scope, "gender": gender,
                "area_type": area_type, "area_code": code,
                "organizer_number": "2120001234" if area_type != "group" else None,
                "members": " ".join(sorted(areas[area_type, code])) if is_group else None,
                "value": 100 * reached / n if status == "value" else None,
                "n": n if status == "value" else None, "status": status, "carried_from": None,
                "raw_value": "x", "recorded_at": days[0], "superseded_at": days[1],
                "is_beside": is_beside,
            })  # fmt: skip


@dataclass(frozen=True)
class Confined:
    """A hidden count and the interval that the reader can narrow it to."""

    row: dict
    what: str
    low: float
    high: float


def confined(drawn: Drawn, shown: pl.DataFrame, limits: list[int]) -> list[Confined]:
    """Return the hidden counts that all that is put out narrows to fewer than may be."""
    rows = shown.to_dicts()
    hidden = [
        i for i, row in enumerate(rows)
        if row["status"] in ("hidden_by_rule", "suppressed_small_group") and not row["is_beside"]
    ]  # fmt: skip
    near = [i for i, row in enumerate(rows) if row["status"] == "rounded_near_100"]
    asked = [(i, what) for i in hidden for what in ("reached", "missed", "group")]
    asked += [(i, "missed") for i in near]
    if not asked:
        return []
    width = _intervals(drawn, rows, asked)
    best = None
    found = []
    for at, ((i, what), (low, high)) in enumerate(zip(asked, width, strict=True)):
        need = _needed(rows[i], what, limits[i])
        if high - low >= need - 1e-6:
            continue
        if best is None:  # what those beside tell already cannot be hidden by us
            nothing = [row if row["is_beside"] else {**row, "status": "hidden"} for row in rows]
            best = _intervals(drawn, nothing, asked)
        if high - low < min(need, best[at][1] - best[at][0]) - 1e-6:
            found.append(Confined(rows[i], what, low, high))
    return found


def _needed(row: dict, what: str, limit: int) -> float:
    if row["status"] == "rounded_near_100":
        return 3.0
    return float(limit) if what == "group" else 5.0


def _intervals(drawn: Drawn, rows: list[dict], asked) -> list[tuple[float, float]]:
    """Return least and most of each asked count, in one program of independent blocks."""
    groups = len(drawn.counts)
    size = 2 * groups
    facts = _facts(drawn, rows)
    blocks = 2 * len(asked)
    at_row, at_column, numbers, low, high = [], [], [], [], []
    for at, (coefficients, least, most) in enumerate(facts):
        for column, number in coefficients.items():
            at_row.append(at)
            at_column.append(column)
            numbers.append(number)
        low.append(least)
        high.append(most)
    one = coo_array((numbers, (at_row, at_column)), shape=(len(facts), size))
    from scipy.sparse import block_diag, vstack

    goal = np.zeros(size * blocks)
    for at, (i, what) in enumerate(asked):
        for sign, block in ((1, 2 * at), (-1, 2 * at + 1)):
            for group in drawn.made_of[i]:
                for side in {"reached": (0,), "missed": (1,), "group": (0, 1)}[what]:
                    goal[block * size + 2 * group + side] += sign
    whole = block_diag([one] * blocks)
    answer = linprog(
        goal,
        A_ub=vstack([whole, -whole]),
        b_ub=np.concatenate([np.tile(high, blocks), -np.tile(low, blocks)]) if facts else None,
        bounds=(0, MOST),
        method="highs",
    ) if facts else None  # fmt: skip
    if answer is None:
        return [(0.0, MOST)] * len(asked)
    assert answer.status == 0, answer.message
    found = []
    for at in range(len(asked)):
        values = []
        for block in (2 * at, 2 * at + 1):
            part = slice(block * size, (block + 1) * size)
            values.append(abs(float(goal[part] @ answer.x[part])))
        found.append((values[0], values[1]))
    return found


def _facts(drawn: Drawn, rows: list[dict]):
    """Return what each told row says: of its group, and of those who reached the level."""
    facts = []
    for row, made_of in zip(rows, drawn.made_of, strict=True):
        both = {2 * g + side: 1.0 for g in made_of for side in (0, 1)}
        if row["status"] in ("value", "approximate"):
            facts.append((both, row["n"], row["n"]))
            count = round(row["n"] * row["value"] / 100)  # a share and its n tell the count
            facts.append(({2 * g: 1.0 for g in made_of}, count, count))
        elif row["status"] == "rounded_near_100":
            facts.append((both, row["n"], row["n"]))
            facts.append(({2 * g + 1: 1.0 for g in made_of}, 1, 4))
    return facts
