"""Which line a value belongs to: the own, the huvudman, the country, or one of the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ska.overview.rules.rows import OFFICIAL, Row
from ska.values.areas import is_organizer, is_unit


@dataclass(frozen=True)
class Where:
    """The place that a page is about. Without a unit the huvudman itself is the own line.

    *peers* are names by the numbers that sources use: municipality code and organisation number.
    *groups* are the same of many municipalities as one: a county, or what Kolada calls a group.
    *parts* are the codes of the units that are read beside a huvudman.
    """

    organizer: str
    municipality_code: str | None = None
    organisation_number: str | None = None
    unit: str = ""
    unit_code: str | None = None
    peers: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the own line."""
        return self.unit or self.organizer

    def has_unit(self) -> bool:
        """Tell whether the page is about a unit."""
        return bool(self.unit)


def place_rows(values: pl.DataFrame, where: Where) -> list[Row]:
    """Return the values that have a line at a place, the reader's own among them.

    Every value of a page at once: from here on the page works with the rows.
    """
    peers = {code: name for code, name in where.peers if code}
    groups = dict(where.groups)
    is_group = pl.col("area_type").is_in(["region", "municipality_group"])
    mine = is_organizer(where.municipality_code, where.organisation_number)
    role = (
        pl.when(pl.col("area_type") == "country")
        .then(pl.lit("country"))
        .when(_unit(where))
        .then(pl.lit("own"))
        .when(mine)
        .then(pl.lit("other" if where.has_unit() else "own"))
        .when(is_group & pl.col("area_code").is_in(list(groups)) & ~pl.col("is_own"))
        .then(pl.lit("group"))
        .when(pl.col("area_code").is_in(list(peers)) & ~pl.col("is_own"))
        .then(pl.lit("peer"))
    )
    names = pl.col("area_code").replace_strict(
        peers | groups, default=pl.col("area"), return_dtype=pl.String
    )
    placed = values.lazy().with_columns(role=role).filter(pl.col("role").is_not_null())
    return _rows(
        placed.with_columns(
            line=pl.when(pl.col("role") == "peer").then(names).otherwise(pl.col("role")),
            name=pl.col("role").replace_strict(
                {"country": "Riket", "own": where.name, "other": where.organizer},
                default=names,
                return_dtype=pl.String,
            ),
        )
    )


def place_units(values: pl.DataFrame, units: Sequence[tuple[str, str, str]]) -> list[Row]:
    """Return the values of *units* (slug, name, code); a line is the slug, the role "peer".

    A unit is known by its code, an own value also by the name that was written.
    """
    by_code = {code: slug for slug, _name, code in units if code}
    by_name = {name.lower(): slug for slug, name, _code in units}
    names = {slug: name for slug, name, _code in units}

    def slug_by(column: pl.Expr, known: dict[str, str]) -> pl.Expr:
        return column.replace_strict(known, default=None, return_dtype=pl.String)

    line = pl.coalesce(
        slug_by(pl.col("unit_code"), by_code),
        slug_by(pl.col("area_code"), by_code),
        pl.when("is_own").then(slug_by(pl.col("area_code").str.to_lowercase(), by_name)),
    )
    placed = values.lazy().filter(pl.col("area_type") == "school_unit").with_columns(line=line)
    return _rows(
        placed.filter(pl.col("line").is_not_null()).with_columns(
            role=pl.lit("peer"), name=slug_by(pl.col("line"), names)
        )
    )


def _rows(placed: pl.LazyFrame) -> list[Row]:
    """Return the rows of a frame whose values have their role, line and name."""
    told = placed.with_columns(
        group=pl.when(pl.col("source") == "kolada")
        .then(pl.col("measure"))
        .otherwise(pl.lit(OFFICIAL)),
        recorded_on=pl.col("recorded_at").dt.date(),
    )
    return [Row(*one) for one in told.select(Row._fields).collect().rows()]


def _unit(where: Where) -> pl.Expr:
    return is_unit(where.unit, where.unit_code) if where.has_unit() else pl.lit(False)
