"""Random tables in which pupils are divided by background, and by their parents' education."""

from __future__ import annotations

import polars as pl
from tests.factories.attack import intervals
from tests.factories.suppression import (
    COLUMNS,
    SHARE,
    Confined,
    Dice,
    Drawn,
    _facts,
    _sum,
    confined,
)

BACKGROUNDS = ("swedish", "foreign", "unknown")
PARENTS = ("low", "high")


class DividedDice(Dice):
    """Draws the same tables with a division: crossed with gender or not, with a rest or not.

    A smallest kind is gender/background/parents, what is put out gender/group.
    """

    def smallest(self) -> list[str]:
        genders = super().smallest()
        parents = self.random.choice([PARENTS[:1], PARENTS[:1], PARENTS])
        backgrounds = BACKGROUNDS[: self.random.choice([2, 3, 3])]
        self.is_crossed = self.random.random() < 0.4
        self.leaves_over = self.random.random() < 0.5
        return [f"{g}/{b}/{p}" for g in genders for b in backgrounds for p in parents]

    def named(self, smallest: list[str]) -> list[str]:
        genders, backgrounds, parents = (
            list(dict.fromkeys(parts))
            for parts in zip(*(one.split("/") for one in smallest), strict=True)
        )
        genders = genders if genders == ["T"] else ["T", *genders]
        told = [one for one in backgrounds if one != "unknown" or not self.leaves_over]
        groups = [f"background:{one}" for one in told]
        groups += [f"parents:{one}" for one in parents] if len(parents) > 1 else []
        return [
            f"{gender}/{group}"
            for gender in genders
            for group in ("all", *groups)
            if self.is_crossed or gender == "T" or group == "all"
        ]

    def is_of(self, smallest: str, name: str) -> bool:
        gender, background, parents = smallest.split("/")
        asked, group = name.split("/")
        there = ("all", f"background:{background}", f"parents:{parents}")
        return asked in ("T", gender) and group in there

    def name_of(self, row: dict) -> str:
        return f"{row['gender']}/{row['pupil_group']}"

    def said(self, name: str) -> dict[str, str]:
        gender, group = name.split("/")
        return {"gender": gender, "pupil_group": group}


def left_over(drawn: Drawn, shown: pl.DataFrame, limits: list[int]) -> list[Confined]:
    """Return the few whom nobody put out, left of a whole by its groups, that can be worked out.

    Asked of each whole and what is put out by groups of the same pupils in the same version.
    """
    rows, lines = shown.to_dicts(), {}
    for at, row in enumerate(rows):
        if row["superseded_at"] is None and not row["is_beside"]:
            key = [row[name] for name in ("period", "scope", "gender", "area_type", "area_code")]
            lines.setdefault(tuple(key), []).append(at)
    asked = []
    for some in lines.values():
        wholes = [at for at in some if rows[at]["pupil_group"] == "all"]
        groups = [at for at in some if rows[at]["pupil_group"].startswith("background:")]
        if not wholes or not groups:
            continue
        named = {group for at in groups for group in drawn.made_of[at]}
        left = tuple(sorted(set(drawn.made_of[wholes[0]]) - named))
        counts = [sum(drawn.counts[one][side] for one in left) for side in (0, 1)]
        unit, limit = rows[wholes[0]]["unit"], limits[groups[0]]
        if unit == SHARE and (0 < sum(counts) < limit or any(0 < one < 5 for one in counts)):
            asked += [(wholes[0], left, what) for what in ("reached", "missed")]
            asked.append((wholes[0], left, "group"))
    wanted = [_sum(left, *COLUMNS[SHARE, what]) for _, left, what in asked]
    if not asked:
        return []
    # What the wholes tell already is not told by the groups.
    alone = [one if one["pupil_group"] == "all" else {**one, "status": "hidden"} for one in rows]
    width, best = (
        intervals(2 * len(drawn.counts), _facts(drawn, some), wanted) for some in (rows, alone)
    )
    return [
        Confined(rows[at], what, low, high)
        for (at, _, what), (low, high), (least, most) in zip(asked, width, best, strict=True)
        if high - low < min(limits[at] if what == "group" else 5, most - least) - 1e-6
    ]


def narrowed(drawn: Drawn, shown: pl.DataFrame, limits: list[int]) -> list[Confined]:
    """Return the hidden counts that are narrowed down, but not by what is told of the whole.

    A count of the whole must not be narrowed at all; one of a group is what the whole says of it:
    of all who reached the level each group's did. Of girls and boys in a group, who are never told,
    any five are enough, and a count is not asked for that is none as none of the group have it.
    """
    found = [
        one
        for one in confined(drawn, shown, limits)
        if one.row["gender"] == "T"
        or one.row["pupil_group"] == "all"
        or (one.high - one.low < 5 - 1e-6 and one.high > 0.5)
    ]
    groups = [one for one in found if one.row["pupil_group"] != "all"]
    if not groups:
        return found
    rows = shown.to_dicts()
    alone = [one if one["pupil_group"] == "all" else {**one, "status": "hidden"} for one in rows]
    wanted = [
        _sum(drawn.made_of[rows.index(one.row)], *COLUMNS[one.row["unit"], one.what])
        for one in groups
    ]
    best = intervals(2 * len(drawn.counts), _facts(drawn, alone), wanted)
    wholes = [one for one in found if one.row["pupil_group"] == "all"]
    return wholes + [
        one
        for one, (low, high) in zip(groups, best, strict=True)
        if one.high - one.low < high - low - 1e-6
    ]


def first_divisions(drawn: Drawn) -> dict[str, str]:
    """Return by what pupils were first divided in each year, by hand: the day, then the name."""
    first: dict[str, tuple] = {}
    for row in drawn.rows:
        if row["pupil_group"] == "all" or row["status"] == "missing":
            continue
        division = row["pupil_group"].partition(":")[0]
        for year in {row["period"], row["carried_from"] or row["period"]}:
            since = (row["recorded_at"], division)
            first[year] = min(since, first.get(year, since))
    return {year: division for year, (_, division) in first.items()}
