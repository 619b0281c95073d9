"""Random tables beside which the pupils of units are divided too, each beside its own whole."""

from __future__ import annotations

import polars as pl
from tests.factories.attack import Fact, intervals
from tests.factories.divided import (
    BACKGROUNDS,
    LATE,
    PARENTS,
    Divided,
    DividedDice,
    LargerDice,
    _by_kind,
    _facts_of_groups,
    _kinds_told,
)
from tests.factories.suppression import _facts


class LargeUnits(LargerDice):
    """Draws tables in which most groups are large."""

    def group(self, unit):
        if self.random.random() < 0.4:
            return super().group(unit)
        size = self.random.randint(60, 300)
        missed = self.random.randint(size // 5, size // 2)
        return (size - missed, missed)


class DividedUnits(DividedDice):
    """Draws a table and the groups of the huvudman and of units: read in at once, late, or not."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.dice = LargeUnits(seed)

    def _put_out(self, found: Divided, period: str) -> None:
        draw = self.random
        before = len(found.rows)
        super()._put_out(found, period)
        whole = found.rows[before:]
        listed = draw.choice([1.0, 1.0, 0.7])
        late = draw.random() < 0.1
        units = dict.fromkeys(
            row["area_code"] for row in found.drawn.rows
            if row["area_type"] == "school_unit" and row["period"] == period
        )  # fmt: skip
        for code in units:
            rows = [
                (row, made_of)
                for row, made_of in zip(found.drawn.rows, found.drawn.made_of, strict=True)
                if (row["period"], row["area_code"], row["scope"], row["gender"])
                == (period, code, "all", "T") and not row["is_beside"]
            ]  # fmt: skip
            if rows and draw.random() < listed:
                self._of_unit(found, rows, whole, late)

    def _of_unit(self, found: Divided, rows, whole, late) -> None:
        draw = self.random
        names = list(dict.fromkeys(row["pupil_group"] for row in whole))
        if draw.random() < 0.05 or not names:
            names = [*BACKGROUNDS, *PARENTS]
        how = draw.choice(["once"] * 3 + ["last"] * 3 + ["with each"])
        for name in names:
            kept = {"with each": rows, "once": rows[:1], "last": rows[-1:]}[how]
            if sum(found.counts(kept[0][1], name)) == 0 and draw.random() < 0.95:
                continue
            if draw.random() < 0.02:
                continue
            for at, (row, made_of) in enumerate(kept):
                since = LATE if late else row["recorded_at"]
                until = row["superseded_at"] if at < len(kept) - 1 else None
                self._row(found, row, made_of, (name, since, until))
                for later, again in rows if until is None else ():
                    if later["superseded_at"] is None or later["superseded_at"] > since:
                        found.stands.append((len(found.rows) - 1, again))


def few_left(divided: Divided, groups, limit: int) -> list[tuple]:
    """Return the few that told units leave over of the huvudman's groups, in the true table."""
    rows = groups.sort("value_id").to_dicts()
    told: dict[tuple, dict[str, set[tuple[int, ...]]]] = {}
    names: dict[tuple, set[str]] = {}
    for at, made_of in [*enumerate(divided.made_of), *divided.stands]:
        row = rows[at]
        if row["status"] == "value":
            key = (row["period"], row["pupil_group"][0])
            told.setdefault(key, {}).setdefault(row["area_code"], set()).add(made_of)
            names.setdefault((*key, row["area_code"]), set()).add(row["pupil_group"])
    found: list[tuple] = []
    for key, areas in told.items():
        whole = areas.pop("2120001234", None)
        if not areas:
            continue
        if whole is None:
            found.append((*key, "units alone"))
            continue
        for made_of in whole:
            left = set(made_of)
            for some in areas.values():
                left -= set().union(*(one for one in some if set(one) <= set(made_of)))
            parts = {one: divided.counts(left, one) for one in names[*key, "2120001234"]}
            of_all = [sum(divided.drawn.counts[one][side] for one in left) for side in (0, 1)]
            if not any(of_all):
                continue
            parts[""] = tuple(
                of_all[side] - sum(one[side] for one in parts.values()) for side in (0, 1)
            )
            few = [one for one in parts.items() if min(one[1]) < limit and (one[0] or any(one[1]))]
            found += [(*key, *one) for one in few]
    return found


def cornered(divided: Divided, whole, groups) -> list[tuple]:
    """Return the few of a unit's hidden groups that the told units narrow to fewer than five.

    What the huvudman's groups alone say of a unit that is nearly all of it is no news.
    """
    rows = groups.sort("value_id").to_dicts()
    kinds = _kinds_told(groups)
    asked = []
    for at, made_of in enumerate(divided.made_of):
        row = rows[at]
        mine = [place for place, kind in enumerate(kinds) if row["pupil_group"] in kind]
        if row["area_type"] == "school_unit" and row["status"] == "hidden_by_rule" and mine:
            for side, count in enumerate(divided.counts(made_of, row["pupil_group"])):
                if 0 < count < 5:
                    some = [(2 * one + side) * len(kinds) + at for one in made_of for at in mine]
                    asked.append((row["value_id"], side, count, dict.fromkeys(some, 1.0)))
    if not asked or groups.filter(area_type="school_unit", status="value").is_empty():
        return []
    facts = [
        Fact(_by_kind(one.of, kinds), one.low, one.high)
        for one in _facts(divided.drawn, whole.to_dicts())
    ]
    hidden = groups.with_columns(
        status=pl.when(area_type="school_unit").then(pl.lit("hidden")).otherwise("status")
    )
    unknowns = len(divided.drawn.counts) * 2 * len(kinds)
    wanted = [one[-1] for one in asked]
    before, after = (
        intervals(unknowns, [*facts, *_facts_of_groups(divided, some, kinds)], wanted)
        for some in (hidden, groups)
    )
    return [
        (*one[:-1], was, now)
        for one, was, now in zip(asked, before, after, strict=True)
        if now[1] - now[0] < min(5, was[1] - was[0]) - 1e-4
    ]
