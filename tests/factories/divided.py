"""Random tables beside which the huvudman's pupils are divided, by background or by two things.

Each smallest group of a table is split at random into kinds (a background and a parents'
education each), and what is put out by group is the sum of the kinds: a true table behind it all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from random import Random

import polars as pl
from tests.factories.attack import Fact, Sum, intervals
from tests.factories.suppression import COLUMNS, DAY, SCHEMA, SHARE, WHAT, Dice, Drawn, _facts, _sum

from ska.values.gate import as_told, pass_gate
from ska.values.rules import WHOLE

BACKGROUNDS, PARENTS = ("b:swedish", "b:foreign", "b:unknown"), ("p:high", "p:low")
KINDS = list(product(BACKGROUNDS, PARENTS))
GROUP_SCHEMA = {**SCHEMA, "pupil_group": pl.String, "value_id": pl.Int64, "is_own": pl.Boolean}
HUVUDMAN = {"area_type": "organizer", "area_code": "2120001234", "scope": "all", "gender": "T"}
LATE = DAY + timedelta(days=30)
FREE = 50_000.0  # nobody knows how many at most


@dataclass
class Divided:
    """A table, the rows by group put out beside it, and what each of those is the sum of."""

    drawn: Drawn
    kinds: list[list[tuple[int, int]]]  # of each smallest group: the counts of each kind
    rows: list[dict] = field(default_factory=list)
    made_of: list[tuple[int, ...]] = field(default_factory=list)
    stands: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    @property
    def groups(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=GROUP_SCHEMA, orient="row")

    @property
    def whole(self) -> pl.DataFrame:
        frame = self.drawn.frame.with_row_index("value_id")
        said = {"is_own": pl.lit(True), "pupil_group": pl.lit(WHOLE)}
        return frame.with_columns(pl.col("value_id").cast(pl.Int64), **said)

    def told(self, audience) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the table and the groups as an audience may see them."""
        whole = pass_gate(self.whole, audience)
        return whole, as_told(self.groups, whole, audience)

    def counts(self, made_of, name) -> tuple[int, int]:
        """Return how many of a group reached the level in some smallest groups, and not."""
        some = [self.kinds[one][at] for one in made_of for at in _kinds_of(name)]
        return sum(one[0] for one in some), sum(one[1] for one in some)


def _kinds_of(name: str) -> list[int]:
    return [at for at, kind in enumerate(KINDS) if name in kind]


