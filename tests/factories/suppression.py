"""Random tables of own values, and what a reader knows when they are put out.

Every line is a sum of the smallest groups (unit, gender, kind of huvudman). Of a share a group is
those who reached the level and those who did not, of a count the group and the count, of a mean
the group alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import polars as pl
from tests.factories.attack import Fact, Sum, intervals

SHARE, COUNT, MEAN = "%", "antal elever", "index 0–10"
DAY = datetime(2026, 9, 1, tzinfo=UTC)
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
    counts: list[tuple[int, int]] = field(default_factory=list)  # two a group, see above
    stands: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)  # true later as well

    @property
    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=SCHEMA, orient="row")


class Dice:
    """Draws tables: two years, genders, units, totals, overlapping groups, kinds of huvudman."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def group(self, unit: str) -> tuple[int, int]:
        """Return the two counts of a group; small groups are common, some are empty."""
        draw = self.random
        if draw.random() < 0.02:
            return (0, 0)
        size = draw.choice(
            [draw.randint(1, 6), draw.randint(4, 15), draw.randint(10, 60), draw.randint(20, 90)]
        )
        missed = draw.choice([0, draw.randint(0, 4), draw.randint(0, size), size // 4])
        missed = min(missed, size)
        return (size - missed, missed) if unit == SHARE else (size, missed)

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
            "unit": draw.choice([SHARE, SHARE, SHARE, COUNT, MEAN]),
            "nature": draw.choice(["result", "result", "background"]),
            "smallest_group": draw.choice([None, None, 12]),
            "limit_inside": draw.choice([None, None, draw.randint(5, 20)]),
            "limit_outside": draw.choice([None, draw.randint(10, 25)]),
        }  # fmt: skip
        listed = draw.choice([1.0, 0.9, 0.7])
        beside = draw.choice([0.0, 0.0, 0.1])
        parts = (units, genders, scopes)
        first = self._year(drawn, "2024/25", parts, areas, about, (listed, beside))
        how = draw.choice(["one year", "one year", "new", "new", "repeated"])
        if how != "one year":
            is_new = how == "new"
            again = about if is_new else {**about, "carried_from": "2024/25"}
            base = None if is_new else first
            self._year(drawn, "2025/26", parts, areas, again, (listed, beside), base)
        return drawn

    def _year(self, drawn, period, parts, areas, about, chances, base=None):
        """Put a year out, perhaps twice; return its smallest groups as they were first."""
        draw = self.random
        units, genders, scopes = parts

        def new():
            return self._new(drawn, self.group(about["unit"]))

        base = base or {key: new() for key in product(units, genders, scopes)}
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
            return base
        revised = dict(base)
        for key in base:
            if draw.random() < 0.3:
                revised[key] = new()
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
        changed = {
            one: table
            for one, table in second.items()
            if one not in first or self._sums(drawn, one, table, areas)
            != self._sums(drawn, one, base, areas)
        }  # fmt: skip
        for at, row in enumerate(drawn.rows):
            key = (row["area_type"], row["area_code"], row["gender"], row["scope"])
            if row["period"] != period or row["is_beside"]:
                continue
            if key in changed:
                row["superseded_at"] = late
            else:
                drawn.stands.append((at, self._made_of(key, revised, areas)))
        # What is put out late of groups that were not revised still repeats the earlier year.
        again = {
            one
            for one in changed
            if self._made_of(one, revised, areas) == self._made_of(one, base, areas)
        }
        for is_again, told in ((True, about), (False, {**about, "carried_from": None})):
            some = {one: table for one, table in changed.items() if (one in again) == is_again}
            self._put_out(drawn, period, some, areas, (told, 0.0), (late, None))
        return base

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

    def _sums(self, drawn, one, table, areas):
        made_of = self._made_of(one, table, areas)
        return [sum(drawn.counts[i][at] for i in made_of) for at in (0, 1)]

    def _put_out(self, drawn, period, tables, areas, about, days) -> None:
        for one, table in tables.items():
            area_type, code, gender, scope = one
            made_of = self._made_of(one, table, areas)
            n, value = said(drawn, about[0]["unit"], made_of)
            is_beside = self.random.random() < about[1] and n > 0
            status = "value" if n else "missing"
            if n and self.random.random() < 0.02 and not is_beside:
                status = "suppressed_small_group"
            is_group = area_type == "group"
            drawn.made_of.append(made_of)
            drawn.rows.append({
                "carried_from": None, **about[0], "measure": "Trygghet", "definition_version": 1,
                "period_type": "school_year", "period": period, "scope": scope, "gender": gender,
                "area_type": area_type, "area_code": code,
                "organizer_number": "2120001234" if area_type != "group" else None,
                "members": " ".join(sorted(areas[area_type, code])) if is_group else None,
                "value": value if status == "value" else None,
                "n": n if status == "value" else None, "status": status,
                "raw_value": "x", "recorded_at": days[0], "superseded_at": days[1],
                "is_beside": is_beside,
            })  # fmt: skip


def said(drawn: Drawn, unit: str, made_of: tuple[int, ...]) -> tuple[int, float]:
    """Return the group and the value of a line of these smallest groups."""
    here, there = (sum(drawn.counts[i][at] for i in made_of) for at in (0, 1))
    return {
        SHARE: lambda a, b: (a + b, 100 * a / max(a + b, 1)),
        COUNT: lambda a, b: (a, float(b)),
        MEAN: lambda a, b: (a, b / max(a, 1)),
    }[unit](here, there)


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
    asked = [
        (i, what)
        for i, row in enumerate(rows)
        for what in WHAT.get((row["unit"], row["status"]), ())
        if not row["is_beside"]
    ]
    wanted = [_sum(drawn.made_of[i], *COLUMNS[rows[i]["unit"], what]) for i, what in asked]
    width = intervals(2 * len(drawn.counts), _facts(drawn, rows), wanted)
    needed = [_needed(rows[i], what, limits[i]) for i, what in asked]
    narrow = [at for at, (low, high) in enumerate(width) if high - low < needed[at] - 1e-6]
    if not narrow:
        return []
    # What those beside tell already cannot be hidden by us.
    nothing = [row if row["is_beside"] else {**row, "status": "hidden"} for row in rows]
    best = intervals(2 * len(drawn.counts), _facts(drawn, nothing), [wanted[at] for at in narrow])
    return [
        Confined(rows[asked[at][0]], asked[at][1], *width[at])
        for at, (low, high) in zip(narrow, best, strict=True)
        if width[at][1] - width[at][0] < min(needed[at], high - low) - 1e-6
    ]


COLUMNS = {
    (SHARE, "reached"): (0,), (SHARE, "missed"): (1,), (SHARE, "group"): (0, 1),
    (COUNT, "group"): (0,), (COUNT, "count"): (1,), (MEAN, "group"): (0,),
}  # fmt: skip
WHAT = {
    (unit, status): [what for one, what in COLUMNS if one == unit]
    for unit in (SHARE, COUNT, MEAN)
    for status in ("hidden_by_rule", "suppressed_small_group")
} | {(SHARE, "rounded_near_100"): ["missed"]}


def _needed(row: dict, what: str, limit: int) -> float:
    if row["status"] == "rounded_near_100":
        return 3.0
    return float(limit) if what in ("group", "count") else 5.0


def _sum(made_of: tuple[int, ...], *sides: int) -> Sum:
    return {2 * group + side: 1.0 for group in made_of for side in sides}


def _facts(drawn: Drawn, rows: list[dict]) -> list[Fact]:
    """Return what each told row says: of its group, and of the count in it."""
    told = list(zip(rows, drawn.made_of, strict=True))
    told += [(rows[at], later) for at, later in drawn.stands]
    return [fact for row, made_of in told for fact in _facts_of(row, made_of)]


def _facts_of(row: dict, made_of: tuple[int, ...]) -> Iterator[Fact]:
    unit, n, value = row["unit"], row["n"], row["value"]
    is_told = row["status"] in ("value", "approximate")
    is_near = row["status"] == "rounded_near_100"
    if n is not None and (is_told or is_near):
        yield Fact(_sum(made_of, *COLUMNS[unit, "group"]), n, n)
    if is_near:
        yield Fact(_sum(made_of, 1), 1, 4)
    elif is_told and unit == COUNT:
        yield Fact(_sum(made_of, 1), value, value)
    elif is_told and unit == SHARE and n is not None:
        count = round(n * value / 100)  # a share and its n tell the count
        yield Fact(_sum(made_of, 0), count, count)
    elif is_told and unit == SHARE:
        sides = ((0, 1 - value / 100), (1, -value / 100))
        yield Fact({2 * i + at: much for i in made_of for at, much in sides}, -1e-6, 1e-6)