class LargerDice(Dice):
    """Draws tables in which large groups stand beside the small."""

    def group(self, unit: str) -> tuple[int, int]:
        if self.random.random() < 0.5:
            return super().group(unit)
        size = self.random.randint(20, 120)
        missed = self.random.randint(size // 5, size // 2)
        return (size - missed, missed) if unit == SHARE else (size, missed)


class DividedDice:
    """Draws a table of shares, and groups that fit it: read in with it, late, corrected, or not."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.dice = LargerDice(seed)

    def table(self) -> Divided:
        drawn = self.dice.table()
        while not any(row["unit"] == SHARE for row in drawn.rows):
            drawn = self.dice.table()
        draw = self.random
        chances = [draw.choice([2, 5, 10, 30]) for _ in BACKGROUNDS[:2]] + [
            draw.choice([0, 0, 1, 5])
        ]
        found = Divided(drawn, [self._split(one, chances) for one in drawn.counts])
        self._hide_nothing_small(drawn)
        for period in dict.fromkeys(row["period"] for row in drawn.rows):
            self._put_out(found, period)
        return found

    def _split(self, counts, chances) -> list[tuple[int, int]]:
        draw, sides = self.random, []
        for count in counts:
            side = [0] * len(KINDS)
            for _ in range(count):
                name = draw.choices(BACKGROUNDS, chances)[0]
                parents = draw.choices(PARENTS, [3, 1])[0]
                side[KINDS.index((name, parents))] += 1
            sides.append(side)
        return list(zip(*sides, strict=True))

    def _hide_nothing_small(self, drawn) -> None:
        """Let some tables be rid of what would hide their whole, so that groups are often told."""
        if self.random.random() < 0.5:
            for row in drawn.rows:
                row["limit_inside"] = row["limit_outside"] = None

    def _put_out(self, found: Divided, period: str) -> None:
        draw = self.random
        wholes = [
            (row, made_of)
            for row, made_of in zip(found.drawn.rows, found.drawn.made_of, strict=True)
            if row["period"] == period
            and not row["is_beside"]
            and all(row[name] == value for name, value in HUVUDMAN.items())
        ]
        if not wholes:
            return
        names = [one for one in BACKGROUNDS if draw.random() < 0.9]
        names += PARENTS if draw.random() < 0.5 else ()
        how = draw.choice(["once", "once", "with each", "with each", "late"])
        for name in names:
            kept = wholes if how == "with each" else wholes[:1] if how == "once" else wholes[-1:]
            for at, (row, made_of) in enumerate(kept):
                since = LATE if how == "late" else row["recorded_at"]
                until = row["superseded_at"] if at < len(kept) - 1 else None
                self._row(found, row, made_of, (name, since, until))
                for later, again in wholes if until is None else ():
                    if later["superseded_at"] is None or later["superseded_at"] > since:
                        found.stands.append((len(found.rows) - 1, again))

    def _row(self, found: Divided, whole, made_of, said) -> None:
        draw = self.random
        name, since, until = said
        reached, missed = found.counts(made_of, name)
        if draw.random() < 0.01:
            reached += 1  # a slip of the pen
        n = reached + missed
        value = 100 * reached / max(n, 1)
        value = round(value, 1) if draw.random() < 0.7 else value
        found.made_of.append(made_of)
        found.rows.append({
            **whole, "pupil_group": name, "value": value, "n": n,
            "status": "value" if draw.random() > 0.01 else "withheld",
            "recorded_at": since, "superseded_at": until, "is_own": True,
            "value_id": 1_000 + len(found.rows),
        })  # fmt: skip


def narrowed(divided: Divided, whole: pl.DataFrame, groups: pl.DataFrame) -> list[tuple]:
    """Return the hidden counts of the table that what is told by group narrows down at all."""
    drawn, rows = divided.drawn, whole.to_dicts()
    asked = [
        (at, what)
        for at, row in enumerate(rows)
        for what in WHAT.get((row["unit"], row["status"]), ())
        if not row["is_beside"]
    ]
    wanted = [_sum(drawn.made_of[at], *COLUMNS[rows[at]["unit"], what]) for at, what in asked]
    facts = _facts(drawn, rows)
    before = intervals(2 * len(drawn.counts), facts, wanted)
    kinds = _kinds_told(groups)
    more = [Fact(_by_kind(one.of, kinds), one.low, one.high) for one in facts]
    more += _facts_of_groups(divided, groups, kinds)
    unknowns = len(drawn.counts) * 2 * len(kinds)
    after = intervals(unknowns, more, [_by_kind(one, kinds) for one in wanted])
    return [
        (rows[at]["area_code"], rows[at]["gender"], what, least, most)
        for (at, what), least, most in zip(asked, before, after, strict=True)
        if any(abs(min(b, FREE) - min(a, FREE)) > 1e-4 for b, a in zip(least, most, strict=True))
    ]


def _kinds_told(groups: pl.DataFrame) -> list[tuple[str, ...]]:
    """Return the kinds that a reader has to tell apart: of one division alone, or of both."""
    told = set(groups.filter(status="value")["pupil_group"])
    if told & set(BACKGROUNDS) and told & set(PARENTS):
        return list(KINDS)
    return [(one,) for one in (PARENTS if told & set(PARENTS) else BACKGROUNDS)]


def _by_kind(some: Sum, kinds: list[tuple[str, ...]]) -> Sum:
    return {one * len(kinds) + at: count for one, count in some.items() for at in range(len(kinds))}


def _facts_of_groups(divided: Divided, groups: pl.DataFrame, kinds: list) -> list[Fact]:
    facts, rows = [], groups.sort("value_id").to_dicts()
    for at, made_of in [*enumerate(divided.made_of), *divided.stands]:
        row = rows[at]
        if row["status"] != "value":
            continue
        mine = [place for place, kind in enumerate(kinds) if row["pupil_group"] in kind]
        reached, missed = (
            [(2 * one + side) * len(kinds) + place for one in made_of for place in mine]
            for side in (0, 1)
        )
        count = row["n"] * row["value"] / 100
        wide = row["n"] * 0.05 / 100 if _is_coarse(row) else 0.0
        least, most = (count - wide, count + wide) if wide else (round(count), round(count))
        facts.append(Fact(dict.fromkeys(reached + missed, 1.0), row["n"], row["n"]))
        facts.append(Fact(dict.fromkeys(reached, 1.0), least, most))
    return facts


def _is_coarse(row: dict) -> bool:
    """Tell whether a value with one decimal may stand for several counts."""
    return row["n"] >= 1_000 and row["value"] == round(row["value"], 1)


def few(divided: Divided, groups: pl.DataFrame, limit: int) -> list[tuple]:
    """Return the few that what is told by group tells of, and every change that it tells of.

    They are the few of a group, and of what a division leaves over of the true whole, in each
    version of it.
    """
    told: dict[tuple, dict[tuple, dict[str, tuple[int, int]]]] = {}
    rows = groups.sort("value_id").to_dicts()
    for at, made_of in [*enumerate(divided.made_of), *divided.stands]:
        row = rows[at]
        if row["status"] == "value":
            key = (row["period"], row["area_code"], row["pupil_group"][0])
            reached = round(row["n"] * row["value"] / 100)
            if _is_coarse(row):
                reached = divided.counts(made_of, row["pupil_group"])[0]
            version = told.setdefault(key, {}).setdefault(made_of, {})
            version[row["pupil_group"]] = (reached, row["n"] - reached)
    found: list[tuple] = []
    for key, versions in told.items():
        for made_of, parts in versions.items():
            whole = [sum(divided.drawn.counts[one][side] for one in made_of) for side in (0, 1)]
            named = map(sum, zip(*parts.values(), strict=True))
            parts[""] = tuple(all_ - some for all_, some in zip(whole, named, strict=True))
            found += [(*key, *one) for one in parts.items() if any(one[1]) and min(one[1]) < limit]
        found += [(*key, "changed")] if len({str(one) for one in versions.values()}) > 1 else []
    return found
